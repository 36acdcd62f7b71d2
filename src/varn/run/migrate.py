"""`./varn migrate`: brings the database, the static files and the translations to this version of Värn."""

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

from varn.run.arguments import Arguments
from varn.run.language import _
from varn.run.stop import Stop
from varn.run.translations import compile_stale

PACKAGE = Path(__file__).parents[1]
MIGRATING = ("django", "django-allauth", "procrastinate")  # distributions with migrations of their own


def main(argv: list[str]) -> int:
    """Migrate as `varn_owner` (VARN_OWNER_URL)."""
    parser = Arguments("migrate", _("För databasen, de statiska filerna och översättningarna till den här versionen."))
    parser.add_argument("--env", help=_("fil med inställningar, som ./varn init skriver"))
    options = parser.parse_args(argv)
    if options.env:
        from varn.run.settings_file import load

        load(Path(options.env))
    migrate()
    print(_("Databasen är klar för den här versionen."))
    return 0


def migrate() -> None:
    """Do it, in this process, with Django set up as the owner. Raises Stop where the owner's URL is missing."""
    owner = os.environ.get("VARN_OWNER_URL")
    if not owner:
        raise Stop(_("VARN_OWNER_URL saknas: databasens adress för rollen varn_owner. Den står i filen som ./varn init skrev."))
    os.environ["DATABASE_URL"] = owner
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    compile_stale()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def fingerprint() -> str:
    """Changes when migrations, database roles, static files, translations or the libraries' migrations do (hex)."""
    digest = hashlib.sha256()
    for file in sorted([*PACKAGE.glob("*/migrations/*.py"), PACKAGE / "run" / "roles.py"]):
        digest.update(f"{file.name} {file.parent}\n".encode() + file.read_bytes())
    for pattern in ("*/static/**/*", "**/locale/**/*.po"):
        for file in sorted(PACKAGE.glob(pattern)):
            digest.update(f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}\n".encode())
    for name in MIGRATING:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()

"""`./varn restore`: reads a backup into an empty database and proves that it holds what was backed up."""

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from varn.run import postgres, roles, settings_file
from varn.run.arguments import Arguments
from varn.run.backup import DUMP, FILES, FORMAT, MANIFEST, connected, file_hashes, program, succeeded
from varn.run.clients import call
from varn.run.language import _
from varn.run.proof import differences, proof
from varn.run.role_names import OWNER
from varn.run.secret_files import new_secret
from varn.run.stop import Stop


def main(argv: list[str]) -> int:
    """Restore, or with --verify only try to, in a throwaway database."""
    parser = Arguments("restore", _("Läser tillbaka en säkerhetskopia i en tom databas och kontrollerar att allt blev lika."))
    parser.add_argument("folder", type=Path, help=_("mappen som ./varn backup skrev"))
    parser.add_argument("--env", type=Path, help=_("fil med inställningar (owner.env)"))
    parser.add_argument("--verify", action="store_true", help=_("pröva bara: läs tillbaka i en databas som sedan kastas"))
    options = parser.parse_args(argv)
    folder = options.folder.absolute()
    manifest = read_manifest(folder)
    print(_("Läser tillbaka {folder} …").format(folder=folder), flush=True)
    if options.verify:
        drill(folder, manifest)
        print(_("Säkerhetskopian är hel: varje tabell och fil blev lika, rad för rad."))
        return 0
    settings_file.load(options.env)
    if "VARN_DATA" not in os.environ:
        raise Stop(_("VARN_DATA saknas: mappen med Värns filer."))
    restore(folder, manifest, settings_file.owner_url(), Path(os.environ["VARN_DATA"]) / "files")
    print(_("Klart: varje tabell och fil är lika med säkerhetskopian. Lägg nu tillbaka nycklarna (VARN_KEYS_DIR)."))
    return 0


def read_manifest(folder: Path) -> dict[str, Any]:
    """Raises Stop for what is no backup, or one of another format."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        raise Stop(_("{folder} är ingen säkerhetskopia från Värn.").format(folder=folder)) from None
    if manifest.get("format") != FORMAT:
        raise Stop(
            _("Säkerhetskopian är skriven av en annan version av Värn (format {format}).").format(format=manifest.get("format"))
        )
    return manifest


def restore(folder: Path, manifest: dict[str, Any], url: str, files: Path) -> None:
    """All or nothing. Raises Stop if the database or the folder of files is not empty, or if the result differs."""
    with connected(url) as connection:
        if connection.execute("SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace LIMIT 1").fetchone():
            raise Stop(_("Databasen är inte tom. Gör en ny med ./varn init och läs tillbaka där."))
        version = connection.info.server_version
    if files.exists() and any(files.iterdir()):
        raise Stop(_("{folder} är inte tom. Flytta undan det som ligger där först.").format(folder=files))
    succeeded(
        call(program("pg_restore", version), ["--exit-on-error", "--single-transaction", "--no-comments", folder / DUMP], url)
    )
    shutil.copytree(folder / FILES, files, dirs_exist_ok=True)
    compare(manifest, url, files)


def compare(manifest: dict[str, Any], url: str, files: Path) -> None:
    """Raises Stop, naming what differs, unless database and files hold what the manifest says."""
    with connected(url) as connection:
        different = differences(manifest["tables"], proof(connection))
    if file_hashes(files) != manifest["files"]:
        different.append(str(files))
    if different:
        raise Stop(
            _("Det som lästes tillbaka skiljer sig från säkerhetskopian: {what}").format(what=", ".join(different)), code=1
        )


def drill(folder: Path, manifest: dict[str, Any]) -> None:
    """Restore into a throwaway server and folder, and compare."""
    with postgres.fleeting() as admin, tempfile.TemporaryDirectory(prefix="varn-") as temporary:
        passwords = {role: new_secret() for role in roles.WANTED}
        roles.ensure_roles(admin, passwords)
        port = int(admin.rpartition(":")[2].partition("/")[0])
        url = postgres.url(OWNER, passwords[OWNER], port, "varn")
        restore(folder, manifest, url, Path(temporary) / "files")

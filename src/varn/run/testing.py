"""`./varn test`: lint, types, contracts, migrations, translations and all tests, on a real PostgreSQL started for the run."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from varn.run import postgres, roles
from varn.run.language import _
from varn.run.processes import die_with_parent
from varn.run.role_names import APP, OWNER, PUBLIC
from varn.run.secret_files import new_secret, secret
from varn.run.stop import Stop

ROOT = Path(__file__).parents[3]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ADVICE = "apt-get install -y chromium"
# Two processes halve the time on two cores; tests that start the whole demo share one of them (xdist_group).
PYTEST = ("pytest", "-n", "2", "--dist", "loadgroup", "-q")
STEPS: Mapping[str, Sequence[str]] = {
    "ruff format": ("ruff", "format", "--check", "."),
    "ruff check": ("ruff", "check", "."),
    "djlint": ("djlint", "src", "--lint", "--quiet"),
    "mypy": ("mypy",),
    "lint-imports": ("lint-imports",),
    "makemigrations --check": ("-m", "django", "makemigrations", "--check", "--dry-run"),
    "translations --check": ("-m", "varn", "translations", "--check"),
}


def main(argv: list[str]) -> int:
    """Run everything, pytest last; with arguments only pytest, which gets them. 0 only if nothing failed."""
    if not (ROOT / "pyproject.toml").exists():
        raise Stop(_("Proven finns i källkoden. Hämta den och kör ./varn test där."))
    from varn.run.translations import compile_stale

    compile_stale()
    with test_environment() as environment:
        if argv:
            return _call(["pytest", *argv], environment)
        failed = [name for name, command in STEPS.items() if not _step(name, command, environment)]
        if not chromium():
            failed.append("Chromium")
            print(_("Chromium saknas, så webbläsarproven går inte. Kör: {command}").format(command=CHROMIUM_ADVICE))
        if failed:
            print(_("UNDERKÄNT före pytest: {steps}").format(steps=", ".join(failed)))
        print("== pytest", flush=True)
        return _call(PYTEST, environment) or bool(failed)


@contextmanager
def test_environment() -> Iterator[dict[str, str]]:
    """The environment of a test run: database roles with their URLs, a secret and a data folder that vanish after it.

    VARN_TEST_ADMIN_URL names another PostgreSQL to use (its superuser, host and port written out).
    """
    with ExitStack() as stack:
        admin = os.environ.get("VARN_TEST_ADMIN_URL") or stack.enter_context(postgres.fleeting())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="varn-test-")))
        passwords = {role: new_secret() for role in roles.WANTED}
        roles.ensure_test_roles(admin, passwords)
        urls = {role: _url(admin, role, password) for role, password in passwords.items()}
        secret(folder / "secret")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VARN_", "DJANGO_", "PG"))}
        yield {
            **kept,
            "DATABASE_URL": urls[APP],
            "VARN_OWNER_URL": urls[OWNER],
            "VARN_PUBLIC_DATABASE_URL": urls[PUBLIC],
            "VARN_TEST_ADMIN_URL": admin,
            "VARN_SECRET_FILE": str(folder / "secret"),
            "VARN_DATA": str(folder),
            "VARN_TEST": "1",
            "VARN_PUBLIC_URL": "http://localhost",
            "DJANGO_SETTINGS_MODULE": "varn.config.settings",
        }


def _url(admin: str, role: str, password: str) -> str:
    parts = urlsplit(admin)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{role}:{password}@{host}", path="/varn").geturl()


def _step(name: str, command: Sequence[str], environment: Mapping[str, str]) -> bool:
    began = time.monotonic()
    print(f"== {name} …", end=" ", flush=True)
    done = subprocess.run(_words(command), cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    word = "ok" if done.returncode == 0 else _("UNDERKÄNT")
    print(f"{word}  {time.monotonic() - began:.1f} s", flush=True)
    if done.returncode != 0:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    return done.returncode == 0


def _call(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run it with its output on ours. It ends when we do."""
    child = subprocess.Popen(_words(command), cwd=ROOT, env=environment, preexec_fn=die_with_parent(9))
    try:
        return child.wait()
    except BaseException:
        child.terminate()
        child.wait(10)
        raise


def _words(command: Sequence[str]) -> list[str]:
    """A tool of our own environment, or a module of its Python."""
    if command[0] == "-m":
        return [sys.executable, *command]
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]


def chromium() -> bool:
    """Is there a Chromium? Installed by apt if we may."""
    if CHROMIUM.exists():
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(_("Installerar Chromium med apt …"), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", "update"], check=False, capture_output=True)
    subprocess.run(
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium"],
        check=False,
        capture_output=True,
        env=environment,
    )
    return CHROMIUM.exists()

"""PostgreSQL's own client programs (psql, pg_dump, pg_restore), called so that no password shows in the list of processes."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from varn.run.processes import die_with_parent

SIGKILL = 9


def without_password(url: str) -> tuple[str, str]:
    """The URL without its password, and the password ("" if it has none)."""
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    name, _colon, password = user.partition(":")
    return parts._replace(netloc=f"{name}{at}{host}").geturl(), unquote(password)


def call(program: Path, arguments: Sequence[str | Path], url: str) -> subprocess.CompletedProcess[str]:
    """Run one of the programs against the database at `url`; its output is captured."""
    address, password = without_password(url)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "PGPASSWORD": password}
    return subprocess.run(
        [program, *arguments, "--dbname", address],
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=die_with_parent(SIGKILL),
    )

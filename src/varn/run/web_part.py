"""The programs that serve Värn, as parts for the supervisor: granian for a web role, the worker for jobs."""

import os
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from varn.run.processes import Part

THREADS = 64  # one half-sent request holds one thread
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE")


def clean_environment() -> dict[str, str]:
    """What a child may see of our own environment: nothing that could hold a secret or change how it works."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}


def web_part(name: str, host: str, port: int, environment: Mapping[str, str], log: Path | None) -> Part:
    """granian with one worker process and many blocking threads. It writes no access log."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--http",
        "1",
        "--no-ws",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        str(THREADS),
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "2",
        "--no-access-log",
        "--log-level",
        "error",
        "varn.run.web:application",
    ]
    # SIGTERM, not SIGKILL: granian then stops its worker in order
    # few arenas: glibc would keep one for each thread, and memory with it that is free
    return Part(name, command, log, {"MALLOC_ARENA_MAX": "2", **environment}, orphaned=signal.SIGTERM)


def worker_part(environment: Mapping[str, str], log: Path | None) -> Part:
    """The worker. SIGKILL if we die: one that stops in order waits for ever for a database that is gone."""
    return Part("worker", [sys.executable, "-P", "-m", "varn", "worker"], log, environment)


def answers(port: int, path: str = "/redo") -> bool:
    """True when the local web process answers 200."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(request.encode())
            return connection.recv(64).split(b" ")[1:2] == [b"200"]
    except OSError:
        return False


def is_taken(port: int) -> bool:
    """Does somebody already listen on this port of the loopback address (either kind: browsers try ::1 first)?"""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return True
    try:
        socket.create_connection(("::1", port), timeout=0.5).close()
    except OSError:
        return False
    return True

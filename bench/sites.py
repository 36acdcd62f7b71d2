"""The two servers: Värn's own demo in a folder of its own, and the bare Django beside it on the same PostgreSQL.

fsync is on: the demo's server runs with the settings that `./varn demo` gives it.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from varn.run import postgres
from varn.run.processes import Part, die_with_parent, signal_group, start
from varn.run.stop import Stop
from varn.run.web_part import answers, clean_environment, web_part

CHECKOUT = Path(__file__).parents[1]
FIRST_SECONDS = 180.0  # makes and fills the database
FLOOR_TABLE = "CREATE TABLE IF NOT EXISTS bench_floor_answer (id bigserial PRIMARY KEY, value varchar(20) NOT NULL)"


class Demo:
    """A running demo; `seconds_to_first_page` from the command to the first 200 of `/`."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        command = [sys.executable, "-P", "-m", "varn", "demo", "--data", str(folder), "--port", str(port), "--no-limits"]
        begun = time.perf_counter()
        with (folder.parent / "demo.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=clean_environment(), stdout=log, stderr=log, preexec_fn=die_with_parent(signal.SIGTERM)
            )
        self._wait(lambda: answers(port, "/"))
        self.seconds_to_first_page = time.perf_counter() - begun
        self._wait((folder / "demo.json").exists)

    def _wait(self, until: Any) -> None:
        deadline = time.monotonic() + FIRST_SECONDS
        while not until():
            if self.process.poll() is not None or time.monotonic() > deadline:
                said = (self.folder.parent / "demo.log").read_text("utf-8", "replace")[-2000:]
                raise Stop(f"The demo that is to be measured did not start. It says:\n{said}", code=1)
            time.sleep(0.01)

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "demo.json").read_text("utf-8"))
        return found

    def account(self, role: str, slug: str) -> dict[str, Any]:
        """Somebody of demo.json with this role alone there."""
        found: dict[str, Any] = next(
            it for it in self.told["accounts"] if it["organisation"] == slug and role in it["roles"] and not it["totp_secret"]
        )
        return found

    def worker_memory(self) -> tuple[float, float]:
        """MB resident and proportional of the web worker, the largest child of granian's main process."""
        main = next(it["pid"] for it in self.told["processes"] if it["name"] == "all")
        return memory_of_worker(main)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@contextmanager
def demo(folder: Path, port: int) -> Iterator[Demo]:
    running = Demo(folder, port)
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def floor(beside: Demo) -> Iterator["Floor"]:
    """The bare Django while the block lasts, in a database of its own on the demo's PostgreSQL."""
    url = _make_database(beside.told["database"])
    port = postgres.free_port()
    environment = {**clean_environment(), "PYTHONPATH": str(CHECKOUT), "DATABASE_URL": url}
    part = web_part("floor", "127.0.0.1", port, environment, beside.folder.parent / "floor.log")
    migrate = "import bench.floor.site; from django.core.management import call_command; call_command('migrate', verbosity=0)"
    subprocess.run([sys.executable, "-P", "-c", migrate], env=environment, check=True)
    process = start(_serving("bench.floor.site:application", part))
    try:
        deadline = time.monotonic() + 30
        while not answers(port, "/"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Stop(f"The bare Django did not start; see {part.log}.", code=1)
            time.sleep(0.02)
        yield Floor(port, process.pid)
    finally:
        signal_group(process, signal.SIGTERM)
        process.wait(10)


class Floor:
    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def worker_memory(self) -> tuple[float, float]:
        return memory_of_worker(self.pid)


def _serving(application: str, part: Part) -> Part:
    """The same server with the same options, for another application."""
    return replace(part, command=[*part.command[:-1], application])


def _make_database(urls: dict[str, str]) -> str:
    """Creates the floor's database and table; gives its URL for the role that Värn itself uses."""
    owner = urlsplit(urls["app"]).username or ""
    with psycopg.connect(urls["admin"], autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = 'floor'").fetchone() is None:
            admin.execute(f"CREATE DATABASE floor OWNER {owner}".encode())
    url = urlunsplit(urlsplit(urls["app"])._replace(path="/floor"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(FLOOR_TABLE.encode())
    return url


def memory_of_worker(main: int) -> tuple[float, float]:
    """MB (10⁶ bytes) resident and proportional (PSS) of the largest child."""
    children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
    return max(_memory(int(child)) for child in children)


def _memory(pid: int) -> tuple[float, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kib = {name: int(rest.split()[0]) for name, _colon, rest in (line.partition(":") for line in lines)}
    return kib["Rss"] * 1024 / 1e6, kib["Pss"] * 1024 / 1e6


def environment_is_free() -> None:
    """Raises Stop where the environment names a database: the demo would refuse, and rightly."""
    if os.environ.get("DATABASE_URL"):
        raise Stop("The benchmark runs only against a database of its own, but DATABASE_URL is set. Take it away and try again.")

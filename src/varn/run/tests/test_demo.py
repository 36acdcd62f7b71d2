"""The demo as docs/contract.md promises it: start, stop, what is killed, ports, secrets."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from varn.run import postgres
from varn.run.secret_files import secret
from varn.run.web_part import answers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
START_SECONDS = 90.0  # the first start on a busy machine makes and fills the database
AGAIN_SECONDS = 10.0
PAUSE = threading.Event().wait  # between looks: what is waited for runs in other processes


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("VARN_", "DATABASE_", "DJANGO_"))}


class Demo:
    """A demo that runs in `data`, and what its demo.json says now."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self.contract.unlink(missing_ok=True)
        command = [sys.executable, "-m", "varn", "demo", "--data", str(data), *options]
        self.process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL)
        assert soon(self.contract.exists, START_SECONDS, self.process), "the demo did not get ready"

    @property
    def contract(self) -> Path:
        return self.data / "demo.json"

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.contract.read_text())
        return found

    @property
    def port(self) -> int:
        return int(self.told["url"].rpartition(":")[2])

    def pids(self) -> dict[str, int]:
        return {it["name"]: it["pid"] for it in self.told["processes"]}

    def with_worker(self) -> "Demo":
        assert soon(lambda: "worker" in self.pids(), 10)
        return self

    def is_whole(self) -> bool:
        return answers(self.port) and all(map(lives, self.pids().values()))

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(10)


def soon(holds: Callable[[], bool], seconds: float, process: subprocess.Popen[Any] | None = None) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and (process is None or process.poll() is None):
        if holds():
            return True
        PAUSE(0.05)
    return False


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def family(pid: int) -> set[int]:
    """The process and all that descend from it."""
    found = {pid}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split() if lives(pid) else []:
        found |= family(int(child))
    return found


def refused(data: Path, *options: str, **more: str) -> str:
    """What the demo says when it will not start (exit code 2)."""
    command = [sys.executable, "-m", "varn", "demo", "--data", str(data), *options]
    done = subprocess.run(command, env={**environment(), **more}, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a demo has filled; its path has a space and a letter beyond ASCII."""
    folder = tmp_path_factory.mktemp("demo") / "en mapp på svenska"
    assert Demo(folder, "--port", "0").stop() == 0
    return folder


@pytest.fixture
def demo(data: Path) -> Iterator[Demo]:
    running = Demo(data, "--port", "0").with_worker()
    yield running
    running.process.kill()
    running.process.wait()


def test_demo_json_tells_what_the_contract_says_and_only_its_owner_reads_it(demo: Demo) -> None:
    told = demo.told
    assert stat.S_IMODE(demo.contract.stat().st_mode) == 0o600
    assert told["contract"] == 1
    assert told["pid"] == demo.process.pid
    assert set(demo.pids()) == {"postgres", "all", "worker"}
    assert told["url"] == told["public_url"] == told["member_url"] == told["staff_url"]
    assert told["url"].startswith("http://localhost:")
    assert {"files", "logs", "mail", "temp"} <= told["paths"].keys()
    for name, url in told["database"].items():
        with psycopg.connect(url) as connection:
            assert connection.info.user == f"varn_{name}"
    with psycopg.connect(told["database"]["app"]) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE mine ()")


def test_everything_listens_on_the_loopback_address_only(demo: Demo) -> None:
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()[1:]]
    ours = {f"{port:04X}" for port in (demo.port, int(demo.told["database"]["app"].rpartition(":")[2].split("/")[0]))}
    listening = {
        address for _n, local, _r, state, *_ in rows if state == "0A" for address, port in [local.split(":")] if port in ours
    }
    assert listening == {"0100007F"}


def test_it_is_all_down_within_five_seconds_of_sigterm(demo: Demo) -> None:
    everyone = family(demo.process.pid)
    began = time.monotonic()
    assert demo.stop() == 0
    assert time.monotonic() - began < 5
    assert not [pid for pid in everyone if lives(pid)]


@pytest.mark.parametrize("name", ["postgres", "all", "worker"])
def test_a_killed_part_is_back_within_ten_seconds(demo: Demo, name: str) -> None:
    before = demo.pids()
    os.kill(before[name], signal.SIGKILL)
    assert soon(lambda: demo.pids()[name] != before[name] and demo.is_whole(), AGAIN_SECONDS)


def test_a_killed_child_of_a_part_is_back_within_ten_seconds(demo: Demo) -> None:
    (child,) = family(demo.pids()["all"]) - {demo.pids()["all"]}
    os.kill(child, signal.SIGKILL)
    assert soon(lambda: not lives(child), 5)
    assert soon(demo.is_whole, AGAIN_SECONDS)


def test_nothing_outlives_a_killed_supervisor(demo: Demo) -> None:
    everyone = family(demo.process.pid)
    demo.process.kill()
    demo.process.wait()
    assert soon(lambda: not any(map(lives, everyone)), AGAIN_SECONDS)


def test_after_all_are_killed_the_same_command_starts_on_the_same_port_with_every_record(demo: Demo) -> None:
    port, url = demo.port, demo.told["database"]["admin"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS it")
    for pid in [demo.process.pid, *demo.pids().values()]:  # as they stand in demo.json: granian's worker is not named there
        os.kill(pid, signal.SIGKILL)
    demo.process.wait()
    again = Demo(demo.data, "--port", str(port))
    try:
        assert answers(port)
        with psycopg.connect(again.told["database"]["admin"]) as connection:
            assert connection.execute("SELECT it FROM kept").fetchone() == (7,)
            assert again.told["accounts"] == demo.told["accounts"]
    finally:
        again.stop()


def test_a_taken_port_is_told_in_a_sentence(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert f"Port {port} är upptagen" in refused(data, "--port", str(port))


def test_two_demos_do_not_share_a_folder(demo: Demo) -> None:
    assert "En demo kör redan" in refused(demo.data, "--port", "0")
    assert demo.is_whole()


def test_it_keeps_away_from_another_database(data: Path) -> None:
    assert "DATABASE_URL" in refused(data, "--port", "0", DATABASE_URL="postgresql:///varn")


def test_it_keeps_away_from_a_folder_that_is_not_a_demos(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "evidence").write_text("kept")
    assert "innehåller annat än en demo" in refused(tmp_path, "--port", "0", "--fresh")
    assert (tmp_path / "files" / "evidence").read_text() == "kept"


def test_it_keeps_away_from_a_database_that_is_not_a_demos(data: Path) -> None:
    def comment(text: str) -> None:
        password = secret(data / "secrets" / postgres.ADMIN)
        with (
            postgres.running(data / "postgres", password) as url,
            psycopg.connect(url, autocommit=True) as connection,
        ):
            connection.execute(f"COMMENT ON DATABASE varn IS '{text}'")

    comment("skarp drift")
    try:
        assert "annat än demodata" in refused(data, "--port", "0")
    finally:
        comment("varn demo")


@pytest.fixture
def split(data: Path) -> Iterator[Demo]:
    running = Demo(data, "--port", "0", "--split").with_worker()
    yield running
    running.process.kill()
    running.process.wait()


def test_split_roles_have_their_own_port_secret_and_database_role(split: Demo) -> None:
    told = split.told
    assert len({told["public_url"], told["member_url"], told["staff_url"]}) == 3
    assert set(split.pids()) == {"postgres", "public", "member", "staff", "worker"}
    settings = {name: settings_of(pid) for name, pid in split.pids().items() if name != "postgres"}
    secrets = {name: Path(it["VARN_SECRET_FILE"]).read_text() for name, it in settings.items()}
    assert len(set(secrets.values())) == 4
    assert settings["public"]["DATABASE_URL"].startswith("postgresql://varn_public:")
    assert not [it for it in settings.values() if "varn_owner" in "".join(it.values())]
    keys = str(split.data / "keys")
    for name in ("public", "member"):
        assert keys not in "".join(settings[name].values())
    assert settings["staff"]["VARN_KEYS_DIR"] == keys


def settings_of(pid: int) -> dict[str, str]:
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)

"""The supervisor with trivial programs."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from varn.run.processes import Part
from varn.run.stop import Stop
from varn.run.supervisor import Supervisor

PAUSE = threading.Event().wait  # between looks: what is waited for runs in other processes
FOREVER = "import time\nwhile True: time.sleep(9)"
STUBBORN = "import signal, time\nsignal.signal(15, signal.SIG_IGN)\nprint('up', flush=True)\nwhile True: time.sleep(9)"
# A supervisor over one program; prints that program's process id.
SUPERVISED = """
import sys
from pathlib import Path
from varn.run.processes import Part
from varn.run.supervisor import Supervisor
with Supervisor() as supervisor:
    supervisor.changed = lambda: print(supervisor.running["it"].process.pid, flush=True)
    supervisor.start(Part("it", [sys.executable, "-c", sys.argv[1]], Path(sys.argv[2]), {}))
    supervisor.changed()
    supervisor.watch()
"""


def soon(holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        PAUSE(0.02)
    return False


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def run_in_vain(program: str, log: Path) -> None:
    with Supervisor() as supervisor:
        supervisor.start(Part("it", [sys.executable, "-c", program], log, {}))
        supervisor.wait(lambda: False, seconds=5)


@pytest.fixture
def supervised(tmp_path: Path) -> Callable[[str], tuple[subprocess.Popen[str], int]]:
    def begin(program: str) -> tuple[subprocess.Popen[str], int]:
        command = [sys.executable, "-c", SUPERVISED, program, str(tmp_path / "log")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        return process, int(process.stdout.readline())

    return begin


def test_what_dies_is_started_again(supervised: Callable[[str], tuple[subprocess.Popen[str], int]]) -> None:
    supervisor, child = supervised(FOREVER)
    os.kill(child, signal.SIGKILL)
    assert supervisor.stdout
    again = int(supervisor.stdout.readline())
    assert again != child
    assert lives(again)
    supervisor.terminate()
    assert supervisor.wait(5) == 0
    assert not lives(again)


def test_a_program_that_will_not_stop_is_down_within_five_seconds(
    supervised: Callable[[str], tuple[subprocess.Popen[str], int]], tmp_path: Path
) -> None:
    supervisor, child = supervised(STUBBORN)
    assert soon(lambda: (tmp_path / "log").read_text() == "up\n")
    began = time.monotonic()
    supervisor.terminate()
    assert supervisor.wait(5) == 0
    assert time.monotonic() - began < 5
    assert not lives(child)


def test_no_program_outlives_a_killed_supervisor(
    supervised: Callable[[str], tuple[subprocess.Popen[str], int]],
) -> None:
    supervisor, child = supervised(STUBBORN)
    supervisor.kill()
    supervisor.wait()
    assert soon(lambda: not lives(child))


def test_a_program_that_dies_while_it_is_waited_for_is_named(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="it startar inte"):
        run_in_vain("raise SystemExit(3)", tmp_path / "log")


def test_a_full_disk_in_a_programs_log_is_told_as_such(tmp_path: Path) -> None:
    program = "raise OSError('could not write: No space left on device')"
    with pytest.raises(Stop, match="Disken är full"):
        run_in_vain(program, tmp_path / "log")

"""Keeps a handful of programs alive: starts them, starts again what died, stops all of them together.

Knows nothing of Django (20 MB resident). One thread: parent-death signals follow the thread that forks.
"""

import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType, TracebackType

from varn.run.language import _
from varn.run.processes import Part, signal_group, start
from varn.run.stop import Stop, is_full_disk

POLL_SECONDS = 0.1
STOP_SECONDS = 2.5  # for web and worker, then for the database the rest of the five that are promised
LAST_STOP_SECONDS = 1.5
FULL_BYTES = 4_000_000  # less than a quarter of a segment of PostgreSQL's log
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
TRIES, TRY_SECONDS = 8, 60.0  # a part that dies so often in so short a time is broken


class Ended(BaseException):
    """Somebody asked the whole to end: SIGTERM, SIGINT or SIGHUP."""


@dataclass(slots=True)
class Running:
    part: Part
    process: subprocess.Popen[bytes]
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=TRIES))  # monotonic seconds


class Supervisor:
    """A context: what it started is down when the block is left, however it is left."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        """`changed` is called when a part has got a new process id."""
        self.running: dict[str, Running] = {}
        self.changed = changed

    def __enter__(self) -> "Supervisor":
        self.before = {number: signal.signal(number, _end) for number in ENDING}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        for number in ENDING:  # told twice, it still stops in order
            signal.signal(number, signal.SIG_IGN)
        self.stop()
        for number, handler in self.before.items():
            signal.signal(number, handler)
        return kind is Ended

    def start(self, part: Part) -> subprocess.Popen[bytes]:
        """Start a part and keep it alive from now on (while `watch` runs)."""
        if part.prepare:
            part.prepare()
        self.running[part.name] = Running(part, start(part))
        return self.running[part.name].process

    def run(self, part: Part) -> int:
        """Start a part that ends by itself, wait for it and return its exit code."""
        process = self.start(part)
        while process.poll() is None:
            time.sleep(0.02)
        del self.running[part.name]
        return process.returncode

    def wait(self, until: Callable[[], bool], *, seconds: float) -> None:
        """Return when it holds. Raises Stop when a part has died meanwhile or the time is out."""
        deadline = time.monotonic() + seconds
        while not until():
            for running in self.running.values():
                if running.process.poll() is not None:
                    raise broken(running.part)
            if time.monotonic() > deadline:
                raise Stop(
                    _("Värn blev inte klart att svara i tid. Se loggarna bredvid {log}.").format(log=running.part.log),
                    code=1,
                )
            time.sleep(0.03)

    def watch(self) -> None:
        """Until told to end: start again what dies. Raises Stop when something dies again and again."""
        while True:
            time.sleep(POLL_SECONDS)
            for running in list(self.running.values()):
                if running.process.poll() is not None:
                    self._start_again(running)

    def _start_again(self, running: Running) -> None:
        part, now = running.part, time.monotonic()
        running.deaths.append(now)
        if len(running.deaths) == TRIES and now - running.deaths[0] < TRY_SECONDS:
            raise broken(part)
        print(_("{name} dog och startas igen.").format(name=part.name), file=sys.stderr, flush=True)
        signal_group(running.process, signal.SIGKILL)  # its children keep ports and locks
        for other in part.takes_down:
            if other in self.running:
                signal_group(self.running[other].process, signal.SIGKILL)
        recent = sum(now - death < 10 for death in running.deaths)
        time.sleep(min(0.2 * 2 ** (recent - 1), 2.0))
        if part.prepare:
            part.prepare()
        running.process = start(part)
        self.changed()

    def stop(self) -> None:
        """Stop everything: first what serves, then what it stands on. Takes at most 4 s."""
        for last, seconds in ((False, STOP_SECONDS), (True, LAST_STOP_SECONDS)):
            group = [it for it in self.running.values() if it.part.last == last]
            for running in group:
                signal_group(running.process, running.part.stop)
            deadline = time.monotonic() + seconds
            for running in group:
                _wait_or_kill(running, deadline)
        self.running.clear()


def _wait_or_kill(running: Running, deadline: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        running.process.wait(max(0.0, deadline - time.monotonic()))
    signal_group(running.process, signal.SIGKILL)
    running.process.wait()


def broken(part: Part) -> Stop:
    """What to say of a part that does not stay alive."""
    if part.log is None:
        return Stop(_("{name} startar inte. Skälet står ovanför.").format(name=part.name), code=1)
    try:
        tail = part.log.read_text("utf-8", "replace")[-4000:]
    except OSError:
        tail = ""
    # The log may lie on the disk that is full, and end before the reason.
    if is_full_disk(tail) or shutil.disk_usage(part.log.parent).free < FULL_BYTES:
        return Stop(_("Disken är full. Frigör plats och kör kommandot igen; inget är halvsparat."))
    return Stop(_("{name} startar inte. Skälet står sist i {log}.").format(name=part.name, log=part.log), code=1)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise Ended

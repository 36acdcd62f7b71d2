"""A guard against work without end. It measures nothing: how fast something is, the benchmark says."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class WithoutEnd(AssertionError):
    """What takes a second in earnest has taken a minute of this process's own time, so it would take hours."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise WithoutEnd


@contextmanager
def not_for_ever(seconds: int = 60) -> Iterator[None]:
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

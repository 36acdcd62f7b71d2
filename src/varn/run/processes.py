"""Child processes that end with their parent, whatever it dies of, and never outlive the command that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with_parent(number: int) -> Callable[[], None]:
    """A preexec_fn: the child gets signal `number` when the *thread* that forked it ends, so fork from the main thread.

    Survives `unshare` and a change of user. Linux only: elsewhere a child outlives a parent that is killed by SIGKILL.
    """
    parent = os.getpid()
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def hook() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # it died between the fork and the line above
            os._exit(1)

    return hook


def tie_to_parent(number: int = signal.SIGKILL) -> None:
    """The same for the running process: it gets `number` when its parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


@dataclass(frozen=True, slots=True)
class Part:
    """A program that the supervisor keeps alive."""

    name: str
    command: Sequence[str | os.PathLike[str]]
    log: Path | None  # None: where our own output goes
    environment: Mapping[str, str]
    stop: int = signal.SIGTERM  # asks it to end
    orphaned: int = signal.SIGKILL  # what it gets if the supervisor dies
    prepare: Callable[[], None] | None = None  # done before every start
    takes_down: tuple[str, ...] = ()  # parts that must start anew when this one has died
    last: bool = False  # stopped after the others, which still need it
    more: Mapping[str, Any] = field(default_factory=dict)  # further arguments to Popen (the user)


def start(part: Part) -> subprocess.Popen[bytes]:
    """Start it as a process group of its own, its output appended to its log (mode 0600) if it has one."""
    descriptor = os.open(part.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if part.log else None
    try:
        return subprocess.Popen(
            part.command,
            stdin=subprocess.DEVNULL,
            stdout=descriptor,
            stderr=descriptor,
            env=dict(part.environment),
            start_new_session=True,
            preexec_fn=die_with_parent(part.orphaned),  # safe: one thread only
            **{"cwd": "/", **part.more},
        )
    finally:
        if descriptor is not None:
            os.close(descriptor)


def signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    """Send a signal to a part and all its children; does nothing when they are gone."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):  # macOS answers EPERM for a group of zombies
        return

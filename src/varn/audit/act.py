"""The act under way: what the guard asks and what an act adds to its own entry. Pure."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from uuid import UUID

Value = str | int | bool | None
Detail = dict[str, Value]

_CODE = re.compile(r"[a-zåäö0-9_.:/-]{0,64}")  # one word: a code, an id, a register number in lower case
_acts: ContextVar[tuple[Detail, ...]] = ContextVar("acts", default=())


class Actor(Protocol):
    """Whoever acts: a member, a guest with a link, a job."""

    @property
    def kind(self) -> str: ...
    @property
    def actor_id(self) -> UUID | None: ...
    @property
    def organisation_id(self) -> UUID: ...
    def may(self, right: str) -> bool: ...


def is_open() -> bool:
    """True while an audited act is under way."""
    return bool(_acts.get())


def note(**detail: Value) -> None:
    """Adds codes, ids and counts to the entry of the act under way. Raises ValueError for anything like free text."""
    for name, value in detail.items():
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ValueError(f"{name}: the trail holds codes, ids and counts, never text")
    _acts.get()[-1].update(detail)


def begin() -> Detail:
    detail: Detail = {}
    _acts.set((*_acts.get(), detail))
    return detail


def end() -> None:
    _acts.set(_acts.get()[:-1])


@contextmanager
def unnoted() -> Iterator[None]:
    """Lets the chain itself be written: its links are about entries, and an entry about each would never end.

    For `varn.audit` alone; a test holds the others to `@action`.
    """
    begin()
    try:
        yield
    finally:
        end()

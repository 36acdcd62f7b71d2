"""The act under way: what the guard asks and what an act adds to its own entry. Pure."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from uuid import UUID

Value = str | int | bool | None
Detail = dict[str, Value]
R = TypeVar("R")

_CODE = re.compile(r"[a-zåäö0-9_.:/-]{0,64}")  # one word: a code, an id, a register number in lower case


@dataclass(slots=True)
class UnderWay:
    """An act that has begun: the one organisation it may write to, and what its entry will say."""

    organisation_id: UUID
    detail: Detail = field(default_factory=dict)
    is_again: bool = False


_acts: ContextVar[tuple[UnderWay, ...]] = ContextVar("acts", default=())


class NoAct(RuntimeError):
    """A fault in our code: only a function under `@action` has an entry to add to."""


class Actor(Protocol):
    """Whoever acts: a member, a guest with a link, a job."""

    @property
    def kind(self) -> str: ...
    @property
    def actor_id(self) -> UUID | None: ...
    @property
    def organisation_id(self) -> UUID: ...
    def may(self, right: str) -> bool: ...


def acting_for() -> UUID | None:
    """The organisation of the innermost act under way; None outside acts."""
    acts = _acts.get()
    return acts[-1].organisation_id if acts else None


def note(**detail: Value) -> None:
    """Adds codes, ids and counts to the entry of the act under way.

    Raises ValueError for anything like free text, NoAct outside an act.
    """
    for name, value in detail.items():
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ValueError(f"{name}: the trail holds codes, ids and counts, never text")
    _innermost().detail.update(detail)


def again(done: R) -> R:
    """`return again(row)`: the act was done before (a form sent twice) and changes nothing, so it leaves no second entry."""
    _innermost().is_again = True
    return done


def _innermost() -> UnderWay:
    acts = _acts.get()
    if not acts:
        raise NoAct
    return acts[-1]


def begin(organisation_id: UUID) -> UnderWay:
    act = UnderWay(organisation_id)
    _acts.set((*_acts.get(), act))
    return act


def end() -> None:
    _acts.set(_acts.get()[:-1])


@contextmanager
def unnoted(organisation_id: UUID) -> Iterator[None]:
    """Lets the chain itself be written: its links are about entries, and an entry about each would never end.

    For `varn.audit` alone; a test holds the others to `@action`.
    """
    begin(organisation_id)
    try:
        yield
    finally:
        end()

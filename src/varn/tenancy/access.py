"""What a page asks of its visitor: declared on the view, checked by the middleware, listed by `varn routes`. Pure.

A view without a declaration does not answer: a test finds it and the middleware refuses it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

V = TypeVar("V", bound=Callable[..., Any])


class ProcessRole(StrEnum):
    """What a web process serves (VARN_ROLE); `all` serves everything."""

    PUBLIC = "public"
    MEMBER = "member"
    STAFF = "staff"


EVERY = frozenset(ProcessRole)
LOGGED_IN = frozenset({ProcessRole.MEMBER, ProcessRole.STAFF})
PUBLIC_ONLY = frozenset({ProcessRole.PUBLIC})


@dataclass(frozen=True, slots=True)
class Access:
    """`kind` is public, link, receipt, account or right."""

    kind: str
    roles: frozenset[ProcessRole]
    right: str | None = None
    is_cacheable: bool = False

    def __str__(self) -> str:
        return f"right:{self.right}" if self.right else self.kind


def public(*, roles: frozenset[ProcessRole] = EVERY, is_cacheable: bool = False) -> Callable[[V], V]:
    """Anyone may read. `is_cacheable`: the same bytes for everyone, so it may be kept."""
    return lambda view: _declare(view, Access("public", roles, is_cacheable=is_cacheable))


def link(view: V) -> V:
    """Whoever holds a capability link."""
    return _declare(view, Access("link", PUBLIC_ONLY))


def feed(view: V) -> V:
    """A program that follows a capability link over and over, such as a calendar: no cookie and no form, so the members'
    process answers it."""
    return _declare(view, Access("link", frozenset({ProcessRole.MEMBER})))


def account(view: V) -> V:
    """Anyone logged in, about themselves."""
    return _declare(view, Access("account", LOGGED_IN))


def needs(right: str, *, roles: frozenset[ProcessRole] = LOGGED_IN) -> Callable[[V], V]:
    """A member of the organisation in the path who has this right."""
    return lambda view: _declare(view, Access("right", roles, right=right))


def _declare(view: V, access: Access) -> V:
    view.access = access  # type: ignore[attr-defined]
    return view

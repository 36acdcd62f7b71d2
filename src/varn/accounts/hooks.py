"""What this room asks of the rooms above it, and tells them. Pure.

An account knows no organisation. Whoever knows what the account may do registers here when the process starts:
what its log-in has to meet, and who is told what happened to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from varn.tenancy.access import ProcessRole


@dataclass(frozen=True, slots=True)
class Requirements:
    """`role`: the process on which the account logs in, member or staff."""

    second_factor: bool = False
    role: ProcessRole = ProcessRole.MEMBER


Ask = Callable[[UUID], Requirements]
Tell = Callable[[UUID, str], None]
Expect = Callable[[str], object]

# What is told, as codes of the trail.
LOGGED_IN = "account.log_in"
FACTOR_ADDED = "account.second_factor_added"
FACTOR_REMOVED = "account.second_factor_removed"
PASSWORD_CHANGED = "account.password_changed"  # noqa: S105  # a code of the trail
EMAIL_CHANGED = "account.email_changed"
LOGGED_OUT_EVERYWHERE = "account.logged_out_everywhere"
EVENTS = (LOGGED_IN, FACTOR_ADDED, FACTOR_REMOVED, PASSWORD_CHANGED, EMAIL_CHANGED, LOGGED_OUT_EVERYWHERE)

_asked: list[Ask] = []
_told: list[Tell] = []
_expecting: list[Expect] = []


def register(*, ask: Ask, tell: Tell, expect: Expect | None = None) -> None:
    """Once per room, when the process starts. `expect` is told an e-mail just before a code is sent to it: whoever waits
    for that address to be proved (an accepted invitation) makes its account then."""
    if ask not in _asked:
        _asked.append(ask)
        _told.append(tell)
        if expect is not None:
            _expecting.append(expect)


def requirements_of(account_id: UUID) -> Requirements:
    """The strictest that any room asks for."""
    answers = [ask(account_id) for ask in _asked]
    is_staff = any(answer.role is ProcessRole.STAFF for answer in answers)
    return Requirements(any(answer.second_factor for answer in answers), ProcessRole.STAFF if is_staff else ProcessRole.MEMBER)


def tell(account_id: UUID, code: str) -> None:
    """Raises ValueError for a code that is not among EVENTS."""
    if code not in EVENTS:
        raise ValueError(code)
    for listener in _told:
        listener(account_id, code)


def expect(email: str) -> None:
    """A code is about to be sent to this address."""
    for waiting in _expecting:
        waiting(email)

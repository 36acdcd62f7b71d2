"""What a measure is: its origin, when it is done, how it stands and whether it helped. Pure.

Whichever room finds a gap plans measures by `Planned` rows and `varn.measures.actions.plan_measures`.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

MOST_WHAT, MOST_WHY, MOST_NOTE, MOST_REASON, MOST_REFERENCE = 300, 1000, 2000, 300, 200  # characters
PRIORITIES = (1, 2, 3)  # 1 = do, 2 = should, 3 = could
MOST_ROWS = 100  # planned at once


class OriginKind(StrEnum):
    """What found the gap."""

    OWN = "own"
    RISK_ASSESSMENT = "risk_assessment"


class Phase(StrEnum):
    """When it is done, where the measure belongs to a decision."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class State(StrEnum):
    PLANNED = "planned"
    ONGOING = "ongoing"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        return self in OPEN


OPEN = (State.PLANNED, State.ONGOING)
CLOSED = (State.DONE, State.DROPPED)


class Effect(StrEnum):
    """Whether a measure that was carried out helped; nobody has said: no value."""

    HELPED = "helped"
    PARTLY = "partly"
    DID_NOT = "did_not"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where measures come from: a kind, and the row of that kind. `pk` is None for one's own."""

    kind: OriginKind
    pk: UUID | None = None


OWN = Origin(OriginKind.OWN)


@dataclass(frozen=True, slots=True)
class Planned:
    """One measure to be. Responsible is a person or a duty role (id or alias of catalogues/roles), one of them or none yet."""

    pk: UUID
    what: str
    why: str = ""
    phase: Phase | None = None
    priority: int = 2
    due_on: date | None = None
    person: UUID | None = None
    duty_role: str | None = None
    code: str = ""  # of the catalogue's measure, "" for one of one's own
    edition: str = ""


def tidy(text: str) -> str:
    """As it is kept: no space around it, one kind of line break, no control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) != "Cc")


def is_overdue(state: State, due_on: date | None, *, today: date) -> bool:
    """Still to do, and its day has passed."""
    return state.is_open and due_on is not None and due_on < today

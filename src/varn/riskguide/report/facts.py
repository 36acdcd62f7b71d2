"""All that a report says, before it is put into words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from varn.riskguide.assessment.levels import Figures, Stored


@dataclass(frozen=True, slots=True)
class Promise:
    """A measure as it is printed: `owner` is a role, or that a person has it, never a name."""

    what: str
    why: str
    owner: str
    due_on: date | None
    state: str
    followed: str


@dataclass(frozen=True, slots=True)
class Ended:
    """How the matter ended; the texts in the report's language but for the lesson."""

    closed_on: date
    outcome: str
    helped: str
    lesson: str
    record: str


@dataclass(frozen=True, slots=True)
class Facts:
    """`step` is how far the assessment has come, `spreads` how many gave each answer by statement, unknown last. `past`: this
    assessment and those before it, oldest first. `ways`: how to reach a human."""

    organisation: str
    title: str
    register_number: str
    body: str
    assessed_on: date
    printed_on: date
    stored: Stored
    step: int
    spreads: Mapping[str, Sequence[int]]
    note: str
    past: tuple[tuple[date, Figures], ...]
    measures: tuple[Promise, ...]
    ways: tuple[str, ...]
    ended: Ended | None = None

    @property
    def is_group(self) -> bool:
        """Somebody answered alone first."""
        return any(sum(counts) for counts in self.spreads.values())

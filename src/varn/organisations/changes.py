"""A mandate as it is known, and what a people list would change: the parts of a delta."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .peoplerow import PersonRow, RowProblem
from .terms import MandateRole


@dataclass(frozen=True, slots=True)
class KnownMandate:
    """A mandate as Värn has it, with its person. `person_keys`: what this source has called the person before."""

    mandate_id: str
    person_id: str
    given_name: str
    family_name: str
    body: str
    role: MandateRole
    starts_on: date | None = None
    ends_on: date | None = None
    party: str = ""
    email: str = ""
    email_is_confirmed: bool = False
    phone: str = ""
    full_time_percent: int | None = None
    is_covered_by_18a: bool | None = None
    is_protected: bool = False
    person_keys: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    def is_over(self, today: date) -> bool:
        return self.ends_on is not None and self.ends_on < today


@dataclass(frozen=True, slots=True)
class Change:
    """A field of `KnownMandate`, as it is and as the file has it. Those of the person: `PERSON_FIELDS`."""

    field: str
    before: Any
    after: Any


PERSON_FIELDS = frozenset(("given_name", "family_name", "email", "phone", "is_protected", "person_keys"))


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """What all rows of one person say together; "" and None: nothing. `person_keys` are to be remembered."""

    given_name: str
    family_name: str
    email: str = ""
    phone: str = ""
    is_protected: bool | None = None
    person_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody with the same name, who may be the same person: for a human to say."""

    person_id: str
    name: str
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewMandate:
    """A mandate not known. `person_id` None: a new person, one for all rows with the same `row.person_key`."""

    row: PersonRow
    person_id: str | None
    said: PersonSaid
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A known person whose mandate is gone from the list and who has another instead."""

    before: KnownMandate
    row: PersonRow
    said: PersonSaid


@dataclass(frozen=True, slots=True)
class Changed:
    mandate: KnownMandate
    row: PersonRow
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    """`left` and `moved` end mandates: to be confirmed. `held`: missing, but perhaps in a row that was not read.

    `over`: rows of mandates that had ended before today and are not known; nothing is done with them.
    `people`: person key to person id, of those in the list who are known.
    """

    new: tuple[NewMandate, ...] = ()
    moved: tuple[Moved, ...] = ()
    left: tuple[KnownMandate, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: tuple[KnownMandate, ...] = ()
    held: tuple[KnownMandate, ...] = ()
    over: tuple[PersonRow, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_empty(self) -> bool:
        """True when taking the list in would change nothing."""
        return not (self.new or self.moved or self.left or self.changed)

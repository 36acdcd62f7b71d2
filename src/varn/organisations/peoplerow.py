"""What a list of people becomes: a row per mandate, and the faults that may stand beside it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from .columns import LeftOut
from .names import name_key
from .terms import MandateRole

MAX_NAME = 80  # given and family name each


class Problem(StrEnum):
    """What is wrong with a row; parameters in parentheses. All but the last group keep the row from being read."""

    MISSING_NAME = "missing_name"
    TWO_NAMES = "two_names"  # (names): give each a row of their own
    NAME_TOO_LONG = "name_too_long"  # (limit)
    MISSING_BODY = "missing_body"
    MISSING_ROLE = "missing_role"
    UNKNOWN_ROLE = "unknown_role"  # (text)
    BAD_DATE = "bad_date"  # (text)
    BAD_PERIOD = "bad_period"  # (text)
    ENDS_BEFORE_START = "ends_before_start"  # (starts_on, ends_on)
    FORMULA = "formula"  # the cell holds a formula without value
    DUPLICATE_MANDATE = "duplicate_mandate"  # (first_row)
    NAMES_DIFFER_FOR_ID = "names_differ_for_id"  # (first_row): one register id, two names
    SAME_PERSON_TWICE = "same_person_twice"  # (first_row): found by the delta; one mandate from two rows
    # the row is read all the same:
    VACANT = "vacant"  # nobody holds it: left out, nothing to mend
    ONE_CELL = "one_cell"  # (text): a heading or remark between the rows, left out
    BAD_EMAIL = "bad_email"  # (text)
    SEVERAL_EMAILS = "several_emails"  # the first is taken
    SHARED_EMAIL = "shared_email"  # (first_row): not used to recognise anybody
    BAD_PHONE = "bad_phone"
    BAD_SHARE = "bad_share"  # (text)
    UNCLEAR_YES_NO = "unclear_yes_no"  # (text)
    UNCLEAR_PROTECTION = "unclear_protection"  # taken as protected
    IDENTITY_NUMBER = "identity_number"  # stood in a column that is read; left out. Never a parameter
    SAME_NAME_ASSUMED_ONE = "same_name_assumed_one"  # (first_row): no id, no e-mail; taken as one person
    NAMESAKE = "namesake"  # (first_row): same name, but id or e-mail says two persons
    DIFFERS_FROM_ROW = "differs_from_row"  # (first_row): e-mail or phone of one person differs; the first is taken


MILD = frozenset(list(Problem)[list(Problem).index(Problem.VACANT) :])


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One fault. `column` is the heading, "" when it concerns the row."""

    row_number: int
    column: str
    code: Problem
    params: dict[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def stops_row(self) -> bool:
        return self.code not in MILD


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in one mandate. None and "" mean that the file says nothing, never that a value is to be erased."""

    row_number: int
    given_name: str
    family_name: str
    body: str
    role: MandateRole
    role_text: str = ""
    is_group_leader: bool = False
    email: str = ""
    phone: str = ""
    register_id: str = ""
    party: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    is_open_ended: bool = False  # the file says "tills vidare"
    full_time_percent: int | None = None
    is_covered_by_18a: bool | None = None
    is_protected: bool | None = None
    email_is_shared: bool = False

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def person_key(self) -> str:
        """What to remember the person by in this source: its id, else the e-mail, else name and party."""
        if self.register_id:
            return f"id:{self.register_id}"
        if self.email and not self.email_is_shared:
            return f"mail:{self.email}"
        return f"name:{name_key(self.name)}|{name_key(self.party)}"[:80]


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """What is known of a row with a fault, so that nobody is taken to have left because of it."""

    row_number: int
    names: tuple[str, ...]
    email: str = ""
    register_id: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class PeopleList:
    """What was read, and what was not and why. `left_out` names columns never imported."""

    rows: tuple[PersonRow, ...]
    problems: tuple[RowProblem, ...]
    unread: tuple[UnreadRow, ...] = ()
    left_out: tuple[tuple[str, LeftOut], ...] = ()

"""What is read out of an agenda: matters, what was skipped and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from varn.organisations.incoming import FileRefused

MAX_TITLE = 300  # as the register of matters has it
MAX_REGISTER_NUMBER = 40


class AgendaRefused(FileRefused):
    """An agenda that is not read: `reason` (a Refusal) and `params` for the sentence."""


class SkipReason(StrEnum):
    """Why a line is in no matter."""

    PREAMBLE = "preamble"  # before the first matter: place, time, who is called
    HEADING = "heading"  # "Beslutsärenden"
    TABLE_HEADER = "table_header"
    PAGE_HEADER = "page_header"  # repeated at the top or foot of pages
    BODY_TEXT = "body_text"  # more about a matter than its first lines


class NoteCode(StrEnum):
    """What the reader should know; each with a count."""

    NO_NUMBERS = "no_numbers"  # each line became a matter
    LIST_NUMBERS = "list_numbers"  # numbers that the word processor makes, computed
    DUPLICATES = "duplicates"
    FORMALITIES = "formalities"
    OTHER_SHEETS = "other_sheets"
    HIDDEN_SHEETS = "hidden_sheets"
    FORMULAS_WITHOUT_VALUE = "formulas_without_value"


@dataclass(frozen=True, slots=True)
class Line:
    """One line or table row of the document, from 1; a row has its cells."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    skip: SkipReason | None = None  # already known to be no matter


@dataclass(frozen=True, slots=True)
class Skipped:
    line: int
    text: str
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class AgendaMatter:
    """One matter. `number` as written ("§ 41", "12", "a"); "" where there is none.

    `duplicate_of` is the place (from 0) of an earlier matter that seems to be the same; `lines` and `raw` are
    where it came from.
    """

    number: str
    title: str
    description: str = ""
    register_number: str = ""
    is_formality: bool = False
    duplicate_of: int | None = None
    lines: tuple[int, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class AgendaNote:
    code: NoteCode
    count: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """Every line that is not blank is in a matter or in `skipped`."""

    matters: tuple[AgendaMatter, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[AgendaNote, ...] = ()
    meets_on: date | None = None
    body: str = ""

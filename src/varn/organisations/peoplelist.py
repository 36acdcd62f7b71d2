"""Reads people and their mandates out of a table: one row, one mandate, every fault with its row and column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from . import names
from . import peoplewords as words
from .columns import Field, Mapping, is_identity_number
from .peoplecompared import compared
from .peoplerow import MAX_NAME, PeopleList, PersonRow, Problem, RowProblem, UnreadRow
from .spreadsheet import Table, TableRow
from .terms import MandateRole

_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")


class _Fault(Exception):
    def __init__(self, field: Field | None, code: Problem, **params: str | int) -> None:
        self.field, self.code, self.params = field, code, params


@dataclass
class _Reading:
    """One row being read: its cells by field, and its mild faults."""

    row: TableRow
    mapping: Mapping
    places: dict[Field, int]  # of the mapping: asked for a dozen times a row
    section: str
    problems: list[RowProblem] = field(default_factory=list)

    def cell(self, wanted: Field) -> str:
        index = self.places.get(wanted)
        text = self.row.cells[index] if index is not None and index < len(self.row.cells) else ""
        if text.startswith("=") and len(text) > 1:
            raise _Fault(wanted, Problem.FORMULA)
        return "" if wanted is not Field.PHONE and is_identity_number(text) and self._is_personal(wanted) else text

    def _is_personal(self, wanted: Field) -> bool:
        self.note(wanted, Problem.IDENTITY_NUMBER)
        return True

    def line(self, wanted: Field) -> str:
        return " ".join(self.cell(wanted).split())

    def note(self, wanted: Field | None, code: Problem, **params: str | int) -> None:
        problem = RowProblem(self.row.number, self.heading(wanted), code, params)
        if problem not in self.problems:
            self.problems.append(problem)

    def heading(self, wanted: Field | None) -> str:
        index = self.places.get(wanted) if wanted else None
        return "" if index is None else self.mapping.columns[index].header


def read_people(table: Table, mapping: Mapping) -> PeopleList:
    """Every mandate of the table, and every fault. Never raises for what the file contains.

    Cells with a personal identity number are not read whatever column they stand in.
    """
    rows: list[PersonRow] = []
    problems: list[RowProblem] = []
    unread: list[UnreadRow] = []
    section = ""
    places = {column.field: column.index for column in reversed(mapping.columns) if column.field}
    for row in table.rows:
        reading = _Reading(row, mapping, places, section)
        if heading := _lone_cell(row):
            section = heading if words.looks_like_a_body(heading) else section
            reading.note(None, Problem.ONE_CELL, text=_safe(heading))
        else:
            try:
                rows.extend(_person(reading))
            except _Fault as fault:
                reading.note(fault.field, fault.code, **fault.params)
                unread.append(_unread(reading))
        problems.extend(reading.problems)
    kept, found, doubled = compared(rows)
    problems = sorted((*problems, *found), key=lambda p: p.row_number)
    left_out = tuple((c.header, c.left_out) for c in mapping.left_out if c.left_out)
    return PeopleList(tuple(kept), tuple(problems), (*unread, *doubled), left_out)


def _lone_cell(row: TableRow) -> str:
    """The text of a row in which only one cell holds anything (merged cells repeat it)."""
    filled = {c for c in row.cells if c.strip()}
    return filled.pop() if len(filled) == 1 and len(row.cells) > 1 else ""


def _safe(text: str) -> str:
    """A cell to be quoted: short, and never an identity number."""
    return re.sub(r"\d{6,8}[-+ ]?\d{4}", "…", " ".join(text.split()))[:80]


def _person(reading: _Reading) -> Iterator[PersonRow]:
    name = _name(reading)
    if name is None:
        reading.note(Field.NAME, Problem.VACANT)
        return
    role_text = reading.line(Field.ROLE)
    role = _role(reading, role_text)
    body = reading.line(Field.BODY) or role.body or reading.section
    if not body:
        raise _Fault(Field.BODY, Problem.MISSING_BODY)
    starts_on, ends_on, is_open = _days(reading, body)
    yield PersonRow(
        row_number=reading.row.number,
        given_name=name.given,
        family_name=name.family,
        body=body[:120],
        role=role.role,
        role_text=role_text[:80],
        is_group_leader=role.is_group_leader,
        email=_email(reading),
        phone=_phone(reading),
        register_id=reading.line(Field.REGISTER_ID)[:70],
        party=(reading.line(Field.PARTY).strip("()") or name.party)[:80],
        starts_on=starts_on,
        ends_on=ends_on,
        is_open_ended=is_open,
        full_time_percent=_percent(reading),
        is_covered_by_18a=_yes_or_no(reading, Field.COVERED_18A),
        is_protected=_protected(reading),
    )


def _name(reading: _Reading) -> names.Name | None:
    """None for a vacant place."""
    family_first = Field.NAME_FAMILY_FIRST in reading.places
    field_ = Field.NAME_FAMILY_FIRST if family_first else Field.NAME
    given, family = reading.line(Field.GIVEN_NAME), reading.line(Field.FAMILY_NAME)
    whole = reading.cell(field_)
    if names.is_vacant(whole or f"{given}{family}"):
        return None
    one_column = whole or f"{given} {family}"
    found = _two_columns(reading) if given and family else names.names_in(one_column, family_first=family_first)
    if not found:
        raise _Fault(field_ if whole else Field.GIVEN_NAME, Problem.MISSING_NAME)
    if len(found) > 1:
        raise _Fault(field_, Problem.TWO_NAMES, names=_safe(", ".join(n.whole for n in found)))
    if max(len(found[0].given), len(found[0].family)) > MAX_NAME:
        raise _Fault(field_, Problem.NAME_TOO_LONG, limit=MAX_NAME)
    return found[0]


def _two_columns(reading: _Reading) -> tuple[names.Name, ...]:
    """Given and family name each in a column; two of each is two persons."""
    given = [g for g in re.split(r"\n|\s/\s", reading.cell(Field.GIVEN_NAME)) if g.strip()]
    family = [f for f in re.split(r"\n|\s/\s", reading.cell(Field.FAMILY_NAME)) if f.strip()]
    if len(given) == len(family) > 1:
        return tuple(names.Name(g.strip(), f.strip()) for g, f in zip(given, family, strict=True))
    name = names.name_of(f"{' '.join(family)}, {' '.join(given)}")
    return (name,)


def _role(reading: _Reading, text: str) -> words.RoleWords:
    if not text:
        if Field.ROLE not in reading.places:
            return words.RoleWords(MandateRole.MEMBER)
        raise _Fault(Field.ROLE, Problem.MISSING_ROLE)
    role = words.role_of(text)
    if role is None:
        raise _Fault(Field.ROLE, Problem.UNKNOWN_ROLE, text=_safe(text))
    return role


def _days(reading: _Reading, body: str) -> tuple[date | None, date | None, bool]:
    starts_on, _ = _day(reading, Field.STARTS_ON)
    ends_on, is_open = _day(reading, Field.ENDS_ON)
    text = reading.line(Field.PERIOD)
    if text and not (starts_on or ends_on):
        period = words.period_of(text, body)
        if period is None:
            raise _Fault(Field.PERIOD, Problem.BAD_PERIOD, text=_safe(text))
        starts_on, ends_on = period
    if starts_on and ends_on and ends_on < starts_on:
        days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
        raise _Fault(Field.ENDS_ON, Problem.ENDS_BEFORE_START, **days)
    return starts_on, ends_on, is_open


def _day(reading: _Reading, wanted: Field) -> tuple[date | None, bool]:
    text = reading.line(wanted)
    if not text:
        return None, False
    if words.is_open_end(text):
        return None, wanted is Field.ENDS_ON
    day = words.day_of(text)
    if day is None:
        raise _Fault(wanted, Problem.BAD_DATE, text=_safe(text))
    return day, False


def _email(reading: _Reading) -> str:
    text = reading.line(Field.EMAIL).removeprefix("mailto:")
    if not text or words.says_protected([text]):
        return ""
    found = _EMAIL.findall(text)
    if not found or len(found[0]) > 254:
        reading.note(Field.EMAIL, Problem.BAD_EMAIL, text=_safe(text))
        return ""
    if len(found) > 1:
        reading.note(Field.EMAIL, Problem.SEVERAL_EMAILS)
    return str(found[0]).casefold()


def _phone(reading: _Reading) -> str:
    text = reading.line(Field.PHONE)
    if not text or words.says_protected([text]):
        return ""
    first = re.split(r"\s*[,;]\s*|\s+/\s+", text)[0]
    if not re.fullmatch(r"[+(]?\d[\d ()/\u2013-]{4,28}\d", first):
        reading.note(Field.PHONE, Problem.BAD_PHONE)
        return ""
    return first


def _percent(reading: _Reading) -> int | None:
    text = reading.line(Field.SHARE)
    percent = words.percent_of(text) if text else None
    if text and percent is None:
        reading.note(Field.SHARE, Problem.BAD_SHARE, text=_safe(text))
    return percent


def _yes_or_no(reading: _Reading, wanted: Field) -> bool | None:
    text = reading.line(wanted)
    answer = words.yes_or_no(text) if text else None
    if text and answer is None:
        reading.note(wanted, Problem.UNCLEAR_YES_NO, text=_safe(text))
    return answer


def _protected(reading: _Reading) -> bool | None:
    """Taken as protected when in doubt, and when any cell of the row says so instead of its value."""
    text = reading.line(Field.PROTECTED)
    answer = words.is_protected(text)
    clear = {"ja", "j", "x", "s", "1", "sant", "true", "yes", "sekretess", "skyddad"}
    if answer and text.casefold() not in clear and not words.says_protected([text]):
        reading.note(Field.PROTECTED, Problem.UNCLEAR_PROTECTION)
    return True if words.says_protected(reading.row.cells) else answer


def _unread(reading: _Reading) -> UnreadRow:
    """Whatever identifies somebody in a row that could not be read; the faults are already noted."""
    quiet = _Reading(reading.row, reading.mapping, reading.places, reading.section)

    def text(wanted: Field) -> str:
        try:
            return quiet.cell(wanted)
        except _Fault:
            return ""

    family_first = bool(text(Field.NAME_FAMILY_FIRST))
    whole = text(Field.NAME_FAMILY_FIRST) or text(Field.NAME)
    found = names.names_in(whole, family_first=family_first) if whole else ()
    if text(Field.FAMILY_NAME):
        found = (*found, names.name_of(f"{text(Field.FAMILY_NAME)}, {text(Field.GIVEN_NAME)}"))
    email = (_EMAIL.findall(text(Field.EMAIL)) or [""])[0]
    body = " ".join(text(Field.BODY).split()) or reading.section
    return UnreadRow(
        reading.row.number, tuple(n.whole for n in found), str(email).casefold(), text(Field.REGISTER_ID).strip(), body
    )

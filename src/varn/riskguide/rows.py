"""The rows of an agenda while a person edits them, before anything is saved. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from varn.organisations.registernumbers import register_key
from varn.riskguide.agenda import Agenda, AgendaMatter

MAX_MATTERS = 500
MAX_SKIPPED = 120  # lines shown that did not become matters; a long document has thousands
MAX_ROWS = MAX_MATTERS + MAX_SKIPPED
LONGEST = {"number": 20, "title": 300, "register_number": 40, "note": 300}  # characters, as the columns hold


class Kind(StrEnum):
    """What becomes of a row when the agenda is saved."""

    MATTER = "matter"
    ASIDE = "aside"  # a formality: kept with the agenda, not sorted
    ABOVE = "above"  # the rest of the title above
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Row:
    """`saved`: the row's number on an agenda that exists. `same`: the matter that a person says this is."""

    title: str
    number: str = ""
    register_number: str = ""
    note: str = ""
    kind: Kind = Kind.MATTER
    saved: int | None = None
    same: UUID | None = None
    was_skipped: bool = False


class Fault(StrEnum):
    """What is wrong with a row; a person is told where and what to do."""

    NO_TITLE = "no_title"
    TOO_LONG = "too_long"
    NOTHING_ABOVE = "nothing_above"
    SAME_REGISTER_NUMBER = "same_register_number"
    SAME_MATTER = "same_matter"
    NO_SUCH_MATTER = "no_such_matter"
    NO_MATTERS = "no_matters"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class RowFault:
    """`at`: the row's place from 0. `other`: the place of the row that it clashes with. `limit`: characters."""

    at: int
    fault: Fault
    field: str = "title"
    limit: int = 0
    other: int = 0


def tidy(text: str) -> str:
    """One line, without control characters: what is pasted from a document has both."""
    kept = (sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(kept).split())


def cut(text: str, field: str) -> str:
    """A text read from a file, shortened to what its column holds."""
    tidied, longest = tidy(text), LONGEST[field]
    return tidied if len(tidied) <= longest else tidied[: longest - 1].rstrip() + "…"


def rows_of(agenda: Agenda) -> list[Row]:
    """Matters and skipped lines in the order of the document."""
    placed = [(matter.lines[0] if matter.lines else 0, _row(matter)) for matter in agenda.matters]
    skipped = [
        (line.line, Row(cut(line.text, "title"), kind=Kind.GONE, was_skipped=True))
        for line in agenda.skipped[:MAX_SKIPPED]
        if tidy(line.text)
    ]
    return [row for _, row in sorted(placed + skipped, key=lambda pair: pair[0])]


def _row(matter: AgendaMatter) -> Row:
    return Row(
        title=cut(matter.title, "title"),
        number=cut(matter.number, "number"),
        register_number=cut(matter.register_number, "register_number"),
        note=cut(matter.description, "note"),
        kind=Kind.ASIDE if matter.is_formality else Kind.MATTER,
    )


def faults(rows: Sequence[Row]) -> list[RowFault]:
    """Everything that stops the rows from being saved, in their order."""
    return [*_whole(rows), *_row_faults(rows), *_clashes(rows)]


def _whole(rows: Sequence[Row]) -> Iterable[RowFault]:
    n = sum(row.kind is Kind.MATTER for row in rows)
    if n == 0:
        yield RowFault(0, Fault.NO_MATTERS, "kind")
    if n > MAX_MATTERS:
        yield RowFault(0, Fault.TOO_MANY, "kind", limit=MAX_MATTERS, other=n)


def _row_faults(rows: Sequence[Row]) -> Iterable[RowFault]:
    has_matter = False
    for at, row in enumerate(rows):
        if row.kind is Kind.GONE:
            continue
        if not row.title:
            yield RowFault(at, Fault.NO_TITLE)
        for field, limit in LONGEST.items():
            if len(getattr(row, field)) > limit:
                yield RowFault(at, Fault.TOO_LONG, field, limit)
        if row.kind is Kind.ABOVE and not has_matter:
            yield RowFault(at, Fault.NOTHING_ABOVE, "kind")
        has_matter = has_matter or row.kind in {Kind.MATTER, Kind.ASIDE}


def _clashes(rows: Sequence[Row]) -> Iterable[RowFault]:
    numbers: dict[str, int] = {}
    matters: dict[UUID, int] = {}
    for at, row in enumerate(rows):
        if row.kind is not Kind.MATTER:
            continue
        if number := register_key(row.register_number):
            first = numbers.setdefault(number, at)
            if first != at:
                yield RowFault(at, Fault.SAME_REGISTER_NUMBER, "register_number", other=first)
        if row.same:
            first = matters.setdefault(row.same, at)
            if first != at:
                yield RowFault(at, Fault.SAME_MATTER, "same", other=first)


def joined(rows: Iterable[Row]) -> list[Row]:
    """Without what goes, and with each continuation added to the title above."""
    kept: list[Row] = []
    for row in rows:
        if row.kind is Kind.ABOVE and kept:
            above = kept[-1]
            kept[-1] = replace(
                above,
                title=cut(f"{above.title} {row.title}", "title"),
                note=above.note or row.note,
                register_number=above.register_number or row.register_number,
            )
        elif row.kind in {Kind.MATTER, Kind.ASIDE}:
            kept.append(row)
    return kept


def paired(rows: Sequence[Row], saved: Mapping[int, Row]) -> list[Row]:
    """Rows read anew with the number of the saved row that each one is: by register number, else by the very title."""
    taken = {row.saved for row in rows if row.saved is not None}
    by_number = {number: n for n, row in saved.items() if (number := register_key(row.register_number))}
    by_title = {_key(row.title): n for n, row in saved.items()}
    found: list[Row] = []
    for row in rows:
        n = row.saved
        if n is None and not row.was_skipped and row.kind is not Kind.ABOVE:
            number = register_key(row.register_number)
            n = by_number.get(number) if number else by_title.get(_key(row.title))
            n = None if n in taken else n
        if n is not None:
            taken.add(n)
        found.append(replace(row, saved=n))
    return found


def _key(title: str) -> str:
    return "".join(sign for sign in title.casefold() if sign.isalnum())

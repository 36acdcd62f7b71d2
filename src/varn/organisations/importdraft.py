"""What of a file is kept between upload and confirmation, as JSON.

Home addresses, personal identity numbers and what else is never imported are gone before anything is stored; of
such a cell only that it says "protected" remains.
"""

import re
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .columns import Column, Field, LeftOut, Mapping, is_identity_number, recognised, suggest_mapping
from .peoplewords import says_protected
from .spreadsheet import Note, NoteCode, SheetSummary, Table, TableRow

PROTECTED = "Skyddade personuppgifter"  # what remains of a left-out cell that says so
N_SAMPLES = 3
_IDENTITY = re.compile(r"(?<!\d)(?:18|19|20)?\d{6}[-+ ]?\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A stored table. `left_out`: column (from 0) to why; `n_removed`: cells that held an identity number elsewhere."""

    table: Table
    left_out: Lookup[int, LeftOut]
    n_removed: int


def stored(table: Table) -> dict[str, Any]:
    """The table as JSON, without what is never imported."""
    suggested = suggest_mapping(table.headers, [row.cells for row in table.rows])
    left_out = {c.index: c.left_out for c in suggested.left_out if c.left_out}
    phones = {i for i, header in enumerate(table.headers) if recognised(header)[0] is Field.PHONE}
    rows = [(row.number, [_kept(cell, i in left_out, i in phones) for i, cell in enumerate(row.cells)]) for row in table.rows]
    n_removed = sum(
        cell != before and i not in left_out
        for row, (_, cells) in zip(table.rows, rows, strict=True)
        for i, (before, cell) in enumerate(zip(row.cells, cells, strict=True))
    )
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "headers": list(table.headers),
        "rows": rows,
        "left_out": {str(index): reason for index, reason in left_out.items()},
        "notes": [(note.code, note.count) for note in table.notes],
        "n_removed": n_removed,
    }


def _kept(cell: str, is_left_out: bool, is_phone: bool) -> str:
    if not cell:
        return ""
    if is_left_out:
        return PROTECTED if says_protected([cell]) else ""
    return cell if is_phone else without_identity_numbers(cell)


def without_identity_numbers(text: str) -> str:
    """Takes away what is written like an identity number with a right check digit, also inside a longer text."""
    if len(text) < 10 or sum(map(str.isdigit, text)) < 10:
        return text
    return _IDENTITY.sub(lambda found: "" if is_identity_number(found[0]) else found[0], text).strip()


def read(kept: Lookup[str, Any]) -> Draft:
    """What `stored` gave."""
    table = Table(
        sheet=kept["sheet"],
        header_row=kept["header_row"],
        headers=tuple(kept["headers"]),
        rows=tuple(TableRow(number, tuple(cells)) for number, cells in kept["rows"]),
        sheets=(SheetSummary(kept["sheet"], len(kept["rows"]), False),),
        notes=tuple(Note(NoteCode(code), count) for code, count in kept["notes"]),
    )
    return Draft(table, {int(i): LeftOut(reason) for i, reason in kept["left_out"].items()}, kept["n_removed"])


def suggested(draft: Draft, remembered: Lookup[str, str]) -> Mapping:
    """As the source's columns were read last time, else by heading; left out stays left out."""
    found = suggest_mapping(draft.table.headers, (), remembered)
    return mapped(draft, [column.field for column in found.columns])


def mapped(draft: Draft, fields: Sequence[Field | None]) -> Mapping:
    """What somebody has chosen for each column, in order."""
    return Mapping(
        tuple(
            Column(i, header, None if i in draft.left_out else field, draft.left_out.get(i))
            for i, (header, field) in enumerate(zip(draft.table.headers, fields, strict=True))
        )
    )


def samples(draft: Draft, index: int) -> tuple[str, ...]:
    """The first different values of a column."""
    found: list[str] = []
    for row in draft.table.rows:
        text = " ".join(row.cells[index].split())
        if text and text not in found:
            found.append(text[:60])
        if len(found) == N_SAMPLES:
            break
    return tuple(found)

"""Reads a table of people (or anything) from .xlsx, .csv or .tsv: finds sheet, heading row and cells."""

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .columns import recognised
from .incoming import FileRefused, Kind, Refusal, decode_text, kind_of
from .workbook import ABOVE_ROWS, MAX_CELL, MAX_COLUMNS, MAX_ROWS, Sheet, read_workbook

HEADER_WITHIN = ABOVE_ROWS  # from the top; above it stand titles and dates of print-out
_SPACES = re.compile(r"[^\S\n]+")


class TableRefused(FileRefused):
    """A file that is no readable table."""


class NoteCode(StrEnum):
    """What the reader of a table should know; parameters in parentheses."""

    FORMULAS = "formulas"  # (count): stored values are shown
    FORMULAS_WITHOUT_VALUE = "formulas_without_value"  # (count): open and save in the spreadsheet program
    ROWS_ABOVE_HEADER = "rows_above_header"  # (count)
    MERGED_CELLS = "merged_cells"  # (count): filled downwards
    OTHER_SHEETS = "other_sheets"  # (count)
    HIDDEN_SHEETS = "hidden_sheets"  # (count): not read unless asked for
    HEADERLESS_COLUMNS = "headerless_columns"  # (count)


@dataclass(frozen=True, slots=True)
class Note:
    code: NoteCode
    count: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row under the heading; `number` as the spreadsheet program shows it, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetSummary:
    name: str
    n_rows: int
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as wide as the headings; blank rows left out. `sheets` are those that may be chosen instead."""

    sheet: str
    header_row: int
    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]
    sheets: tuple[SheetSummary, ...]
    notes: tuple[Note, ...]


def read_table(content: bytes, filename: str | None = None, *, sheet: str | None = None) -> Table:
    """The chosen sheet, else the visible one whose headings are best known.

    `filename` is not used to decide the type. Raises TableRefused.
    """
    try:
        sheets = read_sheets(content)
        return _table(_chosen(sheets, sheet), sheets)
    except FileRefused as refused:
        raise TableRefused(refused.reason, **refused.params) from refused


def read_tables(content: bytes, *, max_rows: int = MAX_ROWS) -> tuple[Table, ...]:
    """Every visible sheet that has headings, in the order of the tabs: at least one. Raises TableRefused."""
    try:
        sheets = read_sheets(content, max_rows=max_rows)
        filled = [s for s in sheets if s.rows and not s.is_hidden and header_row_of(s) is not None]
        return tuple(_table(s, sheets) for s in filled) or (_table(_chosen(sheets, None), sheets),)
    except FileRefused as refused:
        raise TableRefused(refused.reason, **refused.params) from refused


def read_sheets(content: bytes, *, max_rows: int = MAX_ROWS) -> tuple[Sheet, ...]:
    """Every sheet of a workbook; a text file is one sheet without a name. Raises FileRefused."""
    kind = kind_of(content)
    if kind is Kind.WORKBOOK:
        return read_workbook(content, max_rows=max_rows)
    if kind is not Kind.TEXT:
        raise FileRefused(Refusal.WRONG_KIND, kind=kind.value)
    return (read_delimited(decode_text(content), max_rows=max_rows),)


def read_delimited(text: str, *, max_rows: int = MAX_ROWS) -> Sheet:
    """Comma, semicolon, tab or bar separated text as one sheet. Raises FileRefused."""
    text = text.replace("\0", "")
    marked = re.match(r"sep=(.)\r?\n", text)  # Excel's own first line
    if marked:
        text = text[marked.end() :]
    rows: dict[int, dict[int, str]] = {}
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=marked[1] if marked else delimiter_of(text),
        )
        for number, cells in enumerate(reader, start=2 if marked else 1):
            filled = {i: c[:MAX_CELL] for i, c in enumerate(cells) if c.strip()}
            if filled:
                rows[number] = filled
            _within_limits(len(rows), cells, max_rows)
    except (csv.Error, TypeError) as error:
        raise FileRefused(Refusal.CORRUPTED) from error
    return Sheet("", False, rows)


def _within_limits(n_rows: int, cells: list[str], max_rows: int) -> None:
    if n_rows > max_rows + HEADER_WITHIN:
        raise FileRefused(Refusal.TOO_MANY_ROWS, limit=max_rows, sheet="")
    if len(cells) > MAX_COLUMNS and any(c.strip() for c in cells[MAX_COLUMNS:]):
        raise FileRefused(Refusal.TOO_MANY_COLUMNS, limit=MAX_COLUMNS, sheet="")


def delimiter_of(text: str) -> str:
    """The sign that splits the first lines most evenly into most columns; "," if none does."""
    lines = text[:20_000].splitlines()[:60]

    def evenness(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1]
        usual = max(set(widths), key=lambda w: (widths.count(w), w), default=0)
        return widths.count(usual) * (usual > 1), usual

    try:
        return max((";", "\t", ",", "|"), key=evenness) if any(evenness(s)[0] for s in ";\t,|") else ","
    except csv.Error:
        return ";" if text.count(";") > text.count(",") else ","


def _chosen(sheets: Sequence[Sheet], name: str | None) -> Sheet:
    if name is not None:
        found = next((s for s in sheets if s.name == name), None)
        if found is None:
            raise FileRefused(Refusal.NO_SUCH_SHEET, sheet=name[:80])
        return found
    filled = [s for s in sheets if s.rows and not s.is_hidden]
    if not filled:
        raise FileRefused(Refusal.EMPTY)
    return max(
        filled,
        key=lambda s: (max((_known(c) for c in _top(s)), default=0), len(s.rows)),
    )


def _top(sheet: Sheet) -> list[dict[int, str]]:
    return [sheet.rows[n] for n in sorted(sheet.rows)[:HEADER_WITHIN]]


def _known(cells: dict[int, str]) -> int:
    """How many different things its cells name as headings."""
    found = {recognised(text) for text in cells.values() if len(text) <= 60}
    return len(found - {(None, None)})


def header_row_of(sheet: Sheet) -> int | None:
    """The row with most known headings (at least two), else the first with two texts and no digits; None if none."""
    numbers = sorted(sheet.rows)[:HEADER_WITHIN]
    best = max(numbers, key=lambda n: (_known(sheet.rows[n]), -n), default=None)
    if best is not None and _known(sheet.rows[best]) >= 2:
        return best
    texts = (n for n in numbers if len(sheet.rows[n]) > 1 and not re.search(r"\d|@", "".join(sheet.rows[n].values())))
    return next(texts, None)


def _table(sheet: Sheet, sheets: Sequence[Sheet]) -> Table:
    header = header_row_of(sheet)
    if header is None:
        raise FileRefused(Refusal.NO_HEADER)
    filled, n_filled = _filled_down(sheet, header)
    width = 1 + max(max(cells) for cells in filled.values())
    headers = tuple(clean(h) for h in _headers(filled, header, width))
    numbers = [n for n in sorted(filled) if n > header and not _repeats(filled[n], headers)]
    rows = tuple(TableRow(n, tuple(clean(filled[n].get(i, "")) for i in range(width))) for n in numbers)
    others = tuple(SheetSummary(s.name, len(s.rows), s.is_hidden) for s in sheets)
    above = sum(n < header for n in sheet.rows)
    return Table(
        sheet.name,
        header,
        headers,
        rows,
        others,
        _notes(sheet, sheets, n_filled, above, headers),
    )


def _filled_down(sheet: Sheet, header: int) -> tuple[dict[int, dict[int, str]], int]:
    """A cell merged over several rows counts in each of them. A cell merged over columns stays where it stands."""
    rows, n_filled = {n: dict(cells) for n, cells in sheet.rows.items()}, 0
    numbers = sorted(rows)
    down_to: dict[int, int] = {}  # by column: merged cells never overlap, so a file where they do costs no more than one
    for top, left, bottom, _ in sorted(sheet.merged):
        value = sheet.rows.get(top, {}).get(left)
        if value is None or bottom == top or top <= down_to.get(left, 0):
            continue
        down_to[left] = bottom
        n_filled += top > header
        for number in numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]:
            rows[number].setdefault(left, value)
    return rows, n_filled


def _headers(rows: dict[int, dict[int, str]], header: int, width: int) -> list[str]:
    """A column without heading of its own takes the one in the row above (headings in two storeys)."""
    above = rows.get(header - 1, {})
    lower = rows[header]
    upper = above if len(above) > 1 or _known(above) else {}
    return [lower.get(i) or upper.get(i, "") for i in range(width)]


def _repeats(cells: dict[int, str], headers: Sequence[str]) -> bool:
    """The heading once more, as on each printed page."""
    return len(cells) > 1 and all(clean(c) == headers[i] for i, c in cells.items() if i < len(headers))


def _notes(
    sheet: Sheet,
    sheets: Sequence[Sheet],
    n_filled: int,
    above: int,
    headers: Sequence[str],
) -> tuple[Note, ...]:
    visible = sum(bool(s.rows) and not s.is_hidden and s is not sheet for s in sheets)
    counts = {
        NoteCode.FORMULAS: sheet.n_formulas,
        NoteCode.FORMULAS_WITHOUT_VALUE: sheet.n_formulas_without_value,
        NoteCode.ROWS_ABOVE_HEADER: above,
        NoteCode.MERGED_CELLS: n_filled,
        NoteCode.OTHER_SHEETS: visible,
        NoteCode.HIDDEN_SHEETS: sum(s.is_hidden and s is not sheet for s in sheets),
        NoteCode.HEADERLESS_COLUMNS: sum(not h for h in headers),
    }
    return tuple(Note(code, count) for code, count in counts.items() if count)


def clean(text: str) -> str:
    """Odd spaces made plain, line breaks kept, control characters gone."""
    if text.isprintable() and "  " not in text and text.isascii():
        return text.strip()
    kept = "".join(c if c.isprintable() or c in "\n\t" else " " for c in text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = kept.replace("\u00ad", "").replace("\u200b", "")
    return "\n".join(line for part in kept.split("\n") if (line := _SPACES.sub(" ", part).strip()))

"""Reads the cells of an .xlsx workbook, bounded in rows, columns and text.

Our own reader rather than openpyxl's: in read-only mode that one pads every gap (one cell in the last row and
column of a sheet is 17 thousand million cells), knows no merged cells and cannot tell a formula without a stored
value from an empty cell; otherwise it keeps every cell in memory. Source: ECMA-376 part 1, 18.3 to 18.8.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

from .incoming import MAX_UNPACKED, FileRefused, Refusal, open_archive, read_member

MAX_ROWS = 10_000  # that hold anything, per sheet; who asks for more says so
ABOVE_ROWS = 30  # headings and titles, which nobody counts as rows
MAX_EMPTY_ROWS = 100_000  # formatted but empty
MAX_COLUMNS = 200
MAX_STRINGS = 200_000  # different texts; ten per row where more rows are asked for
MAX_LOOSE = 300_000  # XML elements that no row holds, or one row: a thousand columns, ten thousand merged cells, and some
MAX_CELL = 5_000  # characters; longer cells are cut
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENT_FORMATS = frozenset((9, 10))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: row number (as the program shows it, from 1) to column (from 0) to text; blanks left out.

    Dates are ISO text, percentages "40 %". A formula without stored value is its own text, "=A1".
    """

    name: str
    is_hidden: bool
    rows: dict[int, dict[int, str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()  # first row, first column, last row, last column
    n_formulas: int = 0
    n_formulas_without_value: int = 0


@dataclass(frozen=True, slots=True)
class _Book:
    strings: tuple[str, ...]
    styles: tuple[str, ...]  # per cell style: "date", "percent" or ""
    epoch: datetime


def read_workbook(content: bytes, *, max_rows: int = MAX_ROWS) -> tuple[Sheet, ...]:
    """Every worksheet with its cells, in the order of the tabs. Raises FileRefused."""
    archive = open_archive(content)
    try:
        return tuple(_sheets(archive, max_rows))
    except (
        ParseError,
        ValueError,
        KeyError,
        IndexError,
        OverflowError,
        RecursionError,
    ) as error:
        raise FileRefused(Refusal.CORRUPTED) from error


def _sheets(archive: zipfile.ZipFile, max_rows: int) -> Iterator[Sheet]:
    path = _workbook_path(archive)
    root = _part(archive, path)
    if root is None:
        raise FileRefused(Refusal.CORRUPTED)
    targets = _targets(archive, path)
    book = _Book(_strings(archive, targets, max_rows), _styles(archive, targets), _epoch(root))
    for sheet in _all(root, "sheet"):
        kind, target = targets.get(_attribute(sheet, "id"), ("", ""))
        if kind == "worksheet":
            hidden = sheet.get("state", "visible") != "visible"
            content = read_member(archive, target, max_tags=None) or b""  # read row by row, and bounded there
            yield _sheet(content, sheet.get("name", ""), hidden, book, max_rows)


def _workbook_path(archive: zipfile.ZipFile) -> str:
    targets = _relations(archive, "_rels/.rels", "")
    return next(
        (t for kind, t in targets.values() if kind == "officeDocument"),
        "xl/workbook.xml",
    )


def _targets(archive: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    folder, _, name = path.rpartition("/")
    return _relations(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), folder)


def _relations(archive: zipfile.ZipFile, path: str, folder: str) -> dict[str, tuple[str, str]]:
    """Relation id to (last word of its type, path in the archive)."""
    root = _part(archive, path)
    found = {}
    for relation in _all(root, "Relationship") if root is not None else ():
        target = relation.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        found[relation.get("Id", "")] = (
            relation.get("Type", "").rpartition("/")[2],
            whole,
        )
    return found


def _part(archive: zipfile.ZipFile, path: str) -> Element | None:
    content = read_member(archive, path)
    return None if content is None else fromstring(content)  # noqa: S314  read_member has refused document types


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _all(root: Element, name: str) -> Iterator[Element]:
    return (e for e in root.iter() if _local(e) == name)


def _attribute(element: Element, name: str) -> str:
    """By local name: the relation's id has one namespace in transitional files and another in strict ones."""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _epoch(root: Element) -> datetime:
    """Excel counts days from 1899-12-30, files from old Macs from 1904-01-01."""
    old_mac = any(p.get("date1904") in ("1", "true") for p in _all(root, "workbookPr"))
    return datetime(1904, 1, 1) if old_mac else datetime(1899, 12, 30)  # noqa: DTZ001  spreadsheets have no zone


def _by_kind(targets: dict[str, tuple[str, str]], kind: str) -> str:
    return next((path for k, path in targets.values() if k == kind), "")


def _strings(archive: zipfile.ZipFile, targets: dict[str, tuple[str, str]], max_rows: int) -> tuple[str, ...]:
    content = read_member(archive, _by_kind(targets, "sharedStrings"))
    found: list[str] = []
    for _, element in iterparse(io.BytesIO(content)) if content else ():  # noqa: S314
        if _local(element) == "si":
            found.append(_text(element))
            element.clear()
            if len(found) > max(MAX_STRINGS, 10 * max_rows):
                raise FileRefused(Refusal.TOO_MANY_ROWS, limit=max_rows, sheet="")
    return tuple(found)


def _text(element: Element) -> str:
    """Text of a rich string; phonetic guides (`rPh`) left out."""
    if _local(element) == "rPh":
        return ""
    if _local(element) == "t":
        return (element.text or "")[:MAX_CELL]
    return "".join(map(_text, element))[:MAX_CELL]


def _styles(archive: zipfile.ZipFile, targets: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    path = _by_kind(targets, "styles")
    root = _part(archive, path) if path else None
    if root is None:
        return ()
    codes = {int(f.get("numFmtId", "0")): f.get("formatCode", "") for f in _all(root, "numFmt")}
    cells = next(_all(root, "cellXfs"), Element("none"))
    return tuple(_style(int(x.get("numFmtId", "0")), codes) for x in cells)


def _style(number: int, codes: dict[int, str]) -> str:
    code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.', "", codes.get(number, ""))
    if number in _PERCENT_FORMATS or "%" in code:
        return "percent"
    if number in _DATE_FORMATS or (re.search(r"[ymdhs]", code, re.I) and "0" not in code and "#" not in code):
        return "date"
    return ""


def _sheet(content: bytes, name: str, hidden: bool, book: _Book, max_rows: int) -> Sheet:
    rows: dict[int, dict[int, str]] = {}
    merged: list[tuple[int, int, int, int]] = []
    formulas, unknown, seen, number, loose = 0, 0, 0, 0, 0
    for _, element in iterparse(io.BytesIO(content)) if content else ():  # noqa: S314
        loose += 1
        if loose > MAX_LOOSE:
            raise FileRefused(Refusal.EXPANDS_TOO_MUCH, limit=MAX_UNPACKED // 2**20)
        match _local(element):
            case "row":
                seen, number = seen + 1, int(element.get("r", number + 1))
                cells, n_formulas, n_unknown = _row(element, book, name)
                formulas, unknown = formulas + n_formulas, unknown + n_unknown
                if cells:
                    rows[number] = cells
                element.clear()
                loose = 0
                if len(rows) > max_rows + ABOVE_ROWS or seen > MAX_EMPTY_ROWS:
                    raise FileRefused(Refusal.TOO_MANY_ROWS, limit=max_rows, sheet=name)
            case "mergeCell":
                merged.extend(_range(element.get("ref", "")))
    return Sheet(name, hidden, rows, tuple(merged[:MAX_ROWS]), formulas, unknown)


def _row(row: Element, book: _Book, sheet: str) -> tuple[dict[int, str], int, int]:
    cells: dict[int, str] = {}
    formulas, unknown, column = 0, 0, -1
    for cell in row:
        column = _column(cell.get("r", "")) if cell.get("r") else column + 1
        formula = next((e for e in cell if _local(e) == "f"), None)
        value = _value(cell, book).strip("\0")
        formulas += formula is not None
        if not value and formula is not None:
            value, unknown = f"={(formula.text or '')[:200]}", unknown + 1
        if value.strip():
            if column >= MAX_COLUMNS:
                raise FileRefused(Refusal.TOO_MANY_COLUMNS, limit=MAX_COLUMNS, sheet=sheet)
            cells[column] = value
    return cells, formulas, unknown


def _value(cell: Element, book: _Book) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    raw = next((e.text or "" for e in cell if _local(e) == "v"), "")[:MAX_CELL]
    if kind == "s":
        return book.strings[int(raw)] if raw else ""
    if kind == "b":
        return "Ja" if raw == "1" else "Nej"
    if kind != "n" or not raw:
        return raw
    style = int(cell.get("s", "0"))
    return _number(raw, book.styles[style] if style < len(book.styles) else "", book.epoch)


def _number(raw: str, style: str, epoch: datetime) -> str:
    value = float(raw)
    if style == "percent":
        return f"{round(value * 100, 4):g} %"
    if style == "date" and 0 < value < 2_958_466:  # the last is 9999-12-31
        return _moment(epoch + timedelta(days=value))
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.10g}"


def _moment(moment: datetime) -> str:
    rounded = moment + timedelta(milliseconds=500)
    if rounded.date() <= date(1900, 1, 1):
        return rounded.strftime("%H:%M")
    return rounded.strftime("%Y-%m-%d" if rounded.hour == rounded.minute == 0 else "%Y-%m-%d %H:%M")


def _column(reference: str) -> int:
    """ "C7" is 2."""
    number = 0
    for letter in re.match(r"[A-Z]{0,4}", reference.upper())[0]:  # type: ignore[index]  # matches the empty text too
        number = number * 26 + ord(letter) - 64
    return number - 1


def _range(reference: str) -> Iterator[tuple[int, int, int, int]]:
    if found := re.fullmatch(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})", reference):
        yield int(found[2]), _column(found[1]), int(found[4]), _column(found[3])

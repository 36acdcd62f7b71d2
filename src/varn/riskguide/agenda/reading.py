"""From what somebody pasted or uploaded to the matters of a meeting."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from varn.organisations.incoming import FileRefused, Kind, Refusal, decode_text, kind_of
from varn.organisations.spreadsheet import delimiter_of, read_delimited
from varn.organisations.workbook import Sheet, read_workbook

from .joining import Breaks
from .listing import matters_of
from .matters import Agenda, AgendaMatter, AgendaNote, AgendaRefused, Line, NoteCode
from .register import body_in, meeting_day
from .rows import columns_of

MAX_MATTERS = 500
MAX_CHARACTERS = 2_000_000
MAX_LINES = 50_000
MAX_LINE = 2_000  # longer lines are read in pieces
MAX_CELLS = 60  # of a line with tabs; one with more is no table row


@dataclass(frozen=True, slots=True)
class _Document:
    lines: Sequence[Line]
    breaks: Breaks = Breaks.NEVER
    notes: tuple[AgendaNote, ...] = ()


def read_agenda(content: bytes | str, filename: str | None = None) -> Agenda:
    """Matters of pasted text, .txt, .docx, .pdf, .xlsx or .csv; the kind is judged by the content, not the name.

    Raises AgendaRefused, with the reason as data, and nothing else.
    """
    try:
        return _agenda(_document(content))
    except FileRefused as refused:
        raise AgendaRefused(refused.reason, **refused.params) from refused


def _document(content: bytes | str) -> _Document:
    from .pdf import pdf_lines
    from .word import word_lines

    if isinstance(content, str):
        if not content.strip():
            raise FileRefused(Refusal.EMPTY)
        return _text(content)
    match kind_of(content):
        case Kind.PDF:
            return _Document(pdf_lines(content), breaks=Breaks.OFTEN)
        case Kind.WORD:
            lines, n_computed = word_lines(content)
            return _Document(lines, notes=_notes({NoteCode.LIST_NUMBERS: n_computed}))
        case Kind.WORKBOOK:
            return _workbook(read_workbook(content))
        case Kind.TEXT:
            return _text(decode_text(content))


def _text(text: str) -> _Document:
    if len(text) > MAX_CHARACTERS:
        raise FileRefused(Refusal.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)
    table = _as_table(text)
    if table is not None:
        return _Document(_sheet_lines(table))
    lines = re.split(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]", text)
    _refuse_too_many(lines)
    return _Document([Line(n, line, _tabbed(line)) for n, line in enumerate(lines, start=1)], Breaks.PERHAPS)


def _tabbed(line: str) -> tuple[str, ...]:
    """Cells of a line with tabs in it, as when a table is copied from a page."""
    cells = tuple(c.strip() for c in line.split("\t"))
    return cells if 1 < sum(map(bool, cells)) <= MAX_CELLS else ()


def _as_table(text: str) -> Sheet | None:
    """Text that is a table: its first line names columns of an agenda."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    sign = re.match(r"sep=(.)$", first)
    sample = text.splitlines()[1:2][0] if sign and text.count("\n") else first
    delimiter = sign[1] if sign else delimiter_of(text)
    cells = [c.strip(' "') for c in sample.split(delimiter)]
    if len(cells) < 2 or columns_of(cells) is None:
        return None
    try:
        return read_delimited(text)
    except FileRefused as refused:
        if refused.reason is Refusal.CORRUPTED:
            return None
        raise


def _workbook(sheets: Sequence[Sheet]) -> _Document:
    """The visible sheet with most rows that hold something; the others are told of."""
    filled = [s for s in sheets if s.rows and not s.is_hidden]
    if not filled:
        raise FileRefused(Refusal.EMPTY)
    chosen = max(filled, key=lambda s: (any(columns_of([*r.values()]) for r in s.rows.values()), len(s.rows)))
    counts = {
        NoteCode.OTHER_SHEETS: len(filled) - 1,
        NoteCode.HIDDEN_SHEETS: sum(s.is_hidden for s in sheets),
        NoteCode.FORMULAS_WITHOUT_VALUE: chosen.n_formulas_without_value,
    }
    return _Document(_sheet_lines(chosen), notes=_notes(counts))


def _sheet_lines(sheet: Sheet) -> list[Line]:
    width = 1 + max(max(cells) for cells in sheet.rows.values()) if sheet.rows else 0
    lines = []
    for number in sorted(sheet.rows):
        cells = tuple(sheet.rows[number].get(i, "").strip() for i in range(width))
        filled = [c for c in cells if c]
        lines.append(Line(number, " | ".join(" ".join(c.split()) for c in filled), cells if len(filled) > 1 else ()))
    return lines


def _notes(counts: dict[NoteCode, int]) -> tuple[AgendaNote, ...]:
    return tuple(AgendaNote(code, count) for code, count in counts.items() if count)


def _agenda(document: _Document) -> Agenda:
    _refuse_too_many([line.text for line in document.lines])
    lines = [piece for line in document.lines for piece in _cleaned(line)]
    if len(lines) > MAX_LINES or sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        raise FileRefused(Refusal.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)
    if not lines:
        raise FileRefused(Refusal.EMPTY)
    matters, skipped, is_numbered = matters_of(lines, breaks=document.breaks)
    if not matters:
        raise FileRefused(Refusal.NO_MATTERS)
    if len(matters) > MAX_MATTERS:
        raise FileRefused(Refusal.TOO_MANY_MATTERS, matters=len(matters), limit=MAX_MATTERS)
    about = _about_meeting(lines, matters)
    counts = {
        NoteCode.NO_NUMBERS: 0 if is_numbered else len(matters),
        NoteCode.DUPLICATES: sum(m.duplicate_of is not None for m in matters),
        NoteCode.FORMALITIES: sum(m.is_formality for m in matters),
    }
    return Agenda(
        matters=tuple(matters),
        skipped=tuple(skipped),
        notes=(*document.notes, *_notes(counts)),
        meets_on=meeting_day(about),
        body=body_in(about),
    )


def _refuse_too_many(lines: Sequence[str]) -> None:
    """Before the work of reading and cleaning them; blank ones do not count."""
    if len(lines) > MAX_LINES and sum(bool(line.strip()) for line in lines) > MAX_LINES:
        raise FileRefused(Refusal.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)


def _about_meeting(lines: Sequence[Line], matters: Sequence[AgendaMatter]) -> list[str]:
    """What stands before the first matter, and in the pages' headers."""
    first = matters[0].lines[0]
    before = [line.text for line in lines if line.skip or line.number < first]
    return before[:60]


def _cleaned(line: Line) -> list[Line]:
    """Odd spaces and control signs made plain; a blank line is none, a very long one several."""
    text = _plain(line.text)
    if not text.strip():
        return []
    cells = tuple(_plain(c)[:MAX_LINE] for c in line.cells)
    pieces = [text[i : i + MAX_LINE] for i in range(0, len(text), MAX_LINE)]
    whole = [replace(line, text=piece, cells=cells if len(pieces) == 1 else ()) for piece in pieces if piece.strip()]
    return whole


def _plain(text: str) -> str:
    """Kept: tabs and line breaks in cells, and the signs that pdf readers put where a word was divided."""
    normal = unicodedata.normalize("NFC", text)
    kept = (c if c.isprintable() or c in "\t\n\u00ad\u0002\ufffe" else _other(c) for c in normal)
    lines = (re.sub(r"[^\S\n\t]+", " ", part).strip() for part in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _other(sign: str) -> str:
    return (
        " "
        if sign.isspace()
        else ""
        if unicodedata.category(sign) in ("Cf", "Cn", "Cs")
        else sign
        if sign >= "\ue000"
        else "\ufffd"
    )

"""From lines to matters: which lines begin one, what belongs to it, what is skipped."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from varn.organisations.names import name_key
from varn.organisations.registernumbers import register_key

from .formality import is_about_handling, is_formality, is_heading, is_preamble
from .joining import Breaks, goes_on, joined, without_leader
from .marks import Mark, Style, leading_style, mark_of
from .matters import MAX_TITLE, AgendaMatter, Line, Skipped, SkipReason
from .register import is_body, without_register_number, without_time
from .rows import Columns, columns_of, row_of

MAX_DESCRIPTION = 400  # characters; the rest is body text


@dataclass
class _Open:
    """A matter that is being read."""

    number: str
    title: str
    lines: list[int]
    raw: list[str]
    register_number: str = ""
    description: str = ""
    is_leading: bool = False  # the title ended in dots and a page number
    is_closed: bool = False  # no description can follow any more


@dataclass
class _Reading:
    style: Style | None
    series: frozenset[int]
    towards_leader: frozenset[int]  # lines of a title whose last line ends in dots and a page number
    breaks: Breaks
    columns: Columns | None = None
    matters: list[_Open] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def matters_of(lines: Sequence[Line], *, breaks: Breaks) -> tuple[list[AgendaMatter], list[Skipped], bool]:
    """Matters and skipped lines in order, and whether the document numbers its matters.

    `breaks`: whether a line may continue the one before.
    """
    filled = [line for line in lines if line.text.strip()]
    marks = [None if line.skip else _mark(line) for line in filled]
    n_lines = sum(not line.skip and not is_preamble(line.text) and not is_heading(line.text) for line in filled)
    style, series = leading_style(marks, n_lines=n_lines)
    reading = _Reading(style, series, _towards_leader(filled, marks), breaks)
    for place, (line, mark) in enumerate(zip(filled, marks, strict=True)):
        _take(reading, line, mark if _counts(reading, mark, place) else None)
    return _marked_doubles([_closed(m) for m in reading.matters]), reading.skipped, style is not None


def _towards_leader(lines: Sequence[Line], marks: Sequence[Mark | None]) -> frozenset[int]:
    """Unmarked lines that end in dots and a page number, and at most two such lines before each."""
    found: set[int] = set()
    distance = 3
    for line, mark in zip(reversed(lines), reversed(marks), strict=True):
        distance = 3 if mark or line.skip else 0 if without_leader(line.text)[1] else distance + 1
        if distance < 3:
            found.add(line.number)
    return frozenset(found)


def _mark(line: Line) -> Mark | None:
    if line.cells:
        found = mark_of(line.cells[0])
        return found if found and (not found.rest or found.style <= Style.NUMBER) else None
    return mark_of(without_leader(line.text)[0])


def _counts(reading: _Reading, mark: Mark | None, place: int) -> bool:
    """Whether this sign begins a matter: the leading style does, and a stronger; a weaker number only at the start."""
    if mark is None or reading.style is None:
        return False
    if mark.style is Style.BARE:
        in_series = place in reading.series and (reading.style is Style.BARE or not reading.matters)
        return in_series or (reading.style is Style.NUMBER and _is_next(reading, mark.value))
    if mark.style <= reading.style:
        return True
    return mark.style is Style.NUMBER and not _has_style(reading, reading.style)


def _is_next(reading: _Reading, value: int) -> bool:
    """True for "5 Bron" after "4) Vindkraft"."""
    number = reading.matters[-1].number if reading.matters else ""
    return number.isdecimal() and int(number) + 1 == value


def _has_style(reading: _Reading, style: Style) -> bool:
    found = (mark_of(f"{m.number} x") for m in reading.matters)
    return any(f is not None and f.style is style for f in found)


def _take(reading: _Reading, line: Line, mark: Mark | None) -> None:
    if line.skip:
        _skip(reading, line, line.skip)
    elif line.cells and (columns := columns_of(line.cells)):
        reading.columns = columns
        _skip(reading, line, SkipReason.TABLE_HEADER)
    elif line.cells and (mark or reading.columns or reading.style is None) and _is_row(reading, line, mark):
        _take_row(reading, line, mark)
    elif mark:
        _begin(reading, line, mark.number, mark.rest)
    elif reading.style is None:
        _take_unnumbered(reading, line)
    else:
        _attach(reading, line)


def _is_row(reading: _Reading, line: Line, mark: Mark | None) -> bool:
    if mark:
        return True
    return len(line.cells) > 1 and not is_preamble("\t".join(line.cells))


def _take_row(reading: _Reading, line: Line, mark: Mark | None) -> None:
    row = row_of(line.cells, reading.columns, mark)
    title, description = row.title, row.description
    if not title:
        _attach(reading, line) if not mark else _begin(reading, line, mark.number, "")
        return
    first, _, more = title.partition("\n")
    _begin(reading, line, row.number, first)
    opened = reading.matters[-1]
    opened.register_number = row.register_number or opened.register_number
    for part in (*more.split("\n"), description):
        _describe(opened, part)
    opened.is_closed = reading.columns is not None or len([c for c in line.cells if c]) > 3


def _begin(reading: _Reading, line: Line, number: str, rest: str) -> None:
    title, is_leading = without_leader(rest.replace("\t", " "))
    title, register_number = without_register_number(title)
    reading.matters.append(_Open(number, title.strip(), [line.number], [line.text], register_number, "", is_leading))


def _take_unnumbered(reading: _Reading, line: Line) -> None:
    text = without_time(without_leader(line.text)[0])
    last = reading.matters[-1] if reading.matters else None
    if is_heading(text) or is_preamble(text) or is_body(text):
        _skip(reading, line, SkipReason.HEADING if is_heading(text) else SkipReason.PREAMBLE)
    elif last and reading.breaks is Breaks.OFTEN and goes_on(last.title, text):
        _continue(last, line, text)
    else:
        title, register_number = without_register_number(text)
        if last and not title.strip(" -.:") and not last.register_number:
            last.register_number = register_number
            _add(last, line)
        else:
            reading.matters.append(_Open("", title, [line.number], [line.text], register_number))


def _attach(reading: _Reading, line: Line) -> None:
    """A line without the leading sign: title, its end, register number or description of the matter above."""
    text, leader = without_leader(line.text)
    if not reading.matters:
        _skip(reading, line, SkipReason.HEADING if is_heading(text) else SkipReason.PREAMBLE)
        return
    last = reading.matters[-1]
    rest, register_number = without_register_number(text)
    if not last.title and not is_about_handling(text):
        last.title, last.is_leading = rest, leader
        last.register_number = last.register_number or register_number
        _add(last, line)
    elif register_number and not rest.strip(" -.:()") and not last.register_number:
        last.register_number = register_number
        _add(last, line)
    elif _continues(reading, last, line, text):
        _continue(last, line, text)
        last.is_leading = leader
    elif is_heading(text):
        _skip(reading, line, SkipReason.HEADING)
        last.is_closed = True
    elif is_about_handling(text) or is_formality(last.title) or last.is_closed or is_preamble(text) or not _describe(last, text):
        last.is_closed = True
        _skip(reading, line, SkipReason.BODY_TEXT)
    else:
        _add(last, line)


def _continues(reading: _Reading, last: _Open, line: Line, text: str) -> bool:
    if (
        reading.breaks is Breaks.NEVER
        or last.description
        or last.is_closed
        or last.is_leading
        or len(last.title) + len(text) > MAX_TITLE
    ):
        return False
    if mark_of(text):
        return False
    return goes_on(last.title, text) or line.number in reading.towards_leader


def _continue(last: _Open, line: Line, text: str) -> None:
    title, register_number = without_register_number(joined(last.title, text))
    last.title, last.register_number = title, last.register_number or register_number
    _add(last, line)


def _describe(last: _Open, text: str) -> bool:
    """Takes the text into the description: its first line, or what plainly continues it."""
    text = text.strip()
    if not text:
        return True
    rest, register_number = without_register_number(text)
    if register_number and not last.register_number and not mark_of(text):
        last.register_number, text = register_number, rest
    if last.description and not goes_on(last.description, text):
        return False
    if len(last.description) + len(text) > MAX_DESCRIPTION:
        return False
    last.description = joined(last.description, text)
    return True


def _add(last: _Open, line: Line) -> None:
    last.lines.append(line.number)
    last.raw.append(line.text)


def _skip(reading: _Reading, line: Line, reason: SkipReason) -> None:
    reading.skipped.append(Skipped(line.number, line.text, reason))


def _closed(opened: _Open) -> AgendaMatter:
    title = " ".join(opened.title.replace("\u00ad", "").split()).strip(" ;:")
    description = " ".join(opened.description.replace("\u00ad", "").split())
    if not title:
        title, description = description, ""
    if not title:
        title = opened.register_number or opened.number or opened.raw[0].strip()
    title, description = _cut(title, description)
    return AgendaMatter(
        number=opened.number,
        title=title,
        description=description,
        register_number=opened.register_number,
        is_formality=is_formality(title),
        lines=tuple(dict.fromkeys(opened.lines)),
        raw="\n".join(opened.raw),
    )


def _cut(title: str, description: str) -> tuple[str, str]:
    """A title that is too long goes on in the description."""
    if len(title) <= MAX_TITLE:
        return title, description
    at = title.rfind(" ", 0, MAX_TITLE)
    at = at if at > MAX_TITLE // 2 else MAX_TITLE
    return title[:at].rstrip(), f"{title[at:].lstrip()} {description}".strip()


def _marked_doubles(matters: list[AgendaMatter]) -> list[AgendaMatter]:
    """Same title and nothing that tells them apart: same number or none, same register number or none."""
    earlier: dict[str, list[int]] = {}
    marked = []
    for place, matter in enumerate(matters):
        key = name_key(matter.title)
        same = next((p for p in earlier.get(key, ()) if _agree(matters[p], matter)), None)
        earlier.setdefault(key, []).append(place)
        marked.append(replace(matter, duplicate_of=same))
    return marked


def _agree(one: AgendaMatter, other: AgendaMatter) -> bool:
    if one.register_number and other.register_number:
        return register_key(one.register_number) == register_key(other.register_number)
    return not one.number or not other.number or one.number == other.number

"""How matters are numbered in agendas, and which of the signs in a document are the numbering."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

DASH = "-\u2013\u2014"


class Style(IntEnum):
    """Strongest first: "§ 41", "Ärende 3", "3.", "3", "a)", "-"."""

    PARAGRAPH = 1
    MATTER = 2
    NUMBER = 3
    BARE = 4
    LETTER = 5
    BULLET = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """How a line begins: its number as written, without the sign after it, and what follows."""

    style: Style
    number: str
    rest: str
    value: int = 0  # of a bare number


_NUMBERS = rf"\d{{1,4}}[a-z]?(?:\s*[{DASH},]\s*\d{{1,4}})?"
_MARKS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        Style.PARAGRAPH,
        re.compile(rf"(?P<number>(?:[A-ZÅÄÖ]{{1,6}} ?)?§{{1,2}}\s*{_NUMBERS})(?![\w:])\s?[.:)]?\s*(?P<rest>.*)"),
    ),
    (Style.PARAGRAPH, re.compile(rf"(?P<number>{_NUMBERS}(?:\s[a-z])?\s?§{{1,2}})(?!\w)\s?[.:)]?\s*(?P<rest>.*)")),
    (Style.PARAGRAPH, re.compile(rf"(?P<number>(?i:paragraf)\s+{_NUMBERS})(?!\w)\s?[.:)]?\s*(?P<rest>.*)")),
    (
        Style.MATTER,
        re.compile(
            r"(?P<number>(?i:ärende|ärendenr|ärendenummer|punkt|nr|p)\.?\s*\d{1,3}(?:\.\d{1,2})?[a-z]?)(?![\w/-])\s?[.:)]?"
            rf"(?:\s*[{DASH}]\s)?\s*(?P<rest>.*)"
        ),
    ),
    (Style.NUMBER, re.compile(r"\((?P<number>\d{1,3}[a-z]?)\)\s+(?P<rest>.*)")),
    (
        Style.NUMBER,
        re.compile(
            r"(?P<number>(?!\d\d[.:]\d\d\b)\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?)(?:[.)]\)?|:)(?:\s+|(?=[A-ZÅÄÖ\"])|$)(?P<rest>.*)"
        ),
    ),
    (Style.NUMBER, re.compile(r"(?P<number>(?!\d\d\.\d\d\b)\d{1,3}\.\d{1,2})\s+(?P<rest>[A-ZÅÄÖ].*)")),
    (Style.BARE, re.compile(rf"(?P<number>\d{{1,3}})(?:\s*[{DASH}])?(?:\s+(?P<rest>[A-ZÅÄÖ\"(].*))?$")),
    (Style.LETTER, re.compile(r"(?P<number>[a-zåäö]|[A-Z])[.)](?:\s+|$)(?P<rest>.*)")),
    (Style.BULLET, re.compile(rf"(?P<number>[{DASH}*•·◦▪‣●○\uf0b7\uf0a7])(?:\s+(?P<rest>.*)|$)")),
)
_MONTH = re.compile(r"\d{1,2} (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE)


def mark_of(text: str) -> Mark | None:
    """How a line begins, None if by no known sign."""
    for style, pattern in _MARKS:
        found = pattern.fullmatch(text)
        if found and not (style is Style.BARE and _MONTH.match(text)):
            number, rest = " ".join(found["number"].split()), (found["rest"] or "").strip()
            value = int(number) if style is Style.BARE else 0
            return Mark(style, "" if style is Style.BULLET else number, rest, value)
    return None


def leading_style(marks: Sequence[Mark | None], *, n_lines: int) -> tuple[Style | None, frozenset[int]]:
    """Which style numbers the matters, and which bare numbers belong to its series (as places in `marks`)."""
    count = {style: sum(m is not None and m.style is style for m in marks) for style in Style}
    series = frozenset(_series(marks))
    count[Style.BARE] = len(series)
    if count[Style.PARAGRAPH] == 1 and max(count[Style.NUMBER], count[Style.BARE]) >= 3:
        count[Style.PARAGRAPH] = 0
    needed = {Style.PARAGRAPH: 1, Style.MATTER: 1, Style.NUMBER: min(2, n_lines), Style.BARE: 1}
    style = next((s for s in Style if count[s] >= max(1, needed.get(s, min(2, n_lines)))), None)
    return style, series


def _series(marks: Sequence[Mark | None]) -> list[int]:
    """Places of the longest run of bare numbers that rise by one: at least three, or two from 1."""
    length: dict[int, int] = {}
    came_from: dict[int, int | None] = {}
    last: dict[int, int] = {}
    for place, mark in enumerate(marks):
        if mark is None or mark.style is not Style.BARE:
            continue
        before = last.get(mark.value - 1)
        length[place] = 1 + (length[before] if before is not None else 0)
        came_from[place] = before
        if mark.value not in last or length[place] >= length[last[mark.value]]:
            last[mark.value] = place
    place_or_none = max(length, key=lambda p: length[p], default=None)
    found: list[int] = []
    while place_or_none is not None:
        found.append(place_or_none)
        place_or_none = came_from[place_or_none]
    first = marks[found[-1]] if found else None
    return found[::-1] if first and len(found) >= (2 if first.value == 1 else 3) else []

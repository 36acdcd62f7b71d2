"""Recognises a matter by its title, though it is never written the same way twice. Pure.

Share of common words weighed by length; a heuristic of ours, good enough to propose and never to decide.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

# Words that every other agenda item has.
# fmt: off
_COMMON = frozenset((
    "ang", "angående", "antagande", "av", "avseende", "beslut", "besvarande", "dnr", "en", "ett", "fråga", "för", "förslag",
    "information", "kommun", "motion", "med", "och", "om", "på", "redovisning", "remiss", "rörande", "samt", "svar", "till",
    "yttrande", "ärende", "över",
))
# fmt: on
ENOUGH = 0.5  # found by trying agendas: below it, matters that only share a subject appear


def similarity(one: str, other: str) -> float:
    """0 (nothing in common) .. 1 (the same words). Case, order, numbers in brackets and common words do not matter."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return 0.0
    shared = _weight(a & b) + sum(_partly(word, b - a) for word in a - b)
    return min(1.0, shared / max(_weight(a), _weight(b)))


def most_similar(title: str, known: Iterable[tuple[T, str]], *, at_most: int = 3) -> list[T]:
    """Those of `known` (each with its title) that are probably the same matter, the best first."""
    scored = [(similarity(title, text), place, item) for place, (item, text) in enumerate(known)]
    found = sorted((entry for entry in scored if entry[0] >= ENOUGH), key=lambda entry: (-entry[0], entry[1]))
    return [item for _, _, item in found[:at_most]]


def register_key(number: str) -> str:
    """How a register number is compared: "Dnr: KS 2026/0012" and "ks 2026/12" are one."""
    text = re.sub(r"^\s*(dnr|diarienr|diarienummer|ärendenr|ärendenummer)\b[\s.:]*", "", number.casefold())
    return re.sub(r"\b0+(?=\d)", "", re.sub(r"[\s\-–]+", " ", text).strip())


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]{2,}", text.casefold())) - _COMMON


def _weight(words: Iterable[str]) -> int:
    return sum(map(len, words))


def _partly(word: str, others: Iterable[str]) -> float:
    """An inflected word counts by its common beginning: skolan and skolans, vindkraft and vindkraftverk."""
    best = max((_shared_start(word, other) for other in others), default=0)
    return best if best >= 5 and best * 3 >= len(word) * 2 else 0.0


def _shared_start(one: str, other: str) -> int:
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n

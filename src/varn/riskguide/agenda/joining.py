"""Mends what a page's width broke: words divided at the line's end, titles over two lines, dot leaders."""

import re
from enum import IntEnum


class Breaks(IntEnum):
    """Whether a line may have been broken in the middle: never (paragraphs), perhaps (pasted text), often (pages)."""

    NEVER = 0
    PERHAPS = 1
    OFTEN = 2


_LEADER = re.compile(r"\s*(?:(?:(?:\.\s?){4,}|…+\.*|_{4,}|(?:·\s?){4,})\s*(?:sid|s)?\.?\s*\d{0,4}|\.{3}\s*\d{1,4})\s*$")
_AFTER_HYPHEN = re.compile(r"(?:och|eller|samt|respektive|resp\.?|till)\b")
_UNFINISHED = re.compile(
    r"(?:[,-]|\b(?:och|för|av|om|i|till|med|på|samt|att|från|vid|den|det|en|ett|eller|under|enligt|hos|inom|mellan|mot|som))$"
)


def without_leader(text: str) -> tuple[str, bool]:
    """The text without dots and page number of a table of contents, and whether there were any."""
    found = _LEADER.search(text)
    return (text[: found.start()].rstrip(), True) if found and found.start() else (text, False)


def joined(first: str, second: str) -> str:
    """Two lines as one; a word divided at the line's end is mended, "mark- och" is left."""
    if not first or not second:
        return first or second
    if first.endswith(("\u00ad", "\u0002", "\ufffe")):
        return first[:-1] + second
    if re.search(r"\w-$", first) and second[0].islower() and not _AFTER_HYPHEN.match(second):
        return first[:-1] + second
    if re.search(r"[^\W\d_]-$", first) and second[0].isupper():
        return first + second
    return f"{first} {second}"


def undivided(text: str) -> str:
    """The sign that a PDF reader puts where it joined a divided word, made into what was meant."""
    text = re.sub(rf"[\u0002\ufffe](?={_AFTER_HYPHEN.pattern})", "- ", text)
    text = re.sub(r"[\u0002\ufffe](?=[A-ZÅÄÖ])", "-", text)
    return re.sub(r"[\u0002\ufffe](?=\S)", "", text)


def goes_on(first: str, second: str) -> bool:
    """True when the second line plainly continues the first."""
    if not first or not second:
        return False
    return bool(_UNFINISHED.search(first)) or first[-1] in "\u00ad\u0002\ufffe" or second[0].islower()

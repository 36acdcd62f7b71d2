"""Lines of a PDF with text, the headers, footers and page numbers of its pages set apart."""

import re
import threading
from collections import Counter
from collections.abc import Sequence
from typing import Any

from varn.organisations.incoming import FileRefused, Refusal

from .joining import undivided
from .matters import Line, SkipReason

MAX_PAGES = 200
MAX_CHARACTERS = 2_000_000
EDGE = 3  # lines at the top and at the foot where headers and footers stand
_PDFIUM = threading.Lock()  # the library is not safe for threads
_PAGE = re.compile(r"(?:sida|sid|s)?\.?\s*\d{1,4}\s*(?:\(\d{1,4}\)|(?:/|av)\s*\d{1,4})", re.IGNORECASE)
_PAGE_ALONE = re.compile(r"(?:(?:sida|sid|s)\.?\s*\d{1,4}|[-\u2013]\s*\d{1,4}\s*[-\u2013])", re.IGNORECASE)


def pdf_lines(content: bytes) -> list[Line]:
    """Lines in the order of the text on each page. Raises FileRefused."""
    pages = [undivided(page).replace("\r\n", "\n").replace("\r", "\n").split("\n") for page in _page_texts(content)]
    if sum(len("".join(line.split())) for page in pages for line in page) < 20:
        raise FileRefused(Refusal.SCANNED_PDF, pages=len(pages))
    pages = [[line for line in page if line.strip()] for page in pages]
    repeated = _repeated(pages)
    offset = _page_number_offset(pages)
    lines: list[Line] = []
    for number, page in enumerate(pages):
        for place, text in enumerate(page):
            edge = min(place, len(page) - 1 - place) < EDGE
            foreign = edge and (_key(text) in repeated or _is_page_number(text, number, offset))
            lines.append(Line(len(lines) + 1, text, (), SkipReason.PAGE_HEADER if foreign else None))
    return lines


def _page_texts(content: bytes) -> list[str]:
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            reason = Refusal.ENCRYPTED if "password" in str(error).lower() else Refusal.CORRUPTED
            raise FileRefused(reason) from error
        try:
            if len(document) > MAX_PAGES:
                raise FileRefused(Refusal.TOO_MANY_PAGES, pages=len(document), limit=MAX_PAGES)
            return _texts(document)
        except pypdfium2.PdfiumError as error:
            raise FileRefused(Refusal.CORRUPTED) from error
        finally:
            document.close()


def _texts(document: Any) -> list[str]:
    texts, total = [], 0
    for page in document:
        text_page = page.get_textpage()
        if total + text_page.count_chars() > MAX_CHARACTERS:
            raise FileRefused(Refusal.TOO_MUCH_TEXT, limit=MAX_CHARACTERS)
        texts.append(text_page.get_text_bounded())
        total += len(texts[-1])
        text_page.close()
        page.close()
    return texts


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """What stands at the edge of at least half of the pages, two at least."""
    edges = Counter(key for page in pages for key in {_key(t) for t in (*page[:EDGE], *page[-EDGE:])})
    return frozenset(key for key, n in edges.items() if n >= max(2, len(pages) / 2))


def _key(text: str) -> str:
    """Page numbers differ, all else must be the same: "§ 12" and "§ 13" are two matters, not one header."""
    return " ".join(_PAGE.sub("#", text.strip()).split())


def _page_number_offset(pages: Sequence[Sequence[str]]) -> int | None:
    """The difference between a lone number at the edge and its page, if two pages agree."""
    found = Counter(
        int(text) - number
        for number, page in enumerate(pages)
        for text in {line.strip() for line in (*page[:1], *page[-1:])}
        if text.isdecimal() and len(text) < 5
    )
    offset, n = found.most_common(1)[0] if found else (0, 0)
    return offset if n >= 2 else None


def _is_page_number(text: str, number: int, offset: int | None) -> bool:
    word = text.strip()
    if word.isdecimal():
        return offset is not None and len(word) < 5 and int(word) - number == offset
    return bool(_PAGE.fullmatch(word) or _PAGE_ALONE.fullmatch(word))

"""What a report is made of: blocks that paper (report.typ) and plain text both know. Pure.

A text is a string in the report's language, or a mapping: `sv` for what people here wrote, whatever the report's language,
and `level` with `word` for a level, shown as shape and word.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from varn.catalogues.riskguide import guide
from varn.catalogues.riskguide_steps import Level

Said = str | dict[str, str]
Block = dict[str, Any]


def written(text: str) -> Said:
    """What somebody here wrote, in Swedish."""
    return {"sv": text}


def level(value: Level | None, edition: str, language: str, more: str = "") -> Said:
    """A dash where there is none. `more` follows the word."""
    if value is None:
        return "–"
    word = next(row.text for row in guide(edition).level if row.id is value).in_language(language)
    return {"level": value.value, "word": f"{word}{more}"}


def heading(text: str, depth: int = 2) -> Block:
    return {"kind": "heading", "depth": depth, "text": text}


def para(text: Said, *, is_strong: bool = False) -> Block:
    return {"kind": "para", "text": text, "strong": is_strong}


def bullets(items: Iterable[Said]) -> Block:
    return {"kind": "list", "items": list(items)}


def rows(pairs: Iterable[tuple[str, Said | Sequence[Said]]]) -> Block:
    """A label and what it is; several are shown below each other."""
    return {"kind": "rows", "rows": [[label, [said] if isinstance(said, str | dict) else list(said)] for label, said in pairs]}


def table(heads: Sequence[str], lines: Iterable[Sequence[Said]], widths: Sequence[int]) -> Block:
    """`widths`: parts of the page's width, one a column."""
    return {"kind": "table", "heads": list(heads), "lines": [list(line) for line in lines], "widths": list(widths)}


def acute(text: str, lead: str, ways: Iterable[str]) -> Block:
    return {"kind": "acute", "text": text, "lead": lead, "ways": list(ways)}


def overall(value: Said, text: str) -> Block:
    return {"kind": "overall", "level": value, "text": text}


def picture(svg: str, alt: str, caption: str) -> Block:
    return {"kind": "picture", "svg": svg, "alt": alt, "caption": caption}


def new_page() -> Block:
    return {"kind": "page"}

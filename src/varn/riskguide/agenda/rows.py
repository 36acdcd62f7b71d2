"""Agendas in tables: which column holds what, and a row read as a matter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from varn.organisations.columns import compact

from .marks import Mark, mark_of
from .register import without_register_number


@dataclass(frozen=True, slots=True)
class Columns:
    """Places of the known columns, from 0; None where there is none."""

    number: int | None = None
    title: int | None = None
    description: int | None = None
    register_number: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    number: str = ""
    title: str = ""
    description: str = ""
    register_number: str = ""


_HEADINGS = {
    "number": r"(ärende)?(nr|nummer|no)|ärendenr|punkt|§|p|para(graf)?|löpnr|#|nr§|§nr",
    "title": r"ärende(n|mening|rubrik|titel|t)?|rubrik|titel|ärendebenämning|fråga|benämning"
    r"|rubrikärende|matter|title|ärendets?namn",
    "description": r"beskrivning|sammanfattning|kommentar(er)?|ingress|innehåll|anteckning(ar)?"
    r"|förslag(tillbeslut)?|beslutsförslag",
    "register_number": r"dnr|diarienr|diarienummer|diarienummerdnr|ärendeid|beteckning|reg(istrerings)?nr|dnrnr",
    "other": r"föredragande|tid(punkt)?|kl|klockan|handläggare|bilag(a|or)|handlingar?|sida|sid|typ"
    r"|ärendetyp|status|ansvarig|beslut|beredning",
}


def columns_of(cells: Sequence[str]) -> Columns | None:
    """What a heading row says, None if it is none: at least two known words, one of them the matter's."""
    found: dict[str, int] = {}
    n_known = 0
    for place, cell in enumerate(cells):
        word = "§" if cell.strip() == "§" else compact(cell)
        name = next((n for n, pattern in _HEADINGS.items() if re.fullmatch(pattern, word)), None)
        n_known += name is not None
        if name and name != "other":
            found.setdefault(name, place)
    n_filled = sum(bool(c.strip()) for c in cells)
    if "title" not in found or (n_known < 2 and n_filled > 1):
        return None
    return Columns(**found)


def row_of(cells: Sequence[str], columns: Columns | None, mark: Mark | None) -> Row:
    """By the headings where they are known, else by what the cells look like."""
    known = _by_columns(cells, columns, mark) if columns and columns.title is not None else Row()
    return known if known.title else _by_looks(cells, mark)


def _by_columns(cells: Sequence[str], columns: Columns, mark: Mark | None) -> Row:
    def cell(place: int | None) -> str:
        return cells[place].strip() if place is not None and place < len(cells) else ""

    title, number = cell(columns.title), cell(columns.number)
    inner = mark_of(title) if not number else None
    if inner and inner.rest:
        number, title = inner.number, inner.rest
    if mark and not number:
        number = mark.number
    said = mark_of(number)
    return Row(
        number=(said.number if said and not said.rest else number)[:40],
        title=title,
        description=cell(columns.description),
        register_number=_register_number(cell(columns.register_number)),
    )


def _register_number(cell: str) -> str:
    """A column for it is believed, whatever its form."""
    return (without_register_number(cell)[1] or " ".join(cell.split()))[:40]


def _by_looks(cells: Sequence[str], mark: Mark | None) -> Row:
    rest = [c for c in cells if c.strip()]
    number, register_number = "", ""
    if mark and rest:
        number, rest = mark.number, ([mark.rest] if mark.rest else []) + rest[1:]
    texts = []
    for cell in rest:
        text, found = without_register_number(cell)
        if found and not text.strip(" .:-") and not register_number:
            register_number = found
        elif not re.fullmatch(r"(?:kl\.?\s*)?[\d.:\s\u2013-]*", cell.strip(), re.IGNORECASE):
            texts.append(cell)
    return Row(number, texts[0] if texts else "", texts[1] if len(texts) > 1 else "", register_number)

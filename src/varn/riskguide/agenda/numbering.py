"""The numbers that Word makes for list paragraphs; they are nowhere in the text. Source: ECMA-376 part 1, 17.9."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_ALL = (*_ROMAN, (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """Counts as it is asked, so it must be asked in reading order."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by list
    family: dict[str, str] = field(default_factory=dict)  # lists that count together
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    n_computed: int = 0

    def label(self, paragraph: Element) -> str:
        """ "§ 41", "3." or "•"; "" for a paragraph without number."""
        number, depth = self._list_of(paragraph)
        level = self.levels.get(number, {}).get(depth)
        if level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return "•"
        counts = self.counts[self.family.get(number, number)]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        self.n_computed += 1
        return self._written(number, depth, counts)

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        properties = child(paragraph, "pPr")
        own = child(properties, "numPr")
        style = value(child(properties, "pStyle"))
        number, depth = self.styles.get(style, ("", 0))
        if own is not None:
            number = value(child(own, "numId")) or number
            depth = _whole(value(child(own, "ilvl")), depth)
        return number, min(depth, MAX_LEVEL)

    def _written(self, number: str, depth: int, counts: dict[int, int]) -> str:
        levels = self.levels[number]

        def one(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            level = levels.get(place, Level())
            return in_form(counts.get(place, level.start), level.form)

        text = re.sub(r"%([1-9])", one, levels[depth].text).strip()
        return f"{text}." if re.search(r"^[\d.]*\d$|^[a-z]$", text) else text


def numbering_of(numbering: Element | None, styles: Element | None) -> Numbering:
    """From the two parts of the package; either may be missing."""
    found = Numbering()
    if numbering is None:
        return found
    abstract = {attribute(a, "abstractNumId"): _levels(a) for a in numbering if local(a) == "abstractNum"}
    for number in (e for e in numbering if local(e) == "num"):
        name, base = attribute(number, "numId"), value(child(number, "abstractNumId"))
        overrides = {_whole(attribute(o, "ilvl"), 0): o for o in number if local(o) == "lvlOverride"}
        found.levels[name] = _overridden(abstract.get(base, {}), overrides)
        found.family[name] = f"own {name}" if overrides else base
    _learn_styles(found, styles)
    return found


def _levels(parent: Element) -> dict[int, Level]:
    return {
        _whole(attribute(e, "ilvl"), 0): Level(
            value(child(e, "numFmt")) or "decimal", value(child(e, "lvlText")), _whole(value(child(e, "start")), 1)
        )
        for e in parent
        if local(e) == "lvl"
    }


def _overridden(levels: dict[int, Level], overrides: dict[int, Element]) -> dict[int, Level]:
    found = dict(levels)
    for depth, override in overrides.items():
        found |= _levels(override)
        level, start = found.get(depth, Level()), child(override, "startOverride")
        if start is not None:
            found[depth] = Level(level.form, level.text, _whole(value(start), 1))
    return found


def _learn_styles(found: Numbering, styles: Element | None) -> None:
    """Numbers that come with a paragraph style, also from the style it is based on."""
    based: dict[str, str] = {}
    for style in (e for e in styles if local(e) == "style") if styles is not None else ():
        name = attribute(style, "styleId")
        based[name] = value(child(style, "basedOn"))
        numbers = child(child(style, "pPr"), "numPr")
        if numbers is not None and (list_ := value(child(numbers, "numId"))):
            found.styles[name] = (list_, _whole(value(child(numbers, "ilvl")), 0))
    for name in based:
        parent = based[name]
        for _ in range(10):
            if name in found.styles or not parent:
                break
            if parent in found.styles:
                found.styles[name] = found.styles[parent]
            parent = based.get(parent, "")


def in_form(number: int, form: str) -> str:
    """3 as "3", "c", "C", "iii" or "III"."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 3 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        text = ""
        for size, sign in _ROMAN_ALL:
            text, number = text + sign * (number // size), number % size
        return text if form == "lowerRoman" else text.upper()
    return str(number)


def local(element: Element) -> str:
    """The name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(parent: Element | None, name: str) -> Element | None:
    return next((e for e in parent if local(e) == name), None) if parent is not None else None


def attribute(element: Element, name: str) -> str:
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def value(element: Element | None) -> str:
    return attribute(element, "val") if element is not None else ""


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise

"""How people's names are written in lists, turned right: titles, roles and parties beside them taken away."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TITLES = r"(?:fil\.? ?dr|med\.? ?dr|dr|doc(?:ent)?|prof(?:essor)?|herr|fru|hr|mr|mrs|ms|jur\.? ?kand|kr|tekn\.? ?dr)"
_ROLE_TAIL = r"[,(]?\s*(?:(?:vice |v\. ?)?ordf(?:örande|\.)?|ledamot|led\.|ers(?:ättare|\.)?|gruppledare|adj\.?)\)?"
_PARTY_TAIL = re.compile(r"\s*[(\[]\s*([A-Za-zÅÄÖåäö][A-Za-zÅÄÖåäö0-9 +-]{0,11})\s*[)\]]\s*$")
_NO_WORD = re.compile(r"[^\w]+")
_TITLE_HEAD = re.compile(rf"^(?:{_TITLES}\.?\s+)+", re.IGNORECASE)
_ROLE_END = re.compile(rf"\s+{_ROLE_TAIL}$|,\s*{_ROLE_TAIL}$", re.IGNORECASE)
_VACANT = re.compile(r"\W*(vakant?\w*|vakans|n\.? ?n\.?|obesatt|tomt?)\W*", re.IGNORECASE)
_LINK = r"(?:af|av|da|de|del|della|den|der|di|du|el|la|le|van|von|zu|y|ten|ter)"


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name turned right, and the party that stood behind it in parentheses."""

    given: str
    family: str
    party: str = ""

    @property
    def whole(self) -> str:
        return f"{self.given} {self.family}".strip()


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """For comparison: case, hyphens, spaces and foreign accents do not matter; å, ä and ö do."""
    lower = unicodedata.normalize("NFC", text).casefold()
    plain = "".join(c if c.isascii() or c in "åäö" else unicodedata.normalize("NFD", c)[0] for c in lower)
    return " ".join(_NO_WORD.sub(" ", plain).split())


def names_in(cell: str, *, family_first: bool = False) -> tuple[Name, ...]:
    """The persons that a cell names: one, or several that the reader must ask to split.

    "Alm, Eva" and "Eva Alm (S)" are Eva Alm; "Alm, Eva / Ek, Bo" and two lines of full names are two.
    """
    whole = " ".join(cell.split())
    lines = [line for line in cell.split("\n") if line.strip()]
    parts = lines if len(lines) > 1 and all(_is_full(line) for line in lines) else [whole]
    parts = [p for part in parts for p in re.split(r"\s+/\s+|\s*[;|]\s*|\s+&\s+|(?<=\w)/(?=\w{2})", part)]
    parts = [p for part in parts for p in _split_at_and(part)]
    found = (name_of(part, family_first=family_first) for part in parts)
    return tuple(name for name in found if name.whole)


def _is_full(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", _PARTY_TAIL.sub("", text))) > 1


def _split_at_and(text: str) -> list[str]:
    """Full names on both sides of "och", or two full names with a comma between ("Eva Alm, Bo Ek (S), …" aside)."""
    parts = re.split(r"\s+och\s+", text)
    if len(parts) > 1 and all(map(_is_full, parts)):
        return parts
    by_party = re.split(r"(?<=\))\s*,\s*", text)
    return by_party if len(by_party) > 1 and all(map(_is_full, by_party)) else [text]


def name_of(text: str, *, family_first: bool = False) -> Name:
    """One name turned right; titles, roles and party taken away."""
    text = " ".join(text.split()).strip(" ,;.")
    party = ""
    if found := _PARTY_TAIL.search(text):
        text, party = text[: found.start()], found[1].strip()
    text = _TITLE_HEAD.sub("", text)
    text = _ROLE_END.sub("", text).strip(" ,")
    if found := _PARTY_TAIL.search(text):
        text, party = text[: found.start()], party or found[1].strip()
    given, family = _turned(text, family_first)
    return Name(_cased(given), _cased(family), party)


def _turned(text: str, family_first: bool) -> tuple[str, str]:
    if "," in text:
        family, _, given = text.partition(",")
        return given.replace(",", " ").strip(), family.strip()
    words = text.split()
    if len(words) < 2:
        return text, ""
    if family_first:
        n = next((i + 2 for i, w in enumerate(words[:-2]) if re.fullmatch(_LINK, w, re.IGNORECASE)), 1)
        return " ".join(words[n:]), " ".join(words[:n])
    start = next((i for i, w in enumerate(words[1:-1], 1) if re.fullmatch(_LINK, w, re.IGNORECASE)), len(words) - 1)
    return " ".join(words[:start]), " ".join(words[start:])


def _cased(text: str) -> str:
    """ALM-EK becomes Alm-Ek; anything not in capitals throughout is left as written."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 2 or not all(c.isupper() for c in letters):
        return text
    return re.sub(r"[^\W\d_]+", lambda m: m[0] if len(m[0]) < 2 else m[0].capitalize(), text)


def is_vacant(cell: str) -> bool:
    return bool(_VACANT.fullmatch(cell.strip()))

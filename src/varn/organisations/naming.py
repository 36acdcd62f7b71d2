"""Warns when a text seems to name a private person or somebody's victim. Pure; it warns and never forbids.

What is looked for: two capitalised words in a row that are no known body, party, person in office or place, a personal
identity number, a telephone number, an e-mail address. A guess: the sentence says what was seen, the writer decides.
The form of personal identity numbers: folkbokföringslagen (1991:481) 18 §.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from varn.catalogues.text import Text
from varn.organisations.names import name_key


class Sight(StrEnum):
    NAME = "name"
    PERSONAL_NUMBER = "personal_number"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Seen:
    kind: Sight
    text: str


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Month 01–12 and day 01–31, or 61–91 in a coordination number: an organisation's number has 20 or more as its month.
_NUMBER = re.compile(r"(?<![\d-])(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|6[1-9]|[78]\d|9[01])[-+ ]?\d{4}(?![\d-])")
_PHONE = re.compile(r"(?<![\d/.-])(?:\+46[ -]?|0)\d{1,3}(?:[ -]{1,3}\d{2,3}|\d{2,3}){2,3}(?![\d/-])")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NAME_PART = re.compile(r"[A-ZÅÄÖÉ][a-zåäöéèüáøæ]+(?:[-'’][A-ZÅÄÖÉ][a-zåäöéèüáøæ]+)*")
_LINKS = frozenset("af av da de del den der di du el la le van von".split())

# What stands before or in the name of a place, a body or a company: then the pair names no person.
_NOT_FIRST = frozenset(
    """
    norra södra östra västra nya gamla stora lilla inre yttre övre nedre sankt sankta svenska svensk nordiska europeiska
    kungliga region kommun kommunen landstinget stiftelsen föreningen partiet bolaget kvarteret stadsdelen området fastigheten
    detaljplan planen projekt projektet förskolan skolan gymnasiet bibliotek sjukhuset kyrkan moskén gården torget gatan vägen
    parken stadion hamnen sjön ån ön länsstyrelsen länsrätten förvaltningsrätten tingsrätten hovrätten nämnden herr fru
    """.split()
)
_NOT_LAST = frozenset(
    "ab kb hb if bk fk aik ik ef län kommun region socken församling stift partiet demokraterna folkets centrum syd nord öst väst"
    " city arena center".split()
)
# Families are seldom called by a definite form: Storhöjden, Ekbackens, Bygg- och miljönämnden.
_PLACE_END = re.compile(
    r".*(?:gatan|vägen|torget|skolan|höjden|byn|sjön|udden|parken|hamnen|staden|berget|dalen|viken|sundet|nämnden|styrelsen|"
    r"fullmäktige|beredningen|förvaltningen|förbundet|partiet|bolaget|föreningen|rådet|verket|myndigheten|domstolen|huset|"
    r"hemmet|gården|kyrkan|moskén|kommunen|länet|regionen|polisen|enheten|kontoret|centrum|sjukhuset|bron|backen|åsen|marken|"
    r"skogen|kvarnen|listan|demokraterna|bostäder|ö|ön|ån)s?",
    re.IGNORECASE,
)
# A pair that opens a sentence is a name only if it looks like one: the first word is capitalised whatever it is.
_GIVEN = frozenset(
    """
    anna eva maria karin sara lena kristina christina emma kerstin marie malin ingrid hanna jenny susanne ulla linnea
    birgitta annika elin sofia ida åsa anneli helena julia johanna frida alice elsa alva ebba maja klara clara astrid vera
    agnes ellen monica olivia fatima aisha amina maryam zahra leila nadia yasmin lars mikael anders johan erik per karl
    peter thomas jan daniel fredrik hans bengt mats andreas stefan sven magnus marcus jonas niklas martin alexander simon
    björn viktor oscar oskar emil william lucas hugo liam noah elias adam gustav henrik christian kristian robert patrik
    tomas göran ulf bo rolf leif kjell roger jörgen mohammed mohamed muhammed ahmed ali hassan omar ibrahim yusuf hussein
    khaled abdullah nils olof axel arvid david samuel märta
    """.split()
)
_FAMILY_END = re.compile(
    r".+(?:sson|sen|qvist|kvist|ström|berg|gren|lund|dahl|holm|blom|löf|stedt|stedt|mark|man|fors|lind|ovic|ović|oğlu|zadeh)",
    re.IGNORECASE,
)


def seen_in(text: str, *, known: Collection[str] = ()) -> list[Seen]:
    """What the text seems to say about somebody, in its order, each once. `known`: names that may stand there."""
    found: list[tuple[int, Seen]] = []
    rest = text
    for kind, pattern in ((Sight.EMAIL, _EMAIL), (Sight.PERSONAL_NUMBER, _NUMBER), (Sight.PHONE, _PHONE)):
        found += [(match.start(), Seen(kind, match[0].strip())) for match in pattern.finditer(rest)]
        rest = pattern.sub(lambda match: "\n" * len(match[0]), rest)  # an address is not read once more as a number
    allowed = {key + ending for key in map(name_key, known) for ending in ("", "s")}
    found += [(at, Seen(Sight.NAME, name)) for at, name in _names(rest) if name_key(name) not in allowed]
    return list(dict.fromkeys(seen for _, seen in sorted(found, key=lambda pair: pair[0])))


def names_in_text(text: str) -> list[str]:
    """The names that `seen_in` would see in it if nobody were known: what a caller looks up."""
    return [seen.text for seen in seen_in(text) if seen.kind is Sight.NAME]


def _names(text: str) -> Iterable[tuple[int, str]]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words) - 1:
        last = _end_of_pair(text, words, at)
        if last is None or not _is_name(text, words[at], words[last]):
            at += 1
            continue
        yield words[at].start(), text[words[at].start() : words[last].end()]
        at = last + 1


def _end_of_pair(text: str, words: list[re.Match[str]], at: int) -> int | None:
    """The place of the capitalised word that follows this one, over links such as "af" and "von"."""
    if not _NAME_PART.fullmatch(words[at][0]):
        return None
    end = at
    while end + 1 < len(words) and text[words[end].end() : words[end + 1].start()] == " ":
        end += 1
        if _NAME_PART.fullmatch(words[end][0]):
            return end
        if words[end][0] not in _LINKS:
            return None
    return None


def _is_name(text: str, first: re.Match[str], last: re.Match[str]) -> bool:
    given, family = first[0].lower(), last[0].lower()
    if given in _NOT_FIRST or family in _NOT_LAST or _PLACE_END.fullmatch(given) or _PLACE_END.fullmatch(family):
        return False
    if not _opens_sentence(text, first.start()):
        return True
    return given.split("-")[0] in _GIVEN or bool(_FAMILY_END.fullmatch(family) and family not in _GIVEN and len(given) > 1)


def _opens_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\"'”»(–-§0123456789")
    return not before or before[-1] in ".:!?\n;•*"


_KINDS = {
    Sight.NAME: Text("namnet ”{text}”", "the name “{text}”"),
    Sight.PERSONAL_NUMBER: Text("något som liknar ett personnummer", "what looks like a personal identity number"),
    Sight.PHONE: Text("telefonnumret {text}", "the telephone number {text}"),
    Sight.EMAIL: Text("adressen {text}", "the address {text}"),
}
_SENTENCE = Text(
    "Texten ser ut att peka ut någon: {seen}. Det är sparat som du skrev. Är det en privatperson eller någon utsatt, "
    "skriv om så att ingen kan kännas igen.",
    "The text seems to point somebody out: {seen}. It is saved as you wrote it. If it is a private person or a victim, "
    "rewrite it so that nobody can be recognised.",
)
MOST_SAID = 3


def warning(seen: Collection[Seen], language: str) -> str:
    """One sentence that says what was seen; "" for nothing. A personal identity number is not said again."""
    if not seen:
        return ""
    said = [_KINDS[one.kind].in_language(language).format(text=one.text) for one in list(seen)[:MOST_SAID]]
    return _SENTENCE.in_language(language).format(seen=", ".join(dict.fromkeys(said)))

"""How roles, days, shares and yes or no are written in people lists, and what they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .terms import BodyKind, MandateRole, term_on

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_OPEN_END = frozenset(("tv", "tills vidare", "tillsvidare", "-", "--", "\u2013", "9999-12-31", "löpande", "pågående"))


@dataclass(frozen=True, slots=True)
class RoleWords:
    """What a role cell says: role, whether it leads a party's group, and a body it names ("ledamot i …")."""

    role: MandateRole
    is_group_leader: bool = False
    body: str = ""


_ROLES: tuple[tuple[MandateRole, str], ...] = (
    (MandateRole.AUDITOR, r"(lekmanna|förtroendevald )?revisors?(ersättare|suppleant)?|revisorer|auditor"),
    (MandateRole.FIRST_VICE_CHAIR, r"(1|1:e|1:a|1e|1a|förste|första|i) ?(vice|v) ?(ordförande|ordf)|first vice chair"),
    (MandateRole.SECOND_VICE_CHAIR, r"(2|2:e|2:a|2e|2a|andre|andra|ii) ?(vice|v) ?(ordförande|ordf)|second vice chair"),
    (MandateRole.FIRST_VICE_CHAIR, r"(vice|v|viceordf|viceordförande) ?(ordförande|ordf)?|vice chair"),
    (MandateRole.CHAIR, r"ordförande|ordf|ordförand|chair"),
    (
        MandateRole.DEPUTY,
        r"(tjänstgörande |personlig )?(ersättare|ers|suppleant|suppl|ersätt)( \d+)?|deputy|nr \d+ ersättare",
    ),
    (MandateRole.MEMBER, r"(ordinarie )?(ledamot|ledamöter|led|ordinarie|ord|fullmäktig|fullmäktigeledamot|member)"),
    (
        MandateRole.OTHER,
        r"(kommunal|kommun|region|oppositions|bitr(ädande|\.)? kommunal|bitr(ädande|\.)? region|borgar|landstings)?råd"
        r"|adjungerad|adj|insynsplats|insyn|ombud|observatör|nämndeman|politisk sekreterare"
        r"|(3|3:e|tredje) ?(vice|v) ?(ordförande|ordf)",
    ),
)


@lru_cache(maxsize=1_000)
def role_of(cell: str) -> RoleWords | None:
    """None when no word of it is a known role. "Ledamot i kommunstyrelsen" also gives the body.

    Several roles in a cell ("ledamot, gruppledare"; "ordförande och ledamot"): the most specific one.
    """
    text = " ".join(cell.casefold().replace(".", " ").split())
    leads = bool(re.search(r"(?<!vice )(?<!v )\bgrupp(ledare|ordförande|led)\b", text))
    rest = re.sub(r"\b((vice|v|bitr|biträdande) )?grupp(ledare|ordförande|led)\b", "", text).strip(" ,/")
    role_text, body = _role_and_body(cell, rest)
    roles = [r for part in re.split(r",|/|;|\boch\b|\(|\)", role_text) for r in _one_role(part.strip(" -"))]
    if not roles and rest == text:
        return None
    order = [role for role, _ in _ROLES]
    best = min(roles, key=order.index, default=MandateRole.OTHER)
    return RoleWords(best, leads, body)


def _role_and_body(cell: str, rest: str) -> tuple[str, str]:
    found = re.search(r"^(.+?)\s+(?:i|för|av)\s+(.+)$", rest)
    if not found:
        return rest, ""
    start = cell.casefold().find(found[2])
    return found[1], " ".join(cell[start : start + len(found[2])].split()) if start >= 0 else found[2]


def _one_role(text: str) -> list[MandateRole]:
    return [role for role, pattern in _ROLES if re.fullmatch(pattern, text)][:1]


def looks_like_a_body(text: str) -> bool:
    """True for the name of a council, board or committee standing alone."""
    word = text.casefold().strip(" :.")
    pattern = r".*(fullmäktige|styrelsen?|nämnden?|utskottet?|beredningen?|revisorer(na)?|revisionen|direktionen|rådet| ab)"
    return len(word) <= 80 and bool(re.fullmatch(pattern, word))


def kind_of_body(name: str) -> BodyKind:
    """A guess by the name, for terms of office and for bodies that are new."""
    word = name.casefold()
    if "fullmäktige" in word:
        return BodyKind.COUNCIL
    if re.search(r"kommunstyrelse|regionstyrelse|direktion", word):
        return BodyKind.EXECUTIVE_BOARD
    if "revis" in word:
        return BodyKind.AUDITORS
    if re.search(r"\b(ab|aktiebolag|bolag\w*)\b|bolaget", word):
        return BodyKind.COMPANY_BOARD
    return BodyKind.JOINT_COMMITTEE if "gemensam" in word else BodyKind.COMMITTEE


@lru_cache(maxsize=5_000)
def day_of(cell: str) -> date | None:
    """2026-10-15, 20261015, 15/10 2026, 15.10.2026, 15 okt 2026, with or without a time. None if it is no day."""
    text = re.sub(r"[ t]\d{1,2}[:.]\d{2}([:.]\d{2})?.*$", "", cell.casefold().strip())
    if found := re.fullmatch(r"(\d{4})[-/. ]?(\d{2})[-/. ]?(\d{2})", text):
        return _day(found[1], found[2], found[3])
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ]+(\d{4})", text):
        return _day(found[3], found[2], found[1])
    if found := re.fullmatch(r"(?:den )?(\d{1,2})[. ]*([a-zåäö]{3,9})[. ]+(\d{4})", text):
        month = next((i for i, m in enumerate(_MONTHS, 1) if found[2].startswith(m)), 0)
        return _day(found[3], str(month), found[1])
    if re.fullmatch(r"[34]\d{4}", text):  # a serial number of Excel whose cell is not formatted as a day
        return date(1899, 12, 30) + timedelta(days=int(text))
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_open_end(cell: str) -> bool:
    return cell.casefold().strip(" .") in _OPEN_END or cell.strip().startswith("9999")


def period_of(cell: str, body: str) -> tuple[date | None, date | None] | None:
    """First and last day of "2026-10-15 - 2030-10-14" or "2023-2026". None if it is no period.

    Years alone mean the body's ordinary term: a council's starts on 15 October.
    """
    text = cell.strip()
    if found := re.fullmatch(r"((?:19|20)\d{2})\s*[-\u2013/]\s*((?:19|20)?\d{2})", text):
        return _years(int(found[1]), int(found[1][: 4 - len(found[2])] + found[2]), body)
    for sign in (" - ", " \u2013 ", "\u2013", " t.o.m. ", " till ", "--"):
        first, found_sign, last = text.partition(sign)
        days = (day_of(first), day_of(last))
        if found_sign and days[0] and (days[1] or is_open_end(last) or not last.strip()):
            return days
    joined = re.fullmatch(r"(\d{4}-?\d{2}-?\d{2})-(\d{4}-?\d{2}-?\d{2})?", text)
    return (day_of(joined[1]), day_of(joined[2] or "")) if joined else None


def _years(first: int, last: int, body: str) -> tuple[date, date] | None:
    if last < first:
        return None
    kind = kind_of_body(body)
    council = kind is BodyKind.COUNCIL
    start = term_on(kind, date(first, 12, 31) if council else date(first, 6, 30)).starts_on
    if start.year != first:
        start = date(first, 1, 1)
    end = date(last, 10, 14) if council and start.month == 10 else date(last, 12, 31)
    return (start, end) if end >= start else None


@lru_cache(maxsize=1_000)
def percent_of(cell: str) -> int | None:
    """Share of full time in per cent, 0..100: "40 %", "0,4", "Heltid", "halvtid". None if it is no share."""
    text = cell.casefold().strip().replace(",", ".")
    words = {
        "heltid": 100,
        "helt": 100,
        "halvtid": 50,
        "ja": None,
        "nej": 0,
        "ingen": 0,
        "fritid": 0,
        "fritidspolitiker": 0,
    }
    if text in words:
        return words[text]
    found = re.fullmatch(
        r"(?:heltid|deltid|halvtid)?\s*\(?(\d{1,3}(?:\.\d+)?)\s*(%|procent)?\)?(?:\s*(?:av )?(?:heltid|deltid))?", text
    )
    if not found:
        return None
    value = float(found[1]) * (100 if not found[2] and float(found[1]) <= 1 else 1)
    return round(value) if value <= 100 else None


@lru_cache(maxsize=1_000)
def yes_or_no(cell: str) -> bool | None:
    """None if it is neither."""
    text = cell.casefold().strip(" .")
    if text in {"ja", "j", "yes", "y", "x", "1", "sant", "true", "omfattas", "\u2713", "\u2714"}:
        return True
    return False if text in {"nej", "n", "no", "0", "falskt", "false", "-", "\u2013", "omfattas ej", "omfattas inte"} else None


def is_protected(cell: str) -> bool | None:
    """None for a blank; anything but a clear no is taken as protected, and `None` never is a no."""
    text = cell.casefold().strip(" .")
    if not text:
        return None
    return not (yes_or_no(cell) is False or text in {"ingen", "inget", "ej", "ej skyddad", "inte", "saknas"})


_SAYS_PROTECTED = re.compile(
    r"\W*(skyddade?\s?(identitet|personuppgift\w*|folkbokföring|uppgift\w*|adress)|skyddad|sekretess(markerad|markering)?)\W*",
    re.IGNORECASE,
)


def says_protected(cells: Sequence[str]) -> bool:
    """True where any cell, also one that is left out, says "skyddade personuppgifter" instead of its value."""
    together = "\n".join(cells).casefold()
    if "skydd" not in together and "sekretess" not in together:  # nearly every row of a long list
        return False
    return any(_SAYS_PROTECTED.fullmatch(cell.strip()) for cell in cells)

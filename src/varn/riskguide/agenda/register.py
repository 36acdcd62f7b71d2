"""Register numbers, days and bodies as they are written in agendas."""

import re
from collections.abc import Iterable
from datetime import date

from .matters import MAX_REGISTER_NUMBER

_MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november")
_MONTHS_ALL = (*_MONTHS, "december")
_SAID = re.compile(
    r"[\[(]?\s*\b(?:dnr|d\.nr|diarienr|diarienummer|ärendenr|ärendenummer|ärende-id)\b[.:]*\s*"
    r"(?P<number>(?:[A-ZÅÄÖ]{1,8}[ /.:-]{0,2})?\d[\d/.:\u2013-]*\d(?:\s\d{3}\b)?)\s*[\])]?",
    re.IGNORECASE,
)
# Letters of a law, a bill or a report are no register's.
_NOT = r"(?!(?:SFS|SOU|EU|EG|EES|DS|PROP|KAP|KL|ISO|COM|SS|AFS|NJA|HFD|TEL|COVID|AB|LSS|NR|KLOCKAN|KL)\b)"
_SHAPED = re.compile(
    rf"[\[(]?(?<![\w/])(?P<number>{_NOT}[A-ZÅÄÖ]{{2,6}}(?:[ /.:-]{{0,2}})(?:19|20)?\d{{2}}[/:.-]\d{{1,6}}(?:[-/.]\d{{1,4}})?"
    rf"|{_NOT}[A-ZÅÄÖ]{{2,4}}\d{{6}}|{_NOT}[A-ZÅÄÖ]{{1,6}}[ -]20\d{{2}}-\d{{2,6}}(?:-\d{{1,4}})?)(?![\w/])[\])]?"
)
_YEAR_AND_NUMBER = re.compile(
    r"[\[(](?P<number>20\d{2}[/:]\d{1,6}|20\d{2}-\d{3,6})[\])]|(?:^|(?<=[\s;,]))(?P<bare>20\d{2}[/:]\d{3,6})(?=$|[\s;,.])"
)
_FOREIGN = re.compile(r"(?:SFS|SOU|\(?EU\)?|EG|Ds|prop\.?|bet\.?|skr\.?|förordning|direktiv|lag|lagen)\s*\(?$", re.IGNORECASE)


def without_register_number(text: str) -> tuple[str, str]:
    """The text without its register number, and the number ("" if none). "Dnr KS 2026/123" gives "KS 2026/123"."""
    for pattern in (_SAID, _SHAPED, _YEAR_AND_NUMBER):
        for found in pattern.finditer(text):
            number = found["number"] or found["bare"] if pattern is _YEAR_AND_NUMBER else found["number"]
            before = text[: found.start()]
            if len(number) > MAX_REGISTER_NUMBER or (pattern is not _SAID and _FOREIGN.search(before)):
                continue
            rest = f"{before.rstrip(' ,;:|(')} {text[found.end() :].lstrip(' ,;:|)')}"
            return " ".join(rest.split()), " ".join(number.split())
    return text, ""


_DAYS: tuple[re.Pattern[str], ...] = (
    re.compile(r"(?<!\d)(?P<year>20\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})[.:e ]*\s?(?P<name>{'|'.join(_MONTHS_ALL)}),? (?P<year>20\d{{2}})", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})/(?P<month>\d{1,2})[ -](?P<year>20\d{2})(?!\d)"),
)


def day_in(text: str) -> date | None:
    """The first whole day that a text names."""
    for pattern in _DAYS:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            month = _MONTHS_ALL.index(parts["name"].casefold()) + 1 if parts.get("name") else int(parts["month"])
            try:
                return date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                continue
    return None


_MEETING = re.compile(r"sammanträde|möte|kall(as|else)|tid\b|datum|dag(en)? den|kl\.?\b", re.IGNORECASE)


def meeting_day(texts: Iterable[str]) -> date | None:
    """The day of a line that speaks of the meeting, else of the first line with a day."""
    days = [
        (bool(re.search(r"sammanträde|möte|kall(as|else)|tid\b|datum|dag(en)? den|kl\.?\b", t, re.I)), day_in(t)) for t in texts
    ]
    found = [(said, day) for said, day in days if day]
    return next((day for said, day in found if said), found[0][1] if found else None)


_LONGEST_BODY = 200
_BODY = re.compile(  # words end in a space or comma and hold none, so that no text is slow to refuse
    r"\b((?:[A-ZÅÄÖ][\wåäö-]*[ ,]+(?:(?:och|samt)\s)?){0,3}?"
    r"(?:[Kk]ommunfullmäktige|[Rr]egionfullmäktige|[Ff]örbundsfullmäktige|[Kk]ommunstyrelsen?|[Rr]egionstyrelsen?"
    r"|[Ff]örbundsdirektionen?|[\wåäö-]*(?:nämnd|utskott|beredning)(?:en|et)?)(?:s? (?:arbets|individ)\w*utskott)?)\b"
)


def is_body(text: str) -> bool:
    """True when the text is nothing but the name of a body."""
    name = text.strip(" :.")
    return len(name) <= _LONGEST_BODY and bool(_BODY.fullmatch(name))


def without_time(text: str) -> str:
    """A line of a programme without the time that it begins with: "13.15 Vindkraft"."""
    found = re.match(r"(?:kl\.?\s*)?\d{1,2}[.:]\d{2}(?:\s*[-\u2013]\s*\d{1,2}[.:]\d{2})?\s+(?=[A-ZÅÄÖ])", text, re.IGNORECASE)
    return text[found.end() :] if found else text


def body_in(texts: Iterable[str]) -> str:
    """The first council, board or committee that a text names, "" if none."""
    for text in texts:
        if found := _BODY.search(text[:_LONGEST_BODY]):
            name = " ".join(found[1].split())
            return (name[:1].upper() + name[1:])[:120]
    return ""

"""Measures as a calendar reads them: RFC 5545, METHOD:PUBLISH of RFC 5546. Pure; the writer is imported when it is asked for.

UID never changes; SEQUENCE is the measure's version, so that of two files the later wins; a measure that is done, dropped
or somebody else's now comes once more as cancelled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from varn.catalogues.text import Text

PRODUCT = "-//Varn//Handlingsplan//SV"
REFRESH = timedelta(hours=6)
_SUMMARY = Text("Klart senast: {what}", "Due: {what}")
_LINK = Text("Läs och följ upp: {url}", "Read and follow up: {url}")


@dataclass(frozen=True, slots=True)
class Event:
    """`changed_at` is aware; `due_on` the whole day it is due."""

    pk: UUID
    what: str
    why: str
    url: str
    due_on: date
    version: int
    changed_at: datetime
    is_cancelled: bool = False


def calendar_of(events: Iterable[Event], *, name: str, language: str, is_feed: bool = False) -> bytes:
    """The same bytes for the same events: nothing in it is of the moment it was asked for."""
    from icalendar import Calendar

    calendar: Any = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", name)
    if is_feed:
        calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", "PT6H")
    for event in events:
        calendar.add_component(_component(event, language))
    return bytes(calendar.to_ical())


def uid_of(pk: UUID) -> str:
    return f"{pk}@atgarder.varn"


def _component(event: Event, language: str) -> Any:
    from icalendar import Event as Component

    said: Any = Component()
    said.add("UID", uid_of(event.pk))
    said.add("SEQUENCE", event.version)
    said.add("DTSTAMP", event.changed_at)
    said.add("LAST-MODIFIED", event.changed_at)
    said.add("DTSTART", event.due_on)
    said.add("DTEND", event.due_on + timedelta(days=1))
    said.add("SUMMARY", _SUMMARY.in_language(language).format(what=event.what))
    lines = [event.why, _LINK.in_language(language).format(url=event.url)]
    said.add("DESCRIPTION", "\n\n".join(line for line in lines if line))
    said.add("URL", event.url)
    said.add("STATUS", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    said.add("TRANSP", "TRANSPARENT")  # a day to be ready by takes nobody's time
    return said

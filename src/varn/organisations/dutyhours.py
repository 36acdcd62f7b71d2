"""Which contact ways answer at a given moment, and who holds the duty. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from varn.organisations.swedishdays import is_closed_day, is_day_before_holiday


class Hours(StrEnum):
    """When a contact way answers."""

    ALWAYS = "always"
    ORDINARY = "ordinary"
    OUT_OF_HOURS = "out_of_hours"


@dataclass(frozen=True, slots=True)
class OpenHours:
    """An organisation's office hours on working days; `eve_closes_at` on working days before a red day."""

    opens_at: time = time(8)
    closes_at: time = time(16, 30)
    eve_closes_at: time | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of duty for one contact way, first and last day included."""

    way: UUID
    person: UUID
    deputy: UUID | None
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without anybody on duty, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Who answers, and who steps in. `person` is None when nobody holds the duty."""

    person: UUID | None = None
    deputy: UUID | None = None


W = TypeVar("W")


def is_office_open(moment: datetime, hours: OpenHours) -> bool:
    """`moment` in Swedish local time. Open from the minute it opens until the minute it closes."""
    if is_closed_day(moment.date()):
        return False
    closes_at = hours.closes_at
    if hours.eve_closes_at is not None and is_day_before_holiday(moment.date()):
        closes_at = min(closes_at, hours.eve_closes_at)
    return hours.opens_at <= moment.time() < closes_at


def answers(hours: Hours, *, is_open: bool) -> bool:
    return hours is Hours.ALWAYS or (hours is Hours.ORDINARY) == is_open


def in_turn(ways: Sequence[tuple[W, Hours]], *, is_open: bool) -> list[tuple[W, bool]]:
    """Ways with whether they answer now: those that do first, each part in the order it was given.

    Among those that answer, one that is meant for this very time comes before one that always answers.
    """
    now = [(way, True) for way, hours in ways if answers(hours, is_open=is_open) and hours is not Hours.ALWAYS]
    always = [(way, True) for way, hours in ways if hours is Hours.ALWAYS]
    later = [(way, False) for way, hours in ways if not answers(hours, is_open=is_open)]
    return now + always + later


def on_duty(turns: Iterable[Turn], way: UUID, day: date, *, gone: Collection[UUID] = ()) -> OnDuty:
    """Who holds the duty of a way on a day. Whoever has left the organisation (`gone`) is passed over for the deputy.

    Of turns that overlap, the one that started last holds.
    """
    current = [turn for turn in turns if turn.way == way and turn.starts_on <= day <= turn.ends_on]
    for turn in sorted(current, key=lambda turn: (turn.starts_on, turn.person), reverse=True):
        there = [person for person in (turn.person, turn.deputy) if person is not None and person not in gone]
        if there:
            return OnDuty(there[0], there[1] if len(there) > 1 else None)
    return OnDuty()


def overlaps(turns: Iterable[Turn]) -> list[tuple[Turn, Turn]]:
    """Pairs of turns of the same way that share a day, in order of their first day."""
    ordered = sorted(turns, key=lambda turn: (turn.starts_on, turn.ends_on, turn.person))
    return [
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if one.way == other.way and other.starts_on <= one.ends_on
    ]


def gaps(turns: Iterable[Turn], *, first: date, last: date, gone: Collection[UUID] = ()) -> list[Gap]:
    """Days from `first` to `last` (both included) that no turn of these covers. Give the turns of one way."""
    manned = [turn for turn in turns if turn.person not in gone or (turn.deputy is not None and turn.deputy not in gone)]
    found: list[Gap] = []
    free_from = first
    for turn in sorted(manned, key=lambda turn: turn.starts_on):
        if turn.starts_on > last:
            break
        if turn.starts_on > free_from:
            found.append(Gap(free_from, turn.starts_on - timedelta(1)))
        free_from = max(free_from, turn.ends_on + timedelta(1))
    if free_from <= last:
        found.append(Gap(free_from, last))
    return found

"""What somebody is in an organisation on one day: access roles, and whether they are a former member. Pure.

Everything follows from days: a mandate's or a grant's last day ends what comes with it at midnight, with no job to run.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from varn.organisations.rights import Role
from varn.organisations.terms import MandateRole


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included; open when `ends_on` is None."""

    starts_on: date
    ends_on: date | None = None

    def includes(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def ended_between(self, since: date, day: date) -> bool:
        """True if the last day is `since` or later and before `day`."""
        return self.ends_on is not None and since <= self.ends_on < day


@dataclass(frozen=True, slots=True)
class Seat:
    role: MandateRole
    span: Span


@dataclass(frozen=True, slots=True)
class Granted:
    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class Named:
    """Named group leader or safety contact of a party; `since` is None where it was never noted."""

    role: Role
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """All that an organisation has about a person's place in it, past and coming included."""

    seats: Collection[Seat] = ()
    grants: Collection[Granted] = ()
    named: Collection[Named] = ()
    ends_on: date | None = None


def roles_on(day: date, standing: Standing) -> frozenset[Role]:
    """Access roles on `day`: granted ones, and those that follow from mandates and parties."""
    if standing.ends_on is not None and standing.ends_on < day:
        return frozenset()
    seats = [seat for seat in standing.seats if seat.span.includes(day)]
    roles = {grant.role for grant in standing.grants if grant.span.includes(day)}
    if seats:
        roles.add(Role.REPRESENTATIVE)
    if any(seat.role is MandateRole.CHAIR for seat in seats):
        roles.add(Role.CHAIR)
    spans = [seat.span for seat in standing.seats]
    roles |= {named.role for named in standing.named if holds_party_duty(day, since=named.since, mandates=spans)}
    return frozenset(roles)


def holds_party_duty(day: date, *, since: date | None, mandates: Iterable[Span]) -> bool:
    """Whether somebody named for a party still is on `day`.

    They need not be elected; but who was, and whose last mandate ended after they were named, no longer is.
    """
    spans = list(mandates)
    if any(span.includes(day) for span in spans):
        return True
    return not any(span.ended_between(since or date.min, day) for span in spans)


def is_former(day: date, standing: Standing) -> bool:
    """True for somebody who once had a mandate or an access role here and has none on `day`."""
    if standing.ends_on is not None and standing.ends_on < day:
        return True
    spans = [seat.span for seat in standing.seats] + [grant.span for grant in standing.grants]
    has_ended = any(span.ends_on is not None and span.ends_on < day for span in spans)
    is_or_will_be = any(span.ends_on is None or day <= span.ends_on for span in spans)
    return has_ended and not is_or_will_be and not roles_on(day, standing)

"""Reads of contact ways, office hours and the duty list."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from varn.organisations.dutyhours import Hours, OpenHours, Turn, in_turn, is_office_open
from varn.organisations.models import ContactWay, DutyTurn, OfficeHours, Person
from varn.organisations.queries import contact_ways
from varn.organisations.queries.people import former_on
from varn.organisations.rights import Member, Right


def ways_with_hours() -> QuerySet[ContactWay]:
    """Contact ways with the organisation's `opens_at`, `closes_at` and `eve_closes_at`, in one query."""
    hours = OfficeHours.objects.filter(organisation_id=OuterRef("organisation_id"))
    names = ("opens_at", "closes_at", "eve_closes_at")
    return contact_ways().annotate(**{name: Subquery(hours.values(name)[:1]) for name in names})


def open_hours_of(way: ContactWay) -> OpenHours:
    """The office hours that came with a row of `ways_with_hours`; the usual ones where none were entered."""
    opens_at, closes_at = getattr(way, "opens_at", None), getattr(way, "closes_at", None)
    if opens_at is None or closes_at is None:
        return OpenHours()
    return OpenHours(opens_at, closes_at, getattr(way, "eve_closes_at", None))


def ways_now(moment: datetime) -> list[tuple[ContactWay, bool]]:
    """Contact ways with whether they answer at `moment` (Swedish local time): those that do first. One query."""
    ways = list(ways_with_hours())
    is_open = bool(ways) and is_office_open(moment, open_hours_of(ways[0]))
    return in_turn([(way, Hours(way.hours)) for way in ways], is_open=is_open)


def office_hours() -> OfficeHours | None:
    return OfficeHours.objects.first()


def way_for(actor: Member, pk: UUID) -> ContactWay:
    """One contact way, for those who manage them."""
    return get_object_or_404(contact_ways() if actor.may(Right.CONTACT_MANAGE) else ContactWay.objects.none(), pk=pk)


def turns_from(actor: Member, day: date) -> QuerySet[DutyTurn]:
    """Turns that have not passed on `day`, with way and people, in order; none for those who have left."""
    if not actor.may(Right.ORGANISATION_READ):
        return DutyTurn.objects.none()
    turns = DutyTurn.objects.filter(ends_on__gte=day).select_related("way", "person", "deputy")
    return turns.order_by("way__position", "way_id", "starts_on", "pk")


def turn_for(actor: Member, pk: UUID) -> DutyTurn:
    turns = DutyTurn.objects.select_related("way", "person", "deputy")
    return get_object_or_404(turns if actor.may(Right.CONTACT_MANAGE) else turns.none(), pk=pk)


def as_turn(row: DutyTurn) -> Turn:
    return Turn(row.way_id, row.person_id, row.deputy_id, row.starts_on, row.ends_on)


def gone_among(turns: Collection[DutyTurn], *, today: date) -> frozenset[UUID]:
    """Those of the turns' people who have left the organisation: their duty ended the same day."""
    ids = {row.person_id for row in turns} | {row.deputy_id for row in turns if row.deputy_id}
    if not ids:
        return frozenset()
    return frozenset(Person.objects.filter(Q(pk__in=ids) & former_on(today)).values_list("pk", flat=True))

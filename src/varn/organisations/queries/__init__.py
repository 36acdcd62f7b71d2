"""Reads: who is who in an organisation today. Lists by noun are the modules beside this one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from varn.organisations.models import ContactWay, Organisation, Person
from varn.organisations.rights import Member, Role
from varn.organisations.standing import Granted, Named, Seat, Span, Standing, roles_on
from varn.organisations.terms import MandateRole
from varn.tenancy.queries import columns_of, made_of
from varn.tenancy.within import ENTERS, HERE, current_organisation, entering, holding, within


def organisation_by_slug(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug).first()


def on(day: date) -> Q:
    """Rows whose first and last day include `day`."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


_StandingRow = tuple[Any, ...]  # of _STANDING

# One question for all that makes somebody who they are: it is asked before every page, and the ORM would ask four.
_STANDING = f"""
SELECT person.id, person.ends_on,
       (SELECT json_agg(json_build_array(seat.role, seat.starts_on, seat.ends_on))
          FROM organisations_mandate seat WHERE seat.person_id = person.id),
       (SELECT json_agg(json_build_array(granted.role, granted.starts_on, granted.ends_on))
          FROM organisations_accessgrant granted WHERE granted.person_id = person.id),
       (SELECT json_agg(json_build_array(led.group_leader_since))
          FROM organisations_party led WHERE led.group_leader_id = person.id),
       (SELECT json_agg(json_build_array(met.safety_contact_since))
          FROM organisations_party met WHERE met.safety_contact_id = person.id)
  FROM organisations_person person
 WHERE person.organisation_id = {HERE} AND """  # noqa: S608  # a constant of ours
_OF_ACCOUNT, _OF_PERSON = f"{_STANDING} person.account_id = %s", f"{_STANDING} person.id = %s"
_ENTER = f"SELECT {columns_of(Organisation)}, {ENTERS} FROM organisations_organisation WHERE slug = %s; {_OF_ACCOUNT}"  # noqa: S608  # our own columns' names


@contextmanager
def entering_as(account_id: UUID, slug: str, *, today: date) -> Iterator[tuple[Organisation, Member] | None]:
    """`within()` the organisation with this slug, as the account's member; None where there is no such, or for a stranger."""
    with entering(_ENTER, [slug, account_id]) as (found, row):
        if found is None or row is None:
            yield None
        else:
            organisation = made_of(Organisation, found[:-1])
            yield organisation, _member(account_id, organisation.pk, row, today)


def member_of(account_id: UUID, organisation_id: UUID, *, today: date) -> Member | None:
    """The account's member in the organisation that this transaction is within; None for a stranger."""
    row = _row(_OF_ACCOUNT, account_id)
    return _member(account_id, organisation_id, row, today) if row else None


def _member(account_id: UUID, organisation_id: UUID, row: _StandingRow, today: date) -> Member:
    return Member(account_id, row[0], organisation_id, roles_on(today, _standing(row)))


def roles_of(person_id: UUID, *, today: date) -> frozenset[Role]:
    """Granted roles, and those that follow from mandates and parties, on one day."""
    row = _row(_OF_PERSON, person_id)
    return roles_on(today, _standing(row)) if row else frozenset()


def _row(sql: str, key: UUID) -> _StandingRow | None:
    current_organisation()  # raises outside within(), as the ORM does
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        row: _StandingRow | None = cursor.fetchone()
    return row


def _standing(row: _StandingRow) -> Standing:
    """A person's whole place in the organisation, past and coming included."""
    _person_id, ends_on, seats, grants, led, met = row
    named = [Named(Role.GROUP_LEADER, _day(since)) for (since,) in led or ()]
    named += [Named(Role.PARTY_CONTACT, _day(since)) for (since,) in met or ()]
    return Standing(
        seats=[Seat(MandateRole(role), Span(date.fromisoformat(first), _day(last))) for role, first, last in seats or ()],
        grants=[Granted(Role(role), Span(date.fromisoformat(first), _day(last))) for role, first, last in grants or ()],
        named=named,
        ends_on=ends_on,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def memberships_of(account_id: UUID, *, today: date) -> Iterator[tuple[Organisation, Member]]:
    """Every organisation where the account is somebody, by name."""
    with holding("account", str(account_id)):
        ids = list(Person.objects.filter(account_id=account_id).values_list("organisation_id", flat=True))
    for organisation in Organisation.objects.filter(pk__in=ids).order_by("name"):
        with within(organisation.pk):
            member = member_of(account_id, organisation.pk, today=today)
        if member is not None:
            yield organisation, member


def contact_ways() -> QuerySet[ContactWay]:
    """The organisation's contact ways in their order."""
    return ContactWay.objects.order_by("position", "pk")

"""Reads: who is who in an organisation today. Lists by noun are the modules beside this one."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from varn.organisations.models import AccessGrant, ContactWay, Mandate, Organisation, Party, Person
from varn.organisations.rights import Member, Role
from varn.organisations.standing import Granted, Named, Seat, Span, Standing, roles_on
from varn.organisations.terms import MandateRole
from varn.tenancy.within import holding, within


def organisation_by_slug(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug).first()


def on(day: date) -> Q:
    """Rows whose first and last day include `day`."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def member_of(account_id: UUID, organisation_id: UUID, *, today: date) -> Member | None:
    """The account's member in the organisation that this transaction is within; None for a stranger."""
    person = Person.objects.filter(account_id=account_id).only("id", "ends_on").first()
    if person is None:
        return None
    return Member(account_id, person.pk, organisation_id, roles_on(today, standing_of(person)))


def roles_of(person_id: UUID, *, today: date) -> frozenset[Role]:
    """Granted roles, and those that follow from mandates and parties, on one day."""
    person = Person.objects.filter(pk=person_id).only("id", "ends_on").first()
    return frozenset() if person is None else roles_on(today, standing_of(person))


def standing_of(person: Person) -> Standing:
    """A person's whole place in the organisation, past and coming included."""
    grants = AccessGrant.objects.filter(person_id=person.pk).values_list("role", "starts_on", "ends_on")
    seats = Mandate.objects.filter(person_id=person.pk).values_list("role", "starts_on", "ends_on")
    return Standing(
        seats=[Seat(MandateRole(role), Span(first, last)) for role, first, last in seats],
        grants=[Granted(Role(role), Span(first, last)) for role, first, last in grants],
        named=list(_named(person.pk)),
        ends_on=person.ends_on,
    )


def _named(person_id: UUID) -> Iterator[Named]:
    for party in Party.objects.filter(Q(group_leader_id=person_id) | Q(safety_contact_id=person_id)):
        if party.group_leader_id == person_id:
            yield Named(Role.GROUP_LEADER, party.group_leader_since)
        if party.safety_contact_id == person_id:
            yield Named(Role.PARTY_CONTACT, party.safety_contact_since)


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

"""Reads: who is who in an organisation today, and what this actor may see."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from varn.organisations.models import AccessGrant, ContactWay, Mandate, Organisation, Party, Person
from varn.organisations.rights import Member, Right, Role
from varn.organisations.terms import MandateRole
from varn.tenancy.within import holding, within


def organisation_by_slug(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug).first()


def on(day: date) -> Q:
    """Rows whose first and last day include `day`."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def member_of(account_id: UUID, organisation_id: UUID, *, today: date) -> Member | None:
    """The account's member in the organisation that this transaction is within; None for a stranger."""
    person = Person.objects.filter(account_id=account_id).only("id").first()
    if person is None:
        return None
    return Member(account_id, person.pk, organisation_id, roles_of(person.pk, today=today))


def roles_of(person_id: UUID, *, today: date) -> frozenset[Role]:
    """Granted roles, and those that follow from mandates and parties, on one day."""
    roles = {Role(role) for role in AccessGrant.objects.filter(on(today), person_id=person_id).values_list("role", flat=True)}
    seats = set(Mandate.objects.filter(on(today), person_id=person_id).values_list("role", flat=True))
    if seats:
        roles.add(Role.REPRESENTATIVE)
    if MandateRole.CHAIR in seats:
        roles.add(Role.CHAIR)
    for leader, contact in Party.objects.filter(Q(group_leader_id=person_id) | Q(safety_contact_id=person_id)).values_list(
        "group_leader_id", "safety_contact_id"
    ):
        if leader == person_id:
            roles.add(Role.GROUP_LEADER)
        if contact == person_id:
            roles.add(Role.PARTY_CONTACT)
    return frozenset(roles)


def memberships_of(account_id: UUID, *, today: date) -> Iterator[tuple[Organisation, Member]]:
    """Every organisation where the account is somebody, by name."""
    with holding("account", str(account_id)):
        ids = list(Person.objects.filter(account_id=account_id).values_list("organisation_id", flat=True))
    for organisation in Organisation.objects.filter(pk__in=ids).order_by("name"):
        with within(organisation.pk):
            member = member_of(account_id, organisation.pk, today=today)
        if member is not None:
            yield organisation, member


def people_for(actor: Member) -> QuerySet[Person]:
    """People of the organisation whom the actor may see, by family name. Protected ones only for those who manage people."""
    if not actor.may(Right.PERSON_READ):
        return Person.objects.none()
    people = Person.objects.order_by("family_name", "given_name", "pk")
    return people if actor.may(Right.PERSON_MANAGE) else people.filter(is_protected=False)


def contact_ways() -> QuerySet[ContactWay]:
    """The organisation's contact ways in their order."""
    return ContactWay.objects.order_by(F("position"), "pk")

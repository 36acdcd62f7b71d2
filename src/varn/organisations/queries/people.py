"""Reads of people: the list with its filters, one person, and what an organisation holds about oneself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.shortcuts import get_object_or_404

from varn.audit.act import Actor
from varn.organisations.models import AccessGrant, Mandate, Party, Person, SwedishOrder
from varn.organisations.queries import on
from varn.organisations.rights import Member, Right

BY_NAME = ("name_key", "pk")


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What a people list is narrowed to; empty means all."""

    words: str = ""
    body: UUID | None = None
    party: UUID | None = None
    seat: str = ""  # a MandateRole
    access: str = ""  # a granted Role
    account: str = ""  # "yes" or "no"
    state: str = "current"  # "current", "ended" or "all"


def people_for(actor: Member) -> QuerySet[Person]:
    """People of the organisation whom the actor may see, in Swedish order.

    Protected ones only for those who manage people, and for themselves.
    """
    if not actor.may(Right.PERSON_READ):
        return Person.objects.none()
    # Said though row-level security says it too: the table's second policy (one's own account) hides the index from it.
    people = Person.objects.filter(organisation_id=actor.organisation_id).order_by(*BY_NAME)
    if actor.may(Right.PERSON_MANAGE):
        return people
    return people.filter(Q(is_protected=False) | Q(pk=actor.person_id))


def person_for(actor: Member, pk: UUID) -> Person:
    """One person; 404 whether missing, another organisation's or not for this actor."""
    return get_object_or_404(people_for(actor), pk=pk)


def is_hidden_from(actor: Member, person: Person) -> bool:
    """Protected, and not for this actor: where a row names them, the page says that much and no name."""
    return person.is_protected and person.pk != actor.person_id and not actor.may(Right.PERSON_MANAGE)


def filtered(people: QuerySet[Person], wanted: PeopleFilter, *, today: date) -> QuerySet[Person]:
    if words := wanted.words.split():
        for word in words[:6]:
            people = people.filter(name_key__contains=Concat(Value(" "), SwedishOrder(Value(word)), output_field=TextField()))
    if wanted.body or wanted.party or wanted.seat:
        people = people.filter(Exists(_seats(wanted, today=today)))
    if wanted.access:
        people = people.filter(Exists(AccessGrant.objects.filter(on(today), person=OuterRef("pk"), role=wanted.access)))
    if wanted.account:
        people = people.filter(account__isnull=wanted.account == "no")
    if wanted.state == "all":
        return people
    return people.filter(former_on(today)) if wanted.state == "ended" else people.exclude(former_on(today))


def n_filtered(people: QuerySet[Person], wanted: PeopleFilter, *, today: date) -> int:
    """How many `filtered` gives. Those who are here are all but those who have left: few, and found at once."""
    if wanted.state != "current" or wanted.body or wanted.party or wanted.seat:
        return filtered(people, wanted, today=today).count()
    everyone, left = (filtered(people, replace(wanted, state=state), today=today).count() for state in ("all", "ended"))
    return everyone - left


def _seats(wanted: PeopleFilter, *, today: date) -> QuerySet[Mandate]:
    seats = Mandate.objects.filter(person=OuterRef("pk"))
    if wanted.state == "current":
        seats = seats.filter(on(today))
    if wanted.body:
        seats = seats.filter(body_id=wanted.body)
    if wanted.party:
        seats = seats.filter(party_id=wanted.party)
    return seats.filter(role=wanted.seat) if wanted.seat else seats


def former_on(day: date) -> Q:
    """People who have left: an entered last day has passed, or all mandates and access roles have ended.

    The same rule as `standing.is_former`, save that a party's leader without a seat counts as here until taken away.
    """
    open_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    has_seat = Exists(Mandate.objects.filter(open_ended, person=OuterRef("pk")))
    has_role = Exists(AccessGrant.objects.filter(open_ended, person=OuterRef("pk")))
    has_left = (Q(pk__in=_ended(Mandate, day)) | Q(pk__in=_ended(AccessGrant, day))) & ~has_seat & ~has_role
    parties = Party.objects.values_list("group_leader_id", "safety_contact_id")
    named = {pk for pair in parties for pk in pair if pk is not None}  # a handful: cheaper told than asked per person
    return Q(ends_on__lt=day) | (has_left & ~Q(pk__in=named))


def _ended(kind: type[Mandate] | type[AccessGrant], day: date) -> QuerySet[Any, Any]:
    """Ids of those who had some of this kind that has ended: a few, so that the rest is asked of them only."""
    return kind.objects.filter(ends_on__lt=day).values("person_id")


def with_seats(people: QuerySet[Person], *, today: date) -> QuerySet[Person]:
    """Each person with `current_seats` (body and party loaded), for a page's rows."""
    seats = Mandate.objects.filter(on(today)).select_related("body", "party").order_by("body__name", "role")
    return people.prefetch_related(Prefetch("mandates", queryset=seats, to_attr="current_seats"))


def seats_of(person: Person) -> QuerySet[Mandate]:
    """A person's mandates over time, the latest first."""
    return Mandate.objects.filter(person=person).select_related("body", "party").order_by("-starts_on", "body__name")


def grants_of(person: Person) -> QuerySet[AccessGrant]:
    return AccessGrant.objects.filter(person=person).order_by("-starts_on", "role")


def grant_for(actor: Member, pk: UUID) -> AccessGrant:
    """One granted role with its person; 404 whether missing, another organisation's or of a person not for this actor."""
    return get_object_or_404(AccessGrant.objects.filter(person__in=people_for(actor)).select_related("person"), pk=pk)


def parties_led_by(person: Person) -> QuerySet[Party]:
    """Parties that name the person group leader or safety contact."""
    return Party.objects.filter(Q(group_leader=person) | Q(safety_contact=person)).order_by("name")


def myself(actor: Member) -> Person:
    """The actor's own row. A former member has it too."""
    return Person.objects.prefetch_related("register_keys").get(pk=actor.person_id)


def parties_of(person: Person, *, today: date) -> QuerySet[Party]:
    """The parties of a person's current mandates, with their contacts."""
    seats = Mandate.objects.filter(on(today), person=person, party=OuterRef("pk"))
    return Party.objects.filter(Exists(seats)).select_related("group_leader", "safety_contact").order_by("name")


def candidates(actor: Actor, *, today: date, named: Sequence[UUID] = (), party_id: UUID | None = None) -> QuerySet[Person]:
    """Whom a party or a duty list may name: those without a mandate (employees), those with an access role,
    the party's own representatives, and whoever is `named` already. Not the whole council of a large region."""
    if not actor.may(Right.PERSON_READ):
        return Person.objects.none()
    seats = Mandate.objects.filter(person=OuterRef("pk"))
    roles = AccessGrant.objects.filter(on(today), person=OuterRef("pk"))
    who = ~Q(Exists(seats)) | Q(Exists(roles))
    if party_id is not None:
        who |= Q(Exists(seats.filter(on(today), party_id=party_id)))
    return Person.objects.filter((who & ~former_on(today)) | Q(pk__in=named)).order_by(*BY_NAME)

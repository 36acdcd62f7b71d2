"""Reads of bodies, parties and mandates."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Collate
from django.shortcuts import get_object_or_404

from varn.organisations.models import Body, Mandate, Party, SwedishOrder
from varn.organisations.rights import Member, Right

BY_NAME = Collate(SwedishOrder("name"), "C")


def bodies_for(actor: Member) -> QuerySet[Body]:
    """Bodies of the organisation, in Swedish order; their names may be read by anyone who belongs here."""
    if not actor.may(Right.ORGANISATION_READ):
        return Body.objects.none()
    return Body.objects.order_by(BY_NAME)


def body_for(actor: Member, pk: UUID) -> Body:
    return get_object_or_404(bodies_for(actor), pk=pk)


def with_n_seats(bodies: QuerySet[Body], *, today: date) -> QuerySet[Body]:
    """Each body with `n_seats`: mandates that `today` is within."""
    current = Q(mandates__starts_on__lte=today) & (Q(mandates__ends_on__isnull=True) | Q(mandates__ends_on__gte=today))
    return bodies.annotate(n_seats=Count("mandates", filter=current))


def parties_for(actor: Member) -> QuerySet[Party]:
    """Parties of the organisation, in Swedish order, with group leader and safety contact."""
    if not actor.may(Right.ORGANISATION_READ):
        return Party.objects.none()
    return Party.objects.select_related("group_leader", "safety_contact").order_by(BY_NAME)


def party_for(actor: Member, pk: UUID) -> Party:
    return get_object_or_404(parties_for(actor), pk=pk)


def mandate_for(actor: Member, pk: UUID) -> Mandate:
    """One mandate, for those who manage people."""
    if not actor.may(Right.PERSON_MANAGE):
        return get_object_or_404(Mandate.objects.none(), pk=pk)
    return get_object_or_404(Mandate.objects.select_related("person", "body", "party"), pk=pk)

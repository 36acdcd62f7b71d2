"""Reads of matters: what committees decide on."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from varn.organisations.models import Matter
from varn.organisations.rights import Member, Right
from varn.organisations.titles import most_similar, register_key

LOOKED_THROUGH = 5_000  # the latest matters; comparing a title with them takes some tens of milliseconds


def matters_for(actor: Member) -> QuerySet[Matter]:
    """Matters of the organisation, by title; none without the right."""
    if not actor.may(Right.MATTER_READ):
        return Matter.objects.none()
    return Matter.objects.select_related("body").order_by("title", "pk")


def matter_for(actor: Member, pk: UUID) -> Matter:
    return get_object_or_404(matters_for(actor), pk=pk)


def matter_by_register_number(actor: Member, number: str) -> Matter | None:
    """The matter with this number, however its spaces, zeros and capitals are written; None without a number."""
    key = register_key(number)
    if not key:
        return None
    exact = matters_for(actor).filter(register_number__iexact=number.strip()).first()
    if exact is not None:
        return exact
    numbered = matters_for(actor).exclude(register_number="").order_by().values_list("pk", "register_number")
    found = next((pk for pk, written in numbered if register_key(written) == key), None)
    return None if found is None else matters_for(actor).get(pk=found)


def similar_matters(actor: Member, title: str, *, at_most: int = 3) -> list[Matter]:
    """Matters that are probably the same by their title, the best first: a proposal, for somebody to confirm."""
    titles = matters_for(actor).order_by().values_list("pk", "title")[:LOOKED_THROUGH]
    ids = most_similar(title, titles, at_most=at_most)
    found = matters_for(actor).in_bulk(ids)
    return [found[pk] for pk in ids]

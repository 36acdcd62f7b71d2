"""Reads: matters, whichever room asks."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from varn.audit.act import Actor
from varn.organisations.models import Matter
from varn.organisations.registernumbers import register_key
from varn.organisations.rights import Right


def matters_numbered(actor: Actor, numbers: Iterable[str]) -> Mapping[str, Matter]:
    """By `register_key`, the matters that have one of these register numbers, however written; none without the right."""
    keys = {register_key(number) for number in numbers} - {""}
    return {matter.register_key: matter for matter in _matters(actor).filter(register_key__in=keys)}


def matters_of(actor: Actor, ids: Iterable[UUID]) -> Mapping[UUID, Matter]:
    """By id; those that do not exist, or are not for this actor, are left out."""
    return _matters(actor).in_bulk(list(ids))


def _matters(actor: Actor) -> QuerySet[Matter]:
    return Matter.objects.all() if actor.may(Right.MATTER_READ) else Matter.objects.none()

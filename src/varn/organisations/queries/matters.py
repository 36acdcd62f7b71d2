"""Reads: matters, whichever room asks."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from varn.organisations.models import Matter
from varn.organisations.registernumbers import register_key


def matters_numbered(numbers: Iterable[str]) -> Mapping[str, Matter]:
    """By `register_key`, the matters that have one of these register numbers, however written."""
    keys = {register_key(number) for number in numbers} - {""}
    return {matter.register_key: matter for matter in Matter.objects.filter(register_key__in=keys)}


def matters_of(ids: Iterable[UUID]) -> Mapping[UUID, Matter]:
    """By id; those that do not exist are left out."""
    return Matter.objects.in_bulk(list(ids))

"""Reads: matters, whichever room asks."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from varn.organisations.models import Matter


def matters_numbered(numbers: Iterable[str]) -> Mapping[str, Matter]:
    """By register number, the matters that have one of these."""
    wanted = {number for number in numbers if number}
    return {matter.register_number: matter for matter in Matter.objects.filter(register_number__in=wanted)}


def matters_of(ids: Iterable[UUID]) -> Mapping[UUID, Matter]:
    """By id; those that do not exist are left out."""
    return Matter.objects.in_bulk(list(ids))

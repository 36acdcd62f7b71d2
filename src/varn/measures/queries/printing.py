"""Reads of printed plans."""

from uuid import UUID

from varn.organisations.rights import Member, Right
from varn.printing.models import Printing
from varn.printing.queries import printing_for

PLAN = "plan"


def plan_for(actor: Member, pk: UUID) -> Printing:
    return printing_for(actor, pk, PLAN, Right.MEASURE_READ)

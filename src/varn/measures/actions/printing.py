"""Asking for the plan on paper; the room `printing` makes it."""

from uuid import UUID

from procrastinate.contrib.django import app

from varn.audit.act import again
from varn.audit.actions import action
from varn.measures.queries.lists import Wanted
from varn.measures.queries.printing import PLAN
from varn.organisations.rights import Member, Right
from varn.printing.models import Printing

MAKE = "varn.measures.jobs.make_plan"


@action("measure.print", right=Right.MEASURE_READ)
def ask_printing(actor: Member, *, row_id: UUID, wanted: Wanted, is_english: bool) -> Printing:
    """A form sent twice has the same `row_id` and gives the same file. The job begins when this is committed."""
    there = Printing.objects.defer("pdf").filter(pk=row_id).first()
    if there is not None:
        return again(there)
    printing = Printing.objects.create(
        id=row_id, kind=PLAN, person_id=actor.person_id, wanted=wanted.stored(), is_english=is_english
    )
    app.configure_task(MAKE).defer(organisation_id=str(actor.organisation_id), printing_id=str(printing.pk))
    return printing

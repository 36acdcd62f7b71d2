"""Acts on a printed plan: asked for, begun, finished, gone after a day. The page itself is set by the job."""

from datetime import datetime, timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.measures.models import Printing
from varn.measures.queries.lists import Wanted
from varn.organisations.rights import Job, Member, Right

MAKE = "varn.measures.jobs.make_printing"
KEPT = timedelta(days=1)


@action("printing.ask", right=Right.MEASURE_READ)
def ask_printing(actor: Member, *, row_id: UUID, wanted: Wanted, is_english: bool) -> Printing:
    """A form sent twice has the same `row_id` and gives the same file. The job begins when this is committed."""
    there = Printing.objects.filter(pk=row_id).first()
    if there is not None:
        return again(there)
    printing = Printing.objects.create(id=row_id, person_id=actor.person_id, wanted=wanted.stored(), is_english=is_english)
    app.configure_task(MAKE).defer(organisation_id=str(actor.organisation_id), printing_id=str(printing.pk))
    return printing


@action("printing.begin", right=None)
def begin_printing(actor: Job, printing_id: UUID, *, n_rows: int) -> Printing:
    printing = Printing.objects.get(pk=printing_id)
    printing.state, printing.n_rows = Printing.State.WORKING, n_rows
    printing.save(update_fields=["state", "n_rows"])
    note(n_rows=n_rows)
    return printing


@action("printing.finish", right=None)
def finish_printing(actor: Job, printing_id: UUID, *, pdf: bytes | None) -> Printing:
    """None for a file that could not be made."""
    printing = Printing.objects.get(pk=printing_id)
    printing.state, printing.pdf = (Printing.State.READY if pdf else Printing.State.FAILED), pdf
    printing.save(update_fields=["state", "pdf"])
    note(made=pdf is not None)
    return printing


@action("printing.drop", right=None)
def drop_printings(actor: Job, *, now: datetime) -> int:
    n_removed, _ = Printing.objects.filter(asked_at__lt=now - KEPT).delete()
    note(n_removed=n_removed)
    return n_removed

"""Acts of the job: a file is begun, finished, gone after a day. Each room has its own act that asks for one."""

from datetime import datetime, timedelta
from uuid import UUID

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.rights import Job
from varn.printing.models import UNMADE, Printing

KEPT = timedelta(days=1)


@action("printing.begin", right=None)
def begin_printing(actor: Job, printing_id: UUID, *, n_rows: int) -> Printing:
    printing = Printing.objects.select_for_update(of=("self",)).get(pk=printing_id)
    if printing.state not in UNMADE:
        return again(printing)
    printing.state, printing.n_rows = Printing.State.WORKING, n_rows
    printing.save(update_fields=["state", "n_rows"])
    note(n_rows=n_rows)
    return printing


@action("printing.finish", right=None)
def finish_printing(actor: Job, printing_id: UUID, *, pdf: bytes | None) -> Printing:
    """None for a file that could not be made. One that was taken back meanwhile (its answers were cleared) stays so."""
    printing = Printing.objects.select_for_update(of=("self",)).get(pk=printing_id)
    if printing.state not in UNMADE:
        return again(printing)
    printing.state, printing.pdf = (Printing.State.READY if pdf else Printing.State.FAILED), pdf
    printing.save(update_fields=["state", "pdf"])
    note(made=pdf is not None)
    return printing


@action("printing.drop", right=None)
def drop_printings(actor: Job, *, now: datetime) -> int:
    n_removed, _ = Printing.objects.filter(asked_at__lt=now - KEPT).delete()
    note(n_removed=n_removed)
    return n_removed

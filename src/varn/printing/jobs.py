"""Background work: how any room's file is made, and that it goes after a day. Arguments are ids only."""

import logging
from collections.abc import Callable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django import app

from varn.organisations.jobs import for_each_organisation
from varn.organisations.rights import Job, Member
from varn.printing import actions
from varn.printing.filling import Filled
from varn.printing.models import Printing
from varn.printing.queries import reader_of, waiting
from varn.tenancy.within import within
from varn.ui.paper import pdf_of

logger = logging.getLogger("varn.printing")
Fill = Callable[[Printing, Member], Filled | None]


def make(organisation_id: str, printing_id: str, fill: Fill) -> None:
    """Called by a room's own task. `fill` reads as whoever asked, in the language they asked in, and gives None where there is
    nothing to print any more. What was begun by a worker that died is begun again. A template's fault is logged and said on
    the page."""
    job, pk = Job(UUID(organisation_id)), UUID(printing_id)
    with within(job.organisation_id):
        row = waiting(job, pk)
        if row is None:
            return
        with override(row.language):
            filled = fill(row, reader_of(row, today=timezone.localdate()))
    if filled is not None:
        actions.begin_printing(job, pk, n_rows=filled.n_rows)
    actions.finish_printing(job, pk, pdf=_pdf(pk, filled) if filled else None)


def _pdf(pk: UUID, filled: Filled) -> bytes | None:
    try:
        return pdf_of(filled.template, filled.content)
    except Exception:
        logger.exception("printing %s", pk)
        return None


@app.periodic(cron="40 3 * * *")
@app.task(name="varn.printing.jobs.drop_printings", pass_context=False)
def drop_printings(timestamp: int) -> None:
    """Every night: a file stays a day."""
    for_each_organisation(lambda it: actions.drop_printings(Job(it.pk), now=timezone.now()), code="printings")

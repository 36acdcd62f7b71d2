"""Background work of the room: the daily mail, and plans that are printed. Arguments are ids only."""

import logging
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django import app

from varn.measures.actions import printing, reminders
from varn.measures.forms.paper import TEMPLATE, content_of
from varn.measures.queries.lists import Wanted
from varn.measures.queries.printing import reader_of, waiting
from varn.measures.queries.reminding import posts
from varn.organisations.jobs import for_each_organisation
from varn.organisations.models import Organisation
from varn.organisations.rights import Job
from varn.tenancy.within import within
from varn.ui.paper import pdf_of

logger = logging.getLogger("varn.measures")


@app.periodic(cron="10 6 * * *")
@app.task(name="varn.measures.jobs.remind", queueing_lock="varn.measures.jobs.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Every morning, one organisation at a time. Run again the same day it tells nobody twice."""
    for_each_organisation(remind_people, code="remind")


def remind_people(organisation: Organisation) -> int:
    """How many got a mail. Each is an act of its own: a mail that fails is tried again by the next run, the others are told."""
    today = timezone.localdate()
    with within(organisation.pk):
        waiting_posts = posts(Job(organisation.pk), today=today)
    failed: list[OSError] = []
    for post in waiting_posts:
        try:
            reminders.remind_person(Job(organisation.pk), post, today=today)
        except OSError as error:  # the mail server: smtplib's errors and refused connections
            failed.append(error)
    if failed:
        raise failed[0]
    return len(waiting_posts)


@app.task(name=printing.MAKE)
def make_printing(organisation_id: str, printing_id: str) -> None:
    """What was begun by a worker that died is begun again. A template's fault is logged and said on the page."""
    organisation, pk = UUID(organisation_id), UUID(printing_id)
    content = _content(organisation, pk)
    if content is None:
        return
    printing.begin_printing(Job(organisation), pk, n_rows=len(content["rows"]))
    try:
        pdf: bytes | None = pdf_of(TEMPLATE, content)
    except Exception:
        logger.exception("printing %s", pk)
        pdf = None
    printing.finish_printing(Job(organisation), pk, pdf=pdf)


def _content(organisation: UUID, pk: UUID) -> dict[str, Any] | None:
    """What is to be printed; None where there is nothing to do any more."""
    today = timezone.localdate()
    with within(organisation):
        row = waiting(Job(organisation), pk)
        reader = reader_of(row, today=today) if row else None
        if row is None or reader is None:
            return None
        language = "en" if row.is_english else "sv"
        with override(language):
            whole = Organisation.objects.get(pk=organisation)
            return content_of(reader, whole, Wanted.of(row.wanted), language=language, today=today)


@app.periodic(cron="40 3 * * *")
@app.task(name="varn.measures.jobs.drop_printings", pass_context=False)
def drop_printings(timestamp: int) -> None:
    """Every night: a printed plan stays a day."""
    for_each_organisation(lambda it: printing.drop_printings(Job(it.pk), now=timezone.now()), code="printings")

"""Background work of the room: the daily mail, and plans that are printed. Arguments are ids only."""

from django.utils import timezone
from procrastinate.contrib.django import app

from varn.measures.actions import reminders
from varn.measures.actions.printing import MAKE
from varn.measures.forms.paper import TEMPLATE, content_of
from varn.measures.queries.lists import Wanted
from varn.measures.queries.reminding import posts
from varn.organisations.jobs import for_each_organisation
from varn.organisations.models import Organisation
from varn.organisations.rights import Job, Member, Right
from varn.printing.filling import Filled
from varn.printing.jobs import make
from varn.printing.models import Printing
from varn.tenancy.within import within


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


@app.task(name=MAKE)
def make_plan(organisation_id: str, printing_id: str) -> None:
    make(organisation_id, printing_id, fill=_plan)


def _plan(row: Printing, reader: Member) -> Filled | None:
    """Nothing for whoever may not see the plan any more."""
    if not reader.may(Right.MEASURE_READ):
        return None
    organisation, today = Organisation.objects.get(pk=row.organisation_id), timezone.localdate()
    content = content_of(reader, organisation, Wanted.of(row.wanted), language=row.language, today=today)
    return Filled(TEMPLATE, content, n_rows=len(content["rows"]))

"""Background work of the room: the mail to a colleague who is asked to answer, and the nightly cleaning. Arguments are ids
only."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from varn.organisations.rights import Job, Member, Right
from varn.printing.filling import Filled
from varn.printing.jobs import make
from varn.printing.models import Printing
from varn.riskguide.assessment.actions import seats
from varn.riskguide.assessment.queries.matters import assessment_for
from varn.riskguide.guest import operations
from varn.riskguide.report.actions import MAKE
from varn.riskguide.report.content import TEMPLATE, content_of
from varn.riskguide.report.queries import facts_of, obstacle


@app.task(name=seats.SEND, retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_seat(organisation_id: str, seat_id: str) -> None:
    """Tried again for about a day if the mail server does not answer."""
    seats.send_seat(Job(UUID(organisation_id)), UUID(seat_id))


@app.task(name=MAKE)
def make_report(organisation_id: str, printing_id: str) -> None:
    """The report of an assessment on paper; what was cleared meanwhile is not printed."""
    make(organisation_id, printing_id, _report)


def _report(row: Printing, reader: Member) -> Filled | None:
    if row.subject is None or not reader.may(Right.MATTER_SORT):
        return None
    found = assessment_for(reader, row.subject)
    if obstacle(found):
        return None
    facts = facts_of(reader, found, language=row.language, today=timezone.localdate())
    return Filled(TEMPLATE, content_of(facts, row.language), n_rows=len(facts.stored.joint))


@app.periodic(cron="40 3 * * *")
@app.task(name="varn.riskguide.jobs.drop_expired", pass_context=False)
def drop_expired(timestamp: int) -> None:
    """Every night: what guests saved more than 30 days ago. It opened nothing since its last day."""
    operations.drop_expired()

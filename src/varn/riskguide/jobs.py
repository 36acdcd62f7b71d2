"""Background work of the room: the mail to a colleague who is asked to answer, and the nightly cleaning. Arguments are ids
only."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from varn.organisations.rights import Job
from varn.riskguide.assessment.actions import seats
from varn.riskguide.guest import operations


@app.task(name=seats.SEND, retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_seat(organisation_id: str, seat_id: str) -> None:
    """Tried again for about a day if the mail server does not answer."""
    seats.send_seat(Job(UUID(organisation_id)), UUID(seat_id))


@app.periodic(cron="40 3 * * *")
@app.task(name="varn.riskguide.jobs.drop_expired", pass_context=False)
def drop_expired(timestamp: int) -> None:
    """Every night: what guests saved more than 30 days ago. It opened nothing since its last day."""
    operations.drop_expired(today=timezone.localdate())

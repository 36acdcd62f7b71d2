"""Background work of the room: the mail to a colleague who is asked to answer. Arguments are ids only."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from varn.organisations.rights import Job
from varn.riskguide.assessment.actions import seats


@app.task(name=seats.SEND, retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_seat(organisation_id: str, seat_id: str) -> None:
    """Tried again for about a day if the mail server does not answer."""
    seats.send_seat(Job(UUID(organisation_id)), UUID(seat_id))

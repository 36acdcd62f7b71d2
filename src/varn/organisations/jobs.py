"""Background work of the room: invitations by mail, and the daily cleaning. Arguments are ids only."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from varn.organisations.actions import cleaning, invitations
from varn.organisations.models import Organisation
from varn.organisations.rights import Job


@app.task(name=invitations.SEND, retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_invitation(organisation_id: str, invitation_id: str) -> None:
    """Tried again for about a day if the mail server does not answer."""
    invitations.send_invitation(Job(UUID(organisation_id)), UUID(invitation_id))


@app.periodic(cron="20 3 * * *")
@app.task(name="varn.organisations.jobs.drop_stale", pass_context=False)
def drop_stale(timestamp: int) -> None:
    """Every night, one organisation at a time."""
    for organisation_id in Organisation.objects.values_list("pk", flat=True):
        cleaning.drop_stale(Job(organisation_id), now=timezone.now())

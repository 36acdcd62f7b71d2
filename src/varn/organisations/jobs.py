"""Background work of the room: invitations by mail, the daily cleaning, and how any job goes through the organisations.

Arguments are ids only.
"""

import logging
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from varn.organisations.actions import cleaning, grants, invitations
from varn.organisations.confirmationmail import SUBJECT, confirmation_text
from varn.organisations.models import Organisation
from varn.organisations.queries.grants import confirmers_of, proposal_of, waiting_for
from varn.organisations.rights import Job
from varn.tenancy.within import within

logger = logging.getLogger("varn.organisations")


@app.task(name=invitations.SEND, retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def send_invitation(organisation_id: str, invitation_id: str) -> None:
    """Tried again for about a day if the mail server does not answer."""
    invitations.send_invitation(Job(UUID(organisation_id)), UUID(invitation_id))


@app.task(name=grants.TELL, retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def tell_confirmers(organisation_id: str, waiting_id: str) -> None:
    """One mail each to those who may confirm a strong role. None once somebody has, or said no."""
    organisation = Organisation.objects.get(pk=organisation_id)
    today = timezone.localdate()
    with within(organisation.pk):
        row = waiting_for(Job(organisation.pk), today=today).filter(pk=waiting_id).first()
        if row is None:
            return
        addresses = sorted({person.email for person in confirmers_of(row, today=today) if person.email})
        last_day = proposal_of(row).last_day
    with override("sv"):
        url = settings.MEMBER_URL + reverse("organisations:waiting_grant", args=[organisation.slug, waiting_id])
    text = confirmation_text(organisation=organisation.name, url=url, last_day=last_day)
    for address in addresses:
        EmailMessage(SUBJECT, text, to=[address], headers={"Auto-Submitted": "auto-generated"}).send()


@app.periodic(cron="20 3 * * *")
@app.task(name="varn.organisations.jobs.drop_stale", pass_context=False)
def drop_stale(timestamp: int) -> None:
    """Every night, one organisation at a time."""
    for_each_organisation(lambda organisation: cleaning.drop_stale(Job(organisation.pk), now=timezone.now()), code="stale")


def for_each_organisation(work: Callable[[Organisation], object], *, code: str) -> None:
    """One organisation's trouble is not another's: all get their turn, then the job fails (RuntimeError) if any did.

    `code` says in the log what was under way.
    """
    n_failed = 0
    for organisation in Organisation.objects.order_by("pk"):
        try:
            work(organisation)
        except Exception:
            logger.exception("%s %s", code, organisation.pk)
            n_failed += 1
    if n_failed:
        raise RuntimeError(f"{code}: {n_failed} organisations")

"""Every night: what has expired goes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from varn.accounts.models import Tally
from varn.accounts.sessions import SessionStore


@app.periodic(cron="17 3 * * *")
@app.task(queue="accounts")
def clear_expired(timestamp: int) -> None:
    """Sessions that have ended, and counts of attempts whose time is over."""
    SessionStore.clear_expired()
    Tally.objects.filter(ends_at__lt=timezone.now()).delete()

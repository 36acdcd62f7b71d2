"""What goes by itself: links that have expired, and imports and strong access roles that nobody confirmed."""

from datetime import datetime, timedelta

from django.utils import timezone

from varn.audit.act import note
from varn.audit.actions import action
from varn.organisations.models import CapabilityLink, PeopleImport, WaitingGrant
from varn.organisations.rights import Job
from varn.organisations.twopersons import DAYS

UNCONFIRMED_DAYS = 7


@action("stale.drop", right=None)
def drop_stale(actor: Job, *, now: datetime) -> int:
    """How many rows went. An expired link and one that never was give the same page, so nothing is missed."""
    n_links, _ = CapabilityLink.objects.filter(expires_at__lt=now).delete()
    since = timezone.localdate(now) - timedelta(days=UNCONFIRMED_DAYS)
    n_imports, _ = PeopleImport.objects.filter(started_on__lt=since).delete()
    overdue = timezone.localdate(now) - timedelta(days=DAYS)
    n_waiting, _ = WaitingGrant.objects.filter(proposed_on__lt=overdue).delete()
    note(n_links=n_links, n_imports=n_imports, n_waiting=n_waiting)
    return n_links + n_imports + n_waiting

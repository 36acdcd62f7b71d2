"""What keeps the chain: links for new entries, a head at the end of each day.

Called by the jobs of `varn.web`, which know the organisations and their auditors. The links are made afterwards and
by one at a time, so that no write waits for another's.
"""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import blake2b
from uuid import UUID

from django.db import connection

from varn.audit.act import unnoted
from varn.audit.chain import START, canonical, hash_after
from varn.audit.models import Head, Link
from varn.audit.queries import last_head, last_link, made_at, noted, unlinked
from varn.tenancy.within import within

logger = logging.getLogger("varn.audit")

BATCH = 5_000
# An entry shows when its transaction commits, with the time at which it was made. The nightly head looks at all of them.
LATE = timedelta(hours=1)


def chain_entries(organisation: UUID, *, thoroughly: bool = False) -> int:
    """Links the entries that have no link yet, oldest first; how many. `thoroughly`: also those that came over an hour late."""
    n_linked = 0
    while True:
        with within(organisation), unnoted(organisation):
            n_now = _link_batch(organisation, thoroughly=thoroughly)
        n_linked += n_now
        if n_now < BATCH:
            return n_linked


def close_day(organisation: UUID, day: date, *, tell: Callable[[Head], object]) -> Head | None:
    """The chain's head for a day that is over; None where it has one already or nothing has happened since the last.

    `tell` (the auditors) is called before the head is stored for good: if it fails, the next run tells again.
    """
    chain_entries(organisation, thoroughly=True)
    with within(organisation), unnoted(organisation):
        _one_at_a_time(organisation)
        link, before = last_link(), last_head()
        if link is None or (before is not None and (before.day >= day or before.position >= link.position)):
            return None
        head = Head.objects.create(day=day, position=link.position, hash=link.hash)
        tell(head)
    logger.info("head %s %s %s %s", organisation, day, head.position, bytes(head.hash).hex())
    return head


def _link_batch(organisation: UUID, *, thoroughly: bool) -> int:
    _one_at_a_time(organisation)
    last = last_link()
    position, before = (last.position, bytes(last.hash)) if last else (0, START)
    made = None if thoroughly or last is None else made_at(last)
    entries = unlinked(since=made - LATE if made else None)
    links = []
    for entry in entries.order_by("at", "id")[:BATCH]:
        position += 1
        before = hash_after(before, canonical(noted(entry)))
        links.append(Link(entry_id=entry.pk, position=position, hash=before))
    Link.objects.bulk_create(links)
    return len(links)


def _one_at_a_time(organisation: UUID) -> None:
    """Waits for whoever else makes links of this organisation; the lock goes with the transaction."""
    key = int.from_bytes(blake2b(organisation.bytes, key=b"varn.audit.chain", digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])

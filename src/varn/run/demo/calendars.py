"""The demo's calendar links: each shows its holder's own measure, and nobody else's."""

import secrets
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from varn.measures.actions.feeds import create_feed, revoke_feed
from varn.measures.models import Measure
from varn.organisations.models import Person
from varn.organisations.rights import Member, Right
from varn.run.demo.objects import Readers, mark, page_object


def own_measure(readers: Readers, holder: Person, *, today: date) -> dict[str, Any]:
    """A measure that its holder and those who see the whole plan may read."""
    word, own = mark(), [holder.email]
    row = Measure.objects.create(what=f"Läs om larmet {word}", person=holder, due_on=today + timedelta(days=20))
    read = sorted({*readers.with_right(Right.MEASURE_READ), *own})
    write = sorted({*readers.with_right(Right.MEASURE_PLAN), *own})
    return page_object(readers, "own measure", "measures:measure", word, read, write, pk=row.pk)


def calendar_links(holder: Member, word: str) -> Iterator[dict[str, Any]]:
    """The holder's link and the one it took the place of."""
    for state in ("revoked", "live"):
        token = secrets.token_urlsafe(24)
        if state == "live":
            revoke_feed(holder)
        create_feed(holder, token=token, is_english=False)
        yield {"kind": "calendar", "state": state, "url": "member:" + reverse("measure_feed", args=[token]), "mark": word}

"""Reads of the trail: what an auditor sees, and whether the chain is whole. Nothing here writes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from json import loads
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from varn.audit.act import Actor
from varn.audit.chain import Break, Broken, Linked, Noted, Told, Walk, from_texts, is_moved
from varn.audit.models import Entry, Head, Link
from varn.tenancy.within import current_organisation

READ = "trail:read"  # organisations.rights.Right, which lies above
GRACE = timedelta(minutes=10)  # the job links each minute


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the trail to show. Days are local, both included; `actors` and `code` as they are stored."""

    code: str = ""
    actor_kind: str = ""
    actors: Sequence[UUID] | None = None
    target: UUID | None = None  # a row
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How the chain stands: whole up to `position`, checked from `checked_from`, or broken."""

    position: int
    checked_from: int
    n_waiting: int
    broken: Broken | None


def entries_for(actor: Actor, choice: Choice | None = None) -> QuerySet[Entry]:
    """Entries the actor may read, newest first; none without the right."""
    if not actor.may(READ):
        return Entry.objects.none()
    return Entry.objects.filter(_matches(choice or Choice())).order_by("-at", "-id")


def entry_for(actor: Actor, pk: UUID) -> Entry:
    return get_object_or_404(entries_for(actor), pk=pk)


def older_than(entries: QuerySet[Entry], at: datetime, pk: UUID) -> QuerySet[Entry]:
    """The page after this entry: by what was shown last, so that new entries move nothing."""
    return entries.filter(Q(at__lte=at) & (Q(at__lt=at) | Q(pk__lt=pk)))


def link_of(entry: Entry) -> Link | None:
    return Link.objects.filter(entry_id=entry.pk).first()


def heads_for(actor: Actor) -> QuerySet[Head]:
    """The chain's head at the end of each day, the latest first; none without the right."""
    return Head.objects.order_by("-day") if actor.may(READ) else Head.objects.none()


def last_head() -> Head | None:
    return Head.objects.order_by("-day").first()


def last_link() -> Link | None:
    return Link.objects.order_by("-position").first()


def made_at(link: Link) -> datetime | None:
    return Entry.objects.filter(pk=link.entry_id).values_list("at", flat=True).first()


def unlinked(*, since: datetime | None = None, until: datetime | None = None) -> QuerySet[Entry]:
    """Entries without a link, made between two times."""
    entries = Entry.objects.filter(~Exists(Link.objects.filter(entry_id=OuterRef("pk"))))
    if since is not None:
        entries = entries.filter(at__gte=since)
    return entries.filter(at__lt=until) if until is not None else entries


def noted(entry: Entry) -> Noted:
    return Noted(
        entry.pk,
        entry.organisation_id,
        entry.at,
        entry.actor_kind,
        entry.actor_id,
        entry.code,
        entry.target_kind,
        entry.target_id,
        entry.detail,
    )


def verify(*, now: datetime, told: Iterable[Told] = ()) -> Broken | None:
    """The first break in the whole chain of the organisation that this transaction is within; None where it is whole.

    Checked against the heads in the database and against what else was `told`.
    """
    walk = Walk(told=(*_told_heads(), *told))
    return _explained(walk) or _left_out(walk.position, until=now - GRACE)


def state(*, now: datetime, n_links: int) -> State:
    """The same for the chain's last `n_links` links only, so that a page with a long trail stays quick."""
    last = last_link()
    start = max(0, (last.position if last else 0) - n_links)
    anchor = Link.objects.filter(position=start).first() if start else None
    start = anchor.position if anchor else 0
    told = [told for told in _told_heads() if told.position > start]
    walk = Walk(told=told, position=start, hash=bytes(anchor.hash)) if anchor else Walk(told=told)
    since = now - timedelta(hours=1)
    broken = walk.over(_links(start)) or _left_out(walk.position, since=since, until=now - GRACE)
    return State(walk.position, start + 1, unlinked(since=since).count(), broken)


def _told_heads() -> list[Told]:
    return [Told(head.position, bytes(head.hash), head.day) for head in Head.objects.all()]


def _explained(walk: Walk) -> Broken | None:
    """Walks the whole chain; tells an entry that was moved from one that was changed."""
    broken = walk.over(_links(0))
    if broken is None or broken.kind is not Break.ENTRY_CHANGED:
        return broken
    link = Link.objects.filter(position=broken.position).first()
    elsewhere = (other.content for other in _links(0) if other.content)
    if link is not None and is_moved(walk.hash, bytes(link.hash), elsewhere):
        return replace(broken, kind=Break.REORDERED)
    return broken


def _left_out(position: int, *, since: datetime | None = None, until: datetime) -> Broken | None:
    entry = unlinked(since=since, until=until).order_by("at", "id").first()
    return Broken(Break.UNLINKED, position + 1, entry.at.isoformat()) if entry else None


# Plain SQL through a server-side cursor, and texts as they are hashed: a million links in half a minute and little memory.
_CHAIN = """
SELECT link.position, link.hash, entry.id::text, entry.organisation_id::text,
       to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'), entry.actor_kind,
       coalesce(entry.actor_id::text, ''), entry.code, entry.target_kind, coalesce(entry.target_id::text, ''), entry.detail::text
  FROM audit_link link
  LEFT JOIN audit_entry entry ON entry.organisation_id = link.organisation_id AND entry.id = link.entry_id
 WHERE link.organisation_id = %s AND link.position > %s
 ORDER BY link.position
"""


def _links(after: int) -> Iterator[Linked]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CHAIN, [current_organisation(), after])
        while rows := cursor.fetchmany(5_000):
            yield from map(_linked, rows)


def _linked(row: tuple[Any, ...]) -> Linked:
    position, link_hash, pk, organisation, at, *rest, detail = row
    if pk is None:
        return Linked(position, bytes(link_hash), None)
    return Linked(position, bytes(link_hash), from_texts([pk, organisation, at, *rest], loads(detail)), at)


def _matches(choice: Choice) -> Q:
    exact = {"code": choice.code, "actor_kind": choice.actor_kind, "target_id": choice.target}
    found = Q(**{name: value for name, value in exact.items() if value})
    if choice.actors is not None:
        found &= Q(actor_id__in=choice.actors)
    if choice.first_day:
        found &= Q(at__gte=_midnight(choice.first_day))
    if choice.last_day and choice.last_day < date.max:
        found &= Q(at__lt=_midnight(choice.last_day + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

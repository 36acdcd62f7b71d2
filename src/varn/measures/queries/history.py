"""What has happened to a measure, from the trail: whoever sees the measure may see who did what to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from varn.audit.models import Entry
from varn.measures.models import Measure
from varn.organisations.models import Person
from varn.organisations.queries.people import is_hidden_from
from varn.organisations.rights import Member

MOST = 100


@dataclass(frozen=True, slots=True)
class Happening:
    """`who` is empty for Värn itself and for somebody no longer here; `is_hidden` for a protected person."""

    day: date
    code: str
    state: str = ""
    who: str = ""
    is_hidden: bool = False


def history_of(actor: Member, measure: Measure) -> list[Happening]:
    """The latest first. A measure that was planned with others begins with the day in its own row."""
    entries = list(
        Entry.objects.filter(target_kind=measure._meta.label_lower, target_id=measure.pk).order_by("-at", "-id")[:MOST]
    )
    people = Person.objects.in_bulk({pk for pk in (*(it.actor_id for it in entries), measure.created_by_id) if pk})
    return list(_happenings(actor, measure, entries, people))


def _happenings(actor: Member, measure: Measure, entries: list[Entry], people: dict[object, Person]) -> Iterator[Happening]:
    for entry in entries:
        who = people.get(entry.actor_id)
        yield _said(actor, timezone.localdate(entry.at), entry.code, str(entry.detail.get("state", "")), who)
    if not any(entry.code == "measure.create" for entry in entries):
        yield _said(actor, measure.created_on, "measure.plan", "", people.get(measure.created_by_id))


def _said(actor: Member, day: date, code: str, state: str, who: Person | None) -> Happening:
    is_hidden = who is not None and is_hidden_from(actor, who)
    return Happening(day, code, state, "" if who is None or is_hidden else str(who), is_hidden)

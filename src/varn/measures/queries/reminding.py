"""Who is to be told of what today: what is near, what is no longer theirs, and what nobody answers for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from varn.audit.act import Actor
from varn.measures.duties import duty_name
from varn.measures.models import Measure, Reminder
from varn.measures.plans import OPEN
from varn.measures.queries import IN_TIME
from varn.measures.queries.owners import Owner, gone_among, known_of_plan, owners_of
from varn.measures.reminding import AHEAD, Told, is_near, is_worth_telling
from varn.organisations.models import AccessGrant, Person
from varn.organisations.queries import on
from varn.organisations.rights import RIGHTS, Right, Role

PLANNERS = tuple(role for role in Role if Right.MEASURE_PLAN in RIGHTS[role])


@dataclass
class Post:
    """What there is for one person. `is_new`: something in it is worth a mail today."""

    person: Person
    near: list[Measure] = field(default_factory=list)
    ownerless: list[Measure] = field(default_factory=list)
    ended: list[Reminder] = field(default_factory=list)
    is_new: bool = False


def posts(actor: Actor, *, today: date) -> list[Post]:
    """One for each person with an address and something to be told, in a steady order; for whoever reminds the others."""
    if not actor.may(Right.MEASURE_PLAN):
        return []
    told = {(row.measure_id, row.person_id): row for row in Reminder.objects.all()}
    by_person: dict[UUID, Post] = {}
    unreached = []
    for measure, owner in _near(today):
        for person in owner.reached:
            _add(by_person, person, measure, told, today)
        if not owner.reached:
            unreached.append(measure)
    _add_ownerless(by_person, [*unreached, *_left_behind(today)], told, today)
    _add_ended(by_person, today)
    return sorted(
        (post for post in by_person.values() if post.is_new and post.person.email), key=lambda post: str(post.person.pk)
    )


Reminded = Mapping[tuple[UUID, UUID], Reminder]


def _near(today: date) -> list[tuple[Measure, Owner]]:
    near = Measure.objects.filter(state__in=OPEN, elsewhere="", due_on__lte=today + AHEAD)
    rows = list(near.select_related("person").order_by(*IN_TIME))
    owners = owners_of(rows, today=today)
    return [(row, owners[row.pk]) for row in rows]


def _left_behind(today: date) -> list[Measure]:
    """What those who have left answer for, and that is not near already."""
    later = Q(due_on__isnull=True) | Q(due_on__gt=today + AHEAD)
    gone = known_of_plan(Measure.objects.all(), today=today).gone
    theirs = Measure.objects.filter(later, state__in=OPEN, elsewhere="", person_id__in=gone)
    return list(theirs.order_by(*IN_TIME))


def _add(by_person: dict[UUID, Post], person: Person, measure: Measure, told: Reminded, today: date) -> None:
    post = by_person.setdefault(person.pk, Post(person))
    post.near.append(measure)
    row = told.get((measure.pk, person.pk))
    before = Told(row.told_on, row.due_on) if row else None
    if measure.due_on is not None and is_worth_telling(measure.due_on, before, today=today):
        post.is_new = True


def _add_ownerless(by_person: dict[UUID, Post], rows: list[Measure], told: Reminded, today: date) -> None:
    """Once to each of those who plan."""
    for person in _planners(today=today) if rows else ():
        untold = [row for row in rows if (row.pk, person.pk) not in told]
        if untold:
            post = by_person.setdefault(person.pk, Post(person))
            post.ownerless += untold
            post.is_new = True


def _planners(*, today: date) -> list[Person]:
    grants = AccessGrant.objects.filter(on(today), role__in=PLANNERS).select_related("person").order_by("person_id")
    people = {grant.person_id: grant.person for grant in grants}
    gone = gone_among(people.values(), today=today)
    return [person for pk, person in people.items() if pk not in gone]


def _add_ended(by_person: dict[UUID, Post], today: date) -> None:
    """What stands in somebody's calendar and no longer is theirs to do, or is put off. Who has left gets no more mail."""
    rows = list(Reminder.objects.filter(due_on__isnull=False).select_related("person", "measure__person"))
    gone = gone_among((row.person for row in rows), today=today)
    owners = owners_of([row.measure for row in rows], today=today)
    for row in rows:
        if row.person_id in gone:
            continue
        post = by_person.setdefault(row.person_id, Post(row.person))
        if not _is_theirs(row, owners[row.measure_id]):
            post.ended.append(row)
            post.is_new = True
        elif row.measure.due_on != row.due_on and not is_near(row.measure.due_on, today=today):
            post.near.append(row.measure)
            post.is_new = True


def _is_theirs(row: Reminder, owner: Owner) -> bool:
    measure = row.measure
    is_open = measure.state in OPEN and not measure.elsewhere and measure.due_on is not None
    return is_open and row.person_id in {person.pk for person in owner.reached}


def role_of(measure: Measure, language: str) -> str:
    """What the measure's duty role is called; "" where a person has it."""
    name = duty_name(measure.duty_role) if measure.duty_role else None
    return name.in_language(language) if name else measure.duty_role

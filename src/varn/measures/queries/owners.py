"""Who answers for measures today: a person, those who hold a role, or nobody any more."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from varn.audit.act import Actor
from varn.measures.duties import HELD_BY, SHARED
from varn.measures.models import Measure
from varn.organisations.models import AccessGrant, Mandate, Party, Person
from varn.organisations.queries import on
from varn.organisations.queries.people import BY_NAME, candidates, former_on
from varn.organisations.rights import DERIVED, Right, Role
from varn.organisations.terms import MandateRole

FEW = 600  # people whom a list to choose from may hold


@dataclass(frozen=True, slots=True)
class Owner:
    """`people` answer for it today. None of them: it has no owner, or `has_left` says that its owner is gone."""

    people: tuple[Person, ...] = ()
    duty_role: str = ""
    has_left: bool = False

    @property
    def is_missing(self) -> bool:
        return not self.people

    @property
    def reached(self) -> tuple[Person, ...]:
        """Whom a reminder goes to: of those who share a role by election, only a sole one."""
        return self.people if self.duty_role not in SHARED or len(self.people) == 1 else ()


@dataclass(frozen=True, slots=True)
class Known:
    """Of those who answer for some measures: who they are, who has left, and who holds each duty role today."""

    people: tuple[Person, ...]
    gone: frozenset[UUID]
    held: Mapping[str, tuple[Person, ...]]  # every role that was asked for

    @property
    def unheld(self) -> list[str]:
        return [duty for duty, people in self.held.items() if not people]


def _known_of(people: Iterable[Person], duties: Collection[str], *, today: date) -> Known:
    """At most six questions, however many they are."""
    named = tuple(people)
    by_role = _by_role({HELD_BY[duty] for duty in duties if duty in HELD_BY}, today)
    gone = gone_among([*named, *(one for holding in by_role.values() for one in holding)], today=today)
    held = {duty: _still(by_role.get(HELD_BY[duty], ()), gone) if duty in HELD_BY else () for duty in duties}
    return Known(named, gone, held)


def holders(actor: Actor, duties: Collection[str], *, today: date) -> Mapping[str, tuple[Person, ...]]:
    """By duty role, those who hold it today, by name; none where nobody does or Värn does not know, or without the right."""
    if not actor.may(Right.MEASURE_PLAN):
        return dict.fromkeys(duties, ())
    return _known_of((), duties, today=today).held


def _still(people: Iterable[Person], gone: Collection[UUID]) -> tuple[Person, ...]:
    return tuple(sorted({person for person in people if person.pk not in gone}, key=str))


def known_of_plan(measures: QuerySet[Measure], *, today: date) -> Known:
    """Of the plan that somebody may see: asked once for a page's list, filter and count. People by name."""
    pairs = list(measures.order_by().values_list("person_id", "duty_role").distinct())
    # by their ids: joined with the measures, PostgreSQL would read everybody in the organisation
    named = Person.objects.filter(pk__in={pk for pk, _ in pairs if pk}).order_by(*BY_NAME)
    return _known_of(named, sorted({duty for _, duty in pairs if duty}), today=today)


def owners_of(measures: Iterable[Measure], *, today: date, known: Known | None = None) -> Mapping[UUID, Owner]:
    """By measure; each has its `person` loaded."""
    rows = list(measures)
    people = {row.person for row in rows if row.person}
    now = known or _known_of(people, {row.duty_role for row in rows if row.duty_role}, today=today)
    return {row.pk: _owner(row, now.gone, now.held) for row in rows}


def _owner(row: Measure, gone: Collection[UUID], held: Mapping[str, tuple[Person, ...]]) -> Owner:
    if row.person is not None:
        has_left = row.person_id in gone
        return Owner(() if has_left else (row.person,), has_left=has_left)
    return Owner(held.get(row.duty_role, ()), row.duty_role)


def gone_among(people: Iterable[Person], *, today: date) -> frozenset[UUID]:
    """Those of them who have left the organisation: as `former_on`, asked only of those with something that has ended."""
    last_days = {person.pk: person.ends_on for person in people}
    gone = {pk for pk, day in last_days.items() if day is not None and day < today}
    ended: set[UUID] = set()
    for kind in (Mandate, AccessGrant) if last_days else ():
        over = kind.objects.filter(person_id__in=last_days.keys(), ends_on__lt=today)
        ended.update(over.values_list("person_id", flat=True))
    if ended - gone:
        gone.update(Person.objects.filter(former_on(today), pk__in=ended).values_list("pk", flat=True))
    return frozenset(gone)


def _by_role(roles: Collection[Role], today: date) -> Mapping[Role, list[Person]]:
    found: dict[Role, list[Person]] = defaultdict(list)
    if granted := set(roles) - DERIVED:
        for grant in AccessGrant.objects.filter(on(today), role__in=granted).select_related("person"):
            found[Role(grant.role)].append(grant.person)
    if Role.CHAIR in roles:
        seats = Mandate.objects.filter(on(today), role=MandateRole.CHAIR).select_related("person")
        found[Role.CHAIR] += [seat.person for seat in seats]
    if Role.GROUP_LEADER in roles:
        parties = Party.objects.filter(group_leader__isnull=False).select_related("group_leader")
        found[Role.GROUP_LEADER] += [party.group_leader for party in parties if party.group_leader]
    return found


def choosable(actor: Actor, *, today: date, named: Collection[UUID] = ()) -> QuerySet[Person]:
    """Whom a measure may be given to: everybody here, or in a large organisation those with an office or none at all."""
    if not actor.may(Right.MEASURE_PLAN):
        return Person.objects.none()
    here = Person.objects.exclude(former_on(today))
    if here[: FEW + 1].count() > FEW:
        return candidates(actor, today=today, named=list(named))
    return (here | Person.objects.filter(pk__in=named)).order_by(*BY_NAME)

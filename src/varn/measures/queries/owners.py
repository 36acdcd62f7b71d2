"""Who answers for measures today: a person, those who hold a role, or nobody any more."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from varn.measures.duties import HELD_BY, SHARED
from varn.measures.models import Measure
from varn.measures.plans import OPEN
from varn.organisations.models import AccessGrant, Mandate, Party, Person
from varn.organisations.queries import on
from varn.organisations.queries.people import BY_NAME, candidates, former_on
from varn.organisations.rights import DERIVED, Role
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


def owners_of(measures: Iterable[Measure], *, today: date) -> Mapping[UUID, Owner]:
    """By measure. At most five questions, however many measures; each has its `person` loaded."""
    rows = list(measures)
    gone = gone_among({row.person_id for row in rows if row.person_id}, today=today)
    held = holders({row.duty_role for row in rows if row.duty_role}, today=today)
    return {row.pk: _owner(row, gone, held) for row in rows}


def _owner(row: Measure, gone: Collection[UUID], held: Mapping[str, tuple[Person, ...]]) -> Owner:
    if row.person is not None:
        has_left = row.person_id in gone
        return Owner(() if has_left else (row.person,), has_left=has_left)
    return Owner(held.get(row.duty_role, ()), row.duty_role)


def gone_among(ids: Collection[UUID], *, today: date) -> frozenset[UUID]:
    """Those of them who have left the organisation."""
    if not ids:
        return frozenset()
    return frozenset(Person.objects.filter(former_on(today), pk__in=ids).values_list("pk", flat=True))


def holders(duties: Collection[str], *, today: date) -> Mapping[str, tuple[Person, ...]]:
    """By duty role, those who hold it today, by name."""
    wanted = {duty: HELD_BY[duty] for duty in duties if duty in HELD_BY}
    by_role = _by_role(frozenset(wanted.values()), today)
    gone = gone_among({person.pk for people in by_role.values() for person in people}, today=today)
    return {
        duty: tuple(sorted((one for one in set(by_role[role]) if one.pk not in gone), key=str)) for duty, role in wanted.items()
    }


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


def gone_owners(*, today: date) -> frozenset[UUID]:
    """People who have left and still stand as responsible for something open."""
    theirs = Measure.objects.filter(person=OuterRef("pk"), state__in=OPEN)
    return frozenset(Person.objects.filter(former_on(today)).filter(Exists(theirs)).values_list("pk", flat=True))


def unheld_duties(*, today: date) -> frozenset[str]:
    """Duty roles that something open rests on and that nobody in Värn holds."""
    used = frozenset(Measure.objects.filter(state__in=OPEN).exclude(duty_role="").values_list("duty_role", flat=True).distinct())
    held = holders(used, today=today)
    return frozenset(duty for duty in used if not held.get(duty))


def choosable(*, today: date, named: Collection[UUID] = ()) -> QuerySet[Person]:
    """Whom a measure may be given to: everybody here, or in a large organisation those with an office or none at all."""
    here = Person.objects.exclude(former_on(today))
    if here[: FEW + 1].count() > FEW:
        return candidates(today=today, named=list(named))
    return (here | Person.objects.filter(pk__in=named)).order_by(*BY_NAME)


def responsible() -> QuerySet[Person]:
    """Those whom some measure names, by name."""
    return Person.objects.filter(Exists(Measure.objects.filter(person=OuterRef("pk")))).order_by(*BY_NAME)


def used_duties() -> list[str]:
    return sorted(Measure.objects.exclude(duty_role="").values_list("duty_role", flat=True).distinct())

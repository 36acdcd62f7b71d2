"""Reads across rooms: what is mine today, and what a search finds. Each part asks for its own right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from varn.audit.models import Head
from varn.audit.queries import heads_for
from varn.measures.models import Measure
from varn.measures.queries import measures_for, near_own
from varn.measures.queries.lists import ALL, Wanted, narrowed
from varn.organisations.dutyhours import on_duty
from varn.organisations.forms.names import name_for
from varn.organisations.models import Body, ContactWay, DutyTurn, Mandate, Party, Person
from varn.organisations.queries import on
from varn.organisations.queries.bodies import bodies_for
from varn.organisations.queries.contacts import as_turn, gone_among, turns_from
from varn.organisations.queries.people import PeopleFilter, filtered, myself, people_for
from varn.organisations.rights import Member, Right
from varn.riskguide.models import Agenda, Screening
from varn.riskguide.outcome import Counts, counted, result_of
from varn.riskguide.queries import FoundMatter, agendas_for, counts_of, high_of, matters_found

SOON = timedelta(days=60)
A_FORTNIGHT = timedelta(days=14)
A_YEAR = timedelta(days=365)
MOST = 6  # rows of a kind on a start page


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting to come and how far its agenda is sorted."""

    agenda: Agenda
    counts: Counts


def coming_agendas(actor: Member, *, today: date) -> list[Coming]:
    """The next meetings' agendas, the nearest first."""
    agendas = list(agendas_for(actor).filter(meets_on__gte=today).order_by("meets_on", "pk")[:MOST])
    counts = counts_of(agendas)
    return [Coming(agenda, counts.get(agenda.pk, Counts())) for agenda in agendas]


def high_matters(coming: Sequence[Coming]) -> Sequence[Screening]:
    """The high ones among what the actor sees of the coming meetings, the nearest first."""
    agendas = [one.agenda for one in coming if one.counts.high]
    return high_of(agendas)[:MOST] if agendas else ()


def own_turns(actor: Member, *, today: date) -> Sequence[DutyTurn]:
    """The actor's own turns and those they stand in for, today's and the next."""
    mine = Q(person_id=actor.person_id) | Q(deputy_id=actor.person_id)
    return list(turns_from(actor, today).filter(mine).order_by("starts_on")[:3])


def own_measures_near(actor: Member, *, today: date) -> Sequence[Measure]:
    """What the actor has promised to do within a fortnight, or should have done."""
    return list(near_own(actor, today + A_FORTNIGHT)[:MOST])


@dataclass(frozen=True, slots=True)
class DutyToday:
    """Who holds a contact way's duty today; `name` is empty when nobody does."""

    way: ContactWay
    name: str


def duty_today(actor: Member, *, today: date) -> Sequence[DutyToday]:
    """Each way that has a duty list, for those who keep it."""
    if not actor.may(Right.CONTACT_MANAGE):
        return ()
    rows = list(turns_from(actor, today))
    gone = gone_among(rows, today=today)
    people = {person.pk: name_for(actor, person) for row in rows for person in (row.person, row.deputy) if person}
    turns = [as_turn(row) for row in rows]
    holders = {way: on_duty(turns, way.pk, today, gone=gone).person for way in dict.fromkeys(row.way for row in rows)}
    return [DutyToday(way, people[pk] if pk else "") for way, pk in holders.items()]


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What an administrator may need to see to."""

    without_account: int
    ending: Sequence[Mandate]
    leaderless: Sequence[Party]
    has_contact_way: bool


def upkeep_for(actor: Member, *, today: date) -> Upkeep | None:
    """None for those who do not manage people."""
    if not actor.may(Right.PERSON_MANAGE):
        return None
    seated = Mandate.objects.filter(on(today), person=OuterRef("pk"))
    ending = Mandate.objects.filter(on(today), ends_on__lte=today + SOON)
    return Upkeep(
        without_account=Person.objects.filter(Exists(seated), account__isnull=True).count(),
        ending=list(ending.select_related("person", "body").order_by("ends_on")[:MOST]),
        leaderless=list(Party.objects.filter(group_leader__isnull=True).order_by("name")[:MOST]),
        has_contact_way=ContactWay.objects.exists(),
    )


def totals_for(actor: Member, *, today: date) -> Counts | None:
    """Matters by level of meetings within a year before or after today, for management: totals, never a matter.

    None without the right.
    """
    if not actor.may(Right.TOTALS_READ):
        return None
    rows = Screening.objects.filter(agenda__meets_on__gt=today - A_YEAR, agenda__meets_on__lte=today + A_YEAR)
    results = [result_of(*row) for row in rows.values_list("own_judgement", "answers", "edition")]
    return counted(result.level if result else None for result in results)


def own_seats(actor: Member, *, today: date) -> Sequence[Mandate]:
    """Mandates of today, with the party's group leader and safety contact."""
    seats = myself(actor).mandates.filter(on(today)).order_by("starts_on")
    return list(seats.select_related("body", "party__group_leader", "party__safety_contact"))


def trail_head(actor: Member) -> Head | None:
    return heads_for(actor).first()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, by kind; empty where the actor has no right to the kind."""

    people: Sequence[Person] = ()
    matters: Sequence[FoundMatter] = ()
    bodies: Sequence[Body] = ()
    measures: Sequence[Measure] = ()

    @property
    def n_found(self) -> int:
        return len(self.people) + len(self.matters) + len(self.bodies) + len(self.measures)


def found_for(actor: Member, words: str, *, today: date, at_most: int = 20) -> Found:
    """Every word must be there. Nothing sealed is searched here."""
    if len(words) < 2:
        return Found()
    bodies = bodies_for(actor)
    for word in words.split()[:6]:
        bodies = bodies.filter(name__icontains=word)
    people = filtered(people_for(actor), PeopleFilter(words=words, state="all"), today=today)
    measures = narrowed(measures_for(actor), Wanted(words, ALL), today=today)
    return Found(list(people[:at_most]), matters_found(actor, words)[:at_most], list(bodies[:at_most]), list(measures[:at_most]))


def people_named(actor: Member, words: str, *, today: date, at_most: int = 200) -> set[UUID]:
    """Whose trail an auditor may ask for by name: everyone but those with protected identity."""
    people = _in_the_trail(actor).filter(is_protected=False)
    return set(filtered(people, PeopleFilter(words=words, state="all"), today=today).values_list("pk", flat=True)[:at_most])


def people_by_id(actor: Member, ids: Iterable[UUID | None]) -> dict[UUID, Person]:
    """Those of them who are still in the organisation, with name and whether it may be shown, for those who read the trail."""
    people = _in_the_trail(actor).filter(pk__in={pk for pk in ids if pk}).only("given_name", "family_name", "is_protected")
    return {person.pk: person for person in people}


def _in_the_trail(actor: Member) -> QuerySet[Person]:
    return Person.objects.all() if actor.may(Right.TRAIL_READ) else Person.objects.none()

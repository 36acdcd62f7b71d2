"""The plan narrowed: by words, state, origin and who is responsible; and what it comes to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from varn.measures.models import Measure
from varn.measures.plans import OPEN, Effect, OriginKind, State
from varn.measures.queries.owners import Known, known_of_plan

OVERDUE, ELSEWHERE, ALL, NOBODY = "overdue", "elsewhere", "all", "nobody"
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty means all. `state` is a State, "" (open), overdue, elsewhere or all;
    `responsible` a person's id, a duty role, "nobody" or ""."""

    words: str = ""
    state: str = ""
    origin: str = ""
    responsible: str = ""

    def stored(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> "Wanted":
        return cls(**{field.name: str(stored.get(field.name, "")) for field in fields(cls)})

    @property
    def is_narrowed(self) -> bool:
        return any(asdict(self).values())


def narrowed(measures: QuerySet[Measure], wanted: Wanted, *, today: date, known: Known | None = None) -> QuerySet[Measure]:
    for word in wanted.words.split()[:MOST_WORDS]:
        measures = measures.filter(Q(what__icontains=word) | Q(why__icontains=word) | Q(note__icontains=word))
    measures = measures.filter(_in_state(wanted.state, today))
    if wanted.origin:
        measures = measures.filter(origin_kind=wanted.origin)
    if wanted.responsible == NOBODY:
        return measures.filter(without_owner(known or known_of_plan(measures, today=today)))
    return measures.filter(_of(wanted.responsible)) if wanted.responsible else measures


def overdue_on(today: date) -> Q:
    return Q(state__in=OPEN, due_on__lt=today, elsewhere="")


def without_owner(known: Known) -> Q:
    """Open, and nobody in Värn answers for it: never given, or to somebody who has left, or to a role without a holder."""
    nobody = Q(person__isnull=True, duty_role="") | Q(person_id__in=known.gone)
    return Q(state__in=OPEN, elsewhere="") & (nobody | Q(duty_role__in=known.unheld))


def _in_state(state: str, today: date) -> Q:
    if state == ALL:
        return Q()
    if state == OVERDUE:
        return overdue_on(today)
    if state == ELSEWHERE:
        return ~Q(elsewhere="")
    return Q(state=state) if state in list(State) else Q(state__in=OPEN)


def _of(responsible: str) -> Q:
    try:
        return Q(person_id=UUID(responsible))
    except ValueError:
        return Q(duty_role=responsible)


@dataclass(frozen=True, slots=True)
class Promised:
    """How many measures of one origin (or of all) stand how, and whether those that were done helped."""

    origin: str
    n: int = 0
    planned: int = 0
    ongoing: int = 0
    overdue: int = 0
    done: int = 0
    dropped: int = 0
    elsewhere: int = 0
    helped: int = 0
    partly: int = 0
    did_not: int = 0
    unknown: int = 0

    @property
    def unsaid(self) -> int:
        """Done, and nobody has said whether it helped."""
        return self.done - self.helped - self.partly - self.did_not - self.unknown


def promised(measures: QuerySet[Measure], *, today: date) -> list[Promised]:
    """The whole plan first, then each origin that has any. One question."""
    counts: dict[str, Any] = {state.value: Count("pk", filter=Q(state=state)) for state in State}
    counts |= {effect.value: Count("pk", filter=Q(effect=effect)) for effect in Effect}
    counts |= {OVERDUE: Count("pk", filter=overdue_on(today)), ELSEWHERE: Count("pk", filter=~Q(elsewhere="")), "n": Count("pk")}
    rows: list[dict[str, Any]] = list(measures.order_by().values("origin_kind").annotate(**counts))  # type: ignore[arg-type]
    found = {row.pop("origin_kind"): row for row in rows}
    by_origin = [Promised(kind, **found[kind]) for kind in OriginKind if kind in found]
    whole = {name: sum(row[name] for row in found.values()) for name in counts}
    return [Promised("", **whole), *by_origin]


def done_measures(measures: QuerySet[Measure], effect: str = "") -> QuerySet[Measure]:
    """What was carried out, the latest first. `effect`: an Effect, "unsaid", or "" for all."""
    done = measures.filter(state=State.DONE).order_by("-closed_on", "pk")
    if effect == "unsaid":
        return done.filter(effect="")
    return done.filter(effect=effect) if effect in list(Effect) else done

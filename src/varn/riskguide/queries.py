"""Reads: agendas and the matters on them, as the actor may see them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from varn.audit.act import Actor
from varn.catalogues.riskguide_steps import Level
from varn.organisations.models import Matter, SwedishOrder
from varn.organisations.registernumbers import register_key
from varn.organisations.rights import Right
from varn.organisations.titles import proposals
from varn.riskguide.models import Agenda, Screening
from varn.riskguide.outcome import Counts, Outcome, counted, outcome_of, result_of
from varn.riskguide.rows import Kind, Row
from varn.tenancy.within import current_organisation

REMEMBERED = 4_000  # latest screenings whose titles are compared; some years of a large municipality
FOUND = 20  # matters in a search


def agendas_for(actor: Actor) -> QuerySet[Agenda]:
    """Agendas the actor may read, latest meeting first; none without the right."""
    if not actor.may(Right.MATTER_READ):
        return Agenda.objects.none()
    return Agenda.objects.select_related("body").order_by("-meets_on", "pk")


def agenda_for(actor: Actor, pk: UUID) -> Agenda:
    """One agenda; 404 whether it is missing, another organisation's or not for this actor."""
    return get_object_or_404(agendas_for(actor), pk=pk)


def agenda_of(actor: Actor, body_id: UUID, meets_on: date) -> Agenda | None:
    """The agenda that exists for this body and day."""
    return agendas_for(actor).filter(body_id=body_id, meets_on=meets_on).first()


# Matters that were judged alike are told once, with their number. As SQL, since every keystroke asks.
_ALIKE = """
SELECT agenda_id, own_judgement, answers, edition, count(*) FROM riskguide_screening
 WHERE organisation_id = %s AND agenda_id = ANY(%s) GROUP BY 1, 2, 3, 4
"""


def counts_of(agendas: Iterable[Agenda]) -> Mapping[UUID, Counts]:
    """By agenda, how many matters have which level."""
    levels: dict[UUID, list[Level | None]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, [current_organisation(), [agenda.pk for agenda in agendas]])
        rows = cursor.fetchall()
    for agenda, judgement, answers, edition, n in rows:
        result = result_of(judgement, json.loads(answers), edition)  # Django has psycopg hand over JSON as text
        levels[agenda] += [result.level if result else None] * n
    return {agenda: counted(found) for agenda, found in levels.items()}


def high_of(agendas: Iterable[Agenda]) -> list[Screening]:
    """Matters of these agendas whose level is high, the nearest meeting first, with their agendas."""
    screenings = Screening.objects.filter(agenda__in=list(agendas)).exclude(own_judgement="", answers={})
    rows = screenings.select_related("agenda__body").order_by("agenda__meets_on", "agenda_id", "position")
    results = ((row, result_of(row.own_judgement, row.answers, row.edition)) for row in rows)
    return [row for row, result in results if result and result.level is Level.HIGH]


@dataclass(frozen=True, slots=True)
class LastTime:
    """How a matter was judged at an earlier meeting."""

    level: Level
    meets_on: date
    body: str
    is_same_year: bool = True

    @property
    def when(self) -> str:
        """ "12 maj", with the year when it is another than the meeting's."""
        return date_format(self.meets_on, "j F" if self.is_same_year else "j F Y")


@dataclass(frozen=True, slots=True)
class Line:
    """A matter in the sorting table."""

    screening: Screening
    outcome: Outcome | None
    last: LastTime | None = None
    reader: UUID | None = None  # the person who reads the table

    @property
    def row(self) -> int:
        return self.screening.row

    @property
    def key(self) -> str:
        """The row in names of fields: a string, since a template would write 1000 with a space."""
        return str(self.screening.row)

    @property
    def label(self) -> str:
        """ "§ 41 Ny skolstruktur": what the row is called when it is spoken of."""
        return str(self.screening)

    @property
    def short(self) -> str:
        """The number alone where there is one."""
        return self.screening.number or self.screening.title

    @property
    def value(self) -> str:
        return self.screening.own_judgement

    @property
    def base(self) -> str:
        """What a change is made from: value and version."""
        return f"{self.screening.own_judgement}:{self.screening.version}"

    @property
    def who(self) -> str:
        """ "Maj E.": enough for colleagues, and short enough for a column. One's own name need not be asked for."""
        if self.screening.judged_by_id is not None and self.screening.judged_by_id == self.reader:
            return gettext("du")
        person = self.screening.judged_by
        if person is None:
            return ""
        return gettext("en kollega") if person.is_protected else f"{person.given_name} {person.family_name[:1]}."

    @property
    def has_answers(self) -> bool:
        return bool(self.screening.answers)


def screenings_of(agenda: Agenda) -> QuerySet[Screening]:
    """In the agenda's order."""
    return agenda.screenings.select_related("matter", "judged_by").order_by("position", "row")


def line_of(actor: Actor, screening: Screening, last: LastTime | None = None) -> Line:
    language = get_language() or "sv"
    outcome = outcome_of(screening.own_judgement, screening.answers, screening.edition, language)
    return Line(screening, outcome, last, actor.actor_id)


def lines_of(actor: Actor, agenda: Agenda) -> list[Line]:
    """The table: each matter, its result and last time's."""
    screenings = list(screenings_of(agenda))
    last = _last_times([screening.matter_id for screening in screenings], before=agenda)
    return [line_of(actor, screening, last.get(screening.matter_id)) for screening in screenings]


def line_for(actor: Actor, agenda_id: UUID, row: int) -> Line:
    """One matter of an agenda, or 404."""
    rows = Screening.objects.select_related("matter", "judged_by", "agenda__body").filter(agenda__in=agendas_for(actor))
    screening = get_object_or_404(rows, agenda_id=agenda_id, row=row)
    last = _last_times([screening.matter_id], before=screening.agenda)
    return line_of(actor, screening, last.get(screening.matter_id))


def _last_times(matters: Iterable[UUID], *, before: Agenda) -> Mapping[UUID, LastTime]:
    """By matter, its latest result at an earlier meeting."""
    judged = (
        Screening.objects.filter(matter_id__in=list(matters), agenda__meets_on__lt=before.meets_on)
        .exclude(own_judgement="", answers={})
        .order_by("matter_id", "-agenda__meets_on")
        .distinct("matter_id")
        .values_list("matter_id", "own_judgement", "answers", "edition", "agenda__meets_on", "agenda__body__name")
    )
    found = {}
    for matter, judgement, answers, edition, meets_on, body in judged:
        result = result_of(judgement, answers, edition)
        if result:
            found[matter] = LastTime(result.level, meets_on, body, meets_on.year == before.meets_on.year)
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """A matter that has been on an agenda: `level` when it was judged there."""

    matter: UUID
    title: str
    register_number: str
    meets_on: date
    level: Level | None


def known_by_number(actor: Actor, rows: Iterable[Row]) -> Mapping[str, Known]:
    """By `register_key`, what the organisation knows of these matters; nothing without the right."""
    keys = {register_key(row.register_number) for row in rows} - {""}
    latest = _readable(actor).filter(matter__register_key__in=keys)
    found = _known(latest.order_by("matter_id", "-agenda__meets_on").distinct("matter_id"))
    return {register_key(known.register_number): known for known in found}


def proposed(actor: Actor, rows: list[Row]) -> Mapping[int, Known]:
    """By place among the rows, an earlier matter with a similar title; a person says whether it is the same."""
    open_rows = [at for at, row in enumerate(rows) if row.kind is Kind.MATTER and row.saved is None and row.title]
    if not open_rows:
        return {}
    remembered = _known(_readable(actor).order_by("-agenda__meets_on")[:REMEMBERED])
    known = {one.matter: one for one in reversed(remembered)}
    near = proposals([rows[at].title for at in open_rows], [(one.matter, one.title) for one in known.values()])
    pairs = {open_rows[at]: known[matter] for at, matter in near.items()}
    # Two different register numbers are two matters, however alike their titles.
    return {at: one for at, one in pairs.items() if not (rows[at].register_number and one.register_number)}


def _readable(actor: Actor) -> QuerySet[Screening]:
    return Screening.objects.all() if actor.may(Right.MATTER_READ) else Screening.objects.none()


def _known(screenings: QuerySet[Screening]) -> list[Known]:
    rows = screenings.values_list(
        "matter_id", "title", "matter__register_number", "agenda__meets_on", "own_judgement", "answers", "edition"
    )
    found = []
    for matter, title, number, meets_on, judgement, answers, edition in rows:
        result = result_of(judgement, answers, edition)
        found.append(Known(matter, title, number, meets_on, result.level if result else None))
    return found


@dataclass(frozen=True, slots=True)
class FoundMatter:
    """A matter in a search: where it was last on an agenda."""

    matter: UUID
    title: str
    register_number: str
    agenda: UUID
    row: int
    body: str
    meets_on: date


def matters_found(actor: Actor, words: str) -> list[FoundMatter]:
    """Matters whose title, as it is now, or register number has every word, or whose number it is, latest meeting first;
    none without the right."""
    if not actor.may(Right.MATTER_READ) or not words.strip():
        return []
    has_all = Q()
    for word in words.split()[:8]:
        has_all &= Q(name_key__contains=SwedishOrder(Value(word)))
    if number := register_key(words):
        has_all |= Q(register_key=number)
    matters = Matter.objects.filter(has_all)
    latest = (
        Screening.objects.filter(matter__in=matters).order_by("matter_id", "-agenda__meets_on").distinct("matter_id").values("pk")
    )
    rows = (
        Screening.objects.filter(pk__in=latest)
        .order_by("-agenda__meets_on", "position")
        .values_list(
            "matter_id", "title", "matter__register_number", "agenda_id", "row", "agenda__body__name", "agenda__meets_on"
        )[:FOUND]
    )
    return [FoundMatter(*row) for row in rows]


def rows_saved(agenda: Agenda) -> list[Row]:
    """A saved agenda as rows to edit: its matters in order, then what was set aside."""
    matters = [
        Row(
            title=screening.title,
            number=screening.number,
            register_number=screening.matter.register_number,
            note=screening.note,
            saved=screening.row,
        )
        for screening in screenings_of(agenda)
    ]
    aside = [Row(title=row["title"], number=row.get("number", ""), kind=Kind.ASIDE) for row in agenda.set_aside]
    return matters + aside


def judged_rows(agenda: Agenda) -> Mapping[int, str]:
    """By row, the level of those that somebody has judged: what a removal would take away."""
    found = {}
    for screening in agenda.screenings.all():
        result = result_of(screening.own_judgement, screening.answers, screening.edition)
        if result:
            found[screening.row] = result.level.value
    return found

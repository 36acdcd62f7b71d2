"""The demo's action plan: what a made-up organisation has promised, some of it late, done, dropped or followed up elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils.translation import override

from varn.measures.actions import plan_measures
from varn.measures.forms.paper import TEMPLATE, content_of
from varn.measures.models import Measure
from varn.measures.plans import OWN, Effect, Phase, Planned, State
from varn.measures.queries.lists import Wanted
from varn.measures.queries.printing import PLAN
from varn.organisations.models import Organisation, Person
from varn.organisations.rights import Job, Member, Right, Role
from varn.printing.models import Printing
from varn.run.demo.objects import Readers, mark, page_object
from varn.ui.paper import pdf_of


@dataclass(frozen=True, slots=True)
class Promise:
    """`days` from today until it is due; `role` whose holder has it, or `duty` a duty role. What is done was done on its day."""

    what: str
    why: str
    days: int | None
    role: Role | None = None
    duty: str | None = None
    phase: Phase | None = None
    priority: int = 2
    state: State = State.PLANNED
    effect: Effect | None = None
    note: str = ""
    elsewhere: str = ""


PROMISES = (
    Promise("Gå igenom rutinen vid hot med hela presidiet", "Alla ska veta vem de ringer.", 5, Role.CHAIR, priority=1),
    Promise(
        "Utse en kontaktperson för skolärendet",
        "En röst utåt.",
        -4,
        Role.CLERK,
        phase=Phase.BEFORE,
        priority=1,
        state=State.ONGOING,
    ),
    Promise(
        "Bjud in de boende till ett samtal",
        "Så att fler kommer till tals före beslutet.",
        12,
        Role.REPRESENTATIVE,
        phase=Phase.BEFORE,
    ),
    Promise(
        "Se till att entrén har bemanning vid sammanträdet", "", 15, duty="security_function", phase=Phase.DURING, priority=1
    ),
    Promise("Ha en talesperson redo", "", 15, duty="communications", phase=Phase.DURING),
    Promise("Fråga ledamöterna hur det gick", "", 22, duty="secretariat", phase=Phase.AFTER, priority=3),
    Promise(
        "Lägg in journumret i allas telefoner",
        "Ingen ska behöva leta.",
        -40,
        Role.CASE_HANDLER,
        state=State.DONE,
        effect=Effect.HELPED,
        note="Alla utom två har gjort det. Gjordes på plats före sammanträdet.",
    ),
    Promise("Kort utbildning om hat på nätet", "", -70, Role.CLERK, state=State.DONE, effect=Effect.PARTLY, note="Hälften kom."),
    Promise("Skylt om ordningsregler på läktaren", "", -95, Role.CLERK, state=State.DONE, effect=Effect.DID_NOT),
    Promise("Se över kameran vid parkeringen", "", -12, Role.CASE_HANDLER, state=State.DONE),
    Promise("Flytta sammanträdet till en större lokal", "", -20, Role.CLERK, state=State.DROPPED, note="Lokalen räckte."),
    Promise("Nytt lås till nämndens rum", "", 60, duty="head_of_administration", elsewhere="Fastighetsplanen, rad 14"),
    Promise("Skriv om webbsidan om hot och hat", "", None, priority=3),
)


def put_measures(actor: Job, people: Mapping[Role, Person], *, today: date) -> None:
    """Plans them by the act, then sets those that life has moved on: a day that has passed cannot be chosen."""
    rows = [_planned(promise, people, today) for promise in PROMISES]
    for measure, promise in zip(plan_measures(actor, origin=OWN, rows=rows), PROMISES, strict=True):
        due_on = today + timedelta(days=promise.days) if promise.days is not None else None
        measure.state, measure.effect, measure.elsewhere = promise.state, promise.effect or "", promise.elsewhere
        measure.note = promise.note if promise.state is not State.DROPPED else ""
        measure.dropped_because = promise.note if promise.state is State.DROPPED else ""
        measure.due_on, measure.closed_on = due_on, None if promise.state.is_open else due_on
        measure.save()


def _planned(promise: Promise, people: Mapping[Role, Person], today: date) -> Planned:
    ahead = promise.days is not None and promise.days >= 0
    return Planned(
        uuid4(),
        promise.what,
        promise.why,
        promise.phase,
        promise.priority,
        today + timedelta(days=promise.days or 0) if ahead else None,
        people[promise.role].pk if promise.role else None,
        promise.duty,
    )


def measure_objects(readers: Readers, asker: Member, *, today: date) -> Iterator[dict[str, Any]]:
    """A measure of nobody's, seen by those who see the plan; its pages, its file for calendars, and the plan printed."""
    word = mark()
    row = Measure.objects.create(what=f"Prova larmet {word}", due_on=today + timedelta(days=9))
    read, plan = Right.MEASURE_READ, Right.MEASURE_PLAN
    for kind, name in (("measure", "measure"), ("measure for calendars", "file")):
        yield page_object(readers, kind, f"measures:{name}", word, read, plan, pk=row.pk)
    for kind, name in (("measure change", "change"), ("measure follow-up", "follow_up"), ("measure elsewhere", "elsewhere")):
        yield page_object(readers, kind, f"measures:{name}", word, plan, plan, pk=row.pk)
    yield page_object(readers, "action plan", "measures:plan", word, read, plan)
    yield page_object(readers, "action plan export", "measures:export", word, read, plan, method="POST")
    yield page_object(readers, "printed plan", "measures:printing_file", word, read, read, pk=_printed(asker, word, today).pk)


def _printed(asker: Member, word: str, today: date) -> Printing:
    organisation, wanted = Organisation.objects.get(pk=asker.organisation_id), Wanted(words=word)
    with override("sv"):
        content = content_of(asker, organisation, wanted, language="sv", today=today)
    return Printing.objects.create(
        kind=PLAN,
        person_id=asker.person_id,
        wanted=wanted.stored(),
        state=Printing.State.READY,
        n_rows=len(content["rows"]),
        pdf=pdf_of(TEMPLATE, content),
    )

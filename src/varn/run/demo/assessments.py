"""Assessments of the demo: a matter taken through all steps twice, a group in the middle of it, and how two matters ended.

The pages' marks for demo.json are at the end. Every matter and answer is made up.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from varn.organisations.models import CapabilityLink, Matter, Person
from varn.organisations.rights import Job, Member, Right, Role
from varn.riskguide.actions import Choice, judge_matter
from varn.riskguide.assessment.actions.answering import answer
from varn.riskguide.assessment.actions.ending import close_matter
from varn.riskguide.assessment.actions.running import Wanted, open_step3, settle, show_answers, start_assessment
from varn.riskguide.assessment.actions.seats import invite_by_link, invite_people
from varn.riskguide.assessment.queries.holding import SEAT
from varn.riskguide.assessment.statements import statements
from varn.riskguide.models import Agenda, Assessment, Screening
from varn.run.demo.objects import LINK_STATES, Readers, mark, page_object
from varn.run.demo.reports import report_objects

BEFORE = ("12210121", "1110000012111122")  # steps 2 and 3, one letter a statement
NOW = "23220232"
COLLEAGUES = ("13220232", "2322u222", "1121012u")


def put_assessments(actor: Job, agendas: list[Agenda], people: dict[Role, Person], *, today: date) -> None:
    """The first matter of the earliest agenda: assessed two months ago, and by a group right now. Two others are closed,
    where there is more than the agenda that carries the marks."""
    past = sorted(agendas, key=lambda agenda: agenda.meets_on)[0]
    judged = [line for line in past.screenings.order_by("position").select_related("matter") if line.own_judgement]
    if not judged:
        return
    first = _assessed(actor, judged[0].matter, BEFORE, on=today - timedelta(days=60))
    _group(actor, first.matter, people)
    if past != agendas[-1]:
        for line, outcome in zip(judged[:-3:-1], ("hate", "nothing"), strict=True):
            _closed(actor, line.matter, outcome, today - timedelta(days=20))


def _assessed(actor: Job, matter: Matter, values: tuple[str, str], *, on: date | None = None) -> Assessment:
    """By one person, every statement of both steps."""
    assessment = start_assessment(actor, key=uuid4(), matter=matter, is_group=False)
    _settle(actor, assessment, 2, values[0])
    open_step3(actor, assessment)
    _settle(actor, assessment, 3, values[1])
    found = Assessment.objects.select_related("matter").get(pk=assessment.pk)
    if on is not None:
        found.started_on, found.started_at = on, timezone.now() - timedelta(days=60)
        found.save(update_fields=["started_on", "started_at"])
    return found


def _settle(actor: Job, assessment: Assessment, step: int, values: str) -> None:
    for statement, letter in zip(statements(step, assessment.edition), values, strict=False):
        settle(actor, assessment.pk, Wanted(statement.code, "unknown" if letter == "u" else letter, 0))


def _group(actor: Job, matter: Matter, people: dict[Role, Person]) -> None:
    """Three colleagues have answered; the group is half through what it says together."""
    assessment = start_assessment(actor, key=uuid4(), matter=matter, is_group=True)
    asked = [people[role] for role in (Role.CLERK, Role.CASE_HANDLER, Role.CHAIR) if role in people]
    for seat, values in zip(invite_people(actor, assessment, asked), COLLEAGUES, strict=False):
        given = zip(statements(2, assessment.edition), values, strict=True)
        assert seat.person.account_id  # noqa: S101  # the cast has an account each
        member = Member(seat.person.account_id, seat.person.pk, actor.organisation_id, frozenset())
        answer(member, seat.pk, {one.code: "unknown" if letter == "u" else letter for one, letter in given})
    show_answers(actor, assessment)
    _settle(actor, assessment, 2, NOW[:4])


def _closed(actor: Job, matter: Matter, outcome: str, on: date) -> None:
    words = {"hate": ("partly", "Vi såg det inte komma: bjud in till samtal tidigare."), "nothing": ("yes", "")}
    helped, lesson = words[outcome]
    close_matter(actor, key=uuid4(), matter=matter, outcome=outcome, measures_helped=helped, lesson=lesson, closed_on=on)


def assessment_objects(actor: Job, readers: Readers, agenda: Agenda, colleagues: Sequence[Person]) -> Iterator[dict[str, Any]]:
    """The pages of a matter that is assessed and of one that is closed, each matter with its mark."""
    word, closed = mark(), mark()
    lines = list(agenda.screenings.order_by("position").select_related("matter")[1:3])
    for line, shown in zip(lines, (word, closed), strict=True):
        _name(actor, line, shown)
    matter, ended = (line.matter for line in lines)
    assessment = _assessed(actor, matter, BEFORE)
    asked = [_asked(actor, readers, matter, matter.title.replace(word, ""), person) for person in colleagues]
    _closed(actor, ended, "hate", timezone.localdate())
    read, write, plans = Right.MATTER_READ, Right.MATTER_SORT, Right.MEASURE_PLAN
    yield page_object(readers, "matter", "riskguide:matter", word, read, write, matter=matter.pk)
    yield page_object(readers, "assessment", "riskguide:assessment", word, read, write, pk=assessment.pk)
    yield page_object(readers, "joint answers", "riskguide:joint", word, read, write, pk=assessment.pk, step=2)
    yield page_object(readers, "assessment group", "riskguide:seats", word, write, write, pk=asked[0].assessment)
    yield page_object(readers, "measures to choose", "riskguide:plan", word, plans, plans, pk=assessment.pk)
    yield page_object(readers, "matter record", "riskguide:printed", word, read, write, matter=matter.pk)
    yield page_object(readers, "matter to close", "riskguide:close", word, write, write, matter=matter.pk)
    yield page_object(readers, "matter to the file", "riskguide:to_file", closed, write, write, matter=ended.pk)
    yield page_object(readers, "matter to clear", "riskguide:clear", closed, write, write, matter=ended.pk)
    yield page_object(readers, "forecast and outcome", "riskguide:forecast", closed, read, read)
    yield from (one.answers for one in asked)
    yield from report_objects(readers, assessment, word, colleagues[0])


@dataclass(frozen=True, slots=True)
class Asked:
    """An assessment that waits for one colleague, and the colleague's page in it."""

    assessment: UUID
    answers: dict[str, Any]


def _asked(actor: Job, readers: Readers, matter: Matter, title: str, person: Person) -> Asked:
    """Called by a word of its own, which only the one who is asked sees."""
    word, own = mark(), [person.email]
    asking = start_assessment(actor, key=uuid4(), matter=matter, is_group=True)
    asking.title = f"{title}{word}"
    asking.save(update_fields=["title"])
    [seat] = invite_people(actor, asking, [person])
    return Asked(asking.pk, page_object(readers, "own answers", "riskguide:answer", word, own, own, pk=seat.pk))


def _name(actor: Job, line: Screening, word: str) -> None:
    """Judged low, and called by the mark from now on."""
    line.title = f"{line.title} {word}"
    line.save(update_fields=["title"])
    line.matter.title = line.title
    line.matter.save(update_fields=["title"])
    judge_matter(actor, line.agenda_id, Choice(line.row, "low", line.own_judgement, line.version))


def seat_links(actor: Job, agenda: Agenda) -> Iterator[dict[str, Any]]:
    """A colleague's link in each of the four states."""
    line = agenda.screenings.order_by("position").select_related("matter")[3]
    judge_matter(actor, agenda.pk, Choice(line.row, "moderate", line.own_judgement, line.version))
    assessment = start_assessment(actor, key=uuid4(), matter=line.matter, is_group=True)
    now = timezone.now()
    for state in LINK_STATES:
        word, token = mark(), secrets.token_urlsafe(24)
        seat = invite_by_link(actor, assessment, key=uuid4(), name=f"Inbjuden {word}", email="", token=token)
        link = CapabilityLink.objects.get(kind=SEAT, target_id=seat.pk)
        if state == "used":
            link.used_at = now
        if state == "revoked":
            link.revoked_at = now
        if state == "expired":
            link.expires_at = now - timedelta(days=1)
        link.save(update_fields=["used_at", "revoked_at", "expires_at"])
        yield {"kind": "assessment", "state": state, "url": f"public:/l/{token}", "mark": word}

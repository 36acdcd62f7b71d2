"""What the tests of steps 2 and 3 share: a sorted matter, an assessment, colleagues with seats and links."""

import secrets
from typing import Any
from uuid import uuid4

from django.test import Client

from varn.organisations.models import Matter, Person
from varn.riskguide.actions import Choice, judge_matter
from varn.riskguide.assessment.actions.answering import answer
from varn.riskguide.assessment.actions.running import Wanted, settle, show_answers, start_assessment
from varn.riskguide.assessment.actions.seats import invite_by_link, invite_people
from varn.riskguide.assessment.statements import statements
from varn.riskguide.models import Assessment, Seat
from varn.riskguide.tests.conftest import Town
from varn.tenancy.within import within

STEP2 = [one.code for one in statements(2, "1.0.0")]
STEP3 = [one.code for one in statements(3, "1.0.0")]
TONE = "step2.online_tone"


def a_matter(town: Town, level: str = "high") -> Matter:
    """The first of an agenda, sorted by Maj."""
    agenda = town.agenda()
    judge_matter(town.member(town.maj), agenda.pk, Choice(1, level, "", 0))
    matter: Matter = town.screening(agenda).matter
    return matter


def an_assessment(town: Town, *, is_group: bool = False, matter: Matter | None = None) -> Assessment:
    """Started by Maj; in a group she has a seat."""
    return start_assessment(town.member(town.maj), key=uuid4(), matter=matter or a_matter(town), is_group=is_group)


def a_seat_of(town: Town, assessment: Assessment, person: Person) -> Seat:
    invite_people(town.member(town.maj), assessment, [person])
    with within(town.organisation.pk):
        return Seat.objects.get(assessment=assessment, person=person)


def a_link(town: Town, assessment: Assessment, name: str = "Kim Exempel") -> tuple[Seat, str]:
    token = secrets.token_urlsafe(24)
    seat = invite_by_link(town.member(town.maj), assessment, key=uuid4(), name=name, email="", token=token)
    return seat, token


def gives(town: Town, person: Person, seat: Seat, **answers: int | str) -> None:
    """Answers to statements of step 2 by their bare id."""
    answer(town.member(person), seat.pk, {f"step2.{code}": str(value) for code, value in answers.items()})


def shown(town: Town, assessment: Assessment) -> Assessment:
    return show_answers(town.member(town.maj), assessment)


def sets(
    town: Town, assessment: Assessment, code: str, value: int | str, version: int = 0, *, by: Person | None = None
) -> Assessment:
    return settle(town.member(by or town.maj), assessment.pk, Wanted(code, str(value), version))


def sets_all(town: Town, assessment: Assessment, codes: list[str], values: str) -> Assessment:
    """One letter for each statement, u for unknown."""
    for code, letter in zip(codes, values, strict=True):
        sets(town, assessment, code, "unknown" if letter == "u" else letter)
    return again(town, assessment)


def again(town: Town, assessment: Assessment) -> Assessment:
    with within(town.organisation.pk):
        return Assessment.objects.select_related("matter").get(pk=assessment.pk)


def seat_again(town: Town, seat: Seat) -> Seat:
    with within(town.organisation.pk):
        return Seat.objects.get(pk=seat.pk)


class Phone:
    """A browser of its own that follows a link."""

    def __init__(self, token: str) -> None:
        self.client = Client()
        self.token = token

    def opens(self) -> Any:
        return self.client.get(f"/l/{self.token}", follow=True)

    def begins(self) -> Any:
        self.opens()
        return self.client.post("/riskguide/svara/", follow=True)

    def presses(self, code: str, value: int | str, **more: Any) -> Any:
        return self.client.post("/riskguide/svara/", {"set": f"{code}:{value}"}, **more)

    def sees(self) -> Any:
        return self.client.get("/riskguide/svara/")

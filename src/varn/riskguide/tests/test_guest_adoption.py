"""A clerk takes over a guest's assessment: once, with a trail, and it is gone from where it lay."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from varn.audit.actions import NotAllowed
from varn.audit.models import Entry
from varn.organisations.models import Matter
from varn.organisations.refusals import Refused
from varn.riskguide.assessment.actions.ending import close_matter
from varn.riskguide.guest.actions import adopt_assessment
from varn.riskguide.guest.drafts import Draft
from varn.riskguide.guest.operations import keep
from varn.riskguide.guest.queries import saved_by
from varn.riskguide.models import Assessment
from varn.riskguide.tests.conftest import Town
from varn.riskguide.tests.groups import STEP2, STEP3, a_matter
from varn.sealing.boxes import token_hash
from varn.tenancy.within import within

PAGE = "/granvik/riskguide/ta-over/"
NAME = "Vindkraft på Storhöjden"


def a_saved(*, codes: list[str] | None = None, today: date | None = None) -> str:
    """The token of its link."""
    token = secrets.token_urlsafe(24)
    joint = dict.fromkeys(codes if codes is not None else STEP2 + STEP3, 2)
    draft = Draft("1.0.0", NAME, "high", {}, joint)
    keep(draft, token_hash=token_hash(token), today=today or timezone.localdate())
    return token


def sends(town: Town, token: str, **more: Any) -> Any:
    sent = {"link": f"http://localhost/l/{token}", "matter": "", "body": str(town.board.pk)} | more
    return town.client(town.maj).post(PAGE, sent)


def entries(town: Town, code: str) -> list[Entry]:
    with within(town.organisation.pk):
        return list(Entry.objects.filter(code=code))


def made(town: Town) -> list[Assessment]:
    with within(town.organisation.pk):
        return list(Assessment.objects.select_related("matter__body"))


def test_it_becomes_an_ordinary_assessment_of_a_new_matter(town: Town) -> None:
    token = a_saved()
    answer = sends(town, token)
    found = made(town)[0]
    assert answer.headers["Location"] == f"/granvik/riskguide/bedomning/{found.pk}/"
    assert (found.title, found.matter.title, found.matter.body) == (NAME, NAME, town.board)
    assert (found.step, found.is_shown, found.own_judgement) == (3, True, "high")
    assert found.joint == dict.fromkeys(STEP2 + STEP3, 2)
    assert saved_by(token_hash(token)) is None
    assert [(entry.actor_id, entry.detail) for entry in entries(town, "assessment.adopt")] == [
        (town.maj.pk, {"is_new_matter": True})
    ]
    page = town.client(town.maj).get(answer.headers["Location"]).content.decode()
    assert NAME in page
    assert "Det som driver" in page


def test_it_can_be_answered_on_from_here(town: Town) -> None:
    sends(town, a_saved(codes=STEP2[:3]))
    found = made(town)[0]
    assert found.step == 2
    page = town.client(town.maj).get(f"/granvik/riskguide/bedomning/{found.pk}/steg/2/").content.decode()
    assert "3 av 8 gemensamma svar" in page


def test_it_goes_into_a_matter_that_exists(town: Town) -> None:
    matter = a_matter(town)
    sends(town, a_saved(), matter=str(matter.pk), body="")
    assert [(one.matter_id, one.title) for one in made(town)] == [(matter.pk, matter.title)]


def test_sent_twice_it_is_taken_over_once(town: Town) -> None:
    token = a_saved()
    first, second = sends(town, token), sends(town, token)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(made(town)) == 1
    assert len(entries(town, "assessment.adopt")) == 1
    with within(town.organisation.pk):
        assert Matter.objects.filter(title=NAME).count() == 1


def test_another_organisation_finds_nothing_afterwards(town: Town, make_town: Callable[[str], Town]) -> None:
    token, there = a_saved(), make_town("tallhult")
    sends(town, token)
    with pytest.raises(Refused, match="link"):
        adopt_assessment(there.member(there.maj), token_hash=token_hash(token), matter=None, body=there.board)
    assert made(there) == []


@pytest.mark.parametrize("token", ["hittat-pa", "", "x" * 400, "http://[", "'; DROP TABLE"])
def test_a_link_that_opens_nothing_is_told_and_kept(town: Town, token: str) -> None:
    answer = sends(town, token)
    assert answer.status_code == 422
    assert made(town) == []


def test_without_matter_and_body_one_is_asked(town: Town) -> None:
    token = a_saved()
    answer = sends(town, token, body="")
    assert answer.status_code == 422
    assert "Välj vilket organ" in answer.content.decode()
    assert saved_by(token_hash(token)) is not None


def test_a_closed_matter_takes_nothing(town: Town) -> None:
    matter, token = a_matter(town), a_saved()
    closing: dict[str, Any] = {"outcome": "nothing", "measures_helped": "yes", "lesson": "", "closed_on": timezone.localdate()}
    close_matter(town.member(town.maj), key=uuid4(), matter=matter, **closing)
    with pytest.raises(Refused):
        adopt_assessment(town.member(town.maj), token_hash=token_hash(token), matter=matter, body=None)
    assert saved_by(token_hash(token)) is not None


def test_another_organisations_matter_or_body_will_not_do(town: Town, make_town: Callable[[str], Town]) -> None:
    there, token = make_town("tallhult"), a_saved()
    assert sends(town, token, body=str(there.board.pk)).status_code == 422
    assert sends(town, token, matter=str(a_matter(there).pk)).status_code == 422
    assert made(town) == []


def test_whoever_only_reads_takes_nothing_over(town: Town) -> None:
    token = a_saved()
    assert town.client(town.rut).get(PAGE).status_code == 404
    with pytest.raises(NotAllowed):
        adopt_assessment(town.member(town.rut), token_hash=token_hash(token), matter=None, body=town.board)

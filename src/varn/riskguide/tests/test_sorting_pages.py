"""The sorting table, its rows, the questions and the summary through HTTP."""

import re
from typing import Any

import pytest
from django.test import Client

from varn.riskguide.actions import Choice, answer_matter, judge_matter
from varn.riskguide.models import Agenda
from varn.riskguide.outcome import outcome_of
from varn.riskguide.rows import Row
from varn.riskguide.tests.conftest import Town
from varn.riskguide.tests.test_agenda_pages import words

pytestmark = pytest.mark.django_db
PART = {"X-Part": "1"}


@pytest.fixture
def maj(town: Town) -> Client:
    return town.client(town.maj)


@pytest.fixture
def agenda(town: Town) -> Agenda:
    return town.agenda()


def at(agenda: Agenda, page: str = "") -> str:
    return f"/granvik/riskguide/{agenda.pk}/{page}"


def shown(client: Client, agenda: Agenda) -> dict[str, str]:
    """The hidden fields of the table as a page has them."""
    return dict(re.findall(r'name="(b\d+)" value="([^"]*)"', client.get(at(agenda)).content.decode()))


def test_the_table_has_a_named_group_of_three_per_matter(maj: Client, agenda: Agenda) -> None:
    html = maj.get(at(agenda)).content.decode()
    assert html.count('<fieldset class="pick">') == 3
    assert '<legend class="vh">§ 41 Ny skolstruktur i Norrbyn</legend>' in html
    assert html.count('name="m1" value=') == 3
    assert "Har någon signalerat att ärendet är känsligt?" in html


def test_the_whole_table_is_saved_without_a_script(town: Town, maj: Client, agenda: Agenda) -> None:
    response = maj.post(at(agenda), {**shown(maj, agenda), "m1": "high", "m2": "low"})
    assert response["Location"] == at(agenda, "klart/")
    assert [town.screening(agenda, row).own_judgement for row in (1, 2, 3)] == ["high", "low", ""]
    assert town.screening(agenda, 3).version == 0, "a row nobody touched is not written"


def test_only_the_rows_that_this_person_changed_are_written(town: Town, maj: Client, agenda: Agenda) -> None:
    page = shown(maj, agenda)
    judge_matter(town.member(town.bo), agenda.pk, Choice(3, "moderate", "", 0))
    assert maj.post(at(agenda), {**page, "m1": "high"}).status_code == 302
    assert town.screening(agenda, 3).own_judgement == "moderate"


def test_a_clash_is_shown_on_top_with_who_and_the_person_chooses(town: Town, maj: Client, agenda: Agenda) -> None:
    page = shown(maj, agenda)
    judge_matter(town.member(town.bo), agenda.pk, Choice(1, "high", "", 0))
    response = maj.post(at(agenda), {**page, "m1": "low", "m2": "low"})
    assert response.status_code == 409
    text = words(response)
    assert "1 ärende ändrades av någon annan" in text
    assert "Behåll Hög, satt av Bo Exempelsson (säkerhetssamordnare)" in text
    assert "Ändra till mitt val, Låg" in text
    assert "Ditt val för 1 annat ärende är sparat." in text
    assert town.screening(agenda, 1).own_judgement == "high"
    assert town.screening(agenda, 2).own_judgement == "low"
    assert maj.post(at(agenda), {"b1": "high:1", "m1": "high"}).status_code == 302
    assert town.screening(agenda, 1).judged_by == town.bo, "kept as it was"
    assert maj.post(at(agenda), {"b1": "high:1", "m1": "low"}).status_code == 302
    assert town.screening(agenda, 1).own_judgement == "low"


@pytest.mark.parametrize("sent", [{"b1": ":0", "m1": "extreme"}, {"b1": ":x", "m1": "low"}, {"b1": "", "m1": "low"}])
def test_what_no_page_sends_is_refused_in_words(town: Town, maj: Client, agenda: Agenda, sent: dict[str, str]) -> None:
    response = maj.post(at(agenda), sent)
    assert response.status_code == 422
    assert "Inget sparades" in words(response)
    assert town.screening(agenda).version == 0


def test_a_row_is_saved_in_parts_for_the_script(town: Town, maj: Client, agenda: Agenda) -> None:
    answer: dict[str, Any] = maj.post(at(agenda, "rad/"), {"set": "1:high::0"}, headers=PART).json()
    assert (answer["base"], answer["value"], answer["said"]) == ("high:1", "high", "Sparat: § 41 hög.")
    assert "Steg 2 krävs" in answer["outcome"]
    cleared = maj.post(at(agenda, "rad/"), {"set": "1::high:1"}, headers=PART).json()
    assert cleared["said"] == "§ 41 är inte längre bedömt."
    assert town.screening(agenda).own_judgement == ""


def test_a_row_is_undone_without_a_script(town: Town, maj: Client, agenda: Agenda) -> None:
    maj.post(at(agenda, "rad/"), {"set": "1:high::0"})
    html = maj.get(at(agenda)).content.decode()
    undo = re.search(r'name="set" value="([^"]+)" data-pick-clear', html)
    assert undo
    response = maj.post(at(agenda, "rad/"), {"set": undo[1]})
    assert response["Location"] == f"{at(agenda)}#r1"
    assert town.screening(agenda).own_judgement == ""


def test_a_clash_in_a_row_answers_409_with_the_choice(town: Town, maj: Client, agenda: Agenda) -> None:
    judge_matter(town.member(town.bo), agenda.pk, Choice(1, "high", "", 0))
    response = maj.post(at(agenda, "rad/"), {"set": "1:low::0"}, headers=PART)
    answer = response.json()
    assert response.status_code == 409
    assert (answer["value"], answer["base"]) == ("high", "high:1")
    assert "Bo Exempelsson (säkerhetssamordnare) har satt Hög." in answer["outcome"]
    assert 'value="1:low:high:1"' in answer["outcome"]
    plain = maj.post(at(agenda, "rad/"), {"set": "1:low::0"})
    assert plain.status_code == 409
    assert "1 ärende ändrades av någon annan" in words(plain)


@pytest.mark.parametrize("sent", ["1:extreme::0", "1", "x:low::0", "1:low::99999999999"])
def test_a_row_outside_the_scale_is_refused(maj: Client, agenda: Agenda, sent: str) -> None:
    assert maj.post(at(agenda, "rad/"), {"set": sent}, headers=PART).status_code == 422
    assert maj.post(at(agenda, "rad/"), {"set": sent}).status_code == 422
    assert maj.post(at(agenda, "rad/"), {"set": "77:low::0"}, headers=PART).status_code == 404


def test_a_reader_sees_the_levels_and_no_controls(town: Town, agenda: Agenda) -> None:
    judge_matter(town.member(town.maj), agenda.pk, Choice(1, "high", "", 0))
    rut = town.client(town.rut)
    html = rut.get(at(agenda)).content.decode()
    assert 'type="radio"' not in html
    assert "Steg 2 krävs" in html
    assert rut.post(at(agenda), {"b1": "high:1", "m1": "low"}).status_code == 404
    assert rut.post(at(agenda, "rad/"), {"set": "1:low:high:1"}).status_code == 404
    assert town.screening(agenda).own_judgement == "high"


def test_the_questions_raise_the_level_and_say_why(town: Town, maj: Client, agenda: Agenda) -> None:
    judge_matter(town.member(town.maj), agenda.pk, Choice(1, "low", "", 0))
    path = at(agenda, "1/fragor/")
    html = maj.get(path).content.decode()
    assert html.count('class="asked"') == 6
    response = maj.post(path, {"version": "1", "q-earlier_hate": "yes", "q-signals": ""})
    assert response["Location"] == f"{at(agenda)}#r1"
    assert town.screening(agenda).answers == {"earlier_hate": "yes"}, "unanswered is not unknown"
    outcome = outcome_of("low", {"earlier_hate": "yes"}, "1.0.0", "sv")
    assert outcome
    page = words(maj.get(at(agenda)))
    assert outcome.reason in page
    assert "Steg 2 rekommenderas" in page


def test_the_questions_answer_the_script_in_parts(maj: Client, agenda: Agenda) -> None:
    path = at(agenda, "1/fragor/")
    assert "<html" not in maj.get(path, headers=PART).content.decode()
    answer = maj.post(path, {"version": "0", "q-earlier_hate": "yes"}, headers=PART).json()
    assert (answer["base"], answer["value"]) == (":1", "")
    assert "Steg 2 rekommenderas" in answer["result"]


def test_answers_off_the_scale_and_made_up_questions_are_refused(town: Town, maj: Client, agenda: Agenda) -> None:
    for sent in ({"q-signals": "maybe"}, {"q-made_up": "yes"}):
        response = maj.post(at(agenda, "1/fragor/"), {"version": "0", **sent})
        assert response.status_code == 422
        assert "Inget sparades" in words(response)
    assert town.screening(agenda).answers == {}


def test_two_peoples_answers_are_shown_side_by_side(town: Town, maj: Client, agenda: Agenda) -> None:
    answer_matter(town.member(town.bo), agenda, row=1, answers={"signals": "yes"}, version=0)
    response = maj.post(at(agenda, "1/fragor/"), {"version": "0", "q-signals": "no"})
    assert response.status_code == 409
    assert "Svaren ändrades av Bo Exempelsson (säkerhetssamordnare)" in words(response)
    assert "Den andra svarade: Ja" in words(response)
    assert 'name="version" value="1"' in response.content.decode()
    assert maj.post(at(agenda, "1/fragor/"), {"version": "1", "q-signals": "no"}).status_code == 302
    assert town.screening(agenda).answers == {"signals": "no"}


def test_the_summary_groups_by_level_and_gives_text_to_copy(town: Town, maj: Client, agenda: Agenda) -> None:
    for row, level in ((1, "high"), (2, "low")):
        judge_matter(town.member(town.maj), agenda.pk, Choice(row, level, "", 0))
    text = words(maj.get(at(agenda, "klart/")))
    assert "1 ärende är inte bedömt än" in text
    assert "HÖG (1) - § 41 Ny skolstruktur i Norrbyn Steg 2 krävs. Vald nivå: hög." in text
    assert "Bedöm i steg 2" in text
    judge_matter(town.member(town.maj), agenda.pk, Choice(3, "low", "", 0))
    assert "1 ärende behöver steg 2" in words(maj.get(at(agenda, "klart/")))
    assert "1 matter needs step 2" in words(maj.get("/en" + at(agenda, "klart/")))


def test_the_name_of_somebody_protected_is_not_shown(town: Town, maj: Client, agenda: Agenda) -> None:
    from tests.people import setting_up

    judge_matter(town.member(town.bo), agenda.pk, Choice(1, "high", "", 0))
    with setting_up(town.organisation):
        town.bo.is_protected = True
        town.bo.save()
    assert "Bo E" not in words(maj.get(at(agenda)))
    clash = words(maj.post(at(agenda), {"b1": ":0", "m1": "low"}))
    assert "satt av en kollega (säkerhetssamordnare)" in clash


def test_the_guide_says_what_it_is_and_whose(maj: Client) -> None:
    text = words(maj.get("/granvik/riskguide/om/"))
    assert "Värns egen, inte SKR:s" in text
    assert "Från 4 poäng av 12 är ärendet måttligt, från 8 högt." in text
    assert "Vägledning" in text, "the page keeps its navigation"


def test_a_change_in_a_table_of_two_hundred_asks_little_of_the_database(
    town: Town, maj: Client, django_assert_max_num_queries: Any
) -> None:
    agenda = town.agenda([Row(f"Ärende om plats {n}", number=f"§ {n}") for n in range(200)])
    maj.post(at(agenda, "rad/"), {"set": "2:high::0"}, headers=PART)
    with django_assert_max_num_queries(24):
        assert maj.post(at(agenda, "rad/"), {"set": "1:high::0"}, headers=PART).status_code == 200
    with django_assert_max_num_queries(20):
        page = maj.get(at(agenda))
    import gzip

    assert len(gzip.compress(page.content)) < 40_000


def test_the_list_asks_as_little_with_many_agendas(town: Town, maj: Client, django_assert_max_num_queries: Any) -> None:
    for days in range(30):
        town.agenda(["Skola", "Vind"], days=days)
    with django_assert_max_num_queries(18):
        assert maj.get("/granvik/riskguide/?sida=2").status_code == 200
    assert maj.get("/granvik/riskguide/?sida=hej").status_code == 200

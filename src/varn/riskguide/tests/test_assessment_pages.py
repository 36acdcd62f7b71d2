"""The pages of steps 2 and 3: the whole way by forms without a script, the parts for the script, and every bad input."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.pages import Page
from tests.people import setting_up
from varn.measures.models import Measure
from varn.organisations.models import Matter, Person
from varn.riskguide.assessment.queries.groups import asked
from varn.riskguide.models import Assessment, Closing
from varn.riskguide.tests.conftest import Town
from varn.riskguide.tests.groups import (
    STEP2,
    STEP3,
    TONE,
    a_link,
    a_matter,
    a_seat_of,
    again,
    an_assessment,
    seat_again,
    sets,
    sets_all,
    shown,
)
from varn.riskguide.tests.test_ending import closes
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
PART = {"X-Part": "1"}


def url(town: Town, page: str, row: Any) -> str:
    return f"/{town.slug}/riskguide/{page.format(row.pk)}"


def joint(town: Town, assessment: Assessment, step: int = 2) -> str:
    return url(town, "bedomning/{}/", assessment) + f"steg/{step}/"


def acute(town: Town) -> Assessment:
    """The catalogue's case 4, every statement answered."""
    assessment = an_assessment(town)
    sets_all(town, assessment, STEP2, "23233322")
    town.client(town.maj).post(url(town, "bedomning/{}/vidare/", assessment))
    return sets_all(town, assessment, STEP3, "2222220022221222")


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


# ---- the whole way


def test_from_the_sorted_agenda_to_the_matter_and_the_group(town: Town) -> None:
    matter = a_matter(town)
    maj = town.client(town.maj)
    with within(town.organisation.pk):
        agenda = matter.screenings.get().agenda_id
    summary = maj.get(f"/granvik/riskguide/{agenda}/klart/")
    assert f"/granvik/riskguide/arende/{matter.pk}/" in Page(summary.content.decode()).links
    page = Page(maj.get(url(town, "arende/{}/", matter)).content.decode())
    form = next(form for form in page.forms if form.action.endswith("/bedom/"))
    started = maj.post(form.action, {"row_id": form.value("row_id"), "how": "group"}, follow=True)
    assert started.redirect_chain[-1][0].endswith("/gruppen/")
    again_ = maj.post(form.action, {"row_id": form.value("row_id"), "how": "group"}, follow=True)
    assert again_.redirect_chain == started.redirect_chain
    with within(town.organisation.pk):
        assert Assessment.objects.count() == 1


def test_a_group_answers_shows_and_sets_by_buttons_alone(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    bo, maj = town.client(town.bo), town.client(town.maj)
    own = url(town, "svar/{}/", seat)
    assert bo.post(own, {"set": f"{TONE}:2"}).headers["Location"] == f"{own}#step2-online_tone"
    alone = text(maj.get(joint(town, assessment)))
    assert "1 av 8 svar" in alone
    assert "svarade så" not in alone
    maj.post(url(town, "bedomning/{}/visa/", assessment))
    together = text(maj.get(joint(town, assessment)))
    assert "1 svarade så" in together
    assert "Bo Exempelsson" not in together
    button = next(value for value in _buttons(together) if value.startswith(f"{TONE}:2:"))
    saved = maj.post(joint(town, assessment), {"set": button})
    assert saved.headers["Location"] == f"{joint(town, assessment)}#step2-online_tone"
    assert seat_again(town, seat).answers == {}


def _buttons(html: str) -> list[str]:
    return [part.partition('"')[0] for part in html.split('name="set" value="')[1:]]


def test_the_result_is_said_in_words_with_acute_first(town: Town) -> None:
    page = text(town.client(town.rut).get(url(town, "bedomning/{}/", acute(town))))
    assert "Det här är akut" in page
    assert page.index("AKUT") < page.index("samlad nivå")
    for said in ("85 procent", "steg 6 av 9", "Komplex fråga", "Skydda, samla ledningen", "Det som skulle sänka risken", "<svg"):
        assert said in page, said
    assert "/granvik/kontakt/" in page


def test_an_unfinished_one_says_how_far_it_has_come(town: Town) -> None:
    assessment = an_assessment(town)
    sets(town, assessment, TONE, 3)
    page = text(town.client(town.maj).get(url(town, "bedomning/{}/", assessment)))
    assert "Bedömningen är inte klar" in page
    assert "1 av 8 gemensamma svar i steg 2" in page
    so_far = text(town.client(town.maj).get(joint(town, assessment)))
    assert "Mellan 11 och 100 procent" in so_far


def test_unknown_answers_give_a_range(town: Town) -> None:
    assessment = an_assessment(town)
    found = sets_all(town, assessment, STEP2, "u2uu1u10")
    page = text(town.client(town.maj).get(url(town, "bedomning/{}/", found)))
    assert "allt från 17 till 72 procent" in page
    assert "Underlaget räcker inte" in page
    assert "Ta reda på:" in page


def test_a_cleared_one_shows_figures_and_no_answers(town: Town) -> None:
    assessment = acute(town)
    closes(town, assessment.matter, "hate")
    maj = town.client(town.maj)
    unsure = maj.post(url(town, "arende/{}/rensa/", assessment.matter), {"rule": "", "sure": ""})
    assert unsure.status_code == 422
    maj.post(url(town, "arende/{}/rensa/", assessment.matter), {"rule": "Dokumenthanteringsplan KS 2026/12", "sure": "on"})
    page = text(maj.get(url(town, "bedomning/{}/", assessment)))
    assert "Svaren är borttagna" in page
    assert "85 %" in page
    assert "Svaren i steg 2" not in page
    assert maj.get(joint(town, assessment)).status_code == 404
    assert maj.get(url(town, "bedomning/{}/atgarder/", assessment)).status_code == 302
    assert "Dokumenthanteringsplan" in text(maj.get(url(town, "arende/{}/", assessment.matter)))


def test_the_record_reads_whole_and_warns_of_a_name(town: Town) -> None:
    assessment = acute(town)
    note = url(town, "bedomning/{}/anteckning/", assessment)
    town.client(town.maj).post(note, {"note": "Samtal med grannen Karin Påhittsson.", "seen": ""})
    closes(town, assessment.matter)
    page = text(town.client(town.maj).get(url(town, "arende/{}/i-tidningen/", assessment.matter)))
    assert "Karin Påhittsson" in page
    assert "peka ut någon" in page
    filed = {"register_number": "KS 2026/118-7", "recorded_on": timezone.localdate().isoformat()}
    town.client(town.maj).post(url(town, "arende/{}/akten/", assessment.matter), filed)
    with within(town.organisation.pk):
        assert Closing.objects.get().register_number == "KS 2026/118-7"


def test_a_reader_reads_and_changes_nothing(town: Town) -> None:
    assessment = an_assessment(town)
    rut = town.client(town.rut)
    assert _buttons(text(rut.get(joint(town, assessment)))) == []
    assert rut.post(joint(town, assessment), {"set": f"{TONE}:1:0"}).status_code == 404
    for page in ("visa/", "vidare/", "anteckning/"):
        assert rut.post(url(town, "bedomning/{}/", assessment) + page).status_code == 404
    assert rut.get(url(town, "bedomning/{}/gruppen/", assessment)).status_code == 404


# ---- parts


def test_a_press_answers_with_the_statement_and_the_result_so_far(town: Town) -> None:
    assessment = an_assessment(town)
    answer = town.client(town.maj).post(joint(town, assessment), {"set": f"{TONE}:3:0"}, headers=PART)
    found = answer.json()
    assert list(found["parts"]) == ["step2-online_tone"]
    assert 'aria-pressed="true"' in found["parts"]["step2-online_tone"]
    assert "1 av 8" in found["now"]
    assert found["said"] == "Sparat: 4, Hatisk eller hotfull."


def test_the_page_gets_only_what_changed(town: Town) -> None:
    assessment = an_assessment(town)
    maj = town.client(town.maj)
    with within(town.organisation.pk):
        stamps = ",".join(one.stamp for one in asked(assessment, 2))
    query = {"state": "shown", "s": stamps}
    assert maj.get(joint(town, assessment), query, headers=PART).json() == {"parts": {}, "now": None}
    sets(town, assessment, TONE, 2, by=town.bo)
    found = maj.get(joint(town, assessment), query, headers=PART).json()
    assert list(found["parts"]) == ["step2-online_tone"]
    assert "1 av 8" in found["now"]


def test_the_page_gets_everything_when_the_answers_are_shown(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    maj = town.client(town.maj)
    assert list(maj.get(joint(town, assessment), {"state": "alone"}, headers=PART).json()) == ["seats"]
    shown(town, assessment)
    assert "step2-online_tone" in maj.get(joint(town, assessment), {"state": "alone"}, headers=PART).json()["group"]


def test_the_group_page_costs_the_same_for_any_number_of_colleagues(town: Town, django_assert_max_num_queries: Any) -> None:
    assessment = an_assessment(town, is_group=True)
    for n in range(12):
        a_link(town, assessment, f"Kollega {n}")
    shown(town, assessment)
    maj = town.client(town.maj)
    maj.get(joint(town, assessment))
    with django_assert_max_num_queries(16):
        maj.get(joint(town, assessment), {"state": "shown", "s": ""}, headers=PART)


# ---- bad input


def test_the_later_of_two_sees_what_the_first_set_and_who_it_was(town: Town) -> None:
    assessment = an_assessment(town)
    sets(town, assessment, TONE, 3, by=town.bo)
    maj = town.client(town.maj)
    clash = maj.post(joint(town, assessment), {"set": f"{TONE}:1:0"})
    assert clash.status_code == 409
    assert "Bo Exempelsson satte nyss ”Hatisk eller hotfull”." in text(clash)
    part = maj.post(joint(town, assessment), {"set": f"{TONE}:1:0"}, headers=PART)
    assert part.status_code == 409
    assert again(town, assessment).joint == {TONE: 3}
    button = next(value for value in _buttons(part.json()["parts"]["step2-online_tone"]) if value.startswith(f"{TONE}:1:"))
    maj.post(joint(town, assessment), {"set": button})
    assert again(town, assessment).joint == {TONE: 1}


@pytest.mark.parametrize(
    "sent", ["", "x", f"{TONE}:9:0", f"{TONE}:1:-4", f"{TONE}:1:99999999999", "step3.tone:1:0", "step9.x:1:0", "::"]
)
def test_what_no_page_sends_saves_nothing(town: Town, sent: str) -> None:
    assessment = an_assessment(town)
    maj = town.client(town.maj)
    answer = maj.post(joint(town, assessment), {"set": sent})
    assert answer.status_code in {302, 409, 422}
    assert set(again(town, assessment).joint) <= {TONE}
    assert maj.post(joint(town, assessment), {"set": sent}, headers=PART).status_code in {200, 409, 422}


def test_a_matter_closed_meanwhile_is_said(town: Town) -> None:
    assessment = an_assessment(town)
    closes(town, assessment.matter)
    maj = town.client(town.maj)
    answer = maj.post(joint(town, assessment), {"set": f"{TONE}:1:0"})
    assert (answer.status_code, "Ärendet är avslutat" in text(answer)) == (422, True)
    for page in ("visa/", "vidare/"):
        said = maj.post(url(town, "bedomning/{}/", assessment) + page, follow=True)
        assert "Ärendet är avslutat" in text(said)
    typed = maj.post(url(town, "bedomning/{}/anteckning/", assessment), {"note": "Ny text", "seen": ""})
    assert (typed.status_code, "Ny text" in text(typed)) == (409, True)


def test_a_note_of_several_lines_is_changed_again_and_keeps_no_control_characters(town: Town) -> None:
    assessment = an_assessment(town)
    maj, note = town.client(town.maj), url(town, "bedomning/{}/anteckning/", assessment)
    for typed, seen in (("Ett\r\ntvå\x00", ""), ("Ett\r\ntre", "Ett\r\ntvå")):
        assert maj.post(note, {"note": typed, "seen": seen}).status_code == 302
    assert again(town, assessment).note == "Ett\ntre"


def test_a_note_that_is_too_long_is_kept_and_said(town: Town) -> None:
    assessment = an_assessment(town)
    typed = town.client(town.maj).post(url(town, "bedomning/{}/anteckning/", assessment), {"note": "ord " * 400, "seen": ""})
    assert typed.status_code == 422
    assert "högst 1000 tecken" in text(typed).replace("1\xa0000", "1000")
    assert "ord ord" in text(typed)


def test_a_day_ahead_of_time_is_said_and_what_was_typed_is_kept(town: Town) -> None:
    matter = a_matter(town)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    sent = {
        "outcome": "hate",
        "measures_helped": "no",
        "closed_on": tomorrow,
        "lesson": "Vi såg det inte.",
        "row_id": str(uuid4()),
    }
    maj = town.client(town.maj)
    answer = maj.post(url(town, "arende/{}/avsluta/", matter), sent)
    assert answer.status_code == 422
    assert "Dagen ligger framåt i tiden" in text(answer)
    assert "Vi såg det inte." in text(answer)
    sent["closed_on"] = timezone.localdate().isoformat()
    for _ in range(2):
        assert maj.post(url(town, "arende/{}/avsluta/", matter), sent).status_code == 302
    with within(town.organisation.pk):
        assert Closing.objects.count() == 1


# ---- measures


def plan(town: Town, assessment: Assessment, client: Client | None = None) -> tuple[str, dict[str, str]]:
    """The page's address, and what its form would send as it stands."""
    address = url(town, "bedomning/{}/atgarder/", assessment)
    page = Page((client or town.client(town.bo)).get(address).content.decode())
    form = next(form for form in page.forms if any(it.name.startswith("want-") for it in form.fields))
    return address, {it.name: it.value for it in form.fields if it.is_on}


def measures(town: Town) -> list[Measure]:
    with within(town.organisation.pk):
        return list(Measure.objects.select_related("person").order_by("code"))


def test_the_urgent_are_chosen_and_all_are_planned_at_once(town: Town) -> None:
    assessment = acute(town)
    address, sent = plan(town, assessment)
    bo = town.client(town.bo)
    for _ in range(2):
        assert bo.post(address, sent).status_code == 302
    made = measures(town)
    assert len(made) == sum(name.startswith("want-") for name in sent)
    assert {measure.priority for measure in made} == {1}
    assert {(measure.origin_kind, measure.origin_id) for measure in made} == {("risk_assessment", assessment.pk)}
    police = next(measure for measure in made if measure.code == "police_report")
    assert police.duty_role == "security_function"
    assert police.why.startswith("Föreslås på grund av")
    assert "Planerat" in text(bo.get(url(town, "bedomning/{}/", assessment)))
    assert "redan planerad" in text(bo.get(address))


def test_a_proposal_is_changed_and_given_to_a_person(town: Town) -> None:
    address, sent = plan(town, acute(town))
    keep = next(name for name in sent if name.startswith("want-"))
    sent = {name: value for name, value in sent.items() if not name.startswith("want-") or name == keep}
    key = keep.removeprefix("want-")
    sent |= {f"what-{key}": "Ring grannkommunen", f"person-{key}": "Maj Exempelsson"}
    town.client(town.bo).post(address, sent)
    assert [(one.what, one.person_id, one.duty_role) for one in measures(town)] == [("Ring grannkommunen", town.maj.pk, "")]


def test_one_that_stands_on_an_unknown_answer_is_not_chosen_by_itself(town: Town) -> None:
    assessment = an_assessment(town)
    sets_all(town, assessment, STEP2, "u2uu1u10")
    page = text(town.client(town.bo).get(url(town, "bedomning/{}/atgarder/", assessment)))
    assert "Bara för säkerhets skull: svaret är okänt." in page


@pytest.mark.parametrize("due", ["2020-01-01", "2026-13-40", "i morgon"])
def test_a_day_that_does_not_fit_is_said_and_nothing_is_planned(town: Town, due: str) -> None:
    address, sent = plan(town, acute(town))
    key = next(name for name in sent if name.startswith("want-")).removeprefix("want-")
    answer = town.client(town.bo).post(address, sent | {f"due-{key}": due, f"what-{key}": "Ring grannkommunen"})
    assert answer.status_code == 422
    assert "Inget är sparat än" in text(answer)
    assert "Ring grannkommunen" in text(answer)
    assert measures(town) == []


def test_a_measure_for_somebody_who_has_left_is_said(town: Town) -> None:
    address, sent = plan(town, acute(town))
    key = next(name for name in sent if name.startswith("want-")).removeprefix("want-")
    with setting_up(town.organisation):
        Person.objects.filter(pk=town.rut.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    answer = town.client(town.bo).post(address, sent | {f"person-{key}": "Rut Exempelsson"})
    assert answer.status_code == 422
    assert "har slutat" in text(answer)
    assert measures(town) == []


def test_nothing_chosen_is_said(town: Town) -> None:
    address, sent = plan(town, acute(town))
    answer = town.client(town.bo).post(address, {name: value for name, value in sent.items() if not name.startswith("want-")})
    assert (answer.status_code, "Välj minst en åtgärd" in text(answer)) == (422, True)


# ---- forecast and outcome


def test_levels_and_outcomes_are_counted_with_the_misses(town: Town) -> None:
    matter: Matter = a_matter(town, "low")
    closes(town, matter, "threats")
    page = text(town.client(town.maj).get("/granvik/riskguide/utfall/"))
    assert "1 ärende är avslutat." in page
    assert f"/granvik/riskguide/arende/{matter.pk}/" in page


def test_whoever_is_asked_finds_it_on_the_start_page_until_it_is_answered(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    bo = town.client(town.bo)
    assert url(town, "svar/{}/", seat) in text(bo.get("/granvik/"))
    for code in STEP2:
        bo.post(url(town, "svar/{}/", seat), {"set": f"{code}:1"})
    assert url(town, "svar/{}/", seat) not in text(bo.get("/granvik/"))


def test_the_next_step_in_the_sorted_agenda_leads_to_the_matter(town: Town) -> None:
    matter = a_matter(town)
    with within(town.organisation.pk):
        agenda = matter.screenings.get().agenda_id
    for prefix in ("", "/en"):
        page = Page(town.client(town.maj).get(f"{prefix}/granvik/riskguide/{agenda}/").content.decode())
        assert page.links.count(f"{prefix}/granvik/riskguide/arende/{matter.pk}/") == 1


def test_the_list_of_agendas_shows_what_is_being_assessed(town: Town) -> None:
    assessment = an_assessment(town)
    page = text(town.client(town.rut).get("/granvik/riskguide/"))
    assert "steg 2 pågår" in page
    closes(town, assessment.matter)
    assert "steg 2 pågår" not in text(town.client(town.rut).get("/granvik/riskguide/"))

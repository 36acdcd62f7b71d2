"""The guide without an account: nothing is stored unless asked for, and what was typed is never lost."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.pages import Page
from varn.riskguide.guest.pace import Pace
from varn.riskguide.guest.views import resulting
from varn.riskguide.models import GuestAssessment
from varn.riskguide.tests.groups import STEP2, STEP3
from varn.run.risk import main
from varn.tenancy.within import holding

pytestmark = pytest.mark.django_db
START, MATTER, STEP, RESULT, SAVED = (
    "/riskguide/",
    "/riskguide/bedoma/",
    "/riskguide/bedoma/steg/{}/",
    "/riskguide/bedoma/resultat/",
    "/riskguide/sparad/",
)
MATTER_SENT = {"title": "Vindkraft på Storhöjden", "own_judgement": "high", "go": "step"}


@pytest.fixture(autouse=True)
def _a_new_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resulting, "_pace", Pace())


class Guest:
    """A browser that follows the forms it is shown, hidden fields included."""

    def __init__(self, **options: Any) -> None:
        self.client = Client(**options)
        self.page: Any = None

    def gets(self, path: str) -> Any:
        self.page = self.client.get(path, follow=True)
        return self.page

    def sends(self, path: str, sent: dict[str, Any], **more: Any) -> Any:
        self.page = self.client.post(path, self.hidden() | sent, **{"follow": True, **more})
        return self.page

    def hidden(self) -> dict[str, str]:
        forms = [form for form in Page(self.page.content.decode()).forms if any(it.name == "carried" for it in form.fields)]
        return {it.name: it.value for it in forms[0].fields if it.name in {"carried", "token"}} if forms else {}

    def begins(self, **more: str) -> Any:
        self.gets(MATTER)
        return self.sends(MATTER, MATTER_SENT | more)

    def answers(self, step: int, value: str = "2", go: str = "step", codes: list[str] | None = None) -> Any:
        asked = codes or (STEP2 if step == 2 else STEP3)
        return self.sends(STEP.format(step), dict.fromkeys(asked, value) | {"go": go})

    def goes_through(self, value: str = "2") -> Any:
        self.begins()
        self.answers(2, value)
        return self.answers(3, value)

    def saves(self, **more: Any) -> str:
        """The link's token."""
        text: str = self.sends(RESULT, {"do": "save"}, **more).content.decode()
        return text.partition("/l/")[2].split("<")[0].strip()


def rows(*tokens: str) -> list[GuestAssessment]:
    from varn.sealing.boxes import token_hash

    found = []
    for token in tokens:
        with holding("link", token_hash(token)):
            found += list(GuestAssessment.objects.all())
    return found


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_first_page_sets_no_cookie_and_may_be_kept() -> None:
    answer = Client().get(START)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "public" in answer.headers["Cache-Control"]
    assert "Skriv inget känsligt" in text_of(answer)
    assert "i 30 dagar" in text_of(answer)


@pytest.mark.parametrize("before", ["", "/en"])
def test_all_three_steps_end_in_a_result_in_words(before: str) -> None:
    guest = Guest()
    guest.gets(before + MATTER)
    guest.sends(before + MATTER, MATTER_SENT)
    assert guest.page.redirect_chain[-1][0] == before + STEP.format(2)
    guest.sends(before + STEP.format(2), dict.fromkeys(STEP2, "2") | {"go": "step"})
    guest.sends(before + STEP.format(3), dict.fromkeys(STEP3, "2") | {"go": "step"})
    assert guest.page.redirect_chain[-1][0] == before + RESULT
    text = text_of(guest.page)
    assert "Vindkraft på Storhöjden" in text
    assert "<svg" in text
    assert ("Proposed measures" if before else "Förslag på åtgärder") in text
    assert ("Vill du behålla det?" in text) is (before == "")
    assert 'class="level' in text


def test_one_may_stop_after_any_step() -> None:
    guest = Guest()
    text = text_of(guest.begins(go="result"))
    assert guest.page.redirect_chain[-1][0] == RESULT
    assert "Gå vidare till steg 2" in text
    assert "Gå vidare till steg 3" in text_of(guest.answers(2, go="result"))


def test_nothing_is_stored_and_nothing_stands_in_an_address() -> None:
    guest = Guest()
    guest.goes_through()
    assert "?" not in guest.page.request["PATH_INFO"] + guest.page.request["QUERY_STRING"]
    cookies = {name: morsel for name, morsel in guest.client.cookies.items() if name.startswith("varn_guide")}
    assert {morsel["path"] for morsel in cookies.values()} == {"/riskguide/bedoma/", "/en/riskguide/bedoma/"}
    for morsel in cookies.values():
        assert 0 < morsel["max-age"] <= 1200
        assert morsel["httponly"]
        assert len(morsel.value) < 3_900
        assert "Vindkraft" not in morsel.value


def test_the_longest_there_is_fits_in_the_cookie() -> None:
    guest = Guest()
    guest.begins(title="𝔛" * 200, **{f"q-{code}": "unknown" for code in questions()})
    guest.answers(2, "unknown")
    guest.answers(3, "unknown")
    guest.saves()
    assert max(len(morsel.value) for name, morsel in guest.client.cookies.items() if name.startswith("varn_guide")) < 3_900


def questions() -> list[str]:
    from varn.catalogues.riskguide import guide

    return [question.id for question in guide().step1.question]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": ""}, "Skriv vad ärendet kallas"),
        ({"title": "x" * 201}, "Korta ärendets namn till högst 200 tecken"),
        ({"own_judgement": ""}, "Välj en nivå, eller svara på minst en av de sex frågorna"),
        ({"own_judgement": "enormous"}, "fanns inte på skalan"),
    ],
)
def test_a_first_step_that_will_not_do_is_told_and_keeps_what_was_typed(sent: dict[str, str], said: str) -> None:
    guest = Guest()
    answer = guest.begins(**sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    if sent.get("title", "x") and "own_judgement" not in sent:
        assert str(sent["title"]) in text_of(answer)


def test_a_missing_answer_is_pointed_at_and_the_others_stand() -> None:
    guest = Guest()
    guest.begins()
    answer = guest.answers(2, "3", codes=STEP2[1:])
    assert answer.status_code == 422
    assert f'href="#{STEP2[0].replace(".", "-")}-0"' in text_of(answer)
    assert text_of(answer).count(" checked") == len(STEP2) - 1


def test_a_step_half_way_is_said_not_to_count() -> None:
    guest = Guest()
    guest.begins()
    text = text_of(guest.answers(2, "3", go="result", codes=STEP2[:3]))
    assert "Steg 2 räknas inte än: 3 av 8" in text
    assert "Fortsätt svara i steg 2" in text


@pytest.mark.parametrize("path", [RESULT, STEP.format(2), STEP.format(3), STEP.format(7)])
def test_without_answers_one_is_led_to_the_beginning(path: str) -> None:
    assert Guest().gets(path).redirect_chain[-1][0] == MATTER


def test_a_page_left_open_for_hours_loses_nothing() -> None:
    guest = Guest()
    guest.begins()
    guest.client.cookies.clear()
    guest.answers(2)
    guest.client.cookies.clear()
    assert guest.page.redirect_chain[-1][0] == STEP.format(3)
    assert "Det som driver" in text_of(guest.answers(3))


def test_two_tabs_are_two_matters() -> None:
    guest = Guest()
    guest.begins(title="Skolan")
    first = guest.hidden()
    guest.begins(title="Vägen")
    answer = guest.client.post(STEP.format(2), first | dict.fromkeys(STEP2, "1") | {"go": "result"}, follow=True)
    assert "Skolan" in text_of(answer)


def test_a_forged_field_or_cookie_is_nothing() -> None:
    guest = Guest()
    guest.gets(MATTER)
    answer = guest.client.post(RESULT, {"carried": "AAAA" * 20, "do": "save"}, follow=True)
    assert answer.redirect_chain[-1][0] == MATTER
    guest.client.cookies["varn_guide_sv"] = "x" * 300
    assert guest.gets(RESULT).redirect_chain[-1][0] == MATTER


def test_the_file_is_read_by_the_command_line(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    guest = Guest()
    guest.goes_through()
    answer = guest.sends(RESULT, {"do": "file"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="riskguide.json"'
    assert "Vindkraft" not in text_of(answer)
    (tmp_path / "case.json").write_bytes(answer.content)
    assert main(["score", str(tmp_path / "case.json"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["step3"]["stage"] >= 3


def test_what_is_saved_comes_back_by_its_link() -> None:
    guest = Guest()
    guest.goes_through()
    token = guest.saves()
    assert len(token) >= 22
    other = Guest()
    opened = other.gets(f"/l/{token}")
    assert opened.redirect_chain == [(SAVED, 302)]
    assert "Vindkraft på Storhöjden" in text_of(opened)
    assert other.sends(SAVED, {"do": "go_on"}).redirect_chain[-1][0] == RESULT
    assert "Vindkraft på Storhöjden" in text_of(other.page)
    assert token not in text_of(other.page)
    assert "own_judgement" in other.client.post(SAVED, {"do": "file"}).content.decode()


def test_sent_twice_it_is_saved_once() -> None:
    guest = Guest()
    guest.goes_through()
    sent = guest.hidden() | {"do": "save"}
    first, second = (guest.client.post(RESULT, sent) for _ in range(2))
    tokens = {text_of(answer).partition("/l/")[2].split("<")[0].strip() for answer in (first, second)}
    assert len(tokens) == 1
    assert len(rows(*tokens)) == 1


def test_changes_are_saved_under_the_same_link() -> None:
    guest = Guest()
    guest.goes_through()
    token = guest.saves()
    guest.gets(STEP.format(2))
    guest.answers(2, "0", go="result")
    assert "Ändringarna är sparade" in text_of(guest.sends(RESULT, {"do": "save"}))
    assert {rows(token)[0].joint[code] for code in STEP2} == {0}
    assert rows(token)[0].version == 2


def test_the_later_of_two_with_the_link_is_told_and_may_have_a_link_of_their_own() -> None:
    guest, other = Guest(), Guest()
    guest.goes_through()
    token = guest.saves()
    other.gets(f"/l/{token}")
    other.sends(SAVED, {"do": "go_on"})
    guest.gets(RESULT)
    guest.sends(RESULT, {"do": "save"})
    answer = other.sends(RESULT, {"do": "save"})
    assert answer.status_code == 409
    assert "Spara under en ny länk" in text_of(answer)
    new = other.sends(RESULT, {"do": "save", "anew": "1"})
    assert "Länken visas bara nu" in text_of(new)


def test_whoever_holds_the_link_deletes_it_at_once() -> None:
    guest = Guest()
    guest.goes_through()
    token = guest.saves()
    other = Guest()
    other.gets(f"/l/{token}")
    assert "borttagen" in text_of(other.sends(SAVED, {"do": "delete"}))
    assert rows(token) == []
    assert other.gets(SAVED).status_code == 410
    guest.gets(RESULT)
    assert "Länken visas bara nu" in text_of(guest.sends(RESULT, {"do": "save"}))  # it can still be saved, anew


def test_deleted_expired_and_made_up_links_give_the_same_page(monkeypatch: pytest.MonkeyPatch) -> None:
    guest = Guest()
    guest.goes_through()
    token = guest.saves()
    guest.gets(f"/l/{token}")
    guest.sends(SAVED, {"do": "delete"})
    gone, made_up = Client().get(f"/l/{token}"), Client().get("/l/hittat-pa-hittat-pa-hittat-pa")
    assert (gone.status_code, gone.content, dict(gone.headers)) == (410, made_up.content, dict(made_up.headers))
    assert not gone.cookies


def test_reading_by_the_link_changes_nothing() -> None:
    guest = Guest()
    guest.goes_through()
    token = guest.saves()
    before = rows(token)[0].__dict__ | {"_state": None}
    for _ in range(2):
        Guest().gets(f"/l/{token}")
        Client().head(f"/l/{token}")
    assert rows(token)[0].__dict__ | {"_state": None} == before


def test_too_many_at_once_are_asked_to_wait_and_keep_their_answers() -> None:
    guest = Guest()
    guest.goes_through()
    page = guest.page
    for _ in range(30):
        guest.page = page
        guest.saves()
    guest.page = page
    answer = guest.sends(RESULT, {"do": "save"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 60
    assert "Svaren är kvar" in text_of(answer)
    assert "Vindkraft på Storhöjden" in text_of(answer)


@pytest.mark.parametrize("path", [MATTER, STEP.format(2), RESULT, SAVED])
def test_a_post_from_elsewhere_is_refused(path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(path, {}).status_code == 403
    client.get(MATTER)
    for origin in ("https://elsewhere.example", "null"):
        assert client.post(path, {}, headers={"origin": origin}).status_code == 403


def test_everything_can_be_forgotten() -> None:
    guest = Guest()
    guest.goes_through()
    assert guest.sends(RESULT, {"do": "forget"}).redirect_chain[-1][0] == START
    assert guest.gets(RESULT).redirect_chain[-1][0] == MATTER


@pytest.mark.parametrize("value", ["0", "1", "2", "unknown"])
def test_every_answer_gives_a_page(value: str) -> None:
    guest = Guest()
    guest.goes_through(value)
    assert guest.page.status_code == 200

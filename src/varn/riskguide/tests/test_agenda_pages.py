"""Paste, look through, save: through HTTP, as a person without JavaScript."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from varn.riskguide.actions import Choice, judge_matter
from varn.riskguide.models import Agenda
from varn.riskguide.rows import Row
from varn.riskguide.tests.conftest import Town
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
TEXT = """Kallelse till Kommunstyrelsen 2026-12-09
§ 1 Upprop
§ 2 Ny skolstruktur i Norrbyn (KS 2026/118)
§ 3 Vindkraft på Storhöjden
"""


def words(response: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def fields(response: Any) -> dict[str, str]:
    """What the editor's form would send as it stands."""
    html = response.content.decode()
    form = html[html.index('data-keep="agenda-rows"') : html.index('name="save"')]
    found = dict(re.findall(r'<input (?:type="hidden" )?name="(\w+)"(?: id="\w+")? value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    day = re.search(r'<input type="date" name="meets_on"(?: value="([^"]*)")?', form)
    found["meets_on"] = day[1] or "" if day else ""
    return {name: unescape(value) for name, value in found.items() if name != "csrfmiddlewaretoken"}


@pytest.fixture
def maj(town: Town) -> Client:
    return town.client(town.maj)


def paste(client: Client, text: str = TEXT, **more: Any) -> Any:
    return client.post("/granvik/riskguide/ny/", {"text": text, **more})


def save(client: Client, sent: dict[str, str], path: str = "/granvik/riskguide/ny/granska/", **more: str) -> Any:
    return client.post(path, {**sent, "save": "1", **more})


def agendas(town: Town) -> list[Agenda]:
    with within(town.organisation.pk):
        return list(Agenda.objects.order_by("meets_on"))


def test_pages_open_for_those_who_sort_and_not_for_strangers(make_town: Callable[[str], Town]) -> None:
    town, other = make_town("granvik"), make_town("lugnvik")
    agenda = town.agenda()
    reading = ["", "om/", f"{agenda.pk}/", f"{agenda.pk}/klart/"]
    sorting = ["ny/", f"{agenda.pk}/andra/", f"{agenda.pk}/1/fragor/"]
    for path in reading + sorting:
        address = f"/granvik/riskguide/{path}"
        assert town.client(town.maj).get(address).status_code == 200, path
        assert town.client(town.rut).get(address).status_code == (200 if path in reading else 404), path
        assert other.client(other.maj).get(address).status_code == 404, path
        assert Client().get(address).status_code == 302, path
        # The other municipality's own address with this one's id.
        if str(agenda.pk) in path:
            assert other.client(other.maj).get(f"/lugnvik/riskguide/{path}").status_code == 404, path


def test_a_pasted_agenda_is_shown_saved_and_sorted(town: Town, maj: Client) -> None:
    shown = paste(maj)
    sent = fields(shown)
    assert (sent["meets_on"], sent["body"]) == ("2026-12-09", str(town.board.pk)), "read from the text"
    assert "2 ärenden att sortera" in words(shown)
    assert agendas(town) == [], "looking is not saving"
    response = save(maj, sent)
    agenda = agendas(town)[0]
    assert response["Location"] == f"/granvik/riskguide/{agenda.pk}/"
    page = words(maj.get(response["Location"]))
    assert "Ny skolstruktur i Norrbyn" in page
    assert "1 formaliapunkt är lagd åt sidan" in page


def test_every_row_can_be_changed_added_joined_set_aside_and_removed(town: Town, maj: Client) -> None:
    sent = fields(paste(maj, "§ 1 Ny bro\n§ 2 över ån\n§ 3 Lunch ute\n§ 4 Bort"))
    more = fields(maj.post("/granvik/riskguide/ny/granska/", {**sent, "add": "1"}))
    assert int(more["rows"]) == int(sent["rows"]) + 1
    last = int(more["rows"]) - 1
    changed = {**more, "k1": "above", "k2": "aside", "k3": "gone", f"t{last}": "Eget ärende", f"d{last}": "KS 9"}
    changed |= {"body": str(town.board.pk), "meets_on": "2026-12-09"}
    save(maj, changed)
    with within(town.organisation.pk):
        agenda = Agenda.objects.get()
        assert [s.title for s in agenda.screenings.order_by("position")] == ["Ny bro över ån", "Eget ärende"]
        assert agenda.set_aside == [{"number": "§ 3", "title": "Lunch ute"}]


def test_a_skipped_line_can_be_turned_into_a_matter(town: Town, maj: Client) -> None:
    sent = fields(paste(maj, "Beslutsärenden\n§ 1 Ny bro\n§ 2 Vargjakt"))
    at = next(name[1:] for name, value in sent.items() if value == "Beslutsärenden")
    assert sent[f"k{at}"] == "gone"
    save(maj, {**sent, f"k{at}": "matter", "body": str(town.board.pk), "meets_on": "2026-12-09"})
    with within(town.organisation.pk):
        assert "Beslutsärenden" in list(Agenda.objects.get().screenings.values_list("title", flat=True))


def test_the_same_form_sent_twice_makes_one_agenda(town: Town, maj: Client) -> None:
    sent = fields(paste(maj))
    first, second = save(maj, sent), save(maj, sent)
    assert first["Location"] == second["Location"]
    assert len(agendas(town)) == 1


def test_a_key_that_another_organisation_has_taken_is_no_matter(
    town: Town, maj: Client, make_town: Callable[[str], Town]
) -> None:
    taken = make_town("tallhult").agenda()
    answer = save(maj, {**fields(paste(maj)), "key": str(taken.pk)})
    assert answer.status_code == 302
    assert len(agendas(town)) == 1


def test_the_same_file_twice_is_offered_as_an_update_that_keeps_judgements(town: Town, maj: Client) -> None:
    save(maj, fields(paste(maj)))
    agenda = agendas(town)[0]
    judge_matter(town.member(town.bo), agenda.pk, Choice(2, "high", "", 0))
    shown = paste(maj, TEXT.replace("§ 2 Ny skolstruktur i Norrbyn (KS 2026/118)\n", "") + "§ 4 Parkeringstaxa")
    assert "har redan en dagordning" in words(shown)
    assert "Bedömningen av 1 ärende behålls" in words(shown)
    assert "Står i den sparade dagordningen men inte i den nya texten" in words(shown)
    save(maj, fields(shown))
    assert len(agendas(town)) == 1
    with within(town.organisation.pk):
        titles = list(agenda.screenings.order_by("position").values_list("title", "own_judgement"))
    assert titles == [("Vindkraft på Storhöjden", "high"), ("Parkeringstaxa", ""), ("Ny skolstruktur i Norrbyn", "")]


def test_a_day_that_turns_out_to_have_an_agenda_stops_and_asks(town: Town, maj: Client) -> None:
    town.agenda(["Skola"], days=10)
    sent = fields(paste(maj, "§ 1 Vargjakt")) | {"body": str(town.board.pk), "meets_on": town.day(10).isoformat()}
    stopped = save(maj, sent)
    assert stopped.status_code == 409
    assert "Inget är sparat än" in words(stopped)
    assert "Vargjakt" in words(stopped)
    save(maj, fields(stopped))
    with within(town.organisation.pk):
        assert set(Agenda.objects.get().screenings.values_list("title", flat=True)) == {"Skola", "Vargjakt"}


def test_a_similar_title_is_proposed_and_confirmed_by_a_tick(town: Town, maj: Client) -> None:
    before = town.agenda([Row("Ny skolstruktur i Norrbyn, samråd")], days=-40)
    judge_matter(town.member(town.maj), before.pk, Choice(1, "high", "", 0))
    shown = paste(maj, "§ 7 Skolstrukturen i Norrbyn\n§ 8 Vargjakt")
    assert "Samma ärende som ”Ny skolstruktur i Norrbyn, samråd”" in words(shown)
    assert "då hög" in words(shown)
    tick = re.search(r'type="checkbox" name="(q\d+)" id="q\d+" value="([^"]+)"', shown.content.decode())
    assert tick
    meeting = {"body": str(town.board.pk), "meets_on": "2026-12-09"}
    page = words(maj.get(save(maj, {**fields(shown), **meeting, tick[1]: tick[2]})["Location"]))
    assert "Förra gången: Hög" in page


def test_what_is_wrong_is_said_with_what_was_typed_kept(town: Town, maj: Client) -> None:
    sent = fields(paste(maj))
    response = save(maj, {**sent, "t2": "", "meets_on": "1926-12-09", "body": str(uuid4())})
    assert response.status_code == 422
    text = words(response)
    assert "Organet finns inte. Välj ett i listan." in text
    assert "Dagen ligger mer än tre år bort" in text
    response = save(maj, {**sent, "t2": "", "t3": "Egen rubrik"})
    assert response.status_code == 422
    assert "Rad 3: skriv vad ärendet heter" in words(response)
    assert "Egen rubrik" in words(response)
    assert agendas(town) == []


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "tom.docx", "Det finns ingen text"),
        (b"%PDF-1.4 trasig", "bild.pdf", "skadad"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "gammal.doc", ""),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "foto.png", "Filen är en bild"),
        (b"x" * (10 * 2**20 + 1), "stor.txt", "högst 10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(maj: Client, town: Town, content: bytes, name: str, sentence: str) -> None:
    response = maj.post("/granvik/riskguide/ny/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert sentence in words(response)
    assert 'data-contract="error-summary"' in response.content.decode()


def test_a_file_far_too_large_is_told_and_the_text_is_kept(maj: Client) -> None:
    huge = SimpleUploadedFile("stor.pdf", b"%PDF-" + b"x" * 12_000_000)
    response = maj.post("/granvik/riskguide/ny/", {"file": huge, "meets_on": "2026-12-09"})
    assert response.status_code == 422
    assert "högst 10 MB" in words(response)
    assert 'value="2026-12-09"' in response.content.decode()


def test_nothing_at_all_and_both_at_once_are_told(maj: Client) -> None:
    assert "Klistra in dagordningen eller välj en fil." in words(paste(maj, "  \n"))
    both = maj.post("/granvik/riskguide/ny/", {"text": "§ 1 Bro", "file": SimpleUploadedFile("a.txt", b"x")})
    assert "Behåll det ena" in words(both)
    assert "§ 1 Bro" in words(both)


def test_five_hundred_and_one_matters_are_too_many(maj: Client) -> None:
    response = paste(maj, "\n".join(f"§ {n} Ärende om plats {n}" for n in range(1, 502)))
    assert response.status_code == 422
    assert "501 ärenden, fler än 500" in words(response)


def test_a_form_that_comes_back_after_logging_in_has_as_many_rows(maj: Client, town: Town) -> None:
    assert Client().post("/granvik/riskguide/ny/granska/?rader=9", {"rows": "9"})["Location"].endswith("granska/%3Frader%3D9")
    page = maj.get("/granvik/riskguide/ny/granska/?rader=9")
    assert page.content.decode().count('id="row') == 9
    assert "Du har loggat in igen" in words(page)
    for number in ("", "?rader=-1", "?rader=" + "9" * 5_000):
        assert maj.get(f"/granvik/riskguide/ny/granska/{number}").status_code == 302


def test_an_agenda_is_edited_and_moved_but_not_onto_another(town: Town, maj: Client) -> None:
    agenda, other = town.agenda(["Skola"], days=10), town.agenda(["Vind"], days=20)
    path = f"/granvik/riskguide/{agenda.pk}/andra/"
    sent = fields(maj.get(path))
    refused = save(maj, {**sent, "meets_on": other.meets_on.isoformat()}, path)
    assert refused.status_code == 422
    assert "redan en annan dagordning" in words(refused)
    assert save(maj, {**sent, "meets_on": town.day(11).isoformat(), "t0": "Skolan"}, path).status_code == 302
    assert town.screening(agenda).title == "Skolan"
    with within(town.organisation.pk):
        assert Agenda.objects.get(pk=agenda.pk).meets_on == town.day(11)


def test_removing_a_judged_matter_is_warned_of(town: Town, maj: Client) -> None:
    agenda = town.agenda(["Skola", "Vind"])
    judge_matter(town.member(town.bo), agenda.pk, Choice(1, "high", "", 0))
    path = f"/granvik/riskguide/{agenda.pk}/andra/"
    shown = maj.post(path, {**fields(maj.get(path)), "k0": "gone", "add": "1"})
    assert "Ärendet är bedömt som hög. Bedömningen försvinner när du sparar." in words(shown)


def test_text_of_others_is_never_markup(town: Town, maj: Client) -> None:
    town.agenda([Row("<script>alert(1)</script> bro", note='"><img src=x onerror=1>')])
    agenda = agendas(town)[0]
    for path in ("", "andra/", "klart/", "1/fragor/"):
        html = maj.get(f"/granvik/riskguide/{agenda.pk}/{path}").content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_the_list_says_how_far_each_agenda_is(town: Town, maj: Client) -> None:
    agenda = town.agenda(["Skola", "Vind"], days=0)
    judge_matter(town.member(town.maj), agenda.pk, Choice(1, "high", "", 0))
    text = words(maj.get("/granvik/riskguide/"))
    assert "1 av 2" in text
    assert "1 hög" in text
    assert "i dag" in text
    english = words(maj.get("/en/granvik/riskguide/"))
    assert "1 of 2" in english
    assert "1 high" in english


def test_without_a_body_the_page_says_who_can_add_one(town: Town, maj: Client) -> None:
    from tests.people import setting_up

    with setting_up(town.organisation):
        town.board.delete()
    assert "Be organisationens administratör" in words(maj.get("/granvik/riskguide/ny/"))

"""The warning where a text seems to name somebody: what it sees, and what it leaves alone."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.people import LONG_AGO, a_body, a_person, a_seat, an_organisation, setting_up
from varn.organisations.models import Party
from varn.organisations.naming import Seen, Sight, seen_in, warning
from varn.organisations.queries.naming import pointed_out
from varn.organisations.rights import Job
from varn.tenancy.within import within

AGENDAS = Path(__file__).parents[2] / "run/demo/agendas.py"


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("Ring Anna Svensson före mötet", Sight.NAME, "Anna Svensson"),
        ("Anna Svensson hotades vid entrén", Sight.NAME, "Anna Svensson"),
        ("Klagomål från Zlatko Provovic", Sight.NAME, "Zlatko Provovic"),
        ("Boka möte med Karl-Erik von Essen på torsdag", Sight.NAME, "Karl-Erik von Essen"),
        ("Bo Ek\nska få stöd", Sight.NAME, "Bo Ek"),
        ("Rör 19811218-9876", Sight.PERSONAL_NUMBER, "19811218-9876"),
        ("Rör 811218-9876.", Sight.PERSONAL_NUMBER, "811218-9876"),
        ("Rör 701063-2391", Sight.PERSONAL_NUMBER, "701063-2391"),
        ("Nås på 070-123 45 67", Sight.PHONE, "070-123 45 67"),
        ("Nås på +46 70 123 45 67", Sight.PHONE, "+46 70 123 45 67"),
        ("Skriv till anna@annat.example först", Sight.EMAIL, "anna@annat.example"),
    ],
)
def test_what_points_somebody_out_is_seen(text: str, kind: Sight, what: str) -> None:
    assert seen_in(text) == [Seen(kind, what)]


@pytest.mark.parametrize(
    "text",
    [
        "Utse en kontaktperson för ärendet",
        "Vindkraft på Storhöjden, yttrande till Länsstyrelsen",
        "Detaljplan för Hamnparken, samråd (KS 2025/342)",
        "Samråd med Region Fjällmark och Granvik kommun",
        "Informera Kommunstyrelsen och Barn- och utbildningsnämnden",
        "Försäljning av del av Fastigheten Kvarnen 4:12",
        "Avtal med Granbo Bostäder AB, 556012-5790",
        "Ring 112 eller 114 14",
        "Södra Sjukhuset, Norra Storgatan 12",
        "BMN 2026-311 och RS 2026-0812, 1,5 miljoner kronor 2026-01-01",
        "Kontakta Säkerhetspolisen. Boka Folkets hus.",
        "",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert seen_in(text) == []


def test_not_one_of_the_matters_of_municipal_life_is_taken_for_a_person() -> None:
    texts = re.findall(r'= """\\\n(.*?)"""', AGENDAS.read_text("utf-8"), re.DOTALL)
    lines = [line for text in texts for line in text.splitlines()]
    assert len(lines) > 80
    assert {line: seen for line in lines if (seen := seen_in(line))} == {}


def test_what_is_seen_twice_is_said_once_and_a_known_name_never() -> None:
    text = "Ring Alva Exempelsson och Anna Svensson. Anna Svensson svarar, Alva Exempelssons telefon är trasig."
    assert seen_in(text, known=["Alva Exempelsson"]) == [Seen(Sight.NAME, "Anna Svensson")]


def test_the_warning_says_what_was_seen_in_both_languages_but_no_personal_number() -> None:
    seen = [Seen(Sight.NAME, "Anna Svensson"), Seen(Sight.PERSONAL_NUMBER, "811218-9876")]
    assert "”Anna Svensson”" in warning(seen, "sv")
    assert "the name “Anna Svensson”" in warning(seen, "en-gb")
    assert "811218" not in warning(seen, "sv")
    assert warning([], "sv") == ""


@pytest.mark.django_db
def test_bodies_parties_and_people_in_office_may_be_named_but_not_a_protected_one() -> None:
    granvik = an_organisation("granvik")
    board = a_body(granvik)
    a_seat(granvik, a_person(granvik, "Alva"), board)
    a_seat(granvik, a_person(granvik, "Saga", is_protected=True), board)
    a_person(granvik, "Nils")  # employed: no office to be named for
    with setting_up(granvik):
        Party.objects.create(name="Demokratiska Samlingen", abbreviation="DS")
    with within(granvik.pk):
        text = "Fråga Alva Exempelsson, Saga Exempelsson, Nils Exempelsson och Demokratiska Samlingen"
        seen = pointed_out(Job(granvik.pk), [text], today=date(2026, 11, 24))
        assert [one.text for one in seen] == ["Saga Exempelsson", "Nils Exempelsson"]
        assert pointed_out(Job(granvik.pk), ["Boka lokal", ""], today=LONG_AGO) == []

"""The contact strip and the contact page: what answers now first, names only for those who belong."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from tests.people import a_person, an_organisation, setting_up
from varn.organisations.models import ContactWay, DutyTurn, OfficeHours, Organisation
from varn.organisations.rights import Role

pytestmark = pytest.mark.django_db
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def granvik() -> Organisation:
    organisation = an_organisation("granvik")
    with setting_up(organisation):
        for position, (label, phone, hours) in enumerate(
            (("Kontoret", "0555-111", "ordinary"), ("Jouren", "0555-222", "out_of_hours"), ("Växeln", "0555-333", "always"))
        ):
            ContactWay.objects.create(label_sv=label, label_en=f"{label} en", phone=phone, hours=hours, position=position)
        OfficeHours.objects.create(opens_at=time(9), closes_at=time(15))
    return organisation


def at(monkeypatch: Any, *moment: int) -> None:
    now = datetime(*moment, tzinfo=STOCKHOLM)  # type: ignore[arg-type, misc]
    monkeypatch.setattr(timezone, "localtime", lambda *args: now)


def order(page: str) -> list[str]:
    strip = page[page.index("<main") :]
    return sorted(("0555-111", "0555-222", "0555-333"), key=lambda number: strip.find(f">{number}<"))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2026, 11, 24, 9, 0), ["0555-111", "0555-333", "0555-222"]),
        ((2026, 11, 24, 15, 0), ["0555-222", "0555-333", "0555-111"]),
        ((2026, 12, 25, 10, 0), ["0555-222", "0555-333", "0555-111"]),
    ],
)
def test_what_answers_now_stands_first(
    granvik: Organisation, client: Client, monkeypatch: Any, moment: Any, expected: Any
) -> None:
    at(monkeypatch, *moment)
    page = client.get("/granvik/kontakt/").content.decode()
    assert order(page) == expected
    strip = page[: page.index("<main")]
    assert expected[0] in strip
    assert "tel:112" in strip
    assert expected[2] not in strip
    assert "/granvik/kontakt/" in strip


def test_the_page_speaks_english(granvik: Organisation, client: Client) -> None:
    page = client.get("/en/granvik/kontakt/").content.decode()
    assert "Kontoret en" in page
    assert client.get("/finns-inte/kontakt/").status_code == 404


def test_who_holds_the_duty_is_for_those_who_belong(granvik: Organisation, client: Client) -> None:
    bo = a_person(granvik, "Bo", Role.CASE_HANDLER)
    ulf = a_person(granvik, "Ulf", Role.CLERK, is_protected=True)
    today = timezone.localdate()
    with setting_up(granvik):
        ways = {way.label_sv: way for way in ContactWay.objects.all()}
        DutyTurn.objects.create(way=ways["Jouren"], person=bo, starts_on=today, ends_on=today)
        DutyTurn.objects.create(way=ways["Växeln"], person=ulf, starts_on=today, ends_on=today)
    assert "Bo Exempelsson" not in client.get("/granvik/kontakt/").content.decode()
    member = Client()
    member.force_login(ulf.account)  # type: ignore[arg-type]
    page = member.get("/granvik/kontakt/").content.decode()
    assert "Bo Exempelsson" in page
    assert "Ulf Exempelsson" not in page
    stranger = Client()
    stranger.force_login(a_person(an_organisation("bjornmark"), "Cia").account)  # type: ignore[arg-type]
    assert "Bo Exempelsson" not in stranger.get("/granvik/kontakt/").content.decode()


def test_without_ways_the_frame_shows_112(client: Client) -> None:
    an_organisation("bjornmark")
    page = client.get("/bjornmark/kontakt/").content.decode()
    assert "tel:112" in page
    assert "tel:11414" in page

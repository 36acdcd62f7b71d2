"""A calendar that follows a link by itself: only the hash is kept, it can be taken back, and it ends with the mandate."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.pages import Page
from tests.people import setting_up
from varn.measures.models import CalendarFeed, Measure
from varn.measures.tests.test_pages import a_measure, days, logged_in
from varn.organisations.models import Organisation, Person
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
PAGE = "/granvik/atgarder/kalender/"


def a_link(client: Client, page: str = PAGE) -> str:
    """Made by the page's button; the address, without the host."""
    html = client.post(page).content.decode()
    value = html.partition('id="feed"')[2].partition('value="')[2].partition('"')[0]
    return urlsplit(value).path


def events(answer: Any) -> list[Any]:
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_feed_shows_what_is_mine_and_has_a_day(granvik: Organisation, alva: Person, bo: Person) -> None:
    row = a_measure(granvik, person=alva, due_on=days(30), why="Så att fler kommer till tals.")
    a_measure(granvik, "Utan dag", person=alva)
    a_measure(granvik, "Klar", person=alva, due_on=days(3), state="done", closed_on=days(0))
    a_measure(granvik, "Någon annans", person=bo, due_on=days(3))
    path = a_link(logged_in(alva))
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    [event] = events(answer)
    assert event["UID"] == f"{row.pk}@atgarder.varn"
    assert event["DTSTART"].dt == days(30)
    assert f"/granvik/atgarder/{row.pk}/" in str(event["DESCRIPTION"])
    with within(granvik.pk):
        assert path.rpartition("/")[2].removesuffix(".ics") not in str(CalendarFeed.objects.values().get())


def test_unchanged_it_is_not_sent_again(granvik: Organisation, alva: Person) -> None:
    row = a_measure(granvik, person=alva, due_on=days(3))
    path = a_link(logged_in(alva))
    etag = Client().get(path).headers["ETag"]
    unchanged = Client().get(path, headers={"if-none-match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    with setting_up(granvik):
        Measure.objects.filter(pk=row.pk).update(due_on=days(4), version=1)
    assert Client().get(path, headers={"if-none-match": etag}).status_code == 200


def test_a_new_link_ends_the_old_and_a_revoked_one_is_like_one_that_never_was(granvik: Organisation, alva: Person) -> None:
    client = logged_in(alva)
    old, new = a_link(client), a_link(client)
    assert old != new
    made_up = Client().get("/l/kalender/hittat-pa.ics")
    assert Client().get(old).status_code == made_up.status_code == 410
    assert Client().get(new).status_code == 200
    assert "Visas bara nu" not in client.get(PAGE).content.decode()
    client.post(f"{PAGE}ta-bort/")
    gone = Client().get(new)
    assert (gone.status_code, gone.content) == (410, made_up.content)


def test_the_link_ends_with_the_mandate(granvik: Organisation, alva: Person) -> None:
    a_measure(granvik, person=alva, due_on=days(3))
    path = a_link(logged_in(alva))
    with setting_up(granvik):
        Person.objects.filter(pk=alva.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert Client().get(path).status_code == 410


def test_the_link_speaks_the_language_of_the_page_it_was_made_on(granvik: Organisation, alva: Person) -> None:
    a_measure(granvik, person=alva, due_on=days(3))
    [event] = events(Client().get(a_link(logged_in(alva), f"/en{PAGE}")))
    assert str(event["SUMMARY"]) == "Due: Bjud in till samtal"
    assert "/en/granvik/" in str(event["URL"])


def test_one_measures_day_as_a_file(granvik: Organisation, alva: Person) -> None:
    row = a_measure(granvik, person=alva, due_on=days(3), version=4)
    client = logged_in(alva)
    [event] = events(client.get(f"/granvik/atgarder/{row.pk}/atgard.ics"))
    assert (event["SEQUENCE"], event["STATUS"]) == (4, "CONFIRMED")
    without = a_measure(granvik, "Utan dag", person=alva)
    assert client.get(f"/granvik/atgarder/{without.pk}/atgard.ics").status_code == 404
    assert "atgard.ics" not in client.get(f"/granvik/atgarder/{without.pk}/").content.decode()
    assert (
        Page(client.get(f"/granvik/atgarder/{row.pk}/").content.decode()).links.count(f"/granvik/atgarder/{row.pk}/atgard.ics")
        == 1
    )

"""The reminder as it arrives through a real mail server, with a file that calendars accept."""

import email
import email.policy
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.people import a_person, setting_up
from varn.accounts.models import Account
from varn.accounts.tests.smtp import Mailbox, a_mail_server
from varn.audit.models import Entry
from varn.measures.actions.measures import FOLLOW_FIELDS, PLAN_FIELDS, edit_measure, follow_up_measure
from varn.measures.actions.reminders import remind_person
from varn.measures.jobs import remind_people
from varn.measures.models import Measure, Reminder
from varn.measures.queries.reminding import posts
from varn.measures.tests.conftest import member
from varn.organisations.models import AccessGrant, Organisation, Person
from varn.organisations.queries.versions import version_of
from varn.organisations.rights import Job, Member, Role
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(granvik: Organisation, settings: Any) -> Iterator[Mailbox]:
    with a_mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield box


def day(n: int) -> date:
    return timezone.localdate() + timedelta(days=n)


def a_measure(organisation: Organisation, what: str = "Bjud in till samtal", **fields: Any) -> Measure:
    with setting_up(organisation):
        return Measure.objects.create(what=what, **fields)


def a_day_passes(organisation: Organisation) -> None:
    with setting_up(organisation):
        for row in Reminder.objects.all():
            row.told_on -= timedelta(days=1)
            row.save()


def letters(box: Mailbox) -> list[Any]:
    found = [email.message_from_bytes(letter, policy=email.policy.default) for letter in box.letters]
    box.letters.clear()
    return found


def text_of(letter: Any) -> str:
    body = letter.get_body(("plain",))
    return " ".join(body.get_content().split())


def events_of(letter: Any) -> list[Any]:
    part = next(part for part in letter.iter_attachments())
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    calendar = Calendar.from_ical(part.get_content())
    assert calendar["METHOD"] == "PUBLISH"
    return list(calendar.walk("VEVENT"))


def test_each_responsible_person_gets_one_mail_with_what_is_near_and_why(
    granvik: Organisation, bo: Person, alva: Person, box: Mailbox
) -> None:
    near = a_measure(granvik, person=alva, due_on=day(3))
    a_measure(granvik, "Skriv svar", person=alva, due_on=day(-2))
    a_measure(granvik, "Långt fram", person=alva, due_on=day(30))
    a_measure(granvik, "Klar", person=alva, due_on=day(1), state="done", closed_on=day(0))
    a_measure(granvik, "Annat system", person=alva, due_on=day(1), elsewhere="Planen 14")
    a_measure(granvik, "Boka lokal", duty_role="security_function", due_on=day(1))
    assert remind_people(granvik) == 2
    to = {letter["To"]: letter for letter in letters(box)}
    assert set(to) == {alva.email, bo.email}
    mine, roles = text_of(to[alva.email]), text_of(to[bo.email])
    assert "Bjud in till samtal" in mine
    assert "Skriv svar" in mine
    assert not any(what in mine for what in ("Långt fram", "Klar ", "Annat system", "Boka lokal"))
    assert "står som ansvarig" in mine
    assert "du har rollen säkerhetsfunktion" in roles
    assert f"http://localhost/granvik/atgarder/{near.pk}/" in mine
    events = events_of(to[alva.email])
    assert {(str(it["SUMMARY"]), it["STATUS"], it["SEQUENCE"]) for it in events} == {
        ("Klart senast: Bjud in till samtal", "CONFIRMED", 0),
        ("Klart senast: Skriv svar", "CONFIRMED", 0),
    }
    first = next(it for it in events if "samtal" in it["SUMMARY"])
    assert first["UID"] == f"{near.pk}@atgarder.varn"
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (day(3), day(4))


def test_the_subject_tells_nothing_of_anybody(granvik: Organisation, alva: Person, box: Mailbox) -> None:
    a_measure(granvik, person=alva, due_on=day(3))
    remind_people(granvik)
    letter = letters(box)[0]
    assert letter["Subject"] == "Värn: åtgärder att göra"
    assert letter["Auto-Submitted"] == "auto-generated"


def test_run_twice_it_tells_nobody_twice_and_the_next_day_only_what_is_new(
    granvik: Organisation, alva: Person, box: Mailbox
) -> None:
    a_measure(granvik, person=alva, due_on=day(3))
    assert [remind_people(granvik), remind_people(granvik)] == [1, 0]
    a_day_passes(granvik)
    assert remind_people(granvik) == 0
    a_measure(granvik, "Skriv svar", person=alva, due_on=day(7))
    assert remind_people(granvik) == 1
    with within(granvik.pk):
        assert Entry.objects.filter(code="measure.remind").count() == 2


def test_two_workers_at_once_tell_nobody_twice(granvik: Organisation, alva: Person, box: Mailbox) -> None:
    a_measure(granvik, person=alva, due_on=day(3))
    today = timezone.localdate()
    with within(granvik.pk):
        [one], [other] = (posts(Job(granvik.pk), today=today) for _again in range(2))
    for post in (one, other):
        remind_person(Job(granvik.pk), post, today=today)
    assert len(letters(box)) == 1


def test_a_changed_day_is_told_with_a_higher_sequence_and_the_same_id(
    granvik: Organisation, planner: Member, alva: Person, box: Mailbox
) -> None:
    row = a_measure(granvik, person=alva, due_on=day(3))
    remind_people(granvik)
    before = events_of(letters(box)[0])[0]
    with within(granvik.pk):
        row.refresh_from_db()
        given = {name: getattr(row, name) for name in PLAN_FIELDS} | {"due_on": day(20)}
        edit_measure(planner, row, seen=version_of(row, PLAN_FIELDS), **given)
    a_day_passes(granvik)
    remind_people(granvik)
    after = events_of(letters(box)[0])[0]
    assert (after["UID"], after["DTSTART"].dt) == (before["UID"], day(20))
    assert after["SEQUENCE"] > before["SEQUENCE"]


@pytest.mark.parametrize(("state", "more"), [("done", {}), ("dropped", {"dropped_because": "Inte längre aktuellt"})])
def test_what_is_done_or_dropped_leaves_the_calendar_once(
    state: str, more: dict[str, str], granvik: Organisation, planner: Member, alva: Person, box: Mailbox
) -> None:
    row = a_measure(granvik, person=alva, due_on=day(3))
    remind_people(granvik)
    before = events_of(letters(box)[0])[0]
    with within(granvik.pk):
        follow_up_measure(planner, row, seen=version_of(row, FOLLOW_FIELDS), state=state, **more)
    a_day_passes(granvik)
    assert remind_people(granvik) == 1
    letter = letters(box)[0]
    gone = events_of(letter)[0]
    assert (gone["UID"], gone["STATUS"]) == (before["UID"], "CANCELLED")
    assert gone["SEQUENCE"] > before["SEQUENCE"]
    assert "Inte längre på dig, eller avslutat: – Bjud in till samtal" in text_of(letter)
    a_day_passes(granvik)
    assert remind_people(granvik) == 0


def test_a_role_that_passes_on_takes_its_days_with_it(granvik: Organisation, bo: Person, box: Mailbox) -> None:
    a_measure(granvik, duty_role="security_function", due_on=day(3))
    remind_people(granvik)
    before = events_of(letters(box)[0])[0]
    with setting_up(granvik):
        AccessGrant.objects.filter(person=bo).update(role=Role.EDITOR)
    cia = a_person(granvik, "Cia", Role.CASE_HANDLER)
    a_day_passes(granvik)
    remind_people(granvik)
    to = {letter["To"]: events_of(letter)[0] for letter in letters(box)}
    assert (to[bo.email]["STATUS"], to[cia.email]["STATUS"]) == ("CANCELLED", "CONFIRMED")
    assert to[bo.email]["SEQUENCE"] > before["SEQUENCE"]
    with setting_up(granvik):
        AccessGrant.objects.filter(person=bo).update(role=Role.CASE_HANDLER)
    a_day_passes(granvik)
    remind_people(granvik)
    again = next(events_of(letter)[0] for letter in letters(box) if letter["To"] == bo.email)
    assert again["STATUS"] == "CONFIRMED"
    assert again["SEQUENCE"] > to[bo.email]["SEQUENCE"]


def test_what_somebody_left_behind_is_told_once_to_those_who_plan(
    granvik: Organisation, bo: Person, alva: Person, box: Mailbox
) -> None:
    a_measure(granvik, person=alva)
    with setting_up(granvik):
        Person.objects.filter(pk=alva.pk).update(ends_on=day(-1))
    assert [remind_people(granvik), remind_people(granvik)] == [1, 0]
    letter = letters(box)[0]
    assert letter["To"] == bo.email
    assert "den här har ingen ansvarig längre" in text_of(letter)
    assert list(letter.iter_attachments()) == []
    assert "bifogade" not in text_of(letter)


def test_a_role_that_several_hold_by_election_is_told_to_those_who_plan_instead(
    granvik: Organisation, bo: Person, box: Mailbox
) -> None:
    a_measure(granvik, duty_role="chair", due_on=day(2))
    remind_people(granvik)
    assert [letter["To"] for letter in letters(box)] == [bo.email]


def test_the_mail_is_in_the_readers_language(granvik: Organisation, alva: Person, box: Mailbox) -> None:
    Account.objects.filter(email=alva.email).update(language="en")
    a_measure(granvik, person=alva, due_on=day(2))
    remind_people(granvik)
    letter = letters(box)[0]
    assert letter["Subject"] == "Värn: measures to do"
    assert "/en/granvik/atgarder/" in text_of(letter)
    assert str(events_of(letter)[0]["SUMMARY"]).startswith("Due: ")


def test_a_mail_server_that_is_away_leaves_everything_to_the_next_run(
    granvik: Organisation, alva: Person, box: Mailbox, settings: Any
) -> None:
    a_measure(granvik, person=alva, due_on=day(2))
    open_port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    with pytest.raises(OSError, match=r".*"):
        remind_people(granvik)
    with within(granvik.pk):
        assert not Reminder.objects.exists()
    settings.EMAIL_PORT = open_port
    assert remind_people(granvik) == 1
    assert member(alva)

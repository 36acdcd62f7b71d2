"""A colleague answers by a link on their own phone: bound to the first browser, and good for nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.utils import timezone

from tests.people import setting_up
from varn.audit.models import Entry
from varn.organisations.models import CapabilityLink
from varn.organisations.rights import Job
from varn.riskguide.assessment.actions.seats import invite_by_link, remove_seat, renew_link, send_seat
from varn.riskguide.assessment.statements import statements
from varn.riskguide.models import Seat
from varn.riskguide.tests.conftest import Town
from varn.riskguide.tests.groups import (
    STEP2,
    TONE,
    Phone,
    a_link,
    a_seat_of,
    again,
    an_assessment,
    gives,
    seat_again,
    sets,
    shown,
)
from varn.riskguide.tests.test_ending import closes
from varn.sealing.boxes import token_hash
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
ENGLISH = "/en/riskguide/svara/"


def test_a_link_is_opened_begun_and_answered(town: Town) -> None:
    seat, token = a_link(town, an_assessment(town, is_group=True))
    phone = Phone(token)
    first = phone.opens()
    assert first.redirect_chain[-1] == ("/riskguide/svara/", 302)
    assert "Kim Exempel" in first.content.decode()
    begun = phone.begins()
    assert begun.status_code == 200
    assert statements(2, "1.0.0")[0].text.sv in begun.content.decode()
    answered = phone.presses(TONE, 2)
    assert (answered.status_code, answered.headers["Location"]) == (302, "/riskguide/svara/#step2-online_tone")
    assert seat_again(town, seat).answers == {TONE: 2}


def test_looking_changes_nothing(town: Town) -> None:
    _seat, token = a_link(town, an_assessment(town, is_group=True))
    phone = Phone(token)
    with within(town.organisation.pk):
        before = Entry.objects.count()
    phone.opens()
    phone.client.head(f"/l/{token}")
    phone.sees()
    with within(town.organisation.pk):
        assert Entry.objects.count() == before
        assert CapabilityLink.objects.get().used_at is None


def test_the_same_browser_comes_back_by_the_link_and_in_both_languages(town: Town) -> None:
    _seat, token = a_link(town, an_assessment(town, is_group=True))
    phone = Phone(token)
    phone.begins()
    phone.presses(TONE, 1)
    assert phone.opens().status_code == 200
    assert 'aria-pressed="true"' in phone.sees().content.decode()
    assert phone.client.get(ENGLISH).status_code == 200


def test_a_forwarded_link_does_not_open_in_another_browser(town: Town) -> None:
    seat, token = a_link(town, an_assessment(town, is_group=True))
    Phone(token).begins()
    other = Phone(token)
    assert other.opens().status_code == 410
    assert other.presses(TONE, 1).status_code == 410
    assert seat_again(town, seat).answers == {}


def test_two_who_open_a_link_at_once_only_the_first_to_begin_has_it(town: Town) -> None:
    seat, token = a_link(town, an_assessment(town, is_group=True))
    first, second = Phone(token), Phone(token)
    first.opens()
    second.opens()
    assert first.client.post("/riskguide/svara/", follow=True).status_code == 200
    assert second.client.post("/riskguide/svara/").status_code == 410
    assert second.presses(TONE, 1).status_code == 410
    assert seat_again(town, seat).answers == {}


def test_expired_revoked_and_guessed_links_are_the_same_page(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    _expired, expired = a_link(town, assessment, "Ett")
    revoked_seat, revoked = a_link(town, assessment, "Två")
    removed_seat, removed = a_link(town, assessment, "Tre")
    begun = Phone(revoked)
    begun.begins()
    renew_link(town.member(town.maj), revoked_seat, token="x" * 32)
    remove_seat(town.member(town.maj), removed_seat)
    _expire(town, expired)
    pages = [Phone(token).opens() for token in (expired, revoked, removed, "hittat-pa")]
    assert {page.status_code for page in pages} == {410}
    assert len({page.content for page in pages}) == 1
    assert begun.sees().status_code == 410
    assert begun.client.post("/riskguide/svara/", {"set": f"{TONE}:1"}, headers={"X-Part": "1"}).json()["said"]


def _expire(town: Town, token: str) -> None:
    with setting_up(town.organisation):
        CapabilityLink.objects.filter(token_hash=token_hash(token)).update(expires_at=timezone.now() - timedelta(minutes=1))


def test_a_new_link_goes_to_a_new_browser_and_keeps_the_answers(town: Town) -> None:
    seat, token = a_link(town, an_assessment(town, is_group=True))
    phone = Phone(token)
    phone.begins()
    phone.presses(TONE, 3)
    renew_link(town.member(town.maj), seat, token="n" * 32)
    other = Phone("n" * 32)
    other.begins()
    assert 'aria-pressed="true"' in other.sees().content.decode()


def test_a_guest_sees_no_answer_of_anybody_else(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    bo = a_seat_of(town, assessment, town.bo)
    gives(town, town.bo, bo, online_tone=3)
    _seat, token = a_link(town, assessment)
    phone = Phone(token)
    page = phone.begins().content.decode()
    assert 'aria-pressed="true"' not in page
    assert "Exempelsson" not in page
    shown(town, assessment)
    sets(town, assessment, TONE, 3)
    page = phone.sees().content.decode()
    assert "Gruppen har svarat tillsammans på det här." in page
    assert 'aria-pressed="true"' not in page


def test_a_late_answer_gets_a_sentence(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    _seat, token = a_link(town, assessment)
    phone = Phone(token)
    phone.begins()
    shown(town, assessment)
    sets(town, assessment, TONE, 3)
    late = phone.presses(TONE, 1)
    assert late.status_code == 422
    assert "Ditt svar sparades inte" in late.content.decode()
    part = phone.presses(TONE, 1, headers={"X-Part": "1"})
    assert part.status_code == 409
    assert "sparades inte" in part.json()["said"]


def test_a_matter_closed_meanwhile_closes_the_link(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    _seat, token = a_link(town, assessment)
    phone = Phone(token)
    phone.begins()
    closes(town, assessment.matter)
    assert phone.presses(TONE, 1).status_code == 410


def test_each_press_answers_the_pages_script_in_parts(town: Town) -> None:
    seat, token = a_link(town, an_assessment(town, is_group=True))
    phone = Phone(token)
    phone.begins()
    answer = phone.presses(TONE, "unknown", headers={"X-Part": "1"}).json()
    assert answer["parts"] == {}
    assert answer["progress"] == {"n": 1, "label": "1 av 8 besvarade", "is_all": False}
    assert seat_again(town, seat).answers == {TONE: "unknown"}
    bad = phone.presses(TONE, 9, headers={"X-Part": "1"})
    assert (bad.status_code, "skalan" in bad.json()["said"]) == (422, True)


def test_the_mail_has_a_link_for_a_guest_and_the_page_for_who_logs_in(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    guest = invite_by_link(town.member(town.maj), assessment, key=assessment.pk, name="Kim", email="kim@annat.example", token="")
    own = a_seat_of(town, assessment, town.bo)
    mail.outbox.clear()
    for seat in (guest, own):
        send_seat(Job(town.organisation.pk), seat.pk)
    to_guest, to_own = mail.outbox
    token = to_guest.body.partition("/l/")[2].split()[0]
    assert Phone(token).opens().status_code == 200
    assert f"/granvik/riskguide/svar/{own.pk}/" in to_own.body
    assert "/l/" not in to_own.body
    assert assessment.title not in to_guest.subject


def test_nothing_is_mailed_for_a_seat_that_is_gone_or_a_matter_that_is_closed(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    own = a_seat_of(town, assessment, town.bo)
    closes(town, assessment.matter)
    mail.outbox.clear()
    assert send_seat(Job(town.organisation.pk), own.pk) is None
    assert send_seat(Job(town.organisation.pk), assessment.pk) is None
    assert mail.outbox == []


def test_the_page_shows_a_link_once(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    client = town.client(town.maj)
    url = f"/granvik/riskguide/bedomning/{assessment.pk}/gruppen/"
    sent = {"kind": "link", "l-row_id": str(uuid4()), "l-name": "Kim Exempel", "l-email": ""}
    first = client.post(url, sent)
    assert first.status_code == 200
    token = first.content.decode().partition("/l/")[2].split("<")[0].strip()
    assert Phone(token).opens().status_code == 200
    again_ = client.post(url, sent, follow=True)
    assert "Kim Exempel är redan tillagd" in again_.content.decode()
    assert "/l/" not in client.get(url).content.decode()
    with within(town.organisation.pk):
        assert Seat.objects.filter(name="Kim Exempel").count() == 1
    missing = client.post(url, {"kind": "link", "l-name": "", "l-email": "x"})
    assert missing.status_code == 422
    assert "Skriv vem länken är till." in missing.content.decode()


def test_all_of_step_2_settled_says_so(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    _seat, token = a_link(town, assessment)
    phone = Phone(token)
    phone.begins()
    shown(town, assessment)
    for code in STEP2:
        sets(town, assessment, code, 1)
    assert again(town, assessment).spreads[TONE] == [0, 0, 0, 0, 0]
    assert "svarat tillsammans på allt" in phone.sees().content.decode()

"""One's own log-ins: listed, named, ended, and how long they last."""

from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import CreateError
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from varn.accounts.jobs import clear_expired
from varn.accounts.models import Account, Session, Tally
from varn.accounts.sessions import BEGUN, SHARED, SessionStore
from varn.accounts.tests.steps import PASSWORD, cookie, is_somebody, log_in
from varn.sealing.boxes import token_hash

pytestmark = pytest.mark.django_db


def test_log_ins_are_listed_without_a_time_of_day_and_named_by_their_owner(alva: Account, browser: Client) -> None:
    other = Client()
    log_in(other, alva.email)
    log_in(browser, alva.email)
    there = token_hash(cookie(other))
    browser.post("/konto/inloggningar/namn/", {"lookup": there, "device": "Jobbdatorn"})
    page = browser.get("/konto/inloggningar/").content.decode()
    assert "Jobbdatorn" in page
    assert "Du är här" in page
    assert f"{timezone.localdate():%Y-%m-%d}" in page
    browser.post("/konto/inloggningar/avsluta/", {"lookup": there})
    assert not is_somebody(other)
    assert is_somebody(browser)


def test_nobody_names_or_ends_the_log_in_of_another(alva: Account, bo: Account, browser: Client) -> None:
    other = Client()
    log_in(other, bo.email)
    log_in(browser, alva.email)
    lookup = token_hash(cookie(other))
    for path in ("namn", "avsluta"):
        assert browser.post(f"/konto/inloggningar/{path}/", {"lookup": lookup, "device": "Min"}).status_code == 404
    assert is_somebody(other)


def test_log_out_everywhere_works_at_once(alva: Account, browser: Client, told: list[str]) -> None:
    clients = [browser, Client(), Client()]
    for client in clients:
        log_in(client, alva.email)
    assert browser.post("/konto/inloggningar/avsluta-alla/").headers["Location"] == "/logga-in/"
    assert [is_somebody(client) for client in clients] == [False] * 3
    assert not Session.objects.filter(account=alva).exists()
    assert "account.logged_out_everywhere" in told


def test_a_new_password_ends_the_other_log_ins_and_keeps_this_one(alva: Account, browser: Client) -> None:
    other = Client()
    log_in(other, alva.email)
    log_in(browser, alva.email)
    browser.post("/konto/inloggningar/namn/", {"lookup": token_hash(cookie(browser)), "device": "Hemma"})
    answer = browser.post("/konto/losenord/", {"oldpassword": PASSWORD, "password1": "ett nytt lösen 77"})
    assert answer.status_code == 302
    assert is_somebody(browser)
    assert not is_somebody(other)
    assert Session.objects.get(account=alva).device == "Hemma"


def test_a_shared_computer_is_left_when_the_browser_closes_and_after_half_an_hour(alva: Account, browser: Client) -> None:
    log_in(browser, alva.email, data={"shared": "on"})
    assert browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    row = Session.objects.get(account=alva)
    assert row.expires_at - timezone.now() <= timedelta(minutes=30)
    Session.objects.update(expires_at=timezone.now() + timedelta(minutes=20))
    assert is_somebody(browser)  # a click moves the half hour
    assert Session.objects.get(account=alva).expires_at - timezone.now() > timedelta(minutes=29)
    Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not is_somebody(browser)


def test_otherwise_twelve_hours_from_log_in_whatever_is_clicked(alva: Account, browser: Client) -> None:
    log_in(browser, alva.email)
    assert 43_000 < int(browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"]) <= 43_200
    store = SessionStore(cookie(browser))
    store[BEGUN] = store[BEGUN] - 11 * 3600
    store.save()
    assert Session.objects.get(account=alva).expires_at - timezone.now() <= timedelta(hours=1)
    browser.post("/konto/inloggningar/delad/")
    assert SessionStore(cookie(browser))[SHARED] is True


def test_what_has_expired_goes_at_night(alva: Account, browser: Client) -> None:
    log_in(browser, alva.email)
    Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    Tally.objects.add("k", seconds=-5, now=timezone.now())
    clear_expired(timestamp=0)
    assert not Session.objects.exists()
    assert not Tally.objects.filter(key="k").exists()


def test_a_session_of_another_process_is_nobody(alva: Account, browser: Client, settings: object) -> None:
    log_in(browser, alva.email)
    settings.SECRET = b"x" * 32  # type: ignore[attr-defined]
    assert not is_somebody(browser)


def test_an_address_changes_when_the_new_one_is_proved(
    alva: Account, browser: Client, mailed_code: Callable[[], str], told: list[str]
) -> None:
    log_in(browser, alva.email)
    browser.post("/konto/bekrafta/", {"password": PASSWORD})
    answer = browser.post("/konto/e-post/", {"email": "ny@granvik.example", "action_add": "1"})
    assert answer.headers["Location"] == "/logga-in/e-post/"
    alva.refresh_from_db()
    assert alva.email == "alva@granvik.example"
    assert mail.outbox[-1].to == ["ny@granvik.example"]
    browser.post("/logga-in/e-post/", {"code": mailed_code()})
    alva.refresh_from_db()
    assert alva.email == "ny@granvik.example"
    assert mail.outbox[-1].to == ["alva@granvik.example"]  # told at the old one
    assert told[-1] == "account.email_changed"


def test_the_address_of_another_account_is_not_taken_and_not_told_of(
    alva: Account, bo: Account, browser: Client, mailed_code: Callable[[], str]
) -> None:
    log_in(browser, alva.email)
    browser.post("/konto/bekrafta/", {"password": PASSWORD})
    assert browser.post("/konto/e-post/", {"email": bo.email, "action_add": "1"}).headers["Location"] == "/logga-in/e-post/"
    answer = browser.post("/logga-in/e-post/", {"code": mailed_code()})
    assert "används redan" in answer.content.decode()
    alva.refresh_from_db()
    assert alva.email == "alva@granvik.example"


def test_mail_comes_in_the_language_of_the_account(alva: Account, browser: Client) -> None:
    log_in(browser, alva.email)
    browser.post("/konto/sprak/", {"language": "en"})
    browser.post("/konto/sprak/", {"language": "tlh"})
    alva.refresh_from_db()
    assert alva.language == "en"
    Client().post("/logga-in/kod/", {"email": alva.email})
    assert mail.outbox[-1].to == [alva.email]


def test_a_session_for_an_account_that_is_gone_is_given_up() -> None:
    """The database refuses it however many keys are tried."""
    with mock.patch.object(Session.objects, "create", side_effect=IntegrityError) as create, pytest.raises(CreateError):
        SessionStore().create()
    assert create.call_count == 3

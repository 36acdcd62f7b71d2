"""Adding, using and removing second factors, and who must have one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import transaction
from django.test import Client

from varn.accounts.adapters.factors import drop_second_factors, set_totp
from varn.accounts.hooks import Requirements
from varn.accounts.models import Account
from varn.accounts.tests.steps import PASSWORD, SEED, cookie, is_somebody, log_in, totp

STRONG = Requirements(second_factor=True)


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """allauth tells of a new app when its transaction ends: in a request at once, in a test never."""
    monkeypatch.setattr(transaction, "on_commit", lambda then, **kwargs: then())


def show_again(client: Client) -> None:
    """Shows the password again, as every change of how one logs in demands."""
    answer = client.get("/konto/tva-steg/app/")
    assert answer.headers["Location"] == "/konto/bekrafta/?next=%2Fkonto%2Ftva-steg%2Fapp%2F"
    client.post("/konto/bekrafta/", {"password": PASSWORD, "next": "/konto/tva-steg/app/"})


def add_app(client: Client) -> Any:
    page = client.get("/konto/tva-steg/app/").content.decode()
    seed = "".join(re.findall(r"<code>(.*?)</code>", page)[0].split())
    assert "data:image/svg+xml;base64," in page
    return client.post("/konto/tva-steg/app/", {"code": totp(seed)})


def test_an_app_is_added_and_its_recovery_codes_are_shown_once(alva: Account, browser: Client, told: list[str]) -> None:
    log_in(browser, alva.email)
    show_again(browser)
    before = cookie(browser)
    assert add_app(browser).headers["Location"] == "/konto/tva-steg/reservkoder/"
    assert cookie(browser) != before
    codes = re.findall(r"<code>(\d{10})</code>", browser.get("/konto/tva-steg/reservkoder/").content.decode())
    assert len(set(codes)) == 10
    assert codes[0] not in browser.get("/konto/tva-steg/reservkoder/").content.decode()
    assert "account.second_factor_added" in told
    assert "En app för koder har lagts till" in mail.outbox[-1].body
    browser.post("/logga-ut/")
    log_in(browser, alva.email)
    browser.post("/logga-in/steg-2/", {"code": codes[3]})
    assert is_somebody(browser)
    again = Client()
    log_in(again, alva.email)
    assert again.post("/logga-in/steg-2/", {"code": codes[3]}).status_code == 200


def test_a_strong_account_without_a_factor_reaches_only_the_pages_that_add_one(
    alva: Account, browser: Client, ask: Callable[[Requirements], None]
) -> None:
    ask(STRONG)
    assert log_in(browser, alva.email).headers["Location"] == "/konto/tva-steg/"
    assert "Lägg till ett andra steg" in browser.get("/konto/tva-steg/").content.decode()
    for path in ("/konto/", "/konto/inloggningar/", "/konto/losenord/", "/konto/e-post/"):
        assert browser.get(path).headers.get("Location") == "/konto/tva-steg/", path
    assert browser.get("/om/").status_code == 200
    show_again(browser)
    add_app(browser)
    assert browser.get("/konto/").status_code == 200


def test_a_strong_account_keeps_its_last_factor(alva: Account, browser: Client, ask: Callable[[Requirements], None]) -> None:
    ask(STRONG)
    set_totp(alva, SEED)
    log_in(browser, alva.email)
    browser.post("/logga-in/steg-2/", {"code": totp()})
    browser.post("/konto/bekrafta/", {"password": PASSWORD})
    answer = browser.post("/konto/tva-steg/app/ta-bort/")
    assert "kräver tvåstegsinloggning" in answer.content.decode()
    assert Authenticator.objects.filter(user=alva).exists()
    ask(Requirements())
    assert browser.post("/konto/tva-steg/app/ta-bort/").status_code == 302
    assert not Authenticator.objects.filter(user=alva).exists()


def test_a_change_of_how_one_logs_in_asks_for_the_password_again(alva: Account, browser: Client) -> None:
    log_in(browser, alva.email)
    for path in ("/konto/tva-steg/app/", "/konto/tva-steg/passkey/", "/konto/tva-steg/reservkoder/nya/"):
        assert browser.get(path).headers["Location"].startswith("/konto/bekrafta/?next="), path
    answer = browser.post("/konto/e-post/", {"email": "ny@granvik.example", "action_add": "1"})
    assert answer.headers["Location"].startswith("/konto/bekrafta/")
    assert browser.post("/konto/bekrafta/", {"password": "fel lösenord"}).status_code == 200
    assert browser.get("/konto/tva-steg/app/").status_code == 302


def test_a_mark_of_one_account_is_none_for_another(alva: Account, browser: Client, ask: Callable[[Requirements], None]) -> None:
    other = Account.objects.create_user("bo@granvik.example", PASSWORD)
    set_totp(alva, SEED)
    log_in(browser, alva.email)
    browser.post("/logga-in/steg-2/", {"code": totp()})
    browser.post("/logga-ut/")
    ask(STRONG)
    assert log_in(browser, other.email).headers["Location"] == "/konto/tva-steg/"
    assert browser.get("/konto/").status_code == 302


def test_an_administrator_who_has_met_the_person_drops_the_factors(alva: Account, browser: Client, told: list[str]) -> None:
    set_totp(alva, SEED)
    log_in(browser, alva.email)
    browser.post("/logga-in/steg-2/", {"code": totp()})
    assert drop_second_factors(alva) == 1
    assert not is_somebody(browser)
    assert "account.second_factor_removed" in told
    assert log_in(browser, alva.email).headers["Location"] != "/logga-in/steg-2/"


@pytest.mark.parametrize("role", ["member", "staff"])
def test_an_account_logs_in_on_its_own_process_only(
    role: str, alva: Account, browser: Client, ask: Callable[[Requirements], None], settings: Any
) -> None:
    from varn.tenancy.access import ProcessRole

    settings.ROLE, settings.STAFF_URL = role, "http://staff.localhost"
    ask(Requirements(role=ProcessRole.STAFF if role == "member" else ProcessRole.MEMBER))
    wrong = log_in(browser, alva.email)
    unknown = log_in(browser, "ingen@granvik.example")
    assert "http://staff.localhost/logga-in/" in wrong.content.decode()
    pages = [page.content.decode().split("csrfmiddlewaretoken")[0] for page in (wrong, unknown)]
    assert pages[0].replace("alva@", "") == pages[1].replace("ingen@", "")
    browser.post("/logga-in/kod/", {"email": alva.email})
    assert "http://staff.localhost" in mail.outbox[-1].body
    assert not re.search(r"^\d{8}$", str(mail.outbox[-1].body), re.MULTILINE)
    ask(Requirements(role=ProcessRole(role)))
    browser = Client()
    assert log_in(browser, alva.email).status_code == 302
    assert is_somebody(browser)


def test_an_app_that_was_added_at_another_address_says_whom_to_ask(alva: Account, browser: Client, settings: Any) -> None:
    """Somebody whose work moved from one of the addresses to another: no code of theirs will ever match."""
    set_totp(alva, SEED, secret=b"the other process's secret, 32 b")
    settings.STAFF_URL = "http://staff.localhost"
    assert "Be administratören i din organisation om hjälp" in browser.get("/logga-in/").content.decode()
    log_in(browser, alva.email)
    assert "Din app gäller inte här" in browser.get("/logga-in/steg-2/").content.decode()
    wrong = browser.post("/logga-in/steg-2/", {"code": totp()})
    assert "Din app gäller inte här" in wrong.content.decode()
    drop_second_factors(alva)
    set_totp(alva, SEED)
    log_in(browser, alva.email)
    assert "Din app gäller inte här" not in browser.get("/logga-in/steg-2/").content.decode()

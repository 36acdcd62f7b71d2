"""By password, by code, out again, and where one lands."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from varn.accounts.adapters.factors import set_totp
from varn.accounts.models import Account, Session
from varn.accounts.tests.steps import PASSWORD, SEED, cookie, is_somebody, log_in, totp

pytestmark = pytest.mark.django_db


def test_a_password_opens_the_account(alva: Account, browser: Client, told: list[str]) -> None:
    answer = log_in(browser, "Alva@Granvik.example ")
    assert answer.status_code == 302, answer.content.decode()
    assert is_somebody(browser)
    assert told == ["account.log_in"]


def test_unknown_closed_and_mistyped_get_the_same_answer(alva: Account, bo: Account, browser: Client) -> None:
    bo.is_active = False
    bo.save()
    answers = [
        log_in(browser, "alva@granvik.example", "fel lösenord helt"),
        log_in(browser, "bo@granvik.example"),
        log_in(browser, "ingen@granvik.example"),
    ]
    assert {answer.status_code for answer in answers} == {200}
    names = ["alva", "bo", "ingen"]
    texts = {answer.content.decode().replace(f"{name}@", "") for answer, name in zip(answers, names, strict=True)}
    assert len({text.split("csrfmiddlewaretoken")[0] for text in texts}) == 1
    assert not is_somebody(browser)


def test_the_cookie_changes_at_log_in_and_is_nobody_after_log_out(alva: Account, browser: Client) -> None:
    browser.get("/logga-in/passkey/", headers={"accept": "application/json"})
    before = cookie(browser)
    log_in(browser, alva.email)
    after = cookie(browser)
    assert before
    assert before != after
    thief = Client()
    thief.cookies.load(browser.cookies)
    assert browser.post("/logga-ut/").status_code == 302
    assert not is_somebody(thief)
    assert not is_somebody(browser)


def test_the_cookie_changes_at_the_password_and_at_the_second_factor(alva: Account, browser: Client) -> None:
    set_totp(alva, SEED)
    browser.get("/logga-in/passkey/", headers={"accept": "application/json"})
    values = [cookie(browser)]
    answer = log_in(browser, alva.email)
    assert answer.headers["Location"] == "/logga-in/steg-2/"
    assert not is_somebody(browser)
    values.append(cookie(browser))
    page = browser.get("/logga-in/steg-2/")
    assert 'data-contract="code-form"' in page.content.decode()
    browser.post("/logga-in/steg-2/", {"code": totp()})
    values.append(cookie(browser))
    assert is_somebody(browser)
    assert len(set(values)) == 3


def test_a_code_from_the_app_opens_once(alva: Account) -> None:
    set_totp(alva, SEED)
    code = totp()
    entered = []
    for _ in range(2):
        client = Client()
        log_in(client, alva.email)
        client.post("/logga-in/steg-2/", {"code": code})
        entered.append(is_somebody(client))
    assert entered == [True, False]


def test_a_factor_sealed_by_another_process_fails_and_is_not_skipped(alva: Account, browser: Client) -> None:
    set_totp(alva, SEED, secret=b"another process's secret, 32 byte")
    log_in(browser, alva.email)
    assert browser.post("/logga-in/steg-2/", {"code": totp()}).status_code == 200
    assert not is_somebody(browser)


def test_log_out_is_by_post_only(alva: Account, browser: Client) -> None:
    log_in(browser, alva.email)
    assert browser.get("/logga-ut/").status_code == 405
    assert is_somebody(browser)


@pytest.mark.parametrize(
    "evil", ["//evil.example/", "https://evil.example/", "/\\evil.example", "http:evil.example", "http://localhost:9999/x"]
)
def test_next_never_leaves_the_host(evil: str, alva: Account, browser: Client) -> None:
    for url in (f"/logga-in/?next={evil}", "/logga-in/"):
        client = Client()
        answer = client.post(url, {"login": alva.email, "password": PASSWORD, "next": evil})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/")
        assert "evil" not in answer.headers["Location"]
    assert log_in(browser, alva.email).status_code == 302
    assert "evil" not in browser.get(f"/logga-in/?next={evil}").headers["Location"]
    assert "evil" not in browser.post("/logga-ut/", {"next": evil}).headers["Location"]


def test_next_leads_on_within_the_host(alva: Account, browser: Client) -> None:
    answer = browser.get("/konto/losenord/")
    assert answer.headers["Location"] == "/logga-in/?next=/konto/losenord/"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert 'name="next" value="/konto/losenord/"' in page
    answer = browser.post("/logga-in/", {"login": alva.email, "password": PASSWORD, "next": "/konto/losenord/"})
    assert answer.headers["Location"] == "/konto/losenord/"


def test_a_mailed_code_opens_the_account(alva: Account, browser: Client, mailed_code: Callable[[], str]) -> None:
    answer = browser.post("/logga-in/kod/", {"email": alva.email})
    assert answer.headers["Location"] == "/logga-in/kod/bekrafta/"
    assert 'data-contract="code-form"' in browser.get("/logga-in/kod/bekrafta/").content.decode()
    assert browser.post("/logga-in/kod/bekrafta/", {"code": "00000000"}).status_code == 200
    assert browser.post("/logga-in/kod/bekrafta/", {"code": mailed_code()}).status_code == 302
    assert is_somebody(browser)


def test_a_code_asked_for_an_unknown_address_looks_the_same(alva: Account) -> None:
    pages = []
    for email in (alva.email, "ingen@granvik.example"):
        client = Client()
        answer = client.post("/logga-in/kod/", {"email": email})
        page = client.get(answer.headers["Location"]).content.decode().replace(email, "")
        pages.append((answer.status_code, answer.headers["Location"], page.split("csrfmiddlewaretoken")[0]))
        for _ in range(2):
            assert client.post("/logga-in/kod/bekrafta/", {"code": "1"}).status_code == 200
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2  # both take as long: each sends a mail
    assert "Inget konto" in mail.outbox[1].body


def test_a_mailed_code_asks_for_the_second_factor_too(alva: Account, browser: Client, mailed_code: Callable[[], str]) -> None:
    set_totp(alva, SEED)
    browser.post("/logga-in/kod/", {"email": alva.email})
    answer = browser.post("/logga-in/kod/bekrafta/", {"code": mailed_code()})
    assert answer.headers["Location"] == "/logga-in/steg-2/"
    assert not is_somebody(browser)


def test_a_forgotten_password_is_chosen_anew_by_a_code_and_ends_all_log_ins(
    alva: Account, browser: Client, mailed_code: Callable[[], str], told: list[str]
) -> None:
    elsewhere = Client()
    log_in(elsewhere, alva.email)
    browser.post("/logga-in/glomt/", {"email": alva.email})
    assert browser.post("/logga-in/glomt/kod/", {"code": mailed_code()}).headers["Location"] == "/logga-in/glomt/nytt/"
    answer = browser.post("/logga-in/glomt/nytt/", {"password1": "kort"})
    assert "minst 12 tecken" in answer.content.decode()
    answer = browser.post("/logga-in/glomt/nytt/", {"password1": "helt nytt lösen 9"})
    assert answer.headers["Location"] == "/logga-in/glomt/klart/"
    assert not is_somebody(browser)
    assert not is_somebody(elsewhere)
    assert log_in(browser, alva.email).status_code == 200
    assert log_in(browser, alva.email, "helt nytt lösen 9").status_code == 302
    assert "account.password_changed" in told


def test_nobody_signs_up(browser: Client) -> None:
    assert browser.post("/logga-in/inget-konto/").status_code == 405
    for path in ("/accounts/signup/", "/konto/signup/", "/accounts/login/", "/accounts/email/", "/logga-in/signup/"):
        assert browser.get(path).status_code == 404


def test_english_pages_lead_to_english_pages(alva: Account, browser: Client) -> None:
    assert 'lang="en"' in browser.get("/en/logga-in/").content.decode()
    answer = browser.post("/en/logga-in/", {"login": alva.email, "password": PASSWORD})
    assert answer.headers["Location"].startswith("/en/")


def test_an_account_with_an_unconfirmed_address_confirms_it_first(
    db: None, browser: Client, mailed_code: Callable[[], str]
) -> None:
    account = Account.objects.create_user("cia@tallhult.example", PASSWORD)
    account.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]
    assert log_in(browser, account.email).headers["Location"] == "/logga-in/e-post/"
    assert not is_somebody(browser)
    browser.post("/logga-in/e-post/", {"code": mailed_code()})
    assert is_somebody(browser)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"login": "x" * 9000, "password": "y" * 9000},
        {"login": "a\x00@b.se", "password": "\x00"},
        {"login": "å@ä.ö", "password": "x"},
    ],
)
def test_nonsense_gets_a_sentence(data: dict[str, Any], browser: Client) -> None:
    answer = browser.post("/logga-in/", data)
    assert answer.status_code == 200
    assert 'data-contract="error-summary"' in answer.content.decode()


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "null",
        "[]",
        "7",
        '"x"',
        "{}",
        '{"response": {}}',
        '{"id": "a", "rawId": "a", "type": "public-key", "response": {"userHandle": "////"}}',
    ],
)
def test_a_made_up_passkey_is_refused(credential: str, alva: Account, browser: Client) -> None:
    browser.get("/logga-in/passkey/", headers={"accept": "application/json"})
    answer = browser.post("/logga-in/passkey/", {"credential": credential})
    assert answer.status_code == 302
    assert not is_somebody(browser)


def test_a_password_is_argon2id_at_the_floor_and_older_ones_are_hashed_anew(alva: Account, browser: Client) -> None:
    assert alva.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    from django.contrib.auth.hashers import Argon2PasswordHasher

    alva.password = Argon2PasswordHasher().encode(PASSWORD, "saltsaltsalt")
    alva.save()
    log_in(browser, alva.email)
    alva.refresh_from_db()
    assert "m=19456,t=2,p=1" in alva.password


def test_a_post_from_elsewhere_is_refused(alva: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/logga-in/")
    answer = log_in(client, alva.email, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert not Session.objects.filter(account=alva).exists()

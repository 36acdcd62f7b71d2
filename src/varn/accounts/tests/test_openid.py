"""OpenID Connect, against a real provider in a process of its own."""

import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from varn.accounts.adapters.factors import set_totp
from varn.accounts.models import Account, Session
from varn.accounts.tests.openid_provider import CLIENT_ID, CLIENT_SECRET
from varn.accounts.tests.steps import PASSWORD, SEED, is_somebody, log_in, totp

CALLBACK = "http://localhost/logga-in/oidc/svar/"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """Its issuer."""
    file = Path(__file__).with_name("openid_provider.py")
    with subprocess.Popen([sys.executable, str(file), CALLBACK], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"http://localhost:{process.stdout.readline().strip()}/o"
        process.terminate()


@pytest.fixture
def oidc(provider: str, settings: Any) -> Any:
    """Värn set up for it; `trust` as VARN_OIDC_TRUST_EMAIL=1."""

    def set_up(*, trust: bool) -> None:
        app = {
            "provider_id": "oidc",
            "name": "Granviks inloggning",
            "client_id": CLIENT_ID,
            "secret": CLIENT_SECRET,
            "settings": {
                "server_url": provider,
                "oauth_pkce_enabled": True,
                "scope": ["openid", "email"],
                "email_authentication": trust,
            },
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        settings.OIDC_NAME = "Granviks inloggning"
        settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 60  # a busy machine is not what is tried

    return set_up


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """The test looks at where it leads."""


def at_the_provider(url: str, who: str) -> str:
    """Logs in there and comes back: the address the provider sends the browser to."""
    request = urllib.request.Request(url, headers={"Cookie": f"who={who}"})
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(_Stay).open(request)
    assert answer.value.code == 302, answer.value.read()
    return str(answer.value.headers["Location"])


def go(client: Client, who: str, **data: str) -> Any:
    start = client.post("/logga-in/oidc/start/", data)
    assert start.status_code == 302, start.content
    back = at_the_provider(start.headers["Location"], who)
    assert back.startswith(CALLBACK)
    return client.get(back.removeprefix("http://localhost"))


pytestmark = pytest.mark.django_db


def test_a_trusted_provider_opens_the_account_with_that_address(alva: Account, browser: Client, oidc: Any) -> None:
    oidc(trust=True)
    assert "Granviks inloggning" in browser.get("/logga-in/").content.decode()
    assert go(browser, alva.email).status_code == 302
    assert is_somebody(browser)
    linked = SocialAccount.objects.get(user=alva)
    alva.refresh_from_db()
    assert linked.extra_data == {}
    assert linked.last_login == linked.date_joined
    assert not SocialToken.objects.exists()
    assert alva.has_usable_password()
    again = Client()
    go(again, alva.email)
    assert is_somebody(again)
    assert SocialAccount.objects.get().extra_data == {}


def test_without_that_trust_one_links_it_oneself(alva: Account, browser: Client, oidc: Any) -> None:
    oidc(trust=False)
    refused = go(browser, alva.email)
    assert refused.status_code == 403
    assert "välj ”Koppla”" in refused.content.decode()
    assert not SocialAccount.objects.exists()
    log_in(browser, alva.email)
    browser.post("/konto/bekrafta/", {"password": PASSWORD})
    assert go(browser, alva.email, process="connect").headers["Location"] == "/konto/"
    other = Client()
    assert go(other, alva.email).status_code == 302
    assert is_somebody(other)
    browser.post("/konto/koppling/ta-bort/")
    assert not SocialAccount.objects.exists()


def test_linking_asks_for_the_password_first(alva: Account, browser: Client, oidc: Any) -> None:
    oidc(trust=False)
    log_in(browser, alva.email)
    answer = go(browser, alva.email, process="connect")
    assert answer.headers["Location"].startswith("/konto/bekrafta/")
    assert not SocialAccount.objects.exists()
    assert browser.post("/konto/bekrafta/", {"password": PASSWORD}).status_code == 302
    assert SocialAccount.objects.get().user_id == alva.pk


@pytest.mark.parametrize("who", ["ingen@granvik.example", "unproved@granvik.example"])
def test_an_unknown_person_and_an_unproved_address_are_refused(who: str, browser: Client, oidc: Any) -> None:
    oidc(trust=True)
    Account.objects.create_user("unproved@granvik.example", PASSWORD)
    refused = go(browser, who)
    assert refused.status_code == 403
    assert "Inget konto hör till" in refused.content.decode()
    assert not is_somebody(browser)
    assert Account.objects.count() == 1
    assert not SocialAccount.objects.exists()
    for session in Session.objects.all():
        assert b"Hemligt" not in bytes(session.content)


def test_the_second_factor_is_asked_for_all_the_same(alva: Account, browser: Client, oidc: Any) -> None:
    oidc(trust=True)
    set_totp(alva, SEED)
    assert go(browser, alva.email).headers["Location"] == "/logga-in/steg-2/"
    assert not is_somebody(browser)
    browser.post("/logga-in/steg-2/", {"code": totp()})
    assert is_somebody(browser)


def test_the_way_to_the_provider_is_built_from_the_settings(browser: Client, oidc: Any) -> None:
    oidc(trust=True)
    start = browser.post("/en/logga-in/oidc/start/?auth_params=prompt%3Dnone&scope=profile", headers={"host": "localhost:9999"})
    asked = parse_qs(urlsplit(start.headers["Location"]).query)
    assert asked["redirect_uri"] == [CALLBACK]
    assert set(asked["scope"][0].split()) == {"openid", "email"}
    assert asked["code_challenge_method"] == ["S256"]
    assert "prompt" not in asked


@pytest.mark.parametrize("answer", ["", "?state=made-up&code=x", "?error=access_denied", "?code=x"])
def test_a_made_up_answer_is_refused(answer: str, alva: Account, browser: Client, oidc: Any) -> None:
    oidc(trust=True)
    assert browser.get(f"/logga-in/oidc/svar/{answer}").status_code in {302, 401, 403}
    assert not is_somebody(browser)


def test_next_stays_here(alva: Account, browser: Client, oidc: Any) -> None:
    oidc(trust=True)
    assert "evil" not in go(browser, alva.email, next="//evil.example/").headers["Location"]


def test_a_provider_that_is_away_gets_a_sentence(browser: Client, oidc: Any, settings: Any) -> None:
    oidc(trust=True)
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://localhost:9/o"
    answer = browser.post("/logga-in/oidc/start/")
    assert answer.status_code == 503
    assert "Försök igen" in answer.content.decode()


def test_without_a_provider_there_is_no_such_page(browser: Client) -> None:
    assert browser.post("/logga-in/oidc/start/").status_code == 404

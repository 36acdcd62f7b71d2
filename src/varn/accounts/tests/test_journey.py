"""Real Chromium with a virtual authenticator: a passkey is added, logs in by itself, is the second step, and goes."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.chromium import real_chromium
from varn.accounts.models import Account
from varn.accounts.tests.steps import PASSWORD

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with real_chromium() as browser:
        yield browser


@pytest.fixture
def alva(transactional_db: None) -> Account:
    return Account.objects.create_user("alva@granvik.example", PASSWORD)


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    context = chromium.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"), locale="sv-SE")
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    context.close()
    assert complaints == []


def authenticator(page: Page, *, verifies: bool = True) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": verifies, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def log_in(page: Page, path: str = "/logga-in/?next=/konto/") -> None:
    page.goto(path)
    page.get_by_label("E-postadress").fill("alva@granvik.example")
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Logga ut", exact=True).first.click()


def show_again(page: Page) -> None:
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()


def add_passkey(page: Page, name: str) -> None:
    page.goto("/konto/tva-steg/passkey/")
    show_again(page)
    page.get_by_label("Namn på passkeyn").fill(name)
    page.get_by_role("button", name="Skapa passkey").click()


def test_a_passkey_logs_in_by_itself_and_is_the_second_step(alva: Account, page: Page) -> None:
    authenticator(page)
    log_in(page)
    add_passkey(page, "Min telefon")
    expect(page.get_by_role("heading", name="Reservkoder")).to_be_visible()
    page.goto("/konto/tva-steg/")
    expect(page.get_by_text("Min telefon", exact=True).first).to_be_visible()
    log_out(page)

    page.goto("/logga-in/?next=/konto/")
    page.get_by_role("button", name="Logga in med passkey").click()
    expect(page.get_by_role("heading", name="Mitt konto")).to_be_visible()
    log_out(page)

    log_in(page)
    expect(page.get_by_role("heading", name="Steg 2")).to_be_visible()
    page.get_by_role("button", name="Använd passkey").click()
    expect(page.get_by_role("heading", name="Mitt konto")).to_be_visible()

    page.goto("/konto/tva-steg/")
    page.get_by_role("link", name=re.compile("Byt namn.*Min telefon")).click()
    show_again(page)
    page.get_by_label("Namn på passkeyn").fill("Gamla telefonen")
    page.get_by_role("button", name="Spara").click()
    page.goto("/konto/tva-steg/")
    page.get_by_role("link", name=re.compile("Ta bort.*Gamla telefonen")).click()
    page.get_by_role("button", name="Ta bort").click()
    page.goto("/konto/tva-steg/")
    expect(page.get_by_role("link", name="Lägg till en passkey")).to_be_visible()
    expect(page.get_by_text("Gamla telefonen")).to_have_count(0)


def test_a_passkey_that_does_not_check_who_holds_it_is_refused(alva: Account, page: Page) -> None:
    authenticator(page, verifies=False)
    log_in(page)
    add_passkey(page, "En nyckel")
    expect(page.get_by_text("Det blev inget svar från din passkey")).to_be_visible()
    page.goto("/konto/tva-steg/")
    expect(page.get_by_text("En nyckel")).to_have_count(0)


def test_without_javascript_one_is_told_of_another_way(alva: Account, chromium: Browser, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url.replace('127.0.0.1', 'localhost')}/logga-in/")
    expect(page.get_by_text("Passkey fungerar inte i den här webbläsaren")).to_be_visible()
    expect(page.get_by_role("button", name="Logga in med passkey")).to_be_hidden()
    context.close()


PAGES = [
    "/logga-in/",
    "/logga-in/kod/",
    "/logga-in/glomt/",
    "/logga-in/inget-konto/",
    "/konto/",
    "/konto/losenord/",
    "/konto/e-post/",
    "/konto/inloggningar/",
    "/konto/tva-steg/",
    "/konto/tva-steg/app/",
    "/konto/bekrafta/",
]


@pytest.mark.parametrize(("language", "width", "scheme"), [("", 320, "light"), ("/en", 1280, "dark")])
def test_axe_finds_nothing_and_nothing_sticks_out(language: str, width: int, scheme: Any, alva: Account, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = []
    for path in PAGES:
        if path == "/konto/":
            log_in(page)
            page.wait_for_url("**/konto/")
            page.goto("/konto/bekrafta/?next=/konto/")
            show_again(page)
        page.goto(language + path)
        found += [(path, rule["id"], [node["html"] for node in rule["nodes"]]) for rule in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "sticks out", []))
    assert found == []

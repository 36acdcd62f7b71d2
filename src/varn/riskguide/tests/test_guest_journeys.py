"""A guest's way through the guide in real Chromium on a phone, without JavaScript, and back by the link on another one."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.chromium import real_chromium
from varn.catalogues.riskguide import guide
from varn.riskguide.tests.conftest import Town
from varn.riskguide.tests.groups import STEP2, STEP3
from varn.riskguide.tests.test_guest_adoption import made

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
expect.set_options(timeout=20_000)
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
TITLES = [step.title.sv for step in (guide().step2, guide().step3)]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_chromium() as chromium:
        yield chromium


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Open]:
    contexts: list[BrowserContext] = []

    def opened(path: str, **options: Any) -> Page:
        context = browser.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def looked_at(page: Page, name: str) -> Page:
    """Fits a phone; a picture is taken where somebody asks for it."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    if folder := os.environ.get("TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    return page


def complaints_of(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def answers(page: Page, codes: list[str], at: int) -> None:
    for code in codes:
        page.locator(f"#{code.replace('.', '-')} label").nth(at).tap()


def presses(page: Page, button: str, heading: str) -> Page:
    """And waits for the page that it leads to, by its heading."""
    page.get_by_role("button", name=button).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    return page


def is_told(page: Page, button: str, problem: str) -> Page:
    page.get_by_role("button", name=button).tap()
    expect(page.get_by_role("alert")).to_contain_text(problem)
    return page


STEP_2, STEP_3 = TITLES


def goes_through(phone: Page) -> None:
    phone.get_by_role("link", name="Börja").tap()
    is_told(phone, "Vidare till steg 2", "Skriv vad ärendet kallas")
    looked_at(phone, "matter-errors")
    phone.get_by_label("Vad kallas ärendet?").fill("Vindkraft på Storhöjden")
    phone.locator("#own_judgement label").nth(2).tap()
    looked_at(phone, "matter")
    presses(phone, "Vidare till steg 2", STEP_2)
    answers(phone, STEP2[:-1], 3)
    is_told(phone, "Vidare till steg 3", "Svara på påstående 8")
    looked_at(phone, "step2-missing")
    expect(phone.get_by_role("alert").get_by_role("link")).to_have_count(1)
    phone.get_by_role("alert").get_by_role("link").tap()
    answers(phone, STEP2[-1:], 4)
    presses(phone, "Vidare till steg 3", STEP_3)
    answers(phone, STEP3, 1)
    looked_at(phone, "step3")
    presses(phone, "Visa resultatet", "")
    expect(phone.locator(".chart")).to_be_visible()


def test_a_guest_assesses_saves_comes_back_and_deletes_without_a_script(open_page: Open) -> None:
    phone = open_page("/riskguide/", java_script_enabled=False, **PHONE)
    goes_through(looked_at(phone, "start"))
    looked_at(phone, "result")
    presses(phone, "Spara och få en länk", "Sparat")
    link = phone.get_by_label("Länk", exact=True).input_value()
    looked_at(phone, "link")
    other = open_page(urlsplit(link).path, java_script_enabled=False, **PHONE)
    assert urlsplit(other.url).path == "/riskguide/sparad/"
    looked_at(other, "saved")
    other.get_by_role("button", name="Fortsätt med svaren").tap()
    expect(other.get_by_role("button", name="Spara och få en länk")).to_be_visible()
    phone.goto(f"{phone.url.partition('/riskguide')[0]}{urlsplit(link).path}")
    presses(phone, "Ta bort bedömningen", "Bedömningen är borttagen")
    gone = open_page(urlsplit(link).path, java_script_enabled=False, **PHONE)
    expect(gone.get_by_role("heading", level=1)).to_be_visible()
    assert "Vindkraft" not in gone.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_guide_passes_axe(open_page: Open, scheme: str) -> None:
    phone = open_page("/riskguide/", color_scheme=scheme, **PHONE)
    wrong = {"start": complaints_of(phone)}
    phone.get_by_role("link", name="Börja").tap()
    is_told(phone, "Vidare till steg 2", "Skriv vad")
    wrong["matter"] = complaints_of(phone)
    phone.get_by_label("Vad kallas ärendet?").fill("Vindkraft på Storhöjden")
    phone.locator("#own_judgement label").nth(2).tap()
    presses(phone, "Vidare till steg 2", STEP_2)
    is_told(phone, "Vidare till steg 3", "Svara på påstående 1")
    wrong["step 2"] = complaints_of(phone)
    answers(phone, STEP2, 2)
    presses(phone, "Vidare till steg 3", STEP_3)
    answers(phone, STEP3, 2)
    presses(phone, "Visa resultatet", "Det här är akut")
    looked_at(phone, f"acute-{scheme}")
    wrong["result"] = complaints_of(phone)
    presses(phone, "Spara och få en länk", "Sparat")
    wrong["link"] = complaints_of(phone)
    phone.goto(f"{phone.url.partition('/riskguide')[0]}{urlsplit(phone.get_by_label('Länk', exact=True).input_value()).path}")
    wrong["saved"] = complaints_of(phone)
    presses(phone, "Ta bort bedömningen", "borttagen")
    wrong["deleted"] = complaints_of(phone)
    assert {page: found for page, found in wrong.items() if found} == {}


def test_a_clerk_takes_it_over_by_the_link(open_page: Open, town: Town, live_server: Any) -> None:
    phone = open_page("/riskguide/", java_script_enabled=False, **PHONE)
    goes_through(phone)
    presses(phone, "Spara och få en länk", "Sparat")
    link = phone.get_by_label("Länk", exact=True).input_value()
    context = phone.context.browser.new_context(viewport={"width": 1280, "height": 900})  # type: ignore[union-attr]
    value = town.client(town.maj).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    desk = context.new_page()
    desk.goto(f"{live_server.url}/granvik/riskguide/")
    desk.get_by_role("link", name="Ta över en bedömning som gjorts utan konto").click()
    assert complaints_of(desk) == []
    looked_at(desk, "adopt")
    desk.get_by_label("Länken till bedömningen").fill(link)
    desk.get_by_label("Organ för ett nytt ärende").select_option(label=town.board.name)
    desk.get_by_role("button", name="Ta över bedömningen").click()
    expect(desk.get_by_text("Bedömningen är övertagen")).to_be_visible()
    looked_at(desk, "adopted")
    assert [one.title for one in made(town)] == ["Vindkraft på Storhöjden"]
    context.close()

"""A group's way through step 2 in real Chromium: a colleague's phone by link, two who run it on their own screens, no script."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.chromium import real_chromium
from varn.organisations.models import Person
from varn.riskguide.tests.conftest import Town
from varn.riskguide.tests.groups import STEP2, TONE, a_link, a_seat_of, again, an_assessment, gives, seat_again, sets, shown

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
expect.set_options(timeout=20_000)
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_chromium() as chromium:
        yield chromium


@pytest.fixture
def open_page(browser: Browser, town: Town, live_server: Any) -> Iterator[Open]:
    """Opens a page, as somebody or nobody; a script error or a refusal by the policy fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(path: str, person: Person | None = None, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options})
        contexts.append(context)
        if person:
            value = town.client(person).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(f"{live_server.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def complaints_of(page: Page) -> list[Any]:
    """What axe finds wrong: rule and elements."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_colleague_answers_by_thumb_on_a_phone(town: Town, open_page: Open) -> None:
    seat, token = a_link(town, an_assessment(town, is_group=True))
    phone = open_page(f"/l/{token}", **PHONE)
    assert complaints_of(phone) == []
    phone.get_by_role("button", name="Börja svara").tap()
    expect(phone.locator("#now")).to_contain_text("0 av 8 besvarade")
    assert fits(phone)
    assert complaints_of(phone) == []
    for n, code in enumerate(STEP2):
        phone.locator(f"#{code.replace('.', '-')} button").nth(n % 5).tap()
    expect(phone.locator("#now")).to_contain_text("8 av 8 besvarade")
    expect(phone.locator("#now")).to_contain_text("Klart, tack!")
    assert seat_again(town, seat).answers == {code: "unknown" if n % 5 == 4 else n % 5 for n, code in enumerate(STEP2)}
    phone.reload()
    expect(phone.locator("[aria-pressed=true]")).to_have_count(8)


def test_two_who_run_it_see_each_others_answers_without_reloading(town: Town, open_page: Open) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.rut)
    gives(town, town.rut, seat, online_tone=2)
    path = f"/granvik/riskguide/bedomning/{assessment.pk}/steg/2/"
    maj, bo = open_page(path, town.maj), open_page(path, town.bo)
    assert complaints_of(maj) == []
    maj.get_by_role("button", name="Visa svaren").click()
    expect(bo.locator("#step2-online_tone")).to_contain_text("förslag")
    assert complaints_of(bo) == []
    maj.locator("#step2-online_tone button").nth(3).click()
    expect(bo.locator("#step2-online_tone button").nth(3)).to_have_attribute("aria-pressed", "true")
    expect(bo.locator("#now")).to_contain_text("1 av 8 gemensamma svar")
    assert again(town, assessment).joint == {TONE: 3}
    assert seat_again(town, seat).answers == {}


def test_the_later_is_told_what_the_first_set_and_keeps_the_place(town: Town, open_page: Open) -> None:
    assessment = an_assessment(town)
    page = open_page(f"/granvik/riskguide/bedomning/{assessment.pk}/steg/2/", town.maj)
    sets(town, assessment, TONE, 3, by=town.bo)
    page.locator("#step2-online_tone button").nth(1).press("Enter")
    expect(page.locator("#step2-online_tone [role=alert]")).to_contain_text("Bo Exempelsson satte nyss")
    assert again(town, assessment).joint == {TONE: 3}
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # the button is pressed before it is saved
        page.locator("#step2-online_tone button").nth(1).press("Enter")
    expect(page.locator("#step2-online_tone button").nth(1)).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("document.activeElement.closest('li').id") == "step2-online_tone"
    assert again(town, assessment).joint == {TONE: 1}


def test_what_the_network_lost_is_sent_when_it_is_back(town: Town, open_page: Open) -> None:
    assessment = an_assessment(town)
    page = open_page(f"/granvik/riskguide/bedomning/{assessment.pk}/steg/2/", town.maj)
    page.context.set_offline(True)
    page.locator("#step2-online_tone button").nth(2).click()
    expect(page.locator("#step2-online_tone")).to_contain_text("Inte sparat")
    page.context.set_offline(False)
    expect(page.locator("#now")).to_contain_text("1 av 8")
    assert again(town, assessment).joint == {TONE: 2}


def test_without_a_script_every_button_saves(town: Town, open_page: Open) -> None:
    assessment = shown(town, an_assessment(town, is_group=True))
    page = open_page(f"/granvik/riskguide/bedomning/{assessment.pk}/steg/2/", town.maj, java_script_enabled=False)
    page.locator("#step2-online_tone button").nth(2).click()
    assert page.url.endswith("#step2-online_tone")
    expect(page.locator("#step2-online_tone button").nth(2)).to_have_attribute("aria-pressed", "true")
    assert again(town, assessment).joint == {TONE: 2}

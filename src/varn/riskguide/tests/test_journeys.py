"""A secretary's way through an agenda in real Chromium: by keyboard, by thumb, without a script, beside a colleague."""

import gzip
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.chromium import real_chromium
from varn.organisations.models import Person
from varn.riskguide.actions import Choice, judge_matter
from varn.riskguide.models import Agenda
from varn.riskguide.tests.conftest import Town
from varn.run.demo.agendas import EXECUTIVE_BOARD
from varn.tenancy.within import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
expect.set_options(timeout=20_000)  # twelve saves on a busy machine
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_chromium() as chromium:
        yield chromium


def log_in(context: BrowserContext, town: Town, person: Person, url: str) -> None:
    value = town.client(person).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": url}])


@pytest.fixture
def open_as(browser: Browser, town: Town, live_server: Any) -> Iterator[Open]:
    """Opens a page as somebody; a script error or a refusal by the policy fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(person: Person, path: str, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options})
        contexts.append(context)
        log_in(context, town, person, live_server.url)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def table(agenda: Agenda) -> str:
    return f"/granvik/riskguide/{agenda.pk}/"


def levels(town: Town, agenda: Agenda | None = None) -> list[str]:
    with within(town.organisation.pk):
        found = agenda or Agenda.objects.get()
        return list(found.screenings.order_by("position").values_list("own_judgement", flat=True))


def paste(page: Page) -> None:
    page.get_by_label("Klistra in dagordningen").fill(EXECUTIVE_BOARD)
    page.get_by_label("Vilken dag?").fill("2026-12-09")
    page.get_by_role("button", name="Dela upp i ärenden").click()


def test_twelve_matters_by_keyboard_alone_in_two_minutes(town: Town, open_as: Open) -> None:
    page = open_as(town.maj, "/granvik/riskguide/ny/")
    started = time.monotonic()
    paste(page)
    save = page.get_by_role("button", name="Spara och sortera")
    save.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("0 av 12 bedömda")).to_be_visible()
    for key in "332212123111":
        page.keyboard.press(key)
    expect(page.get_by_text("12 av 12 bedömda")).to_be_visible()
    assert time.monotonic() - started < 120
    page.keyboard.press("0")
    expect(page.get_by_text("11 av 12 bedömda")).to_be_visible()
    page.keyboard.press("3")
    expect(page.get_by_text("12 av 12 bedömda")).to_be_visible()
    expect(page.locator("[role=status]").filter(has_text="Alla ärenden är bedömda.")).to_have_count(1)
    names = {"1": "low", "2": "moderate", "3": "high"}
    assert levels(town) == [names[key] for key in "332212123113"]
    page.get_by_role("button", name="Spara sorteringen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 ärenden behöver steg 2")


def test_each_choice_is_said_with_the_next_matter(town: Town, open_as: Open) -> None:
    page = open_as(town.maj, table(town.agenda()))
    expect(page.locator("#r1 input").first).to_be_focused()
    page.keyboard.press("3")
    expect(page.locator("[role=status]").filter(has_text="Sparat: § 41 hög. Nästa: § 42.")).to_have_count(1)
    expect(page.locator("#r2 input").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#r1 input:checked")).to_be_focused()


def test_twelve_matters_by_thumb(town: Town, open_as: Open) -> None:
    page = open_as(town.maj, "/granvik/riskguide/ny/", **PHONE)
    paste(page)
    page.get_by_role("button", name="Spara och sortera").tap()
    expect(page.get_by_text("0 av 12 bedömda")).to_be_visible()
    for row in page.locator("tbody tr").all():
        label = row.locator("label.moderate")
        box = label.bounding_box()
        assert box
        assert box["height"] >= 44
        label.tap()
    expect(page.get_by_text("12 av 12 bedömda")).to_be_attached()
    assert levels(town) == ["moderate"] * 12
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_the_whole_table_is_saved(town: Town, open_as: Open) -> None:
    agenda = town.agenda()
    page = open_as(town.maj, table(agenda), java_script_enabled=False)
    page.locator("#r1 label.high").click()
    page.locator("#r2 label.low").click()
    page.get_by_role("button", name="Spara sorteringen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "1 ärende är inte bedömt än"
    assert levels(town, agenda) == ["high", "low", ""]
    page.get_by_role("link", name="Fortsätt sortera").click()
    page.locator("#r1").get_by_role("button", name="Ångra").click()
    assert levels(town, agenda) == ["", "low", ""]
    page.locator("#r3").get_by_role("link", name="Frågor").click()
    page.get_by_role("group", name="Har liknande ärenden lett").get_by_label("Ja").click()
    page.get_by_role("button", name="Spara svaren").click()
    assert "Steg 2 rekommenderas" in page.locator("#r3").inner_text()


def test_the_six_questions_open_over_the_table_and_raise(town: Town, open_as: Open) -> None:
    page = open_as(town.maj, table(town.agenda()))
    page.keyboard.press("1")
    expect(page.get_by_text("1 av 3 bedömda")).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="§ 41 Ny skolstruktur i Norrbyn")
    expect(dialog).to_be_visible()
    dialog.get_by_role("group", name="Har liknande ärenden lett").get_by_label("Ja").check()
    expect(dialog.locator(".result")).to_contain_text("höjer den egna bedömningen från låg till måttlig")
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator("#r1 input:checked")).to_be_focused()
    expect(page.locator("#r1 .outcome")).to_contain_text("Steg 2 rekommenderas")
    page.keyboard.press("2")
    expect(page.get_by_text("1 av 3 bedömda")).to_be_visible()


def test_the_later_of_two_sees_what_the_first_set_and_chooses(town: Town, open_as: Open) -> None:
    agenda = town.agenda()
    maj, bo = open_as(town.maj, table(agenda)), open_as(town.bo, table(agenda))
    maj.locator("#r1 label.high").click()
    expect(maj.get_by_text("1 av 3 bedömda")).to_be_visible()
    bo.locator("#r1 label.low").click()
    expect(bo.locator("#r1 .clash")).to_contain_text("Maj Exempelsson (nämndsekreterare) har satt Hög.")
    assert Axe().run(bo).violations_count == 0
    assert levels(town, agenda)[0] == "high"
    bo.get_by_role("button", name="Ändra till Låg").click()
    expect(bo.locator("#r1 .outcome")).to_contain_text("Klart här")
    assert levels(town, agenda)[0] == "low"
    maj.locator("#r1 label.moderate").click()
    maj.get_by_role("button", name="Behåll Låg").click()
    expect(maj.locator("#r1 .outcome")).to_contain_text("Klart här")
    assert maj.locator("#r1 input[value=low]").is_checked()
    assert levels(town, agenda)[0] == "low"


def test_a_choice_made_without_a_network_is_kept_and_sent(town: Town, open_as: Open) -> None:
    agenda = town.agenda()
    page = open_as(town.maj, table(agenda))
    page.context.set_offline(True)
    page.keyboard.press("3")
    expect(page.locator("#r1 .outcome")).to_contain_text("Inte sparat")
    page.context.set_offline(False)
    expect(page.locator("#r1 .outcome")).to_contain_text("Steg 2 krävs")
    assert levels(town, agenda)[0] == "high"


def test_choices_survive_a_session_that_ended(town: Town, open_as: Open, live_server: Any) -> None:
    agenda = town.agenda()
    page = open_as(town.maj, table(agenda))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.keyboard.press("3")
    expect(page.locator("#r1 .outcome")).to_contain_text("Du har loggats ut")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#r1").get_by_role("link", name="Logga in").click()
    page.wait_for_url("**/logga-in/**")
    log_in(page.context, town, town.maj, live_server.url)
    page.goto(f"{live_server.url}{table(agenda)}")
    expect(page.locator("#r1 .outcome")).to_contain_text("Steg 2 krävs")
    assert levels(town, agenda)[0] == "high"


def test_a_pasted_agenda_survives_a_session_that_ended(town: Town, open_as: Open, live_server: Any) -> None:
    page = open_as(town.maj, "/granvik/riskguide/ny/")
    paste(page)
    page.locator("#t5").fill("Min egen rubrik")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Spara och sortera").click()
    page.wait_for_url("**/logga-in/**")
    back = re.search(r"next=([^&]+)", page.url)
    assert back
    log_in(page.context, town, town.maj, live_server.url)
    page.goto(live_server.url + page.evaluate("decodeURIComponent", back[1]))
    expect(page.locator("#t5")).to_have_value("Min egen rubrik")
    expect(page.get_by_text("Du har loggat in igen")).to_be_visible()
    page.get_by_role("button", name="Spara och sortera").click()
    expect(page.locator(".matter").filter(has_text="Min egen rubrik")).to_be_visible()


@pytest.mark.parametrize(
    ("prefix", "options"), [("", {**PHONE, "color_scheme": "light"}), ("/en", {"color_scheme": "dark"})], ids=["phone", "desk"]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    town: Town, open_as: Open, prefix: str, options: dict[str, Any], live_server: Any
) -> None:
    agenda = town.agenda()
    judge_matter(town.member(town.bo), agenda.pk, Choice(1, "high", "", 0))
    page = open_as(town.maj, f"{prefix}/granvik/riskguide/", **options)
    for path in ("", "ny/", "om/", f"{agenda.pk}/", f"{agenda.pk}/andra/", f"{agenda.pk}/1/fragor/", f"{agenda.pk}/klart/"):
        page.goto(f"{live_server.url}{prefix}/granvik/riskguide/{path}")
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_page_is_light_and_asks_no_other_host(town: Town, open_as: Open, live_server: Any) -> None:
    agenda = town.agenda([f"Ärende om plats {n}" for n in range(200)])
    page = open_as(town.maj, "/granvik/riskguide/")
    weights: dict[str, int] = {}
    page.on("response", lambda response: weights.__setitem__(response.url, len(gzip.compress(response.body()))))
    page.goto(f"{live_server.url}{table(agenda)}", wait_until="networkidle")
    assert all(url.startswith(live_server.url) for url in weights)
    assert sum(size for url, size in weights.items() if url.endswith(".js")) < 20_000
    assert sum(weights.values()) < 40_000

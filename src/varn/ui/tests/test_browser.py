"""The kitchen sink in real Chromium under the real policy: axe, narrow screens, keys, drafts, quick exit."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.chromium import real_chromium
from varn.ui.tests import kitchen_sink

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with real_chromium() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    pages = {"/": kitchen_sink.page(), "/fel": kitchen_sink.page(bound=True), "/en/": kitchen_sink.page(language="en")}
    script = '<!doctype html><html lang="sv"><title>-</title><script src="/static/ui/draft.js" defer></script>'
    pages |= {"/annan": script, "/logga-in": script + '<form data-contract="login-form"></form>'}
    with kitchen_sink.served(pages) as url:
        yield url


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab whose page errors and refusals by the policy fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize(
    ("path", "width", "scheme"), [("/", 320, "light"), ("/en/", 1280, "dark"), ("/fel", 320, "dark"), ("/fel", 1280, "light")]
)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + path)
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("height", [256, 640])  # 256: a screen of 1280 × 1024 at 400 %
@pytest.mark.parametrize("path", ["/", "/fel"])
def test_nothing_sticks_out_at_320_pixels(tab: Page, address: str, path: str, height: int) -> None:
    tab.set_viewport_size({"width": 320, "height": height})
    tab.goto(address + path)
    assert tab.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("width", [320, 1280])
def test_controls_are_large_enough_to_hit(tab: Page, address: str, width: int) -> None:
    """24 CSS pixels (WCAG 2.5.8); links inside a sentence are excepted there, and here."""
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(address + "/")
    small = tab.evaluate(
        """[...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary, nav a, .btn, .strip a')]
        .map((e) => [e.outerHTML.slice(0, 60), e.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24)).map(([html]) => html)"""
    )
    assert small == []


def test_the_error_summary_has_focus_and_its_link_leads_to_the_field(tab: Page, address: str) -> None:
    tab.goto(address + "/fel")
    assert tab.evaluate("document.activeElement.dataset.contract") == "error-summary"
    tab.get_by_role("link", name="Hur hände det").click()
    assert tab.evaluate("document.activeElement.id") == "id_way_0"


def test_focus_is_never_hidden_behind_the_strip_or_the_exit(tab: Page, address: str) -> None:
    for width in (320, 1280):
        tab.set_viewport_size({"width": width, "height": 640})
        tab.goto(address + "/")
        for _ in range(45):
            tab.keyboard.press("Tab")
            hidden = tab.evaluate(
                """(() => { const e = document.activeElement, b = e.getBoundingClientRect();
                if (!b.width || e === document.body) return '';
                const top = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);
                return top && (e.contains(top) || top.contains(e)) ? '' : e.outerHTML.slice(0, 90); })()"""
            )
            assert hidden == ""


def test_one_keystroke_chooses_and_goes_on(tab: Page, address: str) -> None:
    tab.goto(address + "/")
    tab.evaluate("document.addEventListener('change', (e) => { (window.changed ??= []).push(e.target.id) })")
    tab.focus("#m0-low")
    for key in ("1", "3", "k", "j", "2"):
        tab.keyboard.press(key)
    assert tab.evaluate("window.changed") == ["m0-low", "m1-high", "m2-moderate"]
    assert tab.evaluate("document.activeElement.id") == "m2-moderate"
    assert tab.locator("[aria-live=polite]").inner_text() == "§ 43 Vindkraft på Storhöjden: Måttlig"


def test_digits_typed_in_a_field_choose_nothing(tab: Page, address: str) -> None:
    tab.goto(address + "/")
    tab.focus("#id_name")
    tab.keyboard.type("123")
    assert tab.input_value("#id_name") == "123"
    assert tab.is_checked("#m0-high")


def test_a_draft_survives_a_reload_without_the_password_and_ends_at_log_out(tab: Page, address: str) -> None:
    tab.goto(address + "/")
    tab.fill("#id_story", "Det ringde tre gånger.")
    tab.fill("#id_password", "hemligt")
    tab.reload()
    assert tab.input_value("#id_story") == "Det ringde tre gånger."
    assert tab.input_value("#id_password") == ""
    assert tab.get_by_text("Vi har lagt tillbaka det du skrev.").is_visible()
    assert "hemligt" not in tab.evaluate("JSON.stringify(sessionStorage)")
    tab.evaluate("document.querySelector('[data-contract=logout-form]').requestSubmit()")
    tab.wait_for_url("**/logga-ut/")
    assert "Det ringde" not in tab.evaluate("JSON.stringify(sessionStorage)")


def test_a_draft_outlives_the_log_in_page_and_ends_when_the_next_page_is_another(tab: Page, address: str) -> None:
    tab.goto(address + "/")
    tab.fill("#id_story", "Det ringde.")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Spara", exact=True).click()
    tab.goto(address + "/logga-in")
    tab.goto(address + "/")
    assert tab.input_value("#id_story") == "Det ringde."
    with tab.expect_navigation():
        tab.get_by_role("button", name="Spara", exact=True).click()
    tab.goto(address + "/annan")
    tab.goto(address + "/")
    assert tab.input_value("#id_story") == ""


@pytest.mark.parametrize("way", ["link", "keys"])
def test_the_quick_exit_clears_what_the_tab_keeps(tab: Page, address: str, way: str) -> None:
    tab.goto(address + "/")
    tab.fill("#id_story", "Det ringde.")
    if way == "link":
        tab.get_by_role("link", name="Lämna sidan snabbt").click()
    else:
        for _ in range(3):
            tab.keyboard.press("Escape")
    tab.wait_for_url("**/lamna")
    assert tab.evaluate("sessionStorage.length") == 0


def test_the_menu_opens_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/")
    assert not page.locator('[data-contract="logout-form"] button').is_visible()
    page.locator("summary").click()
    assert page.get_by_role("link", name="Uppföljning").is_visible()
    assert page.locator('[data-contract="logout-form"] button').is_visible()
    context.close()


def test_on_a_phone_the_content_starts_near_the_top_and_on_a_desk_the_menu_stands_open(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(address + "/")
    assert tab.evaluate("document.querySelector('main').getBoundingClientRect().top") < 180
    tab.set_viewport_size({"width": 1280, "height": 900})
    assert tab.locator('[data-contract="logout-form"] button').is_visible()
    assert not tab.get_by_text("Meny", exact=True).is_visible()


def test_on_paper_only_the_report_is_left(tab: Page, address: str) -> None:
    tab.goto(address + "/")
    tab.emulate_media(media="print")
    for selector in (".strip", "nav.steps", ".utility", ".exit"):
        assert not tab.locator(selector).first.is_visible()
    assert tab.locator("h1").is_visible()

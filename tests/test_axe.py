"""Every page of the inventory in real Chromium, as somebody who may see it: axe finds nothing, nothing sticks out at 320 px."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from tests.chromium import real_chromium
from tests.test_every_address import methods
from tests.walking import awake, client_for, names, roles_for, url_of
from tests.world import Town, a_town

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
ORIGIN = "http://testserver"
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "color_scheme": "light", "reduced_motion": "reduce"}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark", "reduced_motion": "reduce"}
# The script comes with each document and only what is wrong goes back: half the time of handing both over for each page.
AXE = """async () => (await axe.run({resultTypes: ['violations'], elementRef: false})).violations
  .map((rule) => [rule.id, rule.nodes.map((node) => node.html)])"""
LOOK = """() => ({
  beside: document.documentElement.scrollWidth - innerWidth,
  headings: [...document.querySelectorAll('h1')].filter((e) => e.checkVisibility()).length,
  language: document.documentElement.lang,
})"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with real_chromium() as browser:
        yield browser
        connections.close_all()  # those of this loop's context: nothing else would, and the test database could not be dropped


@pytest.fixture
def town(chromium: Browser, db: None) -> Town:
    return awake(a_town("granvik"))


@dataclass
class Desk:
    """Answers the browser from this process, as the client whose turn it is; no server, no port."""

    client: Client = field(default_factory=Client)
    page: bytes = b""

    def __call__(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if not path.startswith(settings.STATIC_URL):
            return route.fulfill(body=self.page, content_type="text/html; charset=utf-8")
        return route.fulfill(path=str(finders.find(path.removeprefix(settings.STATIC_URL))))


@pytest.mark.parametrize(("language", "how"), [("sv", PHONE), ("en", DESK)], ids=["phone", "desk"])
def test_every_page_can_be_read_by_everybody(chromium: Browser, town: Town, language: str, how: dict[str, Any]) -> None:
    context = chromium.new_context(**how)
    context.add_init_script(AXE_SCRIPT)
    tab, desk = context.new_page(), Desk()
    tab.route("**/*", desk)
    wrong: dict[str, Any] = {}
    seen: set[str] = set()
    for name in names():
        role = roles_for(name, town)[-1]
        if "GET" not in methods(name):
            continue
        answer = client_for(role, town).get(_in(language, url_of(name, town)), follow=True)
        address = str(answer.request["PATH_INFO"])
        address = address if answer.status_code < 400 else str(answer.status_code)  # one page of each error will do
        if address not in seen and answer.headers.get("Content-Type", "").startswith("text/html"):
            seen.add(address)
            desk.page = answer.content
            if found := _complaints(tab, address):
                wrong[f"{name} {address}"] = found
    context.close()
    assert wrong == {}
    assert len(seen) > 60


def test_what_is_wrong_would_be_found(chromium: Browser) -> None:
    context = chromium.new_context(**PHONE)
    context.add_init_script(AXE_SCRIPT)
    tab = context.new_page()
    tab.route(
        "**/*", Desk(page=b"<!doctype html><html lang=sv><title>Fel</title><h1>Ett</h1><h1>Tv</h1><main><img src=x></main>")
    )
    found = _complaints(tab, "/")
    context.close()
    assert "image-alt" in [rule[0] for rule in found]
    assert "2 headings of the first level" in found


def _in(language: str, url: str) -> str:
    return f"/en{url}" if language == "en" and not url.startswith(("/l/", "/halsa", "/redo", "/robots")) else url


def _complaints(tab: Page, address: str) -> list[Any]:
    tab.goto(f"{ORIGIN}/{address.lstrip('/')}", wait_until="load")
    looks = tab.evaluate(LOOK)
    found: list[Any] = tab.evaluate(AXE)
    if looks["beside"] > 0:
        found.append(f"{looks['beside']} px beside the page")
    if looks["headings"] != 1:
        found.append(f"{looks['headings']} headings of the first level")
    if address.startswith("/") and looks["language"] != ("en" if address.startswith("/en/") else "sv"):
        found.append(f"in {looks['language']}")
    return found

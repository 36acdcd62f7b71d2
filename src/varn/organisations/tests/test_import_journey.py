"""An administrator takes in a council of 61 from a messy spreadsheet, in real Chromium."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.chromium import real_chromium
from tests.people import a_person, an_organisation
from varn.organisations.models import Mandate, Organisation
from varn.organisations.rights import Role
from varn.organisations.tests.messy_council import SEATS, messy_workbook
from varn.tenancy.within import within

pytestmark = pytest.mark.journey
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with real_chromium() as browser:
        yield browser


@pytest.fixture
def granvik(transactional_db: None) -> Organisation:
    return an_organisation()


@pytest.fixture
def session(granvik: Organisation) -> str:
    admin = a_person(granvik, "Ada", Role.ADMINISTRATOR)
    client = Client()
    assert admin.account is not None
    client.force_login(admin.account)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def look(page: Page, name: str) -> None:
    """No violations, nothing beside the page; a picture where VARN_SCREENSHOTS says."""
    found = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in Axe().run(page).response["violations"]]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if folder := os.environ.get("VARN_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def walk(page: Page, *, prefix: str, onward: str, take: str) -> None:
    page.goto(f"{prefix}/granvik/installningar/import/")
    look(page, f"start{take}")
    page.locator("[name=source]").fill("Troman")
    page.locator("[name=file]").set_input_files({"name": "lista.xlsx", "mimeType": XLSX, "buffer": messy_workbook()})
    page.locator("main form button[type=submit]").first.click()
    look(page, f"columns{take}")
    page.get_by_role("button", name=onward).click()


@pytest.mark.parametrize(
    ("width", "scheme", "prefix", "onward"), [(320, "light", "", "Fortsätt"), (1280, "dark", "/en", "Continue")]
)
def test_a_council_of_61_is_taken_in(
    chromium: Browser, live_server: Any, granvik: Organisation, session: str, width: int, scheme: Any, prefix: str, onward: str
) -> None:
    url = live_server.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context(
        base_url=url, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])
    page = context.new_page()
    walk(page, prefix=prefix, onward=onward, take=f"-{width}")
    look(page, f"values-{width}")
    page.get_by_role("button", name=onward).click()
    expect(page.get_by_text("45, Efternamn, förnamn")).to_be_visible()
    look(page, f"changes-{width}")
    page.locator("main form.form button[type=submit]").click()
    expect(page).to_have_url(url + page.url.removeprefix(url))
    look(page, f"done-{width}")
    with within(granvik.pk):
        assert Mandate.objects.count() == SEATS + 11
    walk(page, prefix=prefix, onward=onward, take=f"-again-{width}")
    expect(page.locator(".empty")).to_be_visible()
    look(page, f"unchanged-{width}")
    context.close()

"""A colleague comes in by invitation, on a phone: link, log-in by mailed code, a passkey, and back in by it. Real Chromium."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.chromium import real_chromium
from tests.people import a_person, an_organisation, setting_up
from varn.organisations.actions.invitations import invite_person, send_invitation
from varn.organisations.adapters import adopt_invitations
from varn.organisations.models import Organisation, Person
from varn.organisations.queries import member_of
from varn.organisations.rights import Job, Role
from varn.tenancy.within import within

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with real_chromium() as browser:
        yield browser


@pytest.fixture
def granvik(transactional_db: None, settings: Any) -> Organisation:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return an_organisation()


@pytest.fixture
def phone(chromium: Browser, live_server: Any) -> Iterator[Page]:
    address = live_server.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=address, locale="sv-SE", viewport={"width": 320, "height": 640}, has_touch=True)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def invited(organisation: Organisation) -> str:
    """The path of the link that Dag gets by mail."""
    ada = a_person(organisation, "Ada", Role.ADMINISTRATOR)
    with setting_up(organisation):
        dag = Person.objects.create(given_name="Dag", family_name="Exempelsson", email="dag@granvik.example")
    with within(organisation.pk):
        actor = member_of(ada.account_id, organisation.pk, today=timezone.localdate())  # type: ignore[arg-type]
    assert actor is not None
    send_invitation(Job(organisation.pk), invite_person(actor, dag).pk)
    return mailed(r"http://localhost(?::\d+)?(/l/\S+)")


def mailed(pattern: str) -> str:
    found = re.search(pattern, str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def looks_well(page: Page) -> None:
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_colleague_comes_in_by_invitation_and_then_by_passkey(granvik: Organisation, phone: Page) -> None:
    phone.goto(invited(granvik))
    expect(phone.get_by_text("Granviks kommun").first).to_be_visible()
    looks_well(phone)
    phone.locator("main form button[type=submit]").click()
    looks_well(phone)
    adopt_invitations("dag@granvik.example")  # the job that the answer started

    phone.goto("/logga-in/kod/")
    phone.get_by_label("E-postadress").fill("dag@granvik.example")
    phone.locator("main form button[type=submit]").first.click()
    phone.locator("main input[name=code]").fill(mailed(r"^(\d{8})$"))
    phone.locator("main form button[type=submit]").first.click()
    expect(phone).to_have_url(re.compile("/granvik/$"))
    looks_well(phone)

    phone.goto("/konto/tva-steg/passkey/")
    phone.get_by_label("Namn på passkeyn").fill("Min telefon")
    phone.get_by_role("button", name="Skapa passkey").click()
    expect(phone.get_by_role("heading", name="Reservkoder")).to_be_visible()
    phone.context.clear_cookies()

    phone.goto("/logga-in/")
    phone.get_by_role("button", name="Logga in med passkey").click()
    expect(phone).to_have_url(re.compile("/granvik/$"))
    looks_well(phone)

"""The pages of an import, as an administrator walks through them."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.people import a_body, a_person, a_seat, an_organisation, setting_up
from varn.audit.models import Entry
from varn.organisations.models import Body, ImportSource, Invitation, Mandate, Organisation, Party, PeopleImport, Person, RegisterKey
from varn.organisations.rights import Role
from varn.organisations.terms import BodyKind
from varn.organisations.tests.messy_council import SEATS, messy_workbook, plain_csv
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
HOME = "/granvik/installningar/import/"
HEADINGS = "Id;Namn;Organ;Roll;Parti;E-post;Från;Till;Skyddad identitet;Hemadress;Personnummer;Fritext"


@pytest.fixture
def granvik() -> Organisation:
    return an_organisation()


@pytest.fixture
def admin(granvik: Organisation) -> Client:
    return client_of(a_person(granvik, "Ada", Role.ADMINISTRATOR))


def client_of(person: Person) -> Client:
    client = Client()
    assert person.account is not None
    client.force_login(person.account)
    return client


def file(*rows: str, headings: str = HEADINGS, name: str = "lista.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([headings, *rows]).encode())


def upload(client: Client, content: Any, source: str = "Troman") -> HttpResponse:
    return client.post(HOME, {"source": source, "file": content})


def follow(client: Client, answer: HttpResponse) -> HttpResponse:
    """The page that a redirect leads to in the end."""
    while answer.status_code == 302:
        answer = client.get(answer.headers["Location"])
    return answer


def as_shown(page: HttpResponse) -> dict[str, Any]:
    """What the page's last form would send as it stands."""
    fields: dict[str, Any] = {}
    for form in [context["form"] for context in page.context if "form" in context][:1]:
        for field in form:
            fields[field.html_name] = "" if field.value() is None else field.value()
    return fields


def step(client: Client, page: HttpResponse, **more: Any) -> HttpResponse:
    return follow(client, client.post(page.request["PATH_INFO"], as_shown(page) | more))


def to_changes(client: Client, content: Any, source: str = "Troman") -> HttpResponse:
    """Uploads and takes every step as suggested, up to what would change."""
    page = follow(client, upload(client, content, source))
    for name in ("kolumner", "ord"):
        if f"/{name}/" in page.request["PATH_INFO"]:
            page = step(client, page)
    return page


def text(page: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def rows(organisation: Organisation, model: Any) -> list[Any]:
    with within(organisation.pk):
        return list(model.objects.all())


def counts(organisation: Organisation) -> tuple[int, ...]:
    return tuple(len(rows(organisation, model)) for model in (Person, Mandate, Body, Party, RegisterKey))


def test_the_messy_council_is_taken_in_once_and_again_nothing_changes(granvik: Organisation, admin: Client) -> None:
    book = SimpleUploadedFile("fullmäktige.xlsx", messy_workbook())
    page = to_changes(admin, book)
    assert "/andringar/" in page.request["PATH_INFO"]
    assert "Rad 45, Efternamn, förnamn: flera namn i samma cell" in text(page)
    assert counts(granvik) == (1, 0, 0, 0, 0)
    page = step(admin, page)
    assert "/klart/" in page.request["PATH_INFO"]
    assert counts(granvik)[:4] == (SEATS + 12, SEATS + 11, 1, 4)
    assert "Hittepågatan" not in str([vars(row) for row in rows(granvik, PeopleImport)])
    before = counts(granvik)
    page = to_changes(admin, SimpleUploadedFile("igen.xlsx", messy_workbook()))
    assert "Filen ändrar ingenting" in text(page)
    assert counts(granvik) == before
    page = to_changes(admin, SimpleUploadedFile("ren.csv", plain_csv(without=(3, 40))))
    assert "Står inte längre i filen" in text(page)
    step(admin, page)
    assert [m for m in rows(granvik, Mandate) if m.ends_on and m.ends_on.year == 2026] == []

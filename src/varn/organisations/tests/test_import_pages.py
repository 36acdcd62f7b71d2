"""The pages of an import, as an administrator walks through them."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.people import LONG_AGO, a_body, a_person, a_seat, an_organisation, setting_up
from varn.audit.models import Entry
from varn.organisations.models import (
    AccessGrant,
    Body,
    ImportSource,
    Invitation,
    Mandate,
    Organisation,
    Party,
    PeopleImport,
    Person,
    RegisterKey,
)
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


def upload(client: Client, content: Any, source: str = "Troman") -> Any:
    return client.post(HOME, {"source": source, "file": content})


def follow(client: Client, answer: Any) -> Any:
    """The page that a redirect leads to in the end."""
    while answer.status_code == 302:
        answer = client.get(answer.headers["Location"])
    return answer


def as_shown(page: Any) -> dict[str, Any]:
    """What the page's last form would send as it stands."""
    fields: dict[str, Any] = {}
    for form in [context["form"] for context in page.context if "form" in context][:1]:
        for field in form:
            fields[field.html_name] = "" if field.value() is None else field.value()
    return fields


def step(client: Client, page: Any, **more: Any) -> Any:
    return follow(client, client.post(page.request["PATH_INFO"], as_shown(page) | more))


def to_changes(client: Client, content: Any, source: str = "Troman") -> Any:
    """Uploads and takes every step as suggested, up to what would change."""
    page = follow(client, upload(client, content, source))
    for name in ("kolumner", "ord"):
        if f"/{name}/" in page.request["PATH_INFO"]:
            page = step(client, page)
    return page


def text(page: Any) -> str:
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


def ends(organisation: Organisation) -> list[Mandate]:
    return [m for m in rows(organisation, Mandate) if m.ends_on]


def test_nothing_ends_unless_it_is_ticked(granvik: Organisation, admin: Client) -> None:
    both = ("1;Eva Alm;Kommunstyrelsen;Ledamot;S", "2;Bo Ek;Kommunstyrelsen;Ledamot;S")
    step(admin, to_changes(admin, file(*both)))
    page = to_changes(admin, file(both[0]))
    assert "Bo Ek, Kommunstyrelsen, ledamot (S)" in text(page)
    step(admin, page)
    assert ends(granvik) == []
    page = to_changes(admin, file(both[0]))
    day = page.context["form"]["last_day"].value()
    with setting_up(granvik):
        Mandate.objects.update(starts_on=day)
    step(admin, to_changes(admin, file(both[0])), **{"all-left": "1"})
    assert [(m.ends_on, m.starts_on) for m in ends(granvik)] == [(day, day)]
    assert "Filen ändrar ingenting" in text(to_changes(admin, file(both[0])))


def test_an_earlier_last_day_in_the_file_waits_for_its_tick(granvik: Organisation, admin: Client) -> None:
    step(admin, to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S;;2023-01-01;")))
    shorter = "1;Eva Alm;Kommunstyrelsen;Ledamot;S;;2023-01-01;2030-12-31"
    step(admin, to_changes(admin, file(shorter)))
    assert ends(granvik) == []
    step(admin, to_changes(admin, file(shorter)), **{"all-ends": "1"})
    assert [str(m.ends_on) for m in ends(granvik)] == ["2030-12-31"]


def test_a_last_day_before_the_first_is_refused_in_a_sentence(granvik: Organisation, admin: Client) -> None:
    step(admin, to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S;;2023-01-01;", "2;Bo Ek;Kommunstyrelsen;Ledamot")))
    page = to_changes(admin, file("2;Bo Ek;Kommunstyrelsen;Ledamot"))
    page = step(admin, page, **{"all-left": "1", "last_day": "2016-01-01"})
    assert page.status_code == 422
    assert "Eva Alm: sista dagen är före uppdragets första dag, 2023-01-01" in text(page)
    assert ends(granvik) == []


def test_home_addresses_and_identity_numbers_are_never_stored(granvik: Organisation, admin: Client) -> None:
    row = "1;Eva Alm;Kommunstyrelsen;Ledamot;S;eva@x.example;;;;Hemgatan 4;19640823-3234;har nr 640823-3234 i arkivet"
    upload(admin, file(row))
    kept = str(rows(granvik, PeopleImport)[0].table)
    assert "Eva Alm" in kept
    assert "Hemgatan" not in kept
    assert "640823" not in kept


def test_protection_in_a_column_that_is_left_out_still_protects(granvik: Organisation, admin: Client) -> None:
    step(admin, to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S;;;;;Skyddade personuppgifter")))
    assert [p.is_protected for p in rows(granvik, Person) if p.family_name == "Alm"] == [True]
    page = to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S;;;;nej"))
    assert "Filen ändrar ingenting" in text(page)


def test_an_address_known_in_another_organisation_shows_nothing(granvik: Organisation, admin: Client) -> None:
    elsewhere = a_person(an_organisation("tallhult"), "Cia", email="cia@tallhult.example")
    page = to_changes(admin, file("1;Cia Exempelsson;Kommunstyrelsen;Ledamot;S;cia@tallhult.example"))
    assert "/andringar/" in page.request["PATH_INFO"]
    assert "ny person" in text(page)
    step(admin, page)
    here = next(p for p in rows(granvik, Person) if p.email == "cia@tallhult.example")
    assert here.pk != elsewhere.pk
    assert here.account is None


def test_a_confirmed_address_finds_the_person_without_a_mandate(granvik: Organisation, admin: Client) -> None:
    alva = a_person(granvik, "Alva")
    step(admin, to_changes(admin, file(f"9;Alva Nyström;Kommunstyrelsen;Ledamot;S;{alva.email}")))
    assert [(m.person_id, m.role) for m in rows(granvik, Mandate)] == [(alva.pk, "member")]
    assert [p.family_name for p in rows(granvik, Person) if p.pk == alva.pk] == ["Nyström"]


@pytest.mark.parametrize(("answer", "n_people"), [("same", 2), ("new", 3)])
def test_a_name_alone_is_asked_about(granvik: Organisation, admin: Client, answer: str, n_people: int) -> None:
    bo = a_person(granvik, "Bo")
    a_seat(granvik, bo, a_body(granvik))
    page = to_changes(admin, file("7;Bo Exempelsson;Kommunstyrelsen;Ersättare;S"))
    assert "/vem-ar-vem/" in page.request["PATH_INFO"]
    assert "Samma som Bo Exempelsson (Kommunstyrelsen)" in text(page)
    refusal = step(admin, page)
    assert refusal.status_code == 422
    page = step(admin, page, **{"same-0": str(bo.pk) if answer == "same" else "new"})
    step(admin, page, **{"all-moved": "1"})
    assert len(rows(granvik, Person)) == n_people


def test_bodies_parties_and_roles_are_asked_about_once_and_remembered(granvik: Organisation, admin: Client) -> None:
    body = a_body(granvik)
    strange = file("1;Eva Alm;KS;Tjatare;Lokalpartiet")
    page = step(admin, follow(admin, upload(admin, strange)))
    assert "/ord/" in page.request["PATH_INFO"]
    assert step(admin, page).status_code == 422
    page = step(admin, page, **{"bodies-0": str(body.pk), "roles-0": "deputy"})
    step(admin, page)
    assert [(m.body_id, m.role) for m in rows(granvik, Mandate)] == [(body.pk, "deputy")]
    assert [p.name for p in rows(granvik, Party)] == ["Lokalpartiet"]
    page = step(admin, follow(admin, upload(admin, file("1;Eva Alm;KS;Tjatare;Lokalpartiet"))))
    assert "Filen ändrar ingenting" in text(page)


def test_the_columns_are_remembered_for_the_source(granvik: Organisation, admin: Client) -> None:
    odd = file("Alm;Kommunstyrelsen;Ledamot;Eva", headings="Aaa;Bbb;Ccc;Namn")
    page = follow(admin, upload(admin, odd))
    page = step(
        admin,
        page,
        **{"column-0": "family_name", "column-1": "body", "column-2": "role", "column-3": "given_name"},
    )
    assert "/ord/" in page.request["PATH_INFO"]
    page = follow(admin, upload(admin, file("Alm;Kommunstyrelsen;Ledamot;Eva", headings="Aaa;Bbb;Ccc;Namn"), "troman"))
    assert as_shown(page)["column-0"] == "family_name"
    assert len(rows(granvik, ImportSource)) == 1


def test_without_a_name_column_or_with_one_chosen_twice_the_page_says_so(admin: Client) -> None:
    page = follow(admin, upload(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot")))
    assert "Välj vilken kolumn som är namn" in text(step(admin, page, **{"column-1": "no"}))
    answer = step(admin, page, **{"column-2": "name"})
    assert answer.status_code == 422
    assert "är redan vald för en annan kolumn" in text(answer)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom"),
        (b"%PDF-1.4 x", "Filen är inte ett kalkylblad"),
        (b"PK\x03\x04trasig", "Filen är skadad"),
        (b"a;b\n" + b"x;y\n" * 50_100, "fler än 50000 rader"),
        (b"12;13\n14;15\n", "Ingen rad ser ut som rubriker"),
        (b"x" * 10_000_001, "större än 10 MB"),
    ],
)
def test_a_file_that_is_not_read_gets_a_sentence(granvik: Organisation, admin: Client, content: bytes, sentence: str) -> None:
    answer = upload(admin, SimpleUploadedFile("fil.xlsx", content))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert rows(granvik, PeopleImport) == []


def test_bad_rows_are_named_by_number_and_the_rest_is_read(granvik: Organisation, admin: Client) -> None:
    page = to_changes(
        admin,
        file(
            "1;Eva Alm;Kommunstyrelsen;Ledamot;S;;2027-01-01;2026-01-01",
            "2;Bo Ek / Ann Ask;Kommunstyrelsen;Ledamot;S",
            "3;Liv Lund;Kommunstyrelsen;Ledamot;S",
            "3;Liv Lind;Kommunstyrelsen;Ersättare;S",
            "4;=A1;Kommunstyrelsen;Ledamot;S",
            "5;<b>Ulf</b> Ö;Kommunstyrelsen;Ledamot;S",
        ),
    )
    shown = text(page)
    assert "Rad 2, Till: sista dagen 2026-01-01 är före den första 2027-01-01" in shown
    assert "Rad 3, Namn: flera namn i samma cell (Bo Ek, Ann Ask)" in shown
    assert "Rad 5: samma id som på rad 4" in shown
    assert "Rad 6, Namn: cellen har en formel utan värde" in shown
    assert b"<b>Ulf" not in page.content
    step(admin, page)
    assert len(rows(granvik, Mandate)) == 2


def test_what_somebody_changed_meanwhile_is_shown_instead_of_applied(granvik: Organisation, admin: Client) -> None:
    page = to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S"))
    other = client_of(a_person(granvik, "Åke", Role.ADMINISTRATOR))
    step(other, to_changes(other, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S")))
    before = counts(granvik)
    again = step(admin, page)
    assert "Något har ändrats sedan sidan visades" in text(again)
    assert counts(granvik) == before


def test_confirming_twice_gives_the_same_and_one_entry_in_the_trail(granvik: Organisation, admin: Client) -> None:
    page = to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S"))
    sent = as_shown(page)
    for _ in range(2):
        answer = admin.post(page.request["PATH_INFO"], sent)
        assert answer.headers["Location"].endswith("/klart/")
    assert len(rows(granvik, Mandate)) == 1
    with within(granvik.pk):
        entry = Entry.objects.get(code="import.confirm")
    assert (entry.detail["n_new"], entry.detail["n_left"], entry.detail["n_people"]) == (1, 0, 1)
    kept = rows(granvik, PeopleImport)[0]
    assert (kept.table, kept.choices) == ({}, {})


def test_those_who_are_new_are_invited_by_choice_and_once(granvik: Organisation, admin: Client) -> None:
    page = to_changes(
        admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S;eva@x.example", "2;Bo Ek;Kommunstyrelsen;Ledamot;S;bo@x.example")
    )
    page = step(admin, page)
    eva = next(p for p in rows(granvik, Person) if p.given_name == "Eva")
    url = page.request["PATH_INFO"].replace("klart", "bjud-in")
    for _ in range(2):
        assert follow(admin, admin.post(url, {"person": [str(eva.pk)]})).status_code == 200
    assert [i.person_id for i in rows(granvik, Invitation)] == [eva.pk]


def test_a_dropped_file_is_gone_and_changes_nothing(granvik: Organisation, admin: Client) -> None:
    page = to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S"))
    draft = rows(granvik, PeopleImport)[0]
    admin.post(f"{HOME}{UUID(str(draft.pk))}/ta-bort/")
    assert (rows(granvik, PeopleImport), len(rows(granvik, Person))) == ([], 1)
    assert admin.post(page.request["PATH_INFO"], as_shown(page)).status_code == 404


def test_several_sheets_are_asked_about_and_only_the_chosen_one_is_kept(granvik: Organisation, admin: Client) -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, person in (("Nämnder", "Eva Alm"), ("Bolag", "Bo Ek")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Namn", "Organ", "Roll"])
            sheet.write_row(1, 0, [person, "Granviks Bostäder AB", "Ledamot"])
    page = follow(admin, upload(admin, SimpleUploadedFile("två.xlsx", out.getvalue())))
    assert "/blad/" in page.request["PATH_INFO"]
    page = step(admin, page, sheet="1")
    assert "Eva Alm" not in str(rows(granvik, PeopleImport)[0].table)
    step(admin, step(admin, step(admin, page)))
    assert [(b.name, b.kind) for b in rows(granvik, Body)] == [("Granviks Bostäder AB", BodyKind.COMPANY_BOARD)]


def test_an_import_moves_no_strong_role_that_two_gave_to_another_address(granvik: Organisation, admin: Client) -> None:
    step(admin, to_changes(admin, file("1;Dag Ek;Kommunstyrelsen;Ledamot;S;dag@x.example")))
    dag = next(person for person in rows(granvik, Person) if person.given_name == "Dag")
    with setting_up(granvik):
        AccessGrant.objects.create(person=dag, role=Role.CASE_HANDLER, starts_on=LONG_AGO)
    page = step(admin, to_changes(admin, file("1;Dag Ek;Kommunstyrelsen;Ledamot;S;annan@x.example")))
    assert page.status_code == 422
    assert "Dag Ek har en behörighet som två personer har gett" in text(page)
    assert {person.email for person in rows(granvik, Person) if person.pk == dag.pk} == {"dag@x.example"}

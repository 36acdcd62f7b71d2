"""The list of people: Swedish order, search, filters, protected identity, export, and forms as a browser sends them."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.people import LONG_AGO, a_body, a_person, a_seat, an_organisation, setting_up
from varn.audit.models import Entry
from varn.organisations.models import Mandate, Organisation, Party, Person, RegisterKey
from varn.organisations.rights import Role
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
LIST = "/granvik/installningar/personer/"


@pytest.fixture
def granvik() -> Organisation:
    return an_organisation("granvik")


@pytest.fixture
def admin(granvik: Organisation) -> Client:
    return as_(a_person(granvik, "Eva", Role.ADMINISTRATOR))


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)  # type: ignore[arg-type]
    return client


def names(response: Any) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', response.content.decode())


def hidden(response: Any) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(row_id|seen)" value="([^"]*)"', response.content.decode()))


def somebody(organisation: Organisation, given_name: str, family_name: str, **fields: Any) -> Person:
    with setting_up(organisation):
        return Person.objects.create(given_name=given_name, family_name=family_name, **fields)


def test_swedish_order_and_search_by_the_beginning_of_any_name(granvik: Organisation, admin: Client) -> None:
    for given_name, family_name in (("Bo", "Öberg"), ("Bo", "Åberg"), ("Bo", "Ärlig"), ("Bo", "Zetterman"), ("Ann", "åberg")):
        somebody(granvik, given_name, family_name)
    assert names(admin.get(LIST)) == [
        "Exempelsson, Eva",
        "Zetterman, Bo",
        "åberg, Ann",
        "Åberg, Bo",
        "Ärlig, Bo",
        "Öberg, Bo",
    ]
    assert names(admin.get(LIST, {"q": "bo ÅB"})) == ["Åberg, Bo"]
    assert names(admin.get(LIST, {"q": "berg"})) == []
    for odd in ("%", "_", "'; DROP", "\\", "x" * 500, "\x00"):
        assert admin.get(LIST, {"q": odd}).status_code == 200


def test_filters_by_body_party_role_account_and_state(granvik: Organisation, admin: Client) -> None:
    board, council = a_body(granvik), a_body(granvik, "Fullmäktige")
    alva, dag, former = (somebody(granvik, name, "Ek") for name in ("Alva", "Dag", "Ture"))
    with setting_up(granvik):
        party = Party.objects.create(name="Granpartiet", abbreviation="GP")
    a_seat(granvik, alva, board, role="chair", party=party)
    a_seat(granvik, dag, council)
    a_seat(granvik, former, board, ends_on=LONG_AGO + timedelta(9))
    expected = {
        f"organ={board.pk}": ["Ek, Alva"],
        f"parti={party.pk}": ["Ek, Alva"],
        "roll=member": ["Ek, Dag"],
        "behorighet=administrator": ["Exempelsson, Eva"],
        "konto=yes": ["Exempelsson, Eva"],
        "konto=no": ["Ek, Alva", "Ek, Dag"],
        "lage=ended": ["Ek, Ture"],
        f"lage=ended&organ={board.pk}": ["Ek, Ture"],
        "lage=all": ["Ek, Alva", "Ek, Dag", "Ek, Ture", "Exempelsson, Eva"],
        "organ=nonsense&roll=nonsense&sida=x": ["Ek, Alva", "Ek, Dag", "Exempelsson, Eva"],
    }
    assert {query: names(admin.get(f"{LIST}?{query}")) for query in expected} == expected


def test_fifty_a_page(granvik: Organisation, admin: Client) -> None:
    with setting_up(granvik):
        Person.objects.bulk_create(Person(given_name=f"P{number:03}", family_name="Alm") for number in range(60))
    assert len(names(admin.get(LIST))) == 50
    assert len(names(admin.get(LIST, {"sida": 2}))) == 11
    assert len(names(admin.get(LIST, {"sida": 99}))) == 11


def test_protected_details_are_seen_by_the_administrator_and_the_person_alone(granvik: Organisation, admin: Client) -> None:
    body = a_body(granvik)
    hidden_person = a_person(granvik, "Hemlig", email="dold@granvik.example", phone="0555-999", is_protected=True)
    a_seat(granvik, hidden_person, body)
    siv = as_(a_person(granvik, "Siv", Role.CLERK))
    assert "Exempelsson, Hemlig" in names(admin.get(LIST))
    for query in ("", "?q=hemlig", f"?organ={body.pk}", "?lage=all"):
        page = siv.get(LIST + query).content.decode()
        assert "Hemlig" not in re.sub(r'value="[^"]*"', "", page)
        assert "dold@" not in page
    assert siv.get(f"{LIST}{hidden_person.pk}/").status_code == 404
    own = as_(hidden_person).get("/granvik/mina-uppgifter/").content.decode()
    assert "dold@granvik.example" in own
    assert "Kommunstyrelsen" in own


def test_the_export_has_no_protected_people_and_runs_no_formula(granvik: Organisation, admin: Client) -> None:
    somebody(granvik, "=1+1", "@sum", email="a@b.example")
    somebody(granvik, "Hemlig", "Dold", email="dold@granvik.example", is_protected=True)
    response = admin.post(f"{LIST}export/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {"'=1+1", "'@sum"} <= set(cells)
    assert not any("Dold" in cell or "dold@" in cell for cell in cells)
    assert any(cell.startswith("1 person") for cell in cells)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    with within(granvik.pk):
        assert Entry.objects.get(code="person.export").detail == {"n_rows": 2, "n_left_out": 1}
    assert admin.get(f"{LIST}export/").status_code == 405
    assert as_(a_person(granvik, "Siv", Role.CLERK)).post(f"{LIST}export/").status_code == 404


def test_a_form_keeps_what_was_typed_and_says_what_to_do(granvik: Organisation, admin: Client) -> None:
    response = admin.post(f"{LIST}ny/", {"given_name": "Dag", "family_name": "", "email": "inte en adress"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'data-contract="error-summary"' in page
    assert 'value="Dag"' in page
    assert 'value="inte en adress"' in page
    with within(granvik.pk):
        assert Person.objects.count() == 1


def test_a_double_click_makes_one_person(granvik: Organisation, admin: Client) -> None:
    sent = {"given_name": "Dag", "family_name": "Ek", **hidden(admin.get(f"{LIST}ny/"))}
    locations = {admin.post(f"{LIST}ny/", sent).headers["Location"] for _ in range(2)}
    assert len(locations) == 1
    with within(granvik.pk):
        assert Person.objects.filter(family_name="Ek").count() == 1


def test_the_later_sees_what_the_first_set_and_chooses(granvik: Organisation, admin: Client) -> None:
    dag = somebody(granvik, "Dag", "Ek")
    path = f"{LIST}{dag.pk}/andra/"
    opened = hidden(admin.get(path))
    assert admin.post(path, {"given_name": "Dag", "family_name": "Första", **opened}).status_code == 302
    later = admin.post(path, {"given_name": "Dag", "family_name": "Andra", **opened})
    page = later.content.decode()
    assert later.status_code == 422
    assert "Första" in page
    assert 'value="Andra"' in page
    assert admin.post(path, {"given_name": "Dag", "family_name": "Andra", **hidden(later)}).status_code == 302
    with within(granvik.pk):
        assert Person.objects.get(pk=dag.pk).family_name == "Andra"


def test_forty_percent_brings_advice_and_changes_nothing(granvik: Organisation, admin: Client) -> None:
    dag, body = somebody(granvik, "Dag", "Ek"), a_body(granvik)
    path = f"{LIST}{dag.pk}/uppdrag/"
    sent = {"body": body.pk, "role": "member", "starts_on": "2027-01-01", "full_time_percent": 40, **hidden(admin.get(path))}
    page = admin.post(path, sent, follow=True).content.decode()
    assert "4 kap. 18 a §" in page
    with within(granvik.pk):
        mandate = Mandate.objects.get()
    assert (mandate.full_time_percent, mandate.is_covered_by_18a) == (40, False)
    assert admin.post(path, {**sent, "row_id": "", "full_time_percent": 101}).status_code == 422
    assert admin.post(path, {**sent, "row_id": "", "ends_on": "2026-01-01"}).status_code == 422
    assert admin.post(path, {**sent, "row_id": ""}).status_code == 422


def test_a_former_member_reads_their_own_page_and_nothing_else(granvik: Organisation) -> None:
    body = a_body(granvik)
    ture = a_person(granvik, "Ture")
    a_seat(granvik, ture, body, ends_on=LONG_AGO)
    with setting_up(granvik):
        RegisterKey.objects.create(person=ture, source="Troman", key="7001")
    client = as_(ture)
    page = client.get("/granvik/mina-uppgifter/").content.decode()
    assert "Du har inget pågående uppdrag här" in page
    assert "7001" in page
    assert "Kommunstyrelsen" in page
    assert client.get("/granvik/installningar/").status_code == 404


def test_my_page_shows_my_partys_contacts_but_not_protected_numbers(granvik: Organisation) -> None:
    leader = a_person(granvik, "Leda", phone="0555-111")
    contact = a_person(granvik, "Trygg", phone="0555-222", is_protected=True)
    alva = a_person(granvik, "Alva")
    with setting_up(granvik):
        party = Party.objects.create(name="Granpartiet", abbreviation="GP", group_leader=leader, safety_contact=contact)
    a_seat(granvik, alva, a_body(granvik), party=party)
    page = as_(alva).get("/granvik/mina-uppgifter/").content.decode()
    assert "0555-111" in page
    assert "Trygg" in page
    assert "0555-222" not in page


def test_the_last_administrator_gets_a_sentence(granvik: Organisation, admin: Client) -> None:
    with within(granvik.pk):
        eva = Person.objects.get(given_name="Eva")
        grant = eva.grants.get()
    for path, sent in (
        (f"/granvik/installningar/behorighet/{grant.pk}/avsluta/", {}),
        (f"{LIST}{eva.pk}/avsluta/", {"last_day": "2027-01-01"}),
    ):
        response = admin.post(path, sent)
        assert response.status_code == 422
        assert "Organisationen måste ha en administratör" in response.content.decode()

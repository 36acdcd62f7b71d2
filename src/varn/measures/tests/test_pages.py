"""The plan's pages as each reads them: typed values kept, two at once, names warned about."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.pages import Page
from tests.people import a_body, a_person, a_seat, setting_up
from varn.measures.models import Measure
from varn.organisations.models import Organisation, Person
from varn.organisations.rights import Role
from varn.organisations.terms import BodyKind, MandateRole
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
PLAN, NEW = "/granvik/atgarder/alla/", "/granvik/atgarder/ny/"


def logged_in(person: Person) -> Client:
    client = Client()
    assert person.account
    client.force_login(person.account)
    return client


def a_measure(organisation: Organisation, what: str = "Bjud in till samtal", **fields: Any) -> Measure:
    with setting_up(organisation):
        return Measure.objects.create(what=what, **fields)


def days(n: int) -> Any:
    return timezone.localdate() + timedelta(days=n)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def form(client: Client, url: str) -> dict[str, str]:
    posts = [form for form in Page(client.get(url).content.decode()).forms if form.method == "post" and not form.hook]
    found = posts[-1]
    return {field.name: field.value for field in found.fields if field.is_on}


def test_a_new_measure_from_page_to_plan(granvik: Organisation, bo: Person, alva: Person) -> None:
    client = logged_in(bo)
    sent = form(client, NEW) | {"what": "Bjud in till samtal", "due_on": days(9).isoformat(), "person": str(alva.pk)}
    answer = client.post(NEW, sent, follow=True)
    assert "Åtgärden står i planen." in answer.content.decode()
    assert client.post(NEW, sent).status_code == 302, "sent twice it is the same measure"
    with within(granvik.pk):
        assert Measure.objects.get().person == alva
    assert "Bjud in till samtal" in text(client, PLAN)
    assert "Bjud in till samtal" in text(logged_in(alva), "/granvik/atgarder/")


def test_a_date_in_the_past_gets_a_sentence_and_what_was_typed_is_kept(granvik: Organisation, bo: Person) -> None:
    client = logged_in(bo)
    answer = client.post(NEW, form(client, NEW) | {"what": "Bjud in till samtal", "due_on": days(-1).isoformat()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dagen har redan passerat" in page
    assert "Bjud in till samtal" in page
    with within(granvik.pk):
        assert not Measure.objects.exists()


def test_a_text_that_names_somebody_is_saved_and_warned_about(bo: Person) -> None:
    client = logged_in(bo)
    answer = client.post(NEW, form(client, NEW) | {"what": "Ring Anna Svensson före mötet"}, follow=True)
    page = answer.content.decode()
    assert "Åtgärden står i planen." in page
    assert "namnet ”Anna Svensson”" in page


def test_of_two_who_change_the_later_sees_what_the_first_set(granvik: Organisation, bo: Person) -> None:
    row = a_measure(granvik)
    client, url = logged_in(bo), f"/granvik/atgarder/{row.pk}/andra/"
    first, later = form(client, url), form(client, url)
    assert client.post(url, first | {"what": "Bjud in till kaffe"}).status_code == 302
    answer = client.post(url, later | {"what": "Bjud in till te"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "”Bjud in till kaffe”" in page
    assert "Bjud in till te" in page
    with within(granvik.pk):
        assert Measure.objects.get().what == "Bjud in till kaffe"


def test_a_measure_of_somebody_who_has_left_is_without_owner_and_those_who_plan_are_told(
    granvik: Organisation, bo: Person, alva: Person
) -> None:
    row = a_measure(granvik, person=alva)
    a_measure(granvik, "Någon annans", person=bo)
    with setting_up(granvik):
        Person.objects.filter(pk=alva.pk).update(ends_on=days(-1))
    client = logged_in(bo)
    page = text(client, PLAN)
    assert "1 öppen åtgärd har ingen ansvarig" in page
    assert "har slutat" in page
    narrowed = text(client, f"{PLAN}?ansvarig=nobody")
    assert "Bjud in till samtal" in narrowed
    assert "Någon annans" not in narrowed.partition("<tbody>")[2]
    assert "Ingen ansvarar för åtgärden just nu." in text(client, f"/granvik/atgarder/{row.pk}/")


def test_a_role_shows_who_that_is_today(granvik: Organisation, bo: Person, maja: Person) -> None:
    a_measure(granvik, duty_role="security_function")
    a_measure(granvik, "Skriv ut", duty_role="hr")
    page = text(logged_in(maja), PLAN)
    assert "Bo Exempelsson" in page
    assert "ingen i Värn har rollen" in page


def test_of_many_who_hold_a_role_a_few_are_named_and_never_a_protected_one(granvik: Organisation, maja: Person) -> None:
    a_measure(granvik, duty_role="chair")
    saga = a_person(granvik, "Saga", is_protected=True)
    for n, person in enumerate([saga, *(a_person(granvik, given) for given in ("Ada", "Britt", "Carl", "Dag"))]):
        body = a_body(granvik, f"Nämnd {n}", BodyKind.COMMITTEE)
        a_seat(granvik, person, body, role=MandateRole.CHAIR)
    a_measure(granvik, "Sagas", person=saga)
    page = text(logged_in(maja), PLAN)
    assert "Ada Exempelsson, Britt Exempelsson, Carl Exempelsson och 2 till" in page
    assert "Saga" not in page.replace("Sagas", "")
    assert "Skyddade uppgifter" in page


def test_in_a_large_organisation_only_those_with_an_office_are_to_choose_from(
    granvik: Organisation, bo: Person, alva: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("varn.measures.queries.owners.FEW", 1)
    row = a_measure(granvik, person=alva)
    client = logged_in(bo)
    assert "Alva Exempelsson" not in text(client, NEW)
    assert "Alva Exempelsson" in text(client, f"/granvik/atgarder/{row.pk}/andra/"), "who stands there may stand"


def test_the_plan_is_narrowed_by_word_state_and_responsible(granvik: Organisation, bo: Person, alva: Person) -> None:
    a_measure(granvik, "Bjud in", person=alva, due_on=days(-3))
    a_measure(granvik, "Skriv svar", why="för fridens skull", state="done", closed_on=days(0), effect="helped")
    a_measure(granvik, "Boka lokal", elsewhere="Planen 14")
    client = logged_in(bo)

    def shown(query: str) -> set[str]:
        page = text(client, PLAN + query)
        return {what for what in ("Bjud in", "Skriv svar", "Boka lokal") if f">{what}<" in page}

    assert shown("") == {"Bjud in", "Boka lokal"}
    assert shown("?lage=overdue") == {"Bjud in"}
    assert shown("?lage=done") == {"Skriv svar"}
    assert shown("?lage=elsewhere") == {"Boka lokal"}
    assert shown("?lage=all&q=fridens") == {"Skriv svar"}
    assert shown(f"?ansvarig={alva.pk}") == {"Bjud in"}
    assert shown("?lage=all&ursprung=risk_assessment") == set()
    assert shown("?lage=påhittat&ursprung=påhittat&ansvarig=påhittat") == {"Bjud in", "Boka lokal"}


def test_management_reads_and_changes_nothing(granvik: Organisation, maja: Person) -> None:
    row = a_measure(granvik)
    client = logged_in(maja)
    page = text(client, f"/granvik/atgarder/{row.pk}/")
    assert "Följ upp" not in page.partition("<main")[2].partition("</main>")[0]
    for part in ("andra/", "folj-upp/", "annat-system/"):
        assert client.get(f"/granvik/atgarder/{row.pk}/{part}").status_code == 404
    assert client.get(NEW).status_code == 404


def test_what_we_promised_and_whether_it_helped(granvik: Organisation, maja: Person) -> None:
    a_measure(granvik, "Ett", state="done", closed_on=days(0), effect="helped")
    a_measure(granvik, "Två", state="done", closed_on=days(0))
    a_measure(granvik, "Tre", due_on=days(-1), origin_kind="risk_assessment", origin_id=uuid4())
    client, url = logged_in(maja), "/granvik/atgarder/vad-vi-har-lovat/"
    page = text(client, url)
    assert "3 åtgärder i planen. Klara: 2. Försenade: 1." in page
    assert "Riskbedömning" in page
    assert ">Två<" in page
    assert ">Två<" not in text(client, f"{url}?effekt=helped")
    assert ">Ett<" not in text(client, f"{url}?effekt=unsaid")


def test_the_history_tells_who_did_what_but_not_a_protected_name(granvik: Organisation, bo: Person, maja: Person) -> None:
    client = logged_in(bo)
    client.post(NEW, form(client, NEW) | {"what": "Bjud in till samtal"})
    with within(granvik.pk):
        row = Measure.objects.get()
    url = f"/granvik/atgarder/{row.pk}/"
    client.post(f"{url}folj-upp/", form(client, f"{url}folj-upp/") | {"state": "ongoing"})
    page = text(logged_in(maja), url)
    assert "Bo Exempelsson planerade åtgärden" in page
    assert "Bo Exempelsson följde upp: pågår" in page
    with setting_up(granvik):
        Person.objects.filter(pk=bo.pk).update(is_protected=True)
    assert "någon med skyddade uppgifter planerade" in text(logged_in(maja), url)


def test_the_file_has_ids_that_stay(granvik: Organisation, bo: Person) -> None:
    from openpyxl import load_workbook

    row = a_measure(granvik, "=HYPERLINK(1)", elsewhere="Planen 14")
    client = logged_in(bo)
    answer = client.post("/granvik/atgarder/alla/export/?lage=all")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    headings, values, *_ = list(sheet.values)
    assert headings[0] == "Id"
    assert (values[0], values[1], values[-1]) == (str(row.pk), "'=HYPERLINK(1)", "Planen 14")


def test_a_list_asks_as_often_however_long_it_is(
    granvik: Organisation, bo: Person, alva: Person, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for n in range(30):
        a_measure(granvik, f"Åtgärd {n}", person=alva if n % 2 else None, duty_role="" if n % 2 else "chair")
    client = logged_in(bo)
    client.get(PLAN)
    with django_assert_max_num_queries(40):
        client.get(PLAN)


def test_another_roles_people_do_not_see_the_plan(granvik: Organisation, alva: Person) -> None:
    row = a_measure(granvik)
    registrar = a_person(granvik, "Rut", Role.REGISTRAR)
    for person in (alva, registrar):
        client = logged_in(person)
        assert client.get(PLAN).status_code == 404
        assert client.get(f"/granvik/atgarder/{row.pk}/").status_code == 404
        assert client.get("/granvik/atgarder/").status_code == 200

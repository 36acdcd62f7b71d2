"""Each page of the room: the administrator, another role, another organisation, nobody."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.people import TODAY, a_body, a_person, a_seat, an_organisation, setting_up
from varn.organisations.models import ContactWay, DutyTurn, Organisation, Party, Person
from varn.organisations.rights import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def granvik() -> Organisation:
    return an_organisation("granvik")


@pytest.fixture
def eva(granvik: Organisation) -> Person:
    return a_person(granvik, "Eva", Role.ADMINISTRATOR)


@pytest.fixture
def alva(granvik: Organisation) -> Person:
    return a_person(granvik, "Alva")


@pytest.fixture
def paths(granvik: Organisation, alva: Person, eva: Person) -> dict[str, str]:
    """Every page that shows or changes something, by name."""
    body = a_body(granvik)
    seat = a_seat(granvik, alva, body)
    with setting_up(granvik):
        party = Party.objects.create(name="Granpartiet", abbreviation="GP", group_leader=alva)
        way = ContactWay.objects.create(label_sv="Jouren", label_en="On call", phone="0555-123 45")
        turn = DutyTurn.objects.create(way=way, person=eva, starts_on=TODAY, ends_on=TODAY)
        grant = eva.grants.get()
    settings = "/granvik/installningar/"
    return {
        "people": f"{settings}personer/",
        "person": f"{settings}personer/{alva.pk}/",
        "person_create": f"{settings}personer/ny/",
        "person_edit": f"{settings}personer/{alva.pk}/andra/",
        "person_end": f"{settings}personer/{alva.pk}/avsluta/",
        "mandate_create": f"{settings}personer/{alva.pk}/uppdrag/",
        "grant_create": f"{settings}personer/{alva.pk}/behorighet/",
        "mandate_edit": f"{settings}uppdrag/{seat.pk}/",
        "mandate_end": f"{settings}uppdrag/{seat.pk}/avsluta/",
        "grant_end": f"{settings}behorighet/{grant.pk}/avsluta/",
        "bodies": f"{settings}organ/",
        "body_create": f"{settings}organ/nytt/",
        "body": f"{settings}organ/{body.pk}/",
        "parties": f"{settings}partier/",
        "party_create": f"{settings}partier/nytt/",
        "party": f"{settings}partier/{party.pk}/",
        "contacts": f"{settings}kontaktvagar/",
        "way_create": f"{settings}kontaktvagar/ny/",
        "hours": f"{settings}kontaktvagar/kontorstid/",
        "way": f"{settings}kontaktvagar/{way.pk}/",
        "way_remove": f"{settings}kontaktvagar/{way.pk}/ta-bort/",
        "turn_create": f"{settings}jour/nytt/",
        "turn": f"{settings}jour/{turn.pk}/",
        "turn_remove": f"{settings}jour/{turn.pk}/ta-bort/",
    }


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)  # type: ignore[arg-type]
    return client


def test_the_administrator_reaches_every_page_in_both_languages(paths: dict[str, str], eva: Person) -> None:
    client = as_(eva)
    for path in paths.values():
        for language in ("", "/en"):
            response = client.get(language + path)
            assert response.status_code == 200, path
            assert b"<h1>" in response.content, path


def test_a_member_without_the_right_meets_404(paths: dict[str, str], alva: Person) -> None:
    client = as_(alva)
    assert {client.get(path).status_code for path in paths.values()} == {404}


def test_another_municipalitys_administrator_meets_404(paths: dict[str, str]) -> None:
    cia = a_person(an_organisation("bjornmark"), "Cia", Role.ADMINISTRATOR)
    client = as_(cia)
    assert {client.get(path).status_code for path in paths.values()} == {404}
    anothers_rows = [path.replace("granvik", "bjornmark") for path in paths.values() if re.search(r"[0-9a-f]{8}-", path)]
    assert {client.get(path).status_code for path in anothers_rows} == {404}


def test_nobody_is_sent_to_log_in(paths: dict[str, str], client: Client) -> None:
    for path in paths.values():
        response = client.get(path)
        assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/logga-in/")


def test_a_made_up_id_and_anothers_look_alike(paths: dict[str, str], eva: Person) -> None:
    other = a_person(an_organisation("bjornmark"), "Cia")
    client = as_(eva)
    made_up = client.get(f"/granvik/installningar/personer/{uuid4()}/")
    anothers = client.get(f"/granvik/installningar/personer/{other.pk}/")
    assert (made_up.status_code, made_up.content) == (anothers.status_code, anothers.content) == (404, made_up.content)


def test_the_list_of_people_costs_a_fixed_number_of_queries(
    eva: Person, granvik: Organisation, django_assert_max_num_queries: Any
) -> None:
    body = a_body(granvik)
    for number in range(20):
        a_seat(granvik, a_person(granvik, f"Ek{number}"), body)
    client = as_(eva)
    with django_assert_max_num_queries(24):
        client.get("/granvik/installningar/personer/")


def test_settings_show_only_what_the_visitor_may_do(granvik: Organisation, alva: Person) -> None:
    body = a_body(granvik)
    a_seat(granvik, alva, body)
    bo = a_person(granvik, "Bo", Role.CASE_HANDLER)
    page = as_(bo).get("/granvik/installningar/").content.decode()
    assert "/kontaktvagar/" in page
    assert "/personer/" in page
    assert "/organ/" not in page
    assert "/personer/" not in as_(alva).get("/granvik/installningar/").content.decode()


def test_a_row_id_of_another_organisation_tells_nothing(granvik: Organisation, eva: Person) -> None:
    """Whoever forges the hidden field gets a row of their own, as for any other id."""
    theirs = a_person(an_organisation("bjorkstad"), "Cia")
    sent = {"row_id": str(theirs.pk), "given_name": "Dag", "family_name": "Exempelsson"}
    answer = as_(eva).post("/granvik/installningar/personer/ny/", sent)
    assert answer.status_code == 302
    assert str(theirs.pk) not in answer.headers["Location"]
    with setting_up(granvik):
        assert Person.objects.filter(given_name="Dag").count() == 1


def test_the_duty_list_names_protected_people_only_for_those_who_manage_people(granvik: Organisation, eva: Person) -> None:
    bo = a_person(granvik, "Bo", Role.CASE_HANDLER)
    jarl, elin = (a_person(granvik, name, Role.EDITOR, is_protected=True) for name in ("Jarl", "Elin"))
    with setting_up(granvik):
        way = ContactWay.objects.create(label_sv="Jouren", label_en="On call", phone="0555-123 45")
        turn = DutyTurn.objects.create(way=way, person=jarl, deputy=eva, starts_on=TODAY, ends_on=TODAY + timedelta(3650))
    settings = "/granvik/installningar/"
    for path in ("kontaktvagar/", "jour/nytt/", f"jour/{turn.pk}/", f"jour/{turn.pk}/ta-bort/"):
        handlers, administrators = (as_(who).get(settings + path).content.decode() for who in (bo, eva))
        assert not {"Jarl", "Elin"} & set(re.findall(r"\w+", handlers)), path
        assert "Jarl" in administrators, path
    assert "Jarl" not in as_(bo).get("/granvik/").content.decode()
    assert "Skyddade uppgifter" in as_(bo).get("/granvik/").content.decode()
    sent = {"way": way.pk, "person": elin.pk, "starts_on": TODAY, "ends_on": TODAY}
    assert as_(bo).post(f"{settings}jour/nytt/", sent).status_code == 422, "nor is an id of theirs taken"


def test_a_protected_group_leader_is_named_only_for_themself_and_those_who_manage_people(
    granvik: Organisation, eva: Person, alva: Person
) -> None:
    siv = a_person(granvik, "Siv", is_protected=True)
    with setting_up(granvik):
        party = Party.objects.create(name="Granpartiet", abbreviation="GP", group_leader=siv, safety_contact=siv)
    council = a_body(granvik)
    for person in (alva, siv):
        a_seat(granvik, person, council, party=party)
    for path in ("", "mina-uppgifter/"):
        page = as_(alva).get(f"/granvik/{path}").content.decode()
        assert "Siv" not in page, path
        assert siv.email not in page, path
        assert "utsedd, med skyddade uppgifter" in page, path
    assert "Siv" in as_(siv).get("/granvik/mina-uppgifter/").content.decode()
    for path in ("partier/", f"partier/{party.pk}/"):
        assert "Siv" in as_(eva).get(f"/granvik/installningar/{path}").content.decode()

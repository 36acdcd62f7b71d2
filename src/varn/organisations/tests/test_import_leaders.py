"""Group leaders that an import names: shown, applied, and asked about before anybody is replaced."""

from datetime import date

import pytest
from django.test import Client

from tests.people import TODAY, a_person, an_organisation, setting_up
from varn.audit.models import Entry
from varn.organisations.leaders import KnownLeader, leader_changes
from varn.organisations.models import Mandate, Organisation, Party, Person
from varn.organisations.peoplerow import PersonRow
from varn.organisations.rights import Role
from varn.organisations.terms import MandateRole
from varn.organisations.tests.test_import_pages import client_of, file, rows, step, text, to_changes
from varn.tenancy.within import within


def row(
    number: int, name: str, party: str, *, leads: bool = True, register_id: str = "", ends_on: date | None = None
) -> PersonRow:
    given, family = name.split()
    return PersonRow(
        row_number=number,
        given_name=given,
        family_name=family,
        body="KF",
        role=MandateRole.MEMBER,
        is_group_leader=leads,
        party=party,
        register_id=register_id,
        ends_on=ends_on,
    )


def test_a_leader_is_named_once_per_party_whatever_their_seats() -> None:
    eva = [row(n, "Eva Alm", "S", register_id="1", leads=n > 1) for n in (1, 2, 3)]
    changes, unclear = leader_changes(eva, {"id:1": "p1"}, {}, today=TODAY)
    assert [(one.party, one.person_id, one.before) for one in changes] == [("S", "p1", None)]
    assert unclear == ()


def test_whom_it_replaces_is_told_and_the_same_is_no_change() -> None:
    list_ = [row(1, "Eva Alm", "S", register_id="1"), row(2, "Bo Ek", "M", register_id="2")]
    leaders = {"S": KnownLeader("p1", "Eva Alm"), "M": KnownLeader("p9", "Ann Ask")}
    changes, _ = leader_changes(list_, {"id:1": "p1"}, leaders, today=TODAY)
    assert [(one.party, one.row.name, one.person_id, one.before) for one in changes] == [("M", "Bo Ek", None, leaders["M"])]


def test_two_of_one_party_one_without_a_party_and_one_who_has_left_lead_nobody() -> None:
    two = [
        row(1, "Eva Alm", "S"),
        row(2, "Bo Ek", "S"),
        row(3, "Liv Lund", ""),
        row(4, "Ulf Ö", "V", ends_on=TODAY.replace(year=2020)),
    ]
    changes, unclear = leader_changes(two, {}, {}, today=TODAY)
    assert changes == ()
    assert {one.name for one in unclear} == {"Eva Alm", "Bo Ek", "Liv Lund"}


@pytest.fixture
def granvik(db: None) -> Organisation:
    return an_organisation()


@pytest.fixture
def admin(granvik: Organisation) -> Client:
    return client_of(a_person(granvik, "Ada", Role.ADMINISTRATOR))


def leaders(organisation: Organisation) -> dict[str, str]:
    with within(organisation.pk):
        led = Party.objects.filter(group_leader__isnull=False).select_related("group_leader")
        return {party.abbreviation: str(party.group_leader) for party in led}


def test_a_party_without_a_leader_gets_the_files_and_the_trail_says_who(granvik: Organisation, admin: Client) -> None:
    page = to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot, gruppledare;S", "2;Bo Ek;Kommunstyrelsen;Ledamot;S"))
    assert "S: Eva Alm blir gruppledare." in text(page)
    step(admin, page)
    assert leaders(granvik) == {"S": "Eva Alm"}
    eva = next(person for person in rows(granvik, Person) if person.given_name == "Eva")
    with within(granvik.pk):
        assert Entry.objects.get(code="party.name_leader").detail == {"group_leader": str(eva.pk)}
        assert Entry.objects.get(code="import.confirm").detail["n_leaders"] == 1
        assert Party.objects.get().group_leader_since is not None
    page = to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot, gruppledare;S", "2;Bo Ek;Kommunstyrelsen;Ledamot;S"))
    assert "Filen ändrar ingenting" in text(page)


def test_a_leader_is_replaced_only_where_it_is_ticked(granvik: Organisation, admin: Client) -> None:
    step(admin, to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Gruppledare;S", "2;Bo Ek;Kommunstyrelsen;Ledamot;S")))
    other = file("1;Eva Alm;Kommunstyrelsen;Gruppledare;S", "2;Bo Ek;Kommunstyrelsen;Ledamot;S")
    with setting_up(granvik):
        Party.objects.update(group_leader=Person.objects.get(given_name="Bo"))
    page = to_changes(admin, other)
    assert "S: Eva Alm i stället för Bo Ek." in text(page)
    step(admin, page)
    assert leaders(granvik) == {"S": "Bo Ek"}
    step(
        admin,
        to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Gruppledare;S", "2;Bo Ek;Kommunstyrelsen;Ledamot;S")),
        leaders="S",
    )
    assert leaders(granvik) == {"S": "Eva Alm"}
    assert len(rows(granvik, Mandate)) == 2


def test_somebody_who_becomes_leader_meanwhile_is_asked_about(granvik: Organisation, admin: Client) -> None:
    step(admin, to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Ledamot;S", "2;Bo Ek;Kommunstyrelsen;Ledamot;S")))
    page = to_changes(admin, file("1;Eva Alm;Kommunstyrelsen;Gruppledare;S", "2;Bo Ek;Kommunstyrelsen;Ledamot;S"))
    with setting_up(granvik):
        Party.objects.update(group_leader=Person.objects.get(given_name="Bo"))
    again = step(admin, page)
    assert "Något har ändrats sedan sidan visades" in text(again)
    assert leaders(granvik) == {"S": "Bo Ek"}

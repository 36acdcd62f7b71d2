"""Each act of the room: done, refused, and the trail it leaves."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from tests.people import LONG_AGO, TODAY, a_body, a_person, a_seat, an_organisation, setting_up
from varn.audit.models import Entry
from varn.organisations.actions import bodies, cleaning, contacts, grants, mandates, parties, people
from varn.organisations.models import (
    AccessGrant,
    CapabilityLink,
    ContactWay,
    DutyTurn,
    ImportSource,
    Mandate,
    OfficeHours,
    Organisation,
    Party,
    PeopleImport,
    Person,
)
from varn.organisations.queries import member_of, roles_of
from varn.organisations.queries.versions import version_of
from varn.organisations.refusals import Changed, Refused
from varn.organisations.rights import Job, Member, Right, Role
from varn.organisations.terms import OrganisationKind
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - timedelta(1)


@pytest.fixture
def granvik() -> Organisation:
    return an_organisation("granvik")


@pytest.fixture
def eva_person(granvik: Organisation) -> Person:
    return a_person(granvik, "Eva", Role.ADMINISTRATOR)


@pytest.fixture
def eva(eva_person: Person) -> Member:
    return member(eva_person)


def member(person: Person) -> Member:
    with within(person.organisation_id):
        found = member_of(person.account_id, person.organisation_id, today=TODAY)  # type: ignore[arg-type]
    assert found is not None
    return found


def last_entry(organisation: Organisation) -> tuple[str, object, object]:
    with within(organisation.pk):
        entry = Entry.objects.order_by("-at").first()
    assert entry is not None
    return entry.code, entry.actor_id, entry.target_id


def seen(row: Any, fields: tuple[str, ...]) -> str:
    with within(row.organisation_id):
        return version_of(type(row).objects.get(pk=row.pk), fields)


def test_a_person_is_created_once_however_often_the_form_is_sent(granvik: Organisation, eva: Member) -> None:
    row_id = uuid4()
    for _ in range(2):
        person = people.create_person(eva, row_id=row_id, given_name="Dag", family_name="Ek")
    with within(granvik.pk):
        assert Person.objects.filter(family_name="Ek").count() == 1
        assert Entry.objects.filter(code="person.create").count() == 1, "the second time changed nothing"
    assert last_entry(granvik) == ("person.create", eva.person_id, person.pk)


def test_the_later_of_two_who_change_a_person_is_told(granvik: Organisation, eva: Member) -> None:
    alva = a_person(granvik, "Alva")
    version = seen(alva, people.PERSON_FIELDS)
    new = {"given_name": "Alva", "family_name": "Ny", "email": alva.email, "phone": "1", "is_protected": True}
    people.edit_person(eva, alva, seen=version, **new)  # type: ignore[arg-type]
    with pytest.raises(Changed):
        people.edit_person(eva, alva, seen=version, **new)  # type: ignore[arg-type]
    with within(granvik.pk):
        entry = Entry.objects.get(code="person.edit")
    assert entry.detail == {"protected": True}, "the trail holds that it changed, never the name"


def test_ending_a_person_ends_everything_and_leaves_their_own_page(granvik: Organisation, eva: Member) -> None:
    alva = a_person(granvik, "Alva", Role.CLERK)
    seat = a_seat(granvik, alva, a_body(granvik))
    with setting_up(granvik):
        way = ContactWay.objects.create(label_sv="Jouren", label_en="On call", phone="1")
        DutyTurn.objects.create(way=way, person=alva, starts_on=YESTERDAY, ends_on=TODAY + timedelta(9))
        DutyTurn.objects.create(way=way, person=alva, starts_on=TODAY + timedelta(3), ends_on=TODAY + timedelta(9))
    people.end_person(eva, alva, last_day=YESTERDAY, today=TODAY)
    with within(granvik.pk):
        assert Mandate.objects.get(pk=seat.pk).ends_on == YESTERDAY
        assert list(DutyTurn.objects.values_list("ends_on", flat=True)) == [YESTERDAY]
        assert roles_of(alva.pk, today=TODAY) == frozenset()
    assert member(alva).rights == {Right.OWN_READ}
    people.reopen_person(eva, alva)
    with within(granvik.pk):
        assert Person.objects.get(pk=alva.pk).ends_on is None


def test_the_last_administrator_can_neither_end_nor_give_up_the_role(
    granvik: Organisation, eva: Member, eva_person: Person
) -> None:
    with within(granvik.pk):
        grant = AccessGrant.objects.get(person=eva_person)
    with pytest.raises(Refused):
        grants.end_access(eva, grant, today=TODAY)
    with pytest.raises(Refused):
        people.end_person(eva, eva_person, last_day=TODAY, today=TODAY)
    with setting_up(granvik):  # one who cannot log in does not count
        person = Person.objects.create(given_name="Dag", family_name="Ek")
        AccessGrant.objects.create(person=person, role=Role.ADMINISTRATOR, starts_on=LONG_AGO)
    with pytest.raises(Refused):
        grants.end_access(eva, grant, today=TODAY)
    a_person(granvik, "Ulf", Role.ADMINISTRATOR)
    grants.end_access(eva, grant, today=TODAY)
    with within(granvik.pk):
        assert Role.ADMINISTRATOR not in roles_of(eva_person.pk, today=TODAY)


def test_roles_that_follow_from_facts_or_belong_elsewhere_are_not_granted(granvik: Organisation, eva: Member) -> None:
    alva = a_person(granvik, "Alva")
    for role in (Role.CHAIR, Role.REPRESENTATIVE, Role.GROUP_LEADER, Role.PARTY_CONTACT, Role.ANALYST, Role.NETWORK_MANAGER):
        with pytest.raises(Refused):
            grants.grant_access(eva, alva, role=role, starts_on=TODAY)
    nation = an_organisation("nationell", OrganisationKind.NATIONAL)
    gun = a_person(nation, "Gun", Role.ADMINISTRATOR)
    grants.grant_access(member(gun), gun, role=Role.ANALYST, starts_on=TODAY)
    with pytest.raises(Refused):
        grants.grant_access(member(gun), gun, role=Role.CASE_HANDLER, starts_on=TODAY)


def test_a_role_is_granted_once_and_ends_at_once(granvik: Organisation, eva: Member) -> None:
    alva = a_person(granvik, "Alva")
    for _ in range(2):
        grant = grants.grant_access(eva, alva, role=Role.CLERK, starts_on=YESTERDAY)
    with within(granvik.pk):
        assert AccessGrant.objects.filter(person=alva).count() == 1
        assert Role.CLERK in roles_of(alva.pk, today=TODAY)
    with pytest.raises(Refused):
        grants.grant_access(eva, alva, role=Role.CLERK, starts_on=TODAY, ends_on=TODAY + timedelta(9))
    grants.end_access(eva, grant, today=TODAY)
    with within(granvik.pk):
        assert Role.CLERK not in roles_of(alva.pk, today=TODAY)
    assert last_entry(granvik)[0] == "access.end"


def test_mandates_are_given_changed_and_ended(granvik: Organisation, eva: Member) -> None:
    alva, body = a_person(granvik, "Alva"), a_body(granvik)
    row_id = uuid4()
    for _ in range(2):
        mandate = mandates.create_mandate(eva, alva, row_id=row_id, body=body, role="chair", starts_on=LONG_AGO)
    with pytest.raises(Refused):
        mandates.create_mandate(eva, alva, row_id=uuid4(), body=body, role="chair", starts_on=LONG_AGO)
    with pytest.raises(Refused):
        mandates.create_mandate(eva, alva, row_id=uuid4(), body=body, role="member", starts_on=TODAY, ends_on=YESTERDAY)
    version = seen(mandate, mandates.MANDATE_FIELDS)
    changed = {"body": body, "role": "chair", "starts_on": LONG_AGO, "ends_on": None, "party": None}
    mandates.edit_mandate(eva, mandate, seen=version, full_time_percent=40, is_covered_by_18a=True, **changed)  # type: ignore[arg-type]
    with pytest.raises(Changed):
        mandates.edit_mandate(eva, mandate, seen=version, full_time_percent=0, is_covered_by_18a=False, **changed)  # type: ignore[arg-type]
    mandates.end_mandate(eva, mandate, last_day=TODAY)
    with within(granvik.pk):
        assert roles_of(alva.pk, today=TODAY) == {Role.REPRESENTATIVE, Role.CHAIR}
        assert roles_of(alva.pk, today=TODAY + timedelta(1)) == frozenset()


def test_bodies_and_parties_have_unique_names(granvik: Organisation, eva: Member) -> None:
    term = {"term_starts_on": date(2023, 1, 1), "term_ends_on": date(2026, 12, 31)}
    body = bodies.create_body(eva, row_id=uuid4(), name="Nämnden", kind="committee", is_authority=True, **term)
    with pytest.raises(Refused):
        bodies.create_body(eva, row_id=uuid4(), name="Nämnden", kind="committee", is_authority=True, **term)
    version = seen(body, bodies.BODY_FIELDS)
    bodies.edit_body(eva, body, seen=version, name="Nya nämnden", kind="joint_committee", is_authority=False, **term)
    with pytest.raises(Refused):
        bodies.edit_body(
            eva,
            body,
            seen=seen(body, bodies.BODY_FIELDS),
            name="Nya nämnden",
            kind="committee",
            is_authority=False,
            term_starts_on=TODAY,
            term_ends_on=TODAY,
        )
    party = parties.create_party(eva, row_id=uuid4(), name="Granpartiet", abbreviation="GP", today=TODAY)
    with pytest.raises(Refused):
        parties.create_party(eva, row_id=uuid4(), name="Grönpartiet", abbreviation="GP", today=TODAY)
    assert last_entry(granvik) == ("party.create", eva.person_id, party.pk)


def test_a_party_may_name_an_employee_and_remembers_since_when(granvik: Organisation, eva: Member) -> None:
    party = parties.create_party(eva, row_id=uuid4(), name="Granpartiet", abbreviation="GP", today=LONG_AGO)
    bo = a_person(granvik, "Bo")
    parties.edit_party(
        eva,
        party,
        seen=seen(party, parties.PARTY_FIELDS),
        name="Granpartiet",
        abbreviation="GP",
        group_leader=bo,
        safety_contact=bo,
        today=TODAY,
    )
    with within(granvik.pk):
        assert Party.objects.get().group_leader_since == TODAY
        assert roles_of(bo.pk, today=TODAY) == {Role.GROUP_LEADER, Role.PARTY_CONTACT}
        became = Entry.objects.get(code="party.edit").detail
    assert became == {"group_leader": str(bo.pk), "safety_contact": str(bo.pk)}
    alva = a_person(granvik, "Alva")
    words: dict[str, Any] = {"name": "Granpartiet", "abbreviation": "GP", "safety_contact": None, "today": TODAY}
    parties.edit_party(eva, party, seen=seen(party, parties.PARTY_FIELDS), group_leader=alva, **words)
    with within(granvik.pk):
        ceased = Entry.objects.filter(code="party.edit").order_by("-at")[0].detail
    assert ceased == {"group_leader": str(alva.pk), "group_leader_before": str(bo.pk), "safety_contact_before": str(bo.pk)}
    parties.edit_party(eva, party, seen=seen(party, parties.PARTY_FIELDS), group_leader=None, **words)
    with within(granvik.pk):
        assert roles_of(bo.pk, today=TODAY) == frozenset()


def test_contact_ways_need_a_number_or_an_address(granvik: Organisation, eva: Member) -> None:
    words: dict[str, Any] = {"label_sv": "Jouren", "label_en": "On call", "hours": "always"}
    with pytest.raises(Refused):
        contacts.create_way(eva, row_id=uuid4(), **words)
    way = contacts.create_way(eva, row_id=uuid4(), phone="0555-1", **words)
    bo = a_person(granvik, "Bo")
    turn = contacts.create_turn(eva, row_id=uuid4(), way=way, person=bo, starts_on=TODAY, ends_on=TODAY)
    for wrong in ({"deputy": bo}, {"ends_on": YESTERDAY}):
        fields = {"way": way, "person": bo, "starts_on": TODAY, "ends_on": TODAY, "deputy": None, **wrong}
        with pytest.raises(Refused):
            contacts.edit_turn(eva, turn, seen=seen(turn, contacts.TURN_FIELDS), **fields)  # type: ignore[arg-type]
    contacts.remove_way(eva, way)
    with within(granvik.pk):
        assert not DutyTurn.objects.exists()
    assert last_entry(granvik)[0] == "contact.remove"


def test_office_hours_are_one_row_and_the_later_is_told(granvik: Organisation, eva: Member) -> None:
    with within(granvik.pk):
        version = version_of(OfficeHours(), contacts.HOURS_FIELDS)
    eight = time(8)
    contacts.set_office_hours(eva, seen=version, opens_at=eight, closes_at=eight.replace(hour=15))
    with pytest.raises(Changed):
        contacts.set_office_hours(eva, seen=version, opens_at=eight, closes_at=eight.replace(hour=17))
    with within(granvik.pk):
        assert OfficeHours.objects.get().closes_at.hour == 15


def test_a_case_handler_manages_contact_ways_but_no_people(granvik: Organisation) -> None:
    bo = member(a_person(granvik, "Bo", Role.CASE_HANDLER))
    contacts.create_way(bo, row_id=uuid4(), label_sv="Jouren", label_en="On call", hours="always", phone="1")
    with pytest.raises(Http404):
        people.create_person(bo, row_id=uuid4(), given_name="Dag", family_name="Ek")
    with pytest.raises(Http404):
        parties.create_party(bo, row_id=uuid4(), name="x", abbreviation="x", today=TODAY)


def test_what_is_stale_goes_and_the_rest_stays(granvik: Organisation) -> None:
    now = timezone.now()
    alva = a_person(granvik, "Alva")
    with setting_up(granvik):
        for number, expires_at in enumerate((now - timedelta(1), now + timedelta(1))):
            CapabilityLink.objects.create(kind="invitation", target_id=alva.pk, token_hash=str(number), expires_at=expires_at)
        source = ImportSource.objects.create(name="register")
        for days in (1, 30):
            PeopleImport.objects.create(source=source, started_by=alva, started_on=now.date() - timedelta(days), table=[])
    assert cleaning.drop_stale(Job(granvik.pk), now=now) == 2
    with within(granvik.pk):
        assert CapabilityLink.objects.get().token_hash == "1"
        assert PeopleImport.objects.count() == 1


def test_the_trail_says_who_had_a_role_that_was_taken_away_the_same_day(granvik: Organisation, eva: Member) -> None:
    """The row is gone then: without this a role taken for an hour would be nobody's."""
    alva = a_person(granvik, "Alva")
    grant = grants.grant_access(eva, alva, role=Role.AUDITOR, starts_on=TODAY)
    grants.end_access(eva, grant, today=TODAY)
    with within(granvik.pk):
        assert not AccessGrant.objects.filter(pk=grant.pk).exists()
        details = list(Entry.objects.filter(code__startswith="access.").order_by("at").values_list("detail", flat=True))
    assert details == [{"role": "auditor", "person": str(alva.pk)}] * 2

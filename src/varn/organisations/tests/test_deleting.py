"""What was entered by mistake can be deleted while nothing hangs on it; else a sentence says what does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.people import LONG_AGO, TODAY, a_person, a_seat, an_organisation, setting_up
from varn.audit.models import Entry
from varn.organisations.actions import bodies, parties, people
from varn.organisations.models import (
    AccessGrant,
    Body,
    CapabilityLink,
    ContactWay,
    DutyTurn,
    Invitation,
    Matter,
    Organisation,
    Party,
    Person,
    RegisterKey,
)
from varn.organisations.queries.hanging import hanging_on
from varn.organisations.refusals import Refused
from varn.organisations.rights import Job, Role
from varn.organisations.terms import BodyKind
from varn.riskguide.models import Agenda
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
COUNCIL = {"kind": BodyKind.COUNCIL, "term_starts_on": "2026-10-15", "term_ends_on": "2030-10-14"}


@pytest.fixture
def granvik() -> Organisation:
    return an_organisation("granvik")


@pytest.fixture
def rows(granvik: Organisation) -> dict[str, Any]:
    """Three that nothing hangs on."""
    with setting_up(granvik):
        return {
            "person": Person.objects.create(given_name="Felix", family_name="Felskriven", email="felix@granvik.example"),
            "body": Body.objects.create(name="Felnämnden", **COUNCIL),
            "party": Party.objects.create(name="Felpartiet", abbreviation="FE"),
        }


def test_nothing_hangs_and_it_goes_and_the_trail_says_so(granvik: Organisation, rows: dict[str, Any]) -> None:
    with setting_up(granvik):
        RegisterKey.objects.create(person=rows["person"], source="Troman", key="id:1")
        invitation = Invitation.objects.create(person=rows["person"], email="felix@granvik.example", invited_on=TODAY)
        link = CapabilityLink.objects.create(
            kind="invitation", target_id=invitation.pk, token_hash="0", expires_at="2030-01-01T00:00Z"
        )
    actor = Job(granvik.pk)
    for _ in range(2):
        people.delete_person(actor, rows["person"])
        bodies.delete_body(actor, rows["body"])
        parties.delete_party(actor, rows["party"])
    with within(granvik.pk):
        assert not Person.objects.exists()
        assert not Body.objects.exists()
        assert not Party.objects.exists()
        assert CapabilityLink.objects.get(pk=link.pk).revoked_at is not None
        entries = set(Entry.objects.values_list("code", "target_id"))
    assert entries == {(f"{name}.delete", row.pk) for name, row in rows.items()}


def test_each_thing_that_hangs_is_named(granvik: Organisation, rows: dict[str, Any]) -> None:
    person, body, party = rows["person"], rows["body"], rows["party"]
    alva = a_person(granvik, "Alva")
    a_seat(granvik, person, body, party=party)
    with setting_up(granvik):
        AccessGrant.objects.create(person=person, role=Role.CLERK, starts_on=LONG_AGO, ends_on=LONG_AGO)
        way = ContactWay.objects.create(label_sv="Jouren", label_en="On call", phone="1")
        DutyTurn.objects.create(way=way, person=alva, deputy=person, starts_on=TODAY, ends_on=TODAY + timedelta(6))
        Party.objects.create(name="Granpartiet", abbreviation="GP", group_leader=person)
        Matter.objects.create(title="Ny skola", body=body)
        Agenda.objects.create(body=body, meets_on=TODAY, next_row=1, created_by=alva)
        found = [set(hanging_on(row)) for row in (person, body, party, alva)]
    assert found == [
        {"1 uppdrag", "1 behörighet", "1 jourpass", "1 parti som har utsett personen"},
        {"1 uppdrag", "1 ärende", "1 dagordning"},
        {"1 uppdrag"},
        {"1 jourpass", "ett konto", "1 dagordning"},
    ]
    for delete, row in ((people.delete_person, person), (bodies.delete_body, body), (parties.delete_party, party)):
        with pytest.raises(Refused):
            delete(Job(granvik.pk), row)


@pytest.mark.parametrize(("kind", "folder"), [("person", "personer"), ("body", "organ"), ("party", "partier")])
def test_on_the_pages(kind: str, folder: str, granvik: Organisation, rows: dict[str, Any]) -> None:
    eva = a_person(granvik, "Eva", Role.ADMINISTRATOR)
    client = Client()
    client.force_login(eva.account)  # type: ignore[arg-type]
    path = f"/granvik/installningar/{folder}/{rows[kind].pk}/"
    assert f"{path}ta-bort/" in client.get(path).content.decode()
    seat = a_seat(granvik, rows["person"], rows["body"], party=rows["party"])
    page = client.get(f"{path}ta-bort/").content.decode()
    assert "1 uppdrag" in page
    assert 'class="btn danger"' not in page
    refused = client.post(f"{path}ta-bort/")
    assert refused.status_code == 422
    with setting_up(granvik):
        seat.delete()
    assert 'class="btn danger"' in client.get(f"{path}ta-bort/").content.decode()
    assert client.post(f"{path}ta-bort/").headers["Location"] == f"/granvik/installningar/{folder}/"
    assert client.get(path).status_code == 404

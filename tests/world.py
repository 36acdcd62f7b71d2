"""Two municipalities with everything in them: what the tests of every address walk through."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.people import TODAY, a_body, a_person, a_seat, an_organisation, setting_up
from varn.organisations.models import Organisation, Party, Person
from varn.organisations.rights import DERIVED, NATIONAL, RIGHTS, Role
from varn.organisations.terms import BodyKind, MandateRole


@dataclass
class Town:
    """An organisation, somebody in every role, and one row of each kind by name."""

    organisation: Organisation
    people: dict[Role, Person]
    rows: dict[str, Any] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.organisation.slug

    def client(self, role: Role, **options: Any) -> Client:
        client = Client(**options)
        account = self.people[role].account
        assert account is not None
        client.force_login(account)
        return client

    def with_right(self, right: str) -> list[Role]:
        return [role for role in self.people if right in RIGHTS[role]]

    def without_right(self, right: str) -> list[Role]:
        return [role for role in self.people if right not in RIGHTS[role]]


def a_town(slug: str) -> Town:
    organisation = an_organisation(slug)
    body = a_body(organisation)
    council = a_body(organisation, "Kommunfullmäktige", BodyKind.COUNCIL)
    people = {
        role: a_person(organisation, role.value.replace("_", "-").capitalize(), role)
        for role in Role
        if role not in DERIVED | NATIONAL
    }
    for role in (Role.REPRESENTATIVE, Role.CHAIR, Role.GROUP_LEADER, Role.PARTY_CONTACT):
        people[role] = a_person(organisation, role.value.replace("_", "-").capitalize())
    seat = a_seat(organisation, people[Role.REPRESENTATIVE], council)
    a_seat(organisation, people[Role.CHAIR], body, role=MandateRole.CHAIR)
    with setting_up(organisation):
        party = Party.objects.create(
            name="Exempelpartiet",
            abbreviation="EX",
            group_leader=people[Role.GROUP_LEADER],
            safety_contact=people[Role.PARTY_CONTACT],
        )
    town = Town(organisation, people)
    town.rows |= {"body": body, "council": council, "party": party, "mandate": seat, "today": TODAY}
    return town

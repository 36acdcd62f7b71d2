"""Two municipalities with everything in them: what the tests of every address walk through."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.people import LONG_AGO, TODAY, a_body, a_person, a_seat, an_organisation, setting_up
from varn.audit.models import Entry
from varn.measures.models import CalendarFeed, Measure, Reminder
from varn.organisations.importdraft import stored
from varn.organisations.models import (
    AccessGrant,
    Body,
    ContactWay,
    DutyTurn,
    ImportSource,
    Invitation,
    Matter,
    Organisation,
    Party,
    PeopleImport,
    Person,
    WaitingGrant,
)
from varn.organisations.rights import DERIVED, NATIONAL, RIGHTS, Role
from varn.organisations.spreadsheet import read_tables
from varn.organisations.terms import BodyKind, MandateRole
from varn.printing import models as printing
from varn.riskguide.assessment.statements import by_code
from varn.riskguide.models import Agenda, Assessment, Closing, Screening, Seat

A_MONTH = timedelta(days=30)


@dataclass
class Town:
    """An organisation, somebody in every role, and one row of each kind by name."""

    organisation: Organisation
    people: dict[Role, Person]
    rows: dict[str, Any] = field(default_factory=dict)
    cookies: dict[Role, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.organisation.slug

    def client(self, role: Role, **options: Any) -> Client:
        """Somebody in this role, logged in."""
        client = Client(**options)
        if role in self.cookies:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[role]
            return client
        account = self.people[role].account
        assert account is not None
        client.force_login(account)
        return client

    def log_everybody_in(self) -> None:
        """Once for many tests: `client` then only sets the cookie."""
        for role in self.people:
            self.cookies[role] = self.client(role).cookies[settings.SESSION_COOKIE_NAME].value

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
        source = ImportSource.objects.create(name="Troman")
        table = stored(read_tables(b"Id;Namn;Organ;Roll\n1;Eva Exempel;Kommunstyrelsen;Ledamot")[0])
        draft = PeopleImport.objects.create(
            source=source, started_by=people[Role.ADMINISTRATOR], started_on=TODAY, table={"sheets": [table]}
        )
        more = _rows(people, body)
    town = Town(organisation, people)
    town.rows |= more
    town.rows |= {"body": body, "council": council, "party": party, "mandate": seat, "today": TODAY}
    town.rows["people_import"] = draft
    return town


def _rows(people: dict[Role, Person], body: Body) -> dict[str, Any]:
    """One row of each kind that has a page of its own."""
    person = Person.objects.create(given_name="Märta", family_name="Exempelsson", email="marta@annat.example")
    way = ContactWay.objects.create(label_sv="Jour", label_en="Duty phone", phone="0555-123 45")
    turn = DutyTurn.objects.create(way=way, person=people[Role.CASE_HANDLER], starts_on=TODAY, ends_on=TODAY + timedelta(days=6))
    agenda = Agenda.objects.create(body=body, meets_on=TODAY + timedelta(days=15), next_row=2)
    matter = Matter.objects.create(title="Ny skolstruktur", register_number="KS 2026/1", body=body)
    Screening.objects.create(agenda=agenda, matter=matter, row=1, position=0, title=matter.title, edition="1.0.0")
    measure = Measure.objects.create(what="Bjud in till samtal", person=people[Role.REPRESENTATIVE], due_on=TODAY + A_MONTH)
    Reminder.objects.create(measure=measure, person=people[Role.REPRESENTATIVE], told_on=TODAY)
    CalendarFeed.objects.create(person=people[Role.REPRESENTATIVE], token_hash=uuid4().hex)
    return {
        **_assessed(matter, people),
        "measure": measure,
        "printing": printing.Printing.objects.create(
            kind="plan", person=people[Role.CASE_HANDLER], state="ready", pdf=b"%PDF-1.7"
        ),
        "person": person,
        "grant": AccessGrant.objects.create(person=person, role=Role.EDITOR, starts_on=LONG_AGO),
        "waiting_grant": WaitingGrant.objects.create(
            person=person,
            role=Role.CASE_HANDLER,
            starts_on=TODAY,
            proposed_by=people[Role.ADMINISTRATOR],
            proposed_on=timezone.localdate(),
        ),
        "invitation": Invitation.objects.create(person=person, email=person.email, invited_on=TODAY),
        "way": way,
        "turn": turn,
        "agenda": agenda,
        "entry": Entry.objects.create(actor_kind="job", code="demo.fill"),
    }


def _assessed(matter: Matter, people: dict[Role, Person]) -> dict[str, Any]:
    """An assessment with every answer, one that a group is answering, and a matter that is closed."""
    joint = dict.fromkeys(by_code("1.0.0"), 2)
    known = {"edition": "1.0.0", "own_judgement": "high", "started_on": TODAY, "started_by": people[Role.CLERK]}
    whole = {"step": 3, "is_shown": True, "joint": joint, "versions": dict.fromkeys(joint, 1)}
    assessment = Assessment.objects.create(matter=matter, title=matter.title, **known, **whole)
    asking = Assessment.objects.create(matter=matter, title=matter.title, **known)
    ended = Matter.objects.create(title="Ny rastgård", body=matter.body)
    Assessment.objects.create(matter=ended, title=ended.title, is_closed=True, **known, **whole)
    Closing.objects.create(matter=ended, closed_on=TODAY, outcome="hate", measures_helped="partly", lesson="Informera tidigt.")
    return {
        "matter": matter,
        "ended": ended,
        "report": printing.Printing.objects.create(
            kind="risk_report", subject=assessment.pk, person=people[Role.CLERK], state="ready", pdf=b"%PDF-1.7"
        ),
        "assessment": assessment,
        "asking": asking,
        "seat": Seat.objects.create(assessment=asking, person=people[Role.CLERK], answers={"step2.online_tone": 2}),
        "guest_seat": Seat.objects.create(assessment=asking, name="Kim Exempel"),
    }

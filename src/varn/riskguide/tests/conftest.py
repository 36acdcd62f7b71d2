"""Granvik with its executive board, Maj who sorts (clerk), Bo who sorts too (security coordinator) and Rut who only reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.people import a_body, a_person, an_organisation
from varn.organisations.models import Body, Organisation, Person
from varn.organisations.queries import member_of
from varn.organisations.rights import Member, Role
from varn.riskguide.actions import create_agenda
from varn.riskguide.models import Agenda, Screening
from varn.riskguide.rows import Row
from varn.tenancy.within import within

TITLES = ("Ny skolstruktur i Norrbyn", "Vindkraft på Storhöjden", "Taxa för parkering")


@dataclass(frozen=True)
class Town:
    organisation: Organisation
    board: Body
    maj: Person
    bo: Person
    rut: Person

    @property
    def slug(self) -> str:
        return self.organisation.slug

    def member(self, person: Person) -> Member:
        assert person.account_id
        with within(self.organisation.pk):
            member = member_of(person.account_id, self.organisation.pk, today=timezone.localdate())
        assert member
        return member

    def client(self, person: Person | None) -> Client:
        client = Client()
        if person and person.account:
            client.force_login(person.account)
        return client

    def agenda(self, rows: Sequence[Row | str] = TITLES, *, days: int = 10, body: Body | None = None) -> Agenda:
        """An agenda saved by Maj, so many days from today; rows as given, or titles with § 41 and on."""
        made = [Row(row, number=f"§ {n}") if isinstance(row, str) else row for n, row in enumerate(rows, 41)]
        return create_agenda(self.member(self.maj), key=uuid4(), body=body or self.board, meets_on=self.day(days), rows=made)

    def day(self, days: int) -> date:
        return timezone.localdate() + timedelta(days=days)

    def screening(self, agenda: Agenda, row: int = 1) -> Screening:
        with within(self.organisation.pk):
            return Screening.objects.select_related("matter", "judged_by").get(agenda_id=agenda.pk, row=row)


@pytest.fixture
def make_town(db: None) -> Callable[[str], Town]:
    def make(slug: str) -> Town:
        organisation = an_organisation(slug)
        return Town(
            organisation,
            a_body(organisation),
            a_person(organisation, "Maj", Role.CLERK),
            a_person(organisation, "Bo", Role.CASE_HANDLER),
            a_person(organisation, "Rut", Role.REGISTRAR),
        )

    return make


@pytest.fixture
def town(make_town: Callable[[str], Town]) -> Town:
    return make_town("granvik")

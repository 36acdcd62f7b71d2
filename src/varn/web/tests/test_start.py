"""The first page after log-in, per role."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.people import LONG_AGO, TODAY, a_body, a_person, a_seat, an_organisation, setting_up
from tests.world import Town, a_town
from varn.measures.models import Measure
from varn.organisations.models import Invitation, Person
from varn.organisations.rights import Role
from varn.riskguide.models import Screening

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    return a_town("granvik")


def page(town: Town, role: Role) -> str:
    answer = town.client(role).get(reverse("start", args=[town.slug]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_log_in_leads_straight_to_the_only_organisation(town: Town) -> None:
    assert town.client(Role.CLERK).get(reverse("own_start")).headers["Location"] == "/granvik/"


def test_somebody_in_two_organisations_chooses(town: Town) -> None:
    other = an_organisation("tallhult")
    person = town.people[Role.CLERK]
    assert person.account is not None
    a_person(other, "Tove", Role.CLERK, email=person.account.email)
    text = town.client(Role.CLERK).get(reverse("own_start")).content.decode()
    assert "/granvik/" in text
    assert "/tallhult/" in text


def test_the_start_page_shows_each_role_its_own(town: Town) -> None:
    assert reverse("riskguide:new", args=[town.slug]) in page(town, Role.CLERK)
    assert reverse("trail", args=[town.slug]) in page(town, Role.AUDITOR)
    assert reverse("organisations:people", args=[town.slug]) in page(town, Role.ADMINISTRATOR)
    assert "Ärenden det senaste året" in page(town, Role.MANAGEMENT)
    assert "Kommunfullmäktige" in page(town, Role.REPRESENTATIVE)
    for role in (Role.REPRESENTATIVE, Role.MANAGEMENT, Role.EDITOR):
        assert f'"{reverse("riskguide:agendas", args=[town.slug])}"' not in page(town, role)


def test_a_former_member_keeps_their_own_page_and_nothing_else(town: Town) -> None:
    former: Person = a_person(town.organisation, "Ulf")
    a_seat(
        town.organisation,
        former,
        a_body(town.organisation, "Gamla nämnden"),
        ends_on=TODAY - timedelta(days=400),
        starts_on=LONG_AGO,
    )
    client = Client()
    assert former.account is not None
    client.force_login(former.account)
    assert client.get(reverse("start", args=[town.slug])).status_code == 200
    assert client.get(reverse("organisations:own", args=[town.slug])).status_code == 200
    assert client.get(reverse("search", args=[town.slug])).status_code == 404


def test_a_kept_page_knows_nobody(town: Town) -> None:
    anonymous = Client().get(reverse("hub"))
    logged_in = town.client(Role.CLERK).get(reverse("hub"))
    assert logged_in.content == anonymous.content
    assert "public" in logged_in.headers["Cache-Control"]


def test_nobody_meets_an_empty_page(town: Town) -> None:
    for role in town.people:
        assert "Det här är din del" in page(town, role)


def test_high_matters_to_come_stand_on_the_start_page_of_those_who_read_matters(town: Town) -> None:
    with setting_up(town.organisation):
        Screening.objects.filter(agenda=town.rows["agenda"]).update(own_judgement="high")
    for role in (Role.CHAIR, Role.GROUP_LEADER, Role.CLERK):
        assert "Ny skolstruktur" in page(town, role)
    assert "Ny skolstruktur" not in page(town, Role.REPRESENTATIVE)


def test_whoever_is_on_duty_reads_it_first(town: Town) -> None:
    assert "Din jour" in page(town, Role.CASE_HANDLER)
    assert "Din jour" not in page(town, Role.CLERK)


def test_an_accepted_invitation_waits_after_log_in(town: Town) -> None:
    other = an_organisation("tallhult")
    account = town.people[Role.CLERK].account
    assert account is not None
    with setting_up(other):
        person = Person.objects.create(given_name="Tove", family_name="Exempelsson", email=account.email)
        Invitation.objects.create(person=person, email=account.email, invited_on=TODAY, accepted_at=timezone.now())
    answer = town.client(Role.CLERK).get(reverse("own_start"))
    assert answer.status_code == 200
    assert reverse("invitation_join") in answer.content.decode()


def test_ones_own_measures_that_are_near_or_late_are_on_the_first_page(town: Town) -> None:
    today = timezone.localdate()
    chair = town.people[Role.CHAIR]
    with setting_up(town.organisation):
        Measure.objects.create(what="Snart dags", person=chair, due_on=today + timedelta(days=9))
        Measure.objects.create(what="Borde vara gjord", person=chair, due_on=today - timedelta(days=2))
        Measure.objects.create(what="Långt fram", person=chair, due_on=today + timedelta(days=40))
    text = page(town, Role.CHAIR)
    assert text.index("Borde vara gjord") < text.index("Snart dags")
    assert "försenad" in text
    assert "Långt fram" not in text
    assert "Snart dags" not in page(town, Role.CLERK)

"""A strong access role needs two persons: who may be the second, and what the first alone never gets."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.http import Http404
from django.test import Client
from django.utils import timezone

from tests.people import LONG_AGO, a_person, an_organisation, setting_up
from varn.audit.models import Entry
from varn.organisations.actions import cleaning, grants, people
from varn.organisations.confirmationmail import SUBJECT
from varn.organisations.jobs import tell_confirmers
from varn.organisations.models import AccessGrant, Organisation, Person, WaitingGrant
from varn.organisations.queries import member_of, roles_of
from varn.organisations.queries.grants import version_of_waiting
from varn.organisations.queries.versions import version_of
from varn.organisations.refusals import Changed, Refused
from varn.organisations.rights import NEED_TWO, STRONG, Job, Member, Role
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def granvik() -> Organisation:
    return an_organisation("granvik")


@pytest.fixture
def eva(granvik: Organisation) -> Person:
    return a_person(granvik, "Eva", Role.ADMINISTRATOR)


@pytest.fixture
def maja(granvik: Organisation) -> Person:
    return a_person(granvik, "Maja", Role.MANAGEMENT)


@pytest.fixture
def bo(granvik: Organisation) -> Person:
    return a_person(granvik, "Bo")


def member(person: Person) -> Member:
    with within(person.organisation_id):
        found = member_of(person.account_id, person.organisation_id, today=TODAY)  # type: ignore[arg-type]
    assert found is not None
    return found


def proposed(by: Person, person: Person, role: Role = Role.CASE_HANDLER) -> WaitingGrant:
    return grants.propose_access(member(by), person, role=role, starts_on=TODAY, today=TODAY)


def confirmed(by: Person | Job, waiting: WaitingGrant, *, today: object = TODAY) -> AccessGrant:
    with within(waiting.organisation_id):
        seen = version_of_waiting(WaitingGrant.objects.select_related("person").get(pk=waiting.pk))
    actor = by if isinstance(by, Job) else member(by)
    return grants.confirm_access(actor, waiting, seen=seen, today=today)  # type: ignore[arg-type]


def roles(person: Person) -> set[Role]:
    with within(person.organisation_id):
        return set(roles_of(person.pk, today=TODAY))


def test_every_role_with_a_second_factor_needs_two_persons_and_whoever_confirms_too() -> None:
    assert STRONG | {Role.MANAGEMENT} == NEED_TWO


def test_an_administrator_alone_gives_nobody_a_strong_role(eva: Person, bo: Person) -> None:
    for role in sorted(NEED_TWO):
        with pytest.raises(Refused):
            grants.grant_access(member(eva), bo, role=role, starts_on=TODAY)
        proposed(eva, bo, role)
    assert roles(bo) == set(), "what waits gives nothing"


def test_another_administrator_confirms_and_the_trail_says_who(granvik: Organisation, eva: Person, bo: Person) -> None:
    ulf = a_person(granvik, "Ulf", Role.ADMINISTRATOR)
    confirmed(ulf, proposed(eva, bo))
    assert roles(bo) == {Role.CASE_HANDLER}
    with within(granvik.pk):
        assert not WaitingGrant.objects.exists()
        entries = list(Entry.objects.order_by("at").values_list("code", "actor_id", "detail"))
    who = {"role": "case_handler", "person": str(bo.pk)}
    assert entries == [
        ("access.propose", eva.pk, who),
        ("access.confirm", ulf.pk, {**who, "proposed_by": str(eva.pk)}),
    ]


def test_nobody_confirms_their_own(granvik: Organisation, eva: Person, bo: Person) -> None:
    ulf = a_person(granvik, "Ulf", Role.ADMINISTRATOR)
    for waiting, who in (
        (proposed(eva, bo), eva),
        (proposed(eva, eva, Role.CASE_HANDLER), eva),
        (proposed(eva, ulf, Role.ALTERNATE_HANDLER), ulf),
    ):
        with pytest.raises(Refused):
            confirmed(who, waiting)
    assert Role.CASE_HANDLER not in roles(eva) | roles(bo)


def test_whoever_leads_confirms_only_where_no_other_administrator_can(
    granvik: Organisation, eva: Person, maja: Person, bo: Person
) -> None:
    confirmed(maja, proposed(eva, bo, Role.ALTERNATE_HANDLER))
    with setting_up(granvik):  # cannot log in, so cannot confirm
        idle = Person.objects.create(given_name="Dag", family_name="Ek")
        AccessGrant.objects.create(person=idle, role=Role.ADMINISTRATOR, starts_on=LONG_AGO)
    confirmed(maja, proposed(eva, bo, Role.CASE_HANDLER))
    ulf = a_person(granvik, "Ulf", Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        confirmed(maja, proposed(eva, bo, Role.ADMINISTRATOR))
    confirmed(maja, proposed(eva, ulf, Role.CASE_HANDLER))  # the other administrator is the one who gets it


def test_a_lone_administrator_cannot_make_a_manager_who_confirms(granvik: Organisation, eva: Person, bo: Person) -> None:
    waiting = proposed(eva, bo, Role.MANAGEMENT)
    with pytest.raises(Http404):
        confirmed(bo, waiting)
    confirmed(Job(granvik.pk), waiting)  # whoever runs the installation
    assert roles(bo) == {Role.MANAGEMENT}


def test_other_roles_confirm_nothing(granvik: Organisation, eva: Person, bo: Person) -> None:
    waiting = proposed(eva, bo)
    for role in (Role.CASE_HANDLER, Role.CLERK, Role.AUDITOR):
        with pytest.raises(Http404):
            confirmed(a_person(granvik, role.value, role), waiting)


def test_after_seven_days_it_is_over_and_is_cleared(granvik: Organisation, eva: Person, maja: Person, bo: Person) -> None:
    waiting = proposed(eva, bo)
    late = TODAY + timedelta(8)
    for actor in (maja, Job(granvik.pk)):
        with pytest.raises(Refused):
            confirmed(actor, waiting, today=late)
    assert cleaning.drop_stale(Job(granvik.pk), now=timezone.now() + timedelta(7)) == 0
    assert cleaning.drop_stale(Job(granvik.pk), now=timezone.now() + timedelta(9)) == 1
    with within(granvik.pk):
        assert not WaitingGrant.objects.exists()


def test_it_waits_once_however_often_it_is_sent_and_can_be_withdrawn(granvik: Organisation, eva: Person, bo: Person) -> None:
    waiting = proposed(eva, bo)
    assert proposed(eva, bo) == waiting
    grants.withdraw_access(member(eva), waiting)
    grants.withdraw_access(member(eva), waiting)
    with within(granvik.pk):
        assert not WaitingGrant.objects.exists()
        assert Entry.objects.filter(code="access.withdraw").count() == 1
        assert Entry.objects.filter(code="access.propose").count() == 1
    with pytest.raises(Refused):
        grants.confirm_access(Job(granvik.pk), waiting, seen="", today=TODAY)


def test_another_address_after_it_was_proposed_is_told_to_whoever_confirms(eva: Person, maja: Person, bo: Person) -> None:
    waiting = proposed(eva, bo)
    with within(bo.organisation_id):
        shown = version_of_waiting(WaitingGrant.objects.select_related("person").get())
    with setting_up(Organisation.objects.get()):
        Person.objects.filter(pk=bo.pk).update(email="eva.annan@granvik.example")
    with pytest.raises(Changed):
        grants.confirm_access(member(maja), waiting, seen=shown, today=TODAY)


def test_the_address_of_somebody_with_a_strong_role_who_has_not_joined_stays(
    granvik: Organisation, eva: Person, maja: Person
) -> None:
    """Else an administrator would send the invitation, and the role with it, to themself."""
    with setting_up(granvik):
        dag = Person.objects.create(given_name="Dag", family_name="Ek", email="dag@granvik.example")
    confirmed(maja, proposed(eva, dag))
    words = {"given_name": "Dag", "family_name": "Ek", "phone": "1", "is_protected": False}
    with within(granvik.pk):
        seen = version_of(dag, people.PERSON_FIELDS)
    with pytest.raises(Refused):
        people.edit_person(member(eva), dag, seen=seen, email="eva@annat.example", **words)  # type: ignore[arg-type]
    people.edit_person(member(eva), dag, seen=seen, email=dag.email, **words)  # type: ignore[arg-type]


def test_a_role_for_somebody_without_an_address_waits_for_the_address(granvik: Organisation, eva: Person) -> None:
    with setting_up(granvik):
        dag = Person.objects.create(given_name="Dag", family_name="Ek")
    with pytest.raises(Refused):
        proposed(eva, dag)


def test_ending_a_person_ends_what_waits(granvik: Organisation, eva: Person, bo: Person) -> None:
    proposed(eva, bo)
    people.end_person(member(eva), bo, last_day=TODAY, today=TODAY)
    with within(granvik.pk):
        assert not WaitingGrant.objects.exists()


def as_(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)  # type: ignore[arg-type]
    return client


def test_on_the_pages_one_proposes_and_the_other_confirms(granvik: Organisation, eva: Person, maja: Person, bo: Person) -> None:
    settings = "/granvik/installningar/"
    sent = {"role": "case_handler", "starts_on": TODAY.isoformat()}
    assert as_(eva).post(f"{settings}personer/{bo.pk}/behorighet/", sent).headers["Location"] == f"{settings}vantar/"
    with within(granvik.pk):
        waiting = WaitingGrant.objects.get()
    path = f"{settings}vantar/{waiting.pk}/"
    proposer, confirmer = as_(eva).get(path).content.decode(), as_(maja).get(path).content.decode()
    assert 'name="seen"' not in proposer
    assert "Någon annan bekräftar" in proposer
    assert "Gäller inte än" in as_(eva).get(f"{settings}personer/{bo.pk}/").content.decode()
    assert "Väntar på dig" in as_(maja).get(f"{settings}vantar/").content.decode()
    assert as_(eva).post(path, {"seen": ""}).status_code == 422
    seen = confirmer.split('name="seen" value="')[1].split('"')[0]
    assert as_(maja).post(path, {"seen": seen}).status_code == 302
    assert roles(bo) == {Role.CASE_HANDLER}
    assert as_(maja).post(path, {"seen": seen}).status_code == 404


def test_whoever_leads_never_sees_somebody_with_protected_identity(granvik: Organisation, eva: Person, maja: Person) -> None:
    siv = a_person(granvik, "Siv", is_protected=True)
    waiting = proposed(eva, siv)
    path = f"/granvik/installningar/vantar/{waiting.pk}/"
    assert as_(maja).get(path).status_code == as_(maja).get(f"/granvik/installningar/vantar/{uuid4()}/").status_code == 404
    assert "Siv" not in as_(maja).get("/granvik/installningar/vantar/").content.decode()
    assert "Siv" in as_(eva).get(path).content.decode()


def test_those_who_may_confirm_are_told_by_mail_and_on_their_first_page(
    granvik: Organisation, eva: Person, maja: Person, bo: Person
) -> None:
    ulf = a_person(granvik, "Ulf", Role.ADMINISTRATOR)
    waiting = proposed(eva, bo)
    tell_confirmers(str(granvik.pk), str(waiting.pk))
    assert [(mailed.to, mailed.subject) for mailed in mail.outbox] == [([ulf.email], SUBJECT)]
    body = str(mail.outbox[0].body)
    assert f"/granvik/installningar/vantar/{waiting.pk}/" in body
    assert "Bo" not in body, "whom it is for stands where one has logged in"
    assert "1 behörighet väntar på att du bekräftar den." in as_(ulf).get("/granvik/").content.decode()
    for other in (eva, maja, bo):
        assert "väntar på att du bekräftar" not in as_(other).get("/granvik/").content.decode()
    confirmed(ulf, waiting)
    tell_confirmers(str(granvik.pk), str(waiting.pk))
    assert len(mail.outbox) == 1

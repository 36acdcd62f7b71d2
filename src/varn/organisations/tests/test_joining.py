"""From invitation to member: mail, link, the public process's own database role, log-in."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import ProgrammingError, connection
from django.test import Client
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict

from tests.people import a_person, an_organisation, setting_up
from varn.accounts.models import Account
from varn.audit.models import Entry
from varn.organisations.actions.invitations import invite_person, resend_invitation, revoke_invitation, send_invitation
from varn.organisations.adapters import adopt_invitations
from varn.organisations.models import CapabilityLink, Invitation, Organisation, Person
from varn.organisations.queries import member_of
from varn.organisations.refusals import Refused
from varn.organisations.rights import Job, Member, Role
from varn.sealing.boxes import token_hash
from varn.tenancy.within import holding, within

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def granvik(settings: Any) -> Organisation:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return an_organisation("granvik")


@pytest.fixture
def eva(granvik: Organisation) -> Member:
    person = a_person(granvik, "Eva", Role.ADMINISTRATOR)
    with within(granvik.pk):
        member = member_of(person.account_id, granvik.pk, today=timezone.localdate())  # type: ignore[arg-type]
    assert member is not None
    return member


def an_invitee(organisation: Organisation, email: str = "dag@granvik.example") -> Person:
    with setting_up(organisation):
        return Person.objects.create(given_name="Dag", family_name="Exempelsson", email=email)


def the_link(organisation: Organisation, invitation: Invitation) -> str:
    """Sends the mail as the worker does; the path of the link in it."""
    send_invitation(Job(organisation.pk), invitation.pk)
    found = re.search(r"http://localhost(:\d+)?(/l/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[2]


@contextmanager
def the_public_process() -> Iterator[None]:
    """The test's connection logs in as varn_public."""
    before = dict(connection.settings_dict)
    role = conninfo_to_dict(os.environ["VARN_PUBLIC_DATABASE_URL"])
    connection.close()
    connection.settings_dict.update(USER=role["user"], PASSWORD=role["password"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(USER=before["USER"], PASSWORD=before["PASSWORD"])


def test_the_whole_way_by_link_in_the_public_process(granvik: Organisation, eva: Member, client: Client) -> None:
    dag = an_invitee(granvik)
    path = the_link(granvik, invite_person(eva, dag))
    token = path.removeprefix("/l/")
    with the_public_process():
        opened = client.get(path)
        assert (opened.status_code, opened.headers["Location"]) == (302, "/inbjudan/")
        assert opened.headers["Referrer-Policy"] == "no-referrer"
        page = client.get("/inbjudan/")
        assert page.status_code == 200
        assert token not in page.content.decode()
        assert "Granviks kommun" in page.content.decode()
        english = client.get("/en/inbjudan/")
        assert english.status_code == 200
        answered = client.post("/inbjudan/")
        assert (answered.status_code, answered.headers["Location"]) == (302, "/inbjudan/klar/")
        assert client.get("/inbjudan/klar/").status_code == 200
        assert client.get(path).status_code == 410
        assert client.get("/inbjudan/").status_code == 410
    assert not Account.objects.filter(email=dag.email).exists(), "the public process makes no account"
    assert adopt_invitations("Dag@granvik.example") == 1
    assert adopt_invitations("dag@granvik.example") == 0
    with within(granvik.pk):
        account = Person.objects.get(pk=dag.pk).account
        assert account is not None
        assert account.email == "dag@granvik.example"
        assert not account.has_usable_password()
        codes = list(Entry.objects.order_by("at").values_list("code", "actor_kind"))
    assert codes == [
        ("invitation.invite", "member"),
        ("invitation.send", "job"),
        ("invitation.accept", "guest"),
        ("invitation.join", "job"),
    ]


def test_get_and_head_change_nothing(granvik: Organisation, eva: Member, client: Client) -> None:
    path = the_link(granvik, invite_person(eva, an_invitee(granvik)))
    with the_public_process():
        assert client.head(path).status_code == 302
        assert client.get(path).status_code == 302
        assert client.head("/inbjudan/").status_code == 200
        assert client.get(path).status_code == 302
    with within(granvik.pk):
        assert CapabilityLink.objects.get().used_at is None
        assert Invitation.objects.get().accepted_at is None


def test_used_expired_revoked_and_made_up_links_are_alike(granvik: Organisation, eva: Member) -> None:
    paths = {}
    for state in ("used", "expired", "revoked"):
        person = an_invitee(granvik, f"{state}@granvik.example")
        paths[state] = the_link(granvik, invite_person(eva, person))
    with setting_up(granvik):
        links = {state: CapabilityLink.objects.filter(token_hash=token_hash(path[3:])) for state, path in paths.items()}
        links["used"].update(used_at=timezone.now())
        links["expired"].update(expires_at=timezone.now() - timedelta(seconds=1))
    with within(granvik.pk):
        revoked = Invitation.objects.get(email="revoked@granvik.example")
    revoke_invitation(eva, revoked)
    paths["made_up"] = "/l/" + "a" * 32
    with the_public_process():
        for method in ("get", "head"):
            answers = [getattr(Client(), method)(path) for path in paths.values()]
            assert {(answer.status_code, answer.content, tuple(answer.headers.items())) for answer in answers} == {
                (410, answers[0].content, tuple(answers[0].headers.items()))
            }


def test_the_cookie_is_sealed_bound_to_its_path_and_short(granvik: Organisation, eva: Member, client: Client) -> None:
    path = the_link(granvik, invite_person(eva, an_invitee(granvik)))
    cookies = client.get(path).cookies
    assert {cookie["path"] for cookie in cookies.values()} == {"/inbjudan/", "/en/inbjudan/"}
    for cookie in cookies.values():
        assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (1200, True, "Lax")
        assert path.removeprefix("/l/") not in cookie.value
        assert token_hash(path.removeprefix("/l/")) not in cookie.value
    swapped = Client()
    swapped.cookies["varn_link_invitation_sv"] = cookies["varn_link_invitation_en"].value
    assert swapped.get("/inbjudan/").status_code == 410
    for nonsense in ("", "x", "AQ==", "åäö"):
        swapped.cookies["varn_link_invitation_sv"] = nonsense
        assert swapped.get("/inbjudan/").status_code == 410


def test_a_double_click_answers_once(granvik: Organisation, eva: Member, client: Client) -> None:
    path = the_link(granvik, invite_person(eva, an_invitee(granvik)))
    kept = {name: cookie.value for name, cookie in client.get(path).cookies.items()}
    with the_public_process():
        for _ in range(2):
            again = Client()
            for name, value in kept.items():
                again.cookies[name] = value
            assert again.post("/inbjudan/").status_code == 302
    with within(granvik.pk):
        assert Entry.objects.filter(code="invitation.accept").count() == 1


def test_a_foreign_post_changes_nothing(granvik: Organisation, eva: Member) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get(the_link(granvik, invite_person(eva, an_invitee(granvik))))
    assert strict.post("/inbjudan/").status_code == 403
    with within(granvik.pk):
        assert Invitation.objects.get().accepted_at is None


def test_the_public_role_sees_one_link_and_nobody(granvik: Organisation, eva: Member) -> None:
    an_invitee(granvik)
    invite_person(eva, an_invitee(granvik, "dag2@granvik.example"))
    with the_public_process(), connection.cursor() as cursor:
        for table in ("organisations_capabilitylink", "organisations_invitation"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
        with pytest.raises(Exception, match="permission denied"):
            cursor.execute("SELECT 1 FROM organisations_person")


def test_the_mail_says_who_invites_and_its_subject_nothing_personal(granvik: Organisation, eva: Member) -> None:
    dag = an_invitee(granvik)
    the_link(granvik, invite_person(eva, dag))
    message = mail.outbox[-1]
    assert message.to == [dag.email]
    assert "Dag" not in message.subject
    assert "Granvik" not in message.subject
    assert "Eva Exempelsson vid Granviks kommun bjuder in dig" in message.body
    assert message.body.count("/l/") == 2


def test_sending_again_revokes_the_earlier_link(granvik: Organisation, eva: Member, client: Client) -> None:
    invitation = invite_person(eva, an_invitee(granvik))
    first = the_link(granvik, invitation)
    second = the_link(granvik, resend_invitation(eva, invitation))
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 302


def test_a_mail_that_fails_leaves_no_link(granvik: Organisation, eva: Member, monkeypatch: Any) -> None:
    invitation = invite_person(eva, an_invitee(granvik))

    def fail(self: object, *args: object) -> None:
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    with pytest.raises(OSError):  # noqa: PT011  # the job is tried again
        send_invitation(Job(granvik.pk), invitation.pk)
    with within(granvik.pk):
        assert not CapabilityLink.objects.exists()


def test_a_link_stays_out_of_the_job_table(granvik: Organisation, eva: Member) -> None:
    invitation = invite_person(eva, an_invitee(granvik))
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE args->>'invitation_id' = %s", [str(invitation.pk)])
        rows = cursor.fetchall()
    assert [set(json.loads(row[0])) for row in rows] == [{"organisation_id", "invitation_id"}]


@pytest.mark.parametrize("case", ["joined", "no_address", "left", "same_address"])
def test_an_invitation_without_sense_is_refused_with_a_sentence(case: str, granvik: Organisation, eva: Member) -> None:
    person = a_person(granvik, "Alva") if case == "joined" else an_invitee(granvik, "" if case == "no_address" else "x@y.example")
    with setting_up(granvik):
        if case == "left":
            Person.objects.filter(pk=person.pk).update(ends_on=timezone.localdate() - timedelta(1))
        if case == "same_address":
            Person.objects.filter(pk=person.pk).update(email="EVA@granvik.example")
    with pytest.raises(Refused) as refusal:
        invite_person(eva, person)
    assert len(refusal.value.sentence) > 20


def test_a_mandate_elsewhere_is_joined_with_the_same_account_and_neither_is_told(granvik: Organisation, eva: Member) -> None:
    bjornmark = an_organisation("bjornmark")
    cia = a_person(bjornmark, "Cia", email="cia@hem.example")
    here = an_invitee(granvik, "Cia@hem.example")
    invitation = invite_person(eva, here)
    with setting_up(granvik):
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    assert adopt_invitations("cia@hem.example") == 1
    with within(granvik.pk):
        assert Person.objects.get(pk=here.pk).account_id == cia.account_id


def test_a_revoked_invitation_is_not_adopted_though_it_was_accepted(granvik: Organisation, eva: Member) -> None:
    invitation = invite_person(eva, an_invitee(granvik))
    with setting_up(granvik):
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    revoke_invitation(eva, invitation)
    assert adopt_invitations("dag@granvik.example") == 0


def test_somebody_logged_in_may_join_at_once(granvik: Organisation, eva: Member) -> None:
    cia = a_person(an_organisation("bjornmark"), "Cia")
    invitation = invite_person(eva, an_invitee(granvik, cia.email))
    with setting_up(granvik):
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    client = Client()
    client.force_login(cia.account)  # type: ignore[arg-type]
    assert "Gå med" in client.get("/inbjudan/anslut/").content.decode()
    assert client.post("/inbjudan/anslut/").status_code == 302
    assert client.get("/granvik/mina-uppgifter/").status_code == 200


@pytest.mark.parametrize("kind", ["member", "job", "guest"])
def test_the_public_process_writes_nobody_elses_name_into_a_trail(granvik: Organisation, eva: Member, kind: str) -> None:
    """Not even while somebody's link is in its hands."""
    path = the_link(granvik, invite_person(eva, an_invitee(granvik)))
    with (
        the_public_process(),
        holding("link", token_hash(path.removeprefix("/l/"))),
        pytest.raises(ProgrammingError, match="row-level security"),
        setting_up(granvik),
    ):
        Entry.objects.create(actor_kind=kind, actor_id=eva.person_id, code="trail.export")


def test_nor_does_it_write_yesterday_into_a_trail(granvik: Organisation, eva: Member) -> None:
    """An entry dated back has no link until night: the whole trail would be called broken."""
    digest = token_hash(the_link(granvik, invite_person(eva, an_invitee(granvik))).removeprefix("/l/"))
    with within(granvik.pk):
        link = CapabilityLink.objects.get(token_hash=digest)
    with (
        the_public_process(),
        holding("link", digest),
        pytest.raises(ProgrammingError, match="row-level security"),
        setting_up(granvik),
    ):
        Entry.objects.create(at=timezone.now() - timedelta(1), actor_kind="guest", actor_id=link.pk, code="invitation.accept")

"""The trail's jobs: every organisation, every auditor, nothing personal in the subject."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.people import a_person, an_organisation
from varn.audit.models import Entry, Head, Link
from varn.audit.tests.trails import a_trail
from varn.organisations.models import Organisation
from varn.organisations.rights import Role
from varn.tenancy.within import within
from varn.web import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def granvik() -> Organisation:
    organisation = an_organisation("granvik")
    a_person(organisation, "Rut", Role.AUDITOR)
    a_person(organisation, "Siv", Role.AUDITOR)
    a_person(organisation, "Alva", Role.CLERK)
    a_trail(organisation, 3)
    return organisation


def test_each_minute_every_organisation_is_chained(granvik: Organisation) -> None:
    lindhult = an_organisation("lindhult")
    a_trail(lindhult, 2)
    jobs.chain(0)
    for organisation, expected in ((granvik, 3), (lindhult, 2)):
        with within(organisation.pk):
            assert Link.objects.count() == expected


def test_the_head_of_yesterday_is_mailed_to_each_auditor_once(granvik: Organisation) -> None:
    jobs.close_yesterday(0)
    jobs.close_yesterday(0)
    assert sorted(message.to for message in mail.outbox) == [["rut@granvik.example"], ["siv@granvik.example"]]
    with within(granvik.pk):
        head = Head.objects.get()
    assert head.day == timezone.localdate() - timedelta(days=1)
    for message in mail.outbox:
        assert message.subject == jobs.SUBJECT
        assert f"--head granvik:3:{bytes(head.hash).hex()}" in message.body
        assert "Rut" not in message.body


def test_an_auditor_whose_role_has_ended_gets_nothing(granvik: Organisation) -> None:
    with within(granvik.pk):
        assert jobs.auditors_addresses(today=date(2019, 1, 1)) == []


def test_one_organisations_trouble_is_not_anothers(granvik: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    first = an_organisation("aa")
    a_trail(first, 1)
    done = []

    def chain(organisation_id: object) -> int:
        done.append(organisation_id)
        raise ConnectionError

    monkeypatch.setattr(jobs, "chain_entries", chain)
    with pytest.raises(RuntimeError, match="2 organisations"):
        jobs.chain(0)
    assert set(done) == {first.pk, granvik.pk}


def test_a_mail_that_fails_is_sent_the_next_hour(granvik: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", lambda self: 1 / 0)
        with pytest.raises(RuntimeError):
            jobs.close_yesterday(0)
    with within(granvik.pk):
        assert not Head.objects.exists()
        assert Entry.objects.count() == 3
    jobs.close_yesterday(0)
    assert len(mail.outbox) == 2

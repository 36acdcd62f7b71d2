"""Links and heads in the database."""

import threading
from datetime import date
from uuid import uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from tests.people import an_organisation, setting_up
from varn.audit import jobs
from varn.audit.jobs import chain_entries, close_day
from varn.audit.models import Entry, Head, Link
from varn.audit.tests.trails import a_trail, another_process, touch
from varn.organisations.models import Organisation
from varn.organisations.rights import Job
from varn.tenancy.within import within

DAY = date(2026, 11, 24)


def positions(organisation: Organisation) -> list[int]:
    with within(organisation.pk):
        return list(Link.objects.order_by("position").values_list("position", flat=True))


@pytest.mark.django_db
def test_every_entry_gets_one_link_and_a_second_run_adds_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 2)
    organisation = an_organisation()
    entries = a_trail(organisation, 5)
    assert chain_entries(organisation.pk) == 5
    assert chain_entries(organisation.pk) == 0
    with within(organisation.pk):
        assert list(Link.objects.order_by("position").values_list("entry_id", flat=True)) == [entry.pk for entry in entries]
    assert positions(organisation) == [1, 2, 3, 4, 5]


@pytest.mark.django_db
def test_each_organisation_has_a_chain_of_its_own() -> None:
    one, other = an_organisation("granvik"), an_organisation("lindhult")
    a_trail(one, 2)
    a_trail(other, 3)
    chain_entries(one.pk)
    assert (positions(one), positions(other)) == ([1, 2], [])
    chain_entries(other.pk)
    assert positions(other) == [1, 2, 3]


@pytest.mark.django_db
def test_the_chain_leaves_no_entries_of_its_own() -> None:
    organisation = an_organisation()
    a_trail(organisation, 2)
    chain_entries(organisation.pk)
    close_day(organisation.pk, DAY, tell=lambda head: None)
    with within(organisation.pk):
        assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_an_entry_that_came_hours_late_is_linked_at_the_end_of_the_day() -> None:
    organisation = an_organisation()
    a_trail(organisation, 1)
    chain_entries(organisation.pk)
    with setting_up(organisation):
        Entry.objects.create(at="2026-01-01T12:00Z", actor_kind="job", code="body.touch")
    assert chain_entries(organisation.pk) == 0
    assert chain_entries(organisation.pk, thoroughly=True) == 1


@pytest.mark.django_db
def test_a_day_has_one_head_which_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    organisation = an_organisation()
    a_trail(organisation, 3)
    told: list[Head] = []
    with caplog.at_level("INFO", "varn.audit"):
        head = close_day(organisation.pk, DAY, tell=told.append)
        assert close_day(organisation.pk, DAY, tell=told.append) is None
    assert head is not None
    assert head.position == 3
    assert told == [head]
    assert caplog.messages == [f"head {organisation.pk} 2026-11-24 3 {bytes(head.hash).hex()}"]


@pytest.mark.django_db
def test_a_day_on_which_nothing_happened_has_no_head() -> None:
    organisation = an_organisation()
    assert close_day(organisation.pk, DAY, tell=lambda head: None) is None
    a_trail(organisation, 1)
    assert close_day(organisation.pk, DAY, tell=lambda head: None)
    assert close_day(organisation.pk, date(2026, 11, 25), tell=lambda head: None) is None


@pytest.mark.django_db
def test_a_head_that_could_not_be_told_is_told_by_the_next_run() -> None:
    organisation = an_organisation()
    a_trail(organisation, 1)

    def no_post(head: Head) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        close_day(organisation.pk, DAY, tell=no_post)
    assert close_day(organisation.pk, DAY, tell=lambda head: None)


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_make_one_chain() -> None:
    organisation = an_organisation()
    a_trail(organisation, 40)
    counts: list[int] = []

    def job() -> None:
        counts.append(chain_entries(organisation.pk))
        connection.close()

    threads = [threading.Thread(target=job) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 40
    assert positions(organisation) == list(range(1, 41))


@pytest.mark.django_db(transaction=True)
def test_no_write_waits_while_the_chain_is_made() -> None:
    organisation = an_organisation()
    a_trail(organisation, 2)
    with another_process() as other, transaction.atomic(), within(organisation.pk):
        jobs._one_at_a_time(organisation.pk)
        other.execute("SET LOCAL lock_timeout = '1s'")
        other.execute("SELECT set_config('varn.organisation', %s, true)", [str(organisation.pk)])
        other.execute(
            "INSERT INTO audit_entry (id, organisation_id, at, actor_kind, code, target_kind, detail)"
            " VALUES (%s, %s, now(), 'job', 'body.touch', '', '{}')",
            [uuid4(), organisation.pk],
        )
    assert chain_entries(organisation.pk) == 3


@pytest.mark.django_db(transaction=True)
def test_an_entry_whose_transaction_is_still_open_is_linked_when_it_is_done() -> None:
    organisation = an_organisation()
    with another_process() as slow:
        slow.execute("SELECT set_config('varn.organisation', %s, true)", [str(organisation.pk)])
        slow.execute(
            "INSERT INTO audit_entry (id, organisation_id, at, actor_kind, code, target_kind, detail)"
            " VALUES (%s, %s, now(), 'job', 'body.touch', '', '{}')",
            [uuid4(), organisation.pk],
        )
        touch(Job(organisation.pk), 1)
        assert chain_entries(organisation.pk) == 1
        slow.commit()
    assert chain_entries(organisation.pk) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["audit_entry", "audit_link", "audit_head"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_change_what_it_wrote(table: str, statement: str) -> None:
    organisation = an_organisation()
    with setting_up(organisation), pytest.raises(ProgrammingError) as refused, transaction.atomic():
        connection.cursor().execute(statement.format(table))
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)

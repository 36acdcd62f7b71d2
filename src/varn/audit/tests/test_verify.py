"""Finds the first broken link, whoever broke it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from django.utils import timezone

from tests.people import an_organisation
from varn.audit.chain import Break, Told
from varn.audit.jobs import chain_entries, close_day
from varn.audit.models import Link
from varn.audit.queries import State, state, verify
from varn.audit.tests.trails import a_trail, an_intruder
from varn.organisations.models import Organisation
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db(transaction=True)

Intruder = psycopg.Connection[Any]
DAY = date(2026, 11, 24)


def found(organisation: Organisation, *told: Told, minutes_later: int = 0) -> tuple[Break, int] | None:
    with within(organisation.pk):
        broken = verify(now=timezone.now() + timedelta(minutes=minutes_later), told=told)
    return (broken.kind, broken.position) if broken else None


def seen(organisation: Organisation, n_links: int = 100) -> State:
    with within(organisation.pk):
        return state(now=timezone.now(), n_links=n_links)


def a_chained_trail(n_entries: int = 6) -> Organisation:
    organisation = an_organisation()
    a_trail(organisation, n_entries)
    close_day(organisation.pk, DAY, tell=lambda head: None)
    return organisation


def at(position: int) -> str:
    return f"(SELECT entry_id FROM audit_link WHERE position = {position})"


@pytest.mark.parametrize(
    ("tampering", "expected"),
    [
        (f"UPDATE audit_entry SET code = 'body.end' WHERE id = {at(3)}", (Break.ENTRY_CHANGED, 3)),
        (f"UPDATE audit_entry SET actor_id = gen_random_uuid() WHERE id = {at(1)}", (Break.ENTRY_CHANGED, 1)),
        (f"UPDATE audit_entry SET at = at + interval '1 second' WHERE id = {at(6)}", (Break.ENTRY_CHANGED, 6)),
        ("UPDATE audit_entry SET detail = '{\"n\": 2}' WHERE id = " + at(2), (Break.ENTRY_CHANGED, 2)),
        ("UPDATE audit_link SET hash = decode(repeat('00', 32), 'hex') WHERE position = 5", (Break.ENTRY_CHANGED, 5)),
        (f"DELETE FROM audit_entry WHERE id = {at(4)}", (Break.ENTRY_MISSING, 4)),
        ("DELETE FROM audit_link WHERE position = 2", (Break.LINK_MISSING, 2)),
        ("DELETE FROM audit_link WHERE position > 4", (Break.CUT, 5)),
        (
            "WITH gone AS (DELETE FROM audit_link WHERE position = 6 RETURNING entry_id)"
            " DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM gone)",
            (Break.CUT, 6),
        ),
        ("UPDATE audit_head SET hash = decode(repeat('00', 32), 'hex')", (Break.REWRITTEN, 6)),
    ],
)
def test_tampering_is_found_where_it_begins(tampering: str, expected: tuple[Break, int]) -> None:
    organisation = a_chained_trail()
    assert found(organisation) is None
    with an_intruder() as intruder:
        intruder.execute(tampering.encode())
    assert found(organisation) == expected
    broken = seen(organisation).broken
    assert broken is not None
    assert (broken.kind, broken.position) == expected


def test_two_entries_that_changed_places_are_found() -> None:
    organisation = a_chained_trail()
    with an_intruder() as intruder:
        third, fourth = (
            intruder.execute("SELECT entry_id FROM audit_link WHERE position = %s", [n]).fetchone()[0]  # type: ignore[index]
            for n in (3, 4)
        )
        with intruder.transaction():
            intruder.execute("UPDATE audit_link SET entry_id = gen_random_uuid() WHERE position = 4")
            intruder.execute("UPDATE audit_link SET entry_id = %s WHERE position = 3", [fourth])
            intruder.execute("UPDATE audit_link SET entry_id = %s WHERE position = 4", [third])
    assert found(organisation) == (Break.REORDERED, 3)


def test_an_entry_slipped_in_without_a_link_is_found_after_ten_minutes() -> None:
    organisation = a_chained_trail(2)
    a_trail(organisation, 1)
    assert found(organisation) is None
    assert found(organisation, minutes_later=11) == (Break.UNLINKED, 3)
    assert seen(organisation).n_waiting == 1
    chain_entries(organisation.pk)
    assert found(organisation, minutes_later=11) is None


def test_a_tail_cut_together_with_its_heads_shows_against_the_auditors_mail() -> None:
    organisation = a_chained_trail(5)
    with within(organisation.pk):
        last = Link.objects.get(position=5)
    told = Told(5, bytes(last.hash))
    assert found(organisation, told) is None
    with an_intruder() as intruder:
        intruder.execute("DELETE FROM audit_head")
        intruder.execute(f"DELETE FROM audit_entry WHERE id = {at(5)}".encode())
        intruder.execute("DELETE FROM audit_link WHERE position = 5")
    assert found(organisation) is None
    assert found(organisation, told) == (Break.CUT, 5)


@pytest.mark.parametrize(
    "tamper", [lambda i: i.execute("DELETE FROM audit_link"), lambda i: i.execute("DELETE FROM audit_entry")]
)
def test_an_emptied_trail_is_found(tamper: Callable[[Intruder], Any]) -> None:
    organisation = a_chained_trail(3)
    with an_intruder() as intruder:
        tamper(intruder)
    assert found(organisation) in {(Break.CUT, 1), (Break.ENTRY_MISSING, 1)}


def test_another_organisations_broken_chain_is_not_ours() -> None:
    ours, theirs = a_chained_trail(2), an_organisation("lindhult")
    a_trail(theirs, 2)
    chain_entries(theirs.pk)
    with an_intruder() as intruder:
        intruder.execute("DELETE FROM audit_link WHERE organisation_id = %s AND position = 1", [theirs.pk])
    assert found(ours) is None
    assert found(theirs) == (Break.LINK_MISSING, 1)


def test_a_page_checks_only_the_last_links() -> None:
    organisation = a_chained_trail(6)
    checked = seen(organisation, n_links=2)
    assert (checked.position, checked.checked_from, checked.broken) == (6, 5, None)
    with an_intruder() as intruder:
        intruder.execute(f"UPDATE audit_entry SET code = 'body.end' WHERE id = {at(2)}".encode())
    assert seen(organisation, n_links=2).broken is None
    assert found(organisation) == (Break.ENTRY_CHANGED, 2)

"""What `@action` promises, and what the guard refuses."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from tests.people import TODAY, a_body, an_organisation, setting_up
from varn.audit import act
from varn.audit.act import NoAct, again, note
from varn.audit.actions import NotAllowed, action
from varn.audit.guard import WriteOutsideAct
from varn.audit.models import Entry
from varn.audit.tests.trails import add_body, touch
from varn.organisations.models import Body, Organisation
from varn.organisations.rights import Guest, Job, Member, Role
from varn.tenancy.within import NoOrganisation, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def granvik() -> Organisation:
    return an_organisation("granvik")


def trail(organisation: Organisation) -> list[Entry]:
    with within(organisation.pk):
        return list(Entry.objects.order_by("at", "id"))


def names(organisation: Organisation) -> set[str]:
    with within(organisation.pk):
        return set(Body.objects.values_list("name", flat=True))


def administrator(organisation: Organisation, *roles: Role) -> Member:
    return Member(UUID(int=1), UUID(int=2), organisation.pk, frozenset(roles or {Role.ADMINISTRATOR}))


def test_an_act_changes_and_notes_who_what_and_which_row(granvik: Organisation) -> None:
    body = add_body(administrator(granvik), "Barnnämnden")
    (entry,) = trail(granvik)
    assert (entry.code, entry.actor_kind, entry.actor_id) == ("body.add", "member", UUID(int=2))
    assert (entry.target_kind, entry.target_id, entry.detail) == ("organisations.body", body.pk, {})


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.CLERK, Role.REPRESENTATIVE])
def test_without_the_right_nothing_is_changed_and_nothing_noted(granvik: Organisation, role: Role) -> None:
    with pytest.raises(NotAllowed):
        add_body(administrator(granvik, role), "Barnnämnden")
    assert (names(granvik), trail(granvik)) == (set(), [])


def test_a_guest_has_no_right(granvik: Organisation) -> None:
    with pytest.raises(NotAllowed):
        add_body(Guest(UUID(int=3), granvik.pk), "Barnnämnden")


@action("body.fail", right=None)
def add_and_fail(actor: Job, name: str) -> None:
    """Fails after it has changed something."""
    add_body(actor, name)
    raise ValueError(name)


def test_what_fails_leaves_neither_change_nor_entry(granvik: Organisation) -> None:
    with pytest.raises(ValueError, match="Barnnämnden"):
        add_and_fail(Job(granvik.pk), "Barnnämnden")
    assert (names(granvik), trail(granvik)) == (set(), [])
    assert act.acting_for() is None


@action("body.pair", right=None)
def add_two(actor: Job, first: str, second: str) -> None:
    note(n_bodies=2)
    add_body(actor, first)
    try:
        add_and_fail(actor, second)
    except ValueError:
        note(n_refused=1)


def test_acts_inside_acts_note_themselves_and_a_failed_one_takes_only_its_own_along(granvik: Organisation) -> None:
    add_two(Job(granvik.pk), "Barnnämnden", "Tekniska nämnden")
    assert names(granvik) == {"Barnnämnden"}
    assert [(entry.code, entry.detail) for entry in trail(granvik)] == [
        ("body.add", {}),
        ("body.pair", {"n_bodies": 2, "n_refused": 1}),
    ]


def test_an_act_for_another_organisation_leaves_its_entry_there(granvik: Organisation) -> None:
    lindhult = an_organisation("lindhult")
    with within(granvik.pk):
        touch(Job(lindhult.pk), 1)
    assert (len(trail(granvik)), len(trail(lindhult))) == (0, 1)


@action("body.stray", right=None)
def add_elsewhere(actor: Job, other: UUID) -> None:
    with within(other):
        write_create()


def test_an_act_for_one_organisation_writes_nothing_in_another(granvik: Organisation) -> None:
    lindhult = an_organisation("lindhult")
    with pytest.raises(WriteOutsideAct):
        add_elsewhere(Job(granvik.pk), lindhult.pk)
    assert (names(lindhult), trail(granvik)) == (set(), [])


def test_an_act_that_holds_another_organisations_act_goes_on_in_its_own(granvik: Organisation) -> None:
    lindhult = an_organisation("lindhult")

    @action("body.both", right=None)
    def add_to_both(actor: Job) -> None:
        add_body(Job(lindhult.pk), "Barnnämnden")
        write_create()

    add_to_both(Job(granvik.pk))
    assert (names(granvik), names(lindhult)) == ({"X"}, {"Barnnämnden"})


def test_what_was_done_before_leaves_no_second_entry_and_hides_no_other_act(granvik: Organisation) -> None:
    @action("body.repeat", right=None)
    def repeat(actor: Job) -> str:
        touch(actor, 1)
        return again("done")

    assert repeat(Job(granvik.pk)) == "done"
    assert [entry.code for entry in trail(granvik)] == ["body.touch"]


def test_a_note_outside_an_act_says_so() -> None:
    with pytest.raises(NoAct):
        note(n_rows=1)


@pytest.mark.parametrize("text", ["Alva Exempelsson", "hon sa att", "HOT", "a@b.example", "<b>", "x" * 65, "rad\nrad"])
def test_a_note_refuses_text(granvik: Organisation, text: str) -> None:
    with setting_up(granvik), pytest.raises(ValueError, match="never text"):
        note(story=text)


@pytest.mark.parametrize("value", ["incident.assess", "low", "", 3, True, None, "ks-2026/0123"])
def test_a_note_takes_codes_and_counts(granvik: Organisation, value: str | int | bool | None) -> None:
    with setting_up(granvik):
        note(value=value)


def write_create() -> None:
    Body.objects.create(name="X", kind="committee", term_starts_on=TODAY, term_ends_on="2030-12-31")


def write_bulk() -> None:
    Body.objects.bulk_create([Body(name="X", kind="committee", term_starts_on=TODAY, term_ends_on="2030-12-31")])


def write_save() -> None:
    Body.objects.all()[0].save()


def write_raw(sql: str) -> Callable[[], None]:
    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return write


def write_many() -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM organisations_body WHERE name = %s", [["X"], ["Y"]])


WRITES: list[Callable[[], Any]] = [
    write_create,
    write_bulk,
    write_save,
    write_many,
    lambda: Body.objects.update(name="Y"),
    lambda: Body.objects.bulk_update([*Body.objects.all()], ["name"]),
    lambda: Body.objects.all().delete(),
    lambda: Body.objects.all()[0].delete(),
    lambda: Body.objects.update_or_create(name="Z", defaults={"kind": "committee"}),
    lambda: Entry.objects.create(actor_kind="job", code="body.touch"),
    write_raw("UPDATE organisations_body SET name = 'Y'"),
    lambda: connection.cursor().execute(SQL("DELETE FROM {}").format(Identifier("organisations_body"))),
    lambda: connection.cursor().execute(b"DELETE FROM organisations_body"),  # type: ignore[arg-type]
    write_raw('update "organisations_body" set name = $$Y$$'),
    write_raw("/* who */ UPDATE organisations_body SET name = 'Y'"),
    write_raw("-- who\n UPDATE ONLY organisations_body SET name = 'Y'"),
    write_raw("DELETE FROM ONLY public.organisations_body"),
    write_raw('INSERT INTO "public"."organisations_body" SELECT * FROM organisations_body'),
    write_raw("WITH x AS (DELETE FROM organisations_body RETURNING id) SELECT count(*) FROM x"),
    write_raw("SELECT 1; DELETE FROM organisations_body"),
    write_raw("MERGE INTO organisations_body b USING (SELECT 1) x ON true WHEN MATCHED THEN DELETE"),
    write_raw("TRUNCATE organisations_body"),
    write_raw(f"/* {'x' * 3_000} */ DELETE FROM organisations_body"),
]


@pytest.mark.parametrize("write", WRITES)
def test_the_guard_refuses_every_write_outside_an_act(granvik: Organisation, write: Callable[[], Any]) -> None:
    a_body(granvik)
    with pytest.raises(WriteOutsideAct), within(granvik.pk):
        write()
    assert names(granvik) == {"Kommunstyrelsen"}


def test_reading_passes_the_guard(granvik: Organisation) -> None:
    a_body(granvik, "Delete from organisations_body")
    with within(granvik.pk):
        assert Body.objects.filter(name="Delete from organisations_body").count() == 1
        assert Body.objects.select_for_update().count() == 1
        assert len(Body.objects.raw("SELECT *, 'UPDATE organisations_body SET' AS said FROM organisations_body")) == 1


def test_a_global_row_may_be_written_outside_acts() -> None:
    an_organisation("lindhult")


def test_an_act_without_an_organisation_cannot_write() -> None:
    with pytest.raises(NoOrganisation):
        Body.objects.all()

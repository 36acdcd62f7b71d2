"""Two organisations with a row of every kind: nothing of the one is read, changed, taken or pointed at by the other."""

import os
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from tests.closed import APPEND_ONLY
from tests.people import setting_up
from tests.world import Town, a_town
from varn.audit.jobs import chain_entries, close_day
from varn.organisations.models import CapabilityLink, OfficeHours, Organisation, RegisterKey
from varn.tenancy.models import Owned, owned_tables
from varn.tenancy.within import NoOrganisation, holding, within

pytestmark = pytest.mark.django_db

OWNED = sorted(owned_tables())
MODELS = [model for model in apps.get_models() if issubclass(model, Owned)]
KEYS = [
    (model._meta.db_table, field.column, field.related_model._meta.db_table)
    for model in MODELS
    for field in model._meta.local_fields
    if isinstance(field.related_model, type) and issubclass(field.related_model, Owned)
]


def filled(slug: str) -> Town:
    """What tests/world.py makes, and the few kinds that have no page: a new table needs a line in either."""
    town = a_town(slug)
    with setting_up(town.organisation):
        RegisterKey.objects.create(person=town.rows["person"], source="Troman", key="1")
        OfficeHours.objects.create()
        CapabilityLink.objects.create(kind="invitation", target_id=uuid4(), token_hash=uuid4().hex, expires_at=timezone.now())
    chain_entries(town.organisation.pk)
    close_day(town.organisation.pk, town.rows["today"], tell=lambda head: None)
    return town


@pytest.fixture
def towns(db: None) -> tuple[Town, Town]:
    return filled("granvik"), filled("tallhult")


def ask(sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else [(cursor.rowcount,)]


def owner_of_rows(table: str) -> set[UUID]:
    return {pk for (pk,) in ask(f"SELECT DISTINCT organisation_id FROM {table}")}


def test_without_an_organisation_the_application_sees_no_row_of_any_table(towns: tuple[Town, Town]) -> None:
    for table in OWNED:
        for town in towns:
            with within(town.organisation.pk):
                assert owner_of_rows(table) == {town.organisation.pk}, f"{table}: fill it in tests/world.py"
        assert ask(f"SELECT count(*) FROM {table}") == [(0,)], table
        assert ask(f"SELECT count(*) FROM {table} WHERE organisation_id = %s", [towns[0].organisation.pk]) == [(0,)], table


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_an_owned_query_outside_the_door_raises(model: type[models.Model]) -> None:
    with pytest.raises(NoOrganisation):
        model.objects.count()  # type: ignore[attr-defined]
    with pytest.raises(NoOrganisation):
        model.objects.filter(pk=uuid4()).first()  # type: ignore[attr-defined]


def test_nothing_of_another_organisation_can_be_changed_or_removed(towns: tuple[Town, Town]) -> None:
    here, there = towns
    for table in sorted(set(OWNED) - APPEND_ONLY):
        with setting_up(here.organisation):
            assert ask(f"UPDATE {table} SET id = id WHERE organisation_id = %s", [there.organisation.pk]) == [(0,)], table
            assert ask(f"DELETE FROM {table} WHERE organisation_id = %s", [there.organisation.pk]) == [(0,)], table


@pytest.mark.parametrize("table", OWNED)
def test_a_row_cannot_be_put_into_another_organisation(table: str, towns: tuple[Town, Town]) -> None:
    here, there = (town.organisation.pk for town in towns)
    columns = ["id", "organisation_id"]
    columns += [name for (name,) in ask(_OTHER_COLUMNS, [table])]
    into = (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT gen_random_uuid(), %s, {', '.join(columns[2:])} FROM {table} LIMIT 1"
    )
    for statement in (into, f"UPDATE {table} SET organisation_id = %s"):
        with setting_up(towns[0].organisation), refused(psycopg.errors.InsufficientPrivilege), transaction.atomic():
            ask(statement, [there])
    assert here != there


_OTHER_COLUMNS = """
SELECT quote_ident(attname) FROM pg_attribute
 WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
   AND attname NOT IN ('id', 'organisation_id')
"""


@pytest.mark.parametrize(("table", "column", "target"), KEYS)
def test_a_row_cannot_point_at_another_organisations(table: str, column: str, target: str, towns: tuple[Town, Town]) -> None:
    here, there = towns
    with within(there.organisation.pk):
        theirs = ask(f"SELECT id FROM {target} LIMIT 1")[0][0]
    with setting_up(here.organisation), refused(psycopg.errors.ForeignKeyViolation), transaction.atomic():
        one = f"SELECT id FROM {table} ORDER BY {column} IS NULL LIMIT 1"  # one that points somewhere, if any does
        ask(f"UPDATE {table} SET {column} = %s WHERE id = ({one})", [theirs])
        ask("SET CONSTRAINTS ALL IMMEDIATE")


class refused:  # noqa: N801  # reads as a sentence
    """The database says no, for this reason."""

    def __init__(self, why: type[Exception]) -> None:
        self.why = why

    def __enter__(self) -> None:
        self.raises = pytest.raises((DatabaseError, IntegrityError))
        self.error = self.raises.__enter__()

    def __exit__(self, *exit: Any) -> bool:
        done = bool(self.raises.__exit__(*exit))
        assert isinstance(self.error.value.__cause__, self.why)
        return done


# ---- the door leaves nothing open behind it


def setting(name: str) -> str | None:
    return str(ask("SELECT coalesce(current_setting(%s, true), '')", [f"varn.{name}"])[0][0])


def test_after_the_door_nothing_is_set(towns: tuple[Town, Town]) -> None:
    here, there = (town.organisation.pk for town in towns)
    with within(here):
        with within(there):
            assert setting("organisation") == str(there)
        assert setting("organisation") == str(here)
        with pytest.raises(ValueError, match="x"), within(there):
            raise ValueError("x")
        assert setting("organisation") == str(here)
    assert setting("organisation") == ""


@pytest.mark.django_db(transaction=True)
def test_the_next_one_to_get_the_connection_finds_nothing_set() -> None:
    organisation = Organisation.objects.create(slug="granvik", name="Granviks kommun", kind="municipality")
    with within(organisation.pk), holding("account", str(uuid4())):
        pass
    for name in ("organisation", "account", "invitee", "link"):
        assert setting(name) == ""
    with pytest.raises(ValueError, match="x"), within(organisation.pk):
        raise ValueError("x")
    assert setting("organisation") == ""


@pytest.mark.parametrize("value", ["", "x", "'; DROP TABLE audit_entry; --", "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_fits_nothing_opens_nothing(value: str, towns: tuple[Town, Town]) -> None:
    for kind in ("invitee", "link"):
        with holding(kind, value):
            for table in ("organisations_invitation", "organisations_capabilitylink", "organisations_body"):
                assert ask(f"SELECT count(*) FROM {table}") == [(0,)]


def test_ones_own_account_opens_ones_own_rows_alone(towns: tuple[Town, Town]) -> None:
    person = next(iter(towns[0].people.values()))
    with holding("account", str(person.account_id)):
        assert ask("SELECT id FROM organisations_person") == [(person.pk,)]
        for table in sorted(set(OWNED) - {"organisations_person"}):
            assert ask(f"SELECT count(*) FROM {table}") == [(0,)], table


# ---- the public role


@pytest.fixture
def public() -> Iterator[psycopg.Connection[Any]]:
    name = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["VARN_PUBLIC_DATABASE_URL"], dbname=name) as session:
        yield session
        session.rollback()


READ_BY_PUBLIC = (
    "organisations_capabilitylink",
    "organisations_contactway",
    "organisations_invitation",
    "organisations_officehours",
    "riskguide_assessment",
    "riskguide_seat",
)
NOTE = (
    "INSERT INTO audit_entry (id, organisation_id, at, actor_kind, actor_id, code, target_kind, detail)"
    " VALUES (gen_random_uuid(), %s, now(), 'guest', %s, 'invitation.accept', '', '{}')"
)


@pytest.mark.django_db(transaction=True)
def test_the_public_role_reads_what_is_published_here_and_what_its_link_opens(public: psycopg.Connection[Any]) -> None:
    here, there = filled("granvik"), filled("tallhult")

    def seen(table: str) -> set[UUID]:
        return {pk for (pk,) in public.execute(f"SELECT organisation_id FROM {table}".encode()).fetchall()}

    assert [table for table in READ_BY_PUBLIC if seen(table)] == []
    public.execute("SELECT set_config('varn.organisation', %s, true)", [str(here.organisation.pk)])
    assert [table for table in READ_BY_PUBLIC if seen(table)] == ["organisations_contactway", "organisations_officehours"]
    assert seen("organisations_contactway") == {here.organisation.pk}
    with within(there.organisation.pk):
        token = CapabilityLink.objects.values_list("token_hash", flat=True)[0]
    public.execute("SELECT set_config('varn.link', %s, true)", [token])
    assert seen("organisations_capabilitylink") == {there.organisation.pk}


@pytest.mark.django_db(transaction=True)
def test_the_public_role_notes_in_the_trail_only_for_the_link_it_holds(public: psycopg.Connection[Any]) -> None:
    here, there = (filled(slug).organisation.pk for slug in ("granvik", "tallhult"))
    with within(here):
        link, token = CapabilityLink.objects.values_list("pk", "token_hash")[0]
    public.execute("SELECT set_config('varn.organisation', %s, true)", [str(here)])
    for nobodys in (link, uuid4()):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), public.transaction():
            public.execute(NOTE, [here, nobodys])
    public.execute("SELECT set_config('varn.link', %s, true)", [token])
    public.execute(NOTE, [here, link])
    for organisation, actor in ((here, uuid4()), (there, link)):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), public.transaction():
            public.execute(NOTE, [organisation, actor])
    with pytest.raises(psycopg.errors.InsufficientPrivilege), public.transaction():
        public.execute("SELECT count(*) FROM audit_entry")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", sorted(owned_tables() - set(READ_BY_PUBLIC)))
def test_the_public_role_reads_nothing_else(table: str, public: psycopg.Connection[Any]) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        public.execute(f"SELECT count(*) FROM {table}".encode())

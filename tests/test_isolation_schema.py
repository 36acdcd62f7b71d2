"""Organisations are kept apart by PostgreSQL itself: read from its catalogue, so that a table cannot be forgotten."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection

from tests.closed import APPEND_ONLY, GLOBAL, PUBLIC_GRANTS, faults, grants, owned_in_database, rows
from varn.tenancy.models import Owned, owned_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Iterator[psycopg.Cursor[Any]]:
    """The owner, in a transaction that is rolled back."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["VARN_OWNER_URL"], dbname=name) as session:
        yield session.cursor()
        session.rollback()


def test_every_table_is_closed_or_global_for_a_reason() -> None:
    with connection.cursor() as cursor:
        assert faults(cursor) == []


def test_every_global_table_that_is_listed_exists() -> None:
    with connection.cursor() as cursor:
        there = {name for (name,) in rows(cursor, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")}
    assert sorted(set(GLOBAL) - there) == []


def test_models_and_tables_agree_on_who_is_owned() -> None:
    with connection.cursor() as cursor:
        assert owned_in_database(cursor) == owned_tables()


def test_every_key_between_owned_rows_has_its_composite_constraint() -> None:
    query = """
        SELECT conrelid::regclass::text, attname::text FROM pg_constraint
        JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[2] WHERE contype = 'f' AND array_length(conkey, 1) = 2
    """
    with connection.cursor() as cursor:
        tied = set(rows(cursor, query))
    wanted = {
        (model._meta.db_table, field.column)
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, Owned)
        for field in model._meta.local_fields
        if isinstance(field.related_model, type) and issubclass(field.related_model, Owned)
    }
    assert wanted
    assert wanted - tied == set()


CLOSED = """
CREATE TABLE riskguide_new (id uuid PRIMARY KEY, organisation_id uuid NOT NULL REFERENCES organisations_organisation,
                            person_id uuid NOT NULL, name text NOT NULL, UNIQUE (organisation_id, name),
                            FOREIGN KEY (organisation_id, person_id) REFERENCES organisations_person (organisation_id, id));
ALTER TABLE riskguide_new ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON riskguide_new TO varn_app
  USING (organisation_id = (SELECT NULLIF(current_setting('varn.organisation', true), '')::uuid))
  WITH CHECK (organisation_id = (SELECT NULLIF(current_setting('varn.organisation', true), '')::uuid));
"""
TENANT = CLOSED[CLOSED.index("CREATE POLICY") :]


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("CREATE TABLE riskguide_new (id uuid)", "riskguide_new: neither owned nor"),
        ("CREATE VIEW riskguide_new AS SELECT 1", "riskguide_new: neither owned nor"),
        ("CREATE MATERIALIZED VIEW riskguide_new AS SELECT organisation_id FROM audit_entry", "riskguide_new: row-level"),
        ("CREATE VIEW riskguide_new AS SELECT * FROM organisations_person", "riskguide_new: row-level security is not forced"),
        (CLOSED.replace("FORCE", "NO FORCE"), "riskguide_new: row-level security is not forced"),
        (CLOSED.replace("ENABLE ROW LEVEL SECURITY, ", ""), "riskguide_new: row-level security is not forced"),
        (CLOSED.replace(TENANT, ""), "riskguide_new: no policy «tenant»"),
        (CLOSED.replace("TO varn_app", ""), "riskguide_new: the policy «tenant»"),
        (CLOSED.replace("TO varn_app", "TO varn_app, varn_public"), "riskguide_new: the policy «tenant»"),
        (CLOSED.replace("USING (organisation_id", "USING (id"), "riskguide_new: the policy «tenant»"),
        (CLOSED + "CREATE POLICY more ON riskguide_new USING (true)", "riskguide_new: an unknown policy «more»"),
        (CLOSED.replace(" REFERENCES organisations_organisation,", ","), "riskguide_new: no key to the organisation itself"),
        (CLOSED + "ALTER TABLE riskguide_new ADD matter_id uuid REFERENCES organisations_matter", "lacks the organisation"),
        (CLOSED + "CREATE UNIQUE INDEX ON riskguide_new (name)", "does not start with the organisation"),
        (CLOSED + "CREATE UNIQUE INDEX ON riskguide_new (lower(name), organisation_id)", "does not start with the organisation"),
        (
            CLOSED.replace("organisation_id uuid NOT NULL", "organisation_id uuid"),
            "riskguide_new.organisation_id: not a required",
        ),
        ("ALTER TABLE accounts_session ADD person_id uuid REFERENCES organisations_person", "a global row points at"),
        ("ALTER TABLE organisations_body DISABLE ROW LEVEL SECURITY", "organisations_body: row-level security is not forced"),
    ],
)
def test_a_new_table_that_is_not_closed_is_a_fault(owner: psycopg.Cursor[Any], sql: str, fault: str) -> None:
    owner.execute(sql.encode())
    assert [line for line in faults(owner) if fault in line]


def test_a_new_table_that_is_closed_is_no_fault(owner: psycopg.Cursor[Any]) -> None:
    owner.execute(CLOSED.encode())
    assert faults(owner) == []


# ---- roles and grants


@pytest.mark.parametrize("role", ["varn_app", "varn_public"])
def test_the_processes_roles_are_weak(role: str) -> None:
    with connection.cursor() as cursor:
        attributes = "rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
        assert rows(cursor, f"SELECT {attributes} FROM pg_roles WHERE rolname = '{role}'") == [(False,) * 5]
        assert rows(cursor, f"SELECT roleid::regrole FROM pg_auth_members WHERE member = '{role}'::regrole") == []
        owns = f"SELECT relname FROM pg_class WHERE relowner = '{role}'::regrole"
        assert rows(cursor, owns + f" UNION SELECT proname FROM pg_proc WHERE proowner = '{role}'::regrole") == []
        assert rows(cursor, f"SELECT has_schema_privilege('{role}', 'public', 'CREATE')") == [(False,)]


def test_the_owner_sees_every_row() -> None:
    """Else a migration of data, or a backup, would miss them."""
    with connection.cursor() as cursor:
        assert rows(cursor, "SELECT rolbypassrls, rolsuper FROM pg_roles WHERE rolname = 'varn_owner'") == [(True, False)]
        owners = "SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        assert rows(cursor, owners) == [("varn_owner",)]


def test_the_public_role_may_do_exactly_this() -> None:
    with connection.cursor() as cursor:
        assert grants(cursor, "varn_public") == PUBLIC_GRANTS
        assert grants(cursor, "PUBLIC") == set()
        sequences = "SELECT oid FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
        usable = (
            f"WITH s AS MATERIALIZED ({sequences}) SELECT oid FROM s WHERE has_sequence_privilege('varn_public', oid, 'USAGE')"
        )
        assert rows(cursor, usable) == []


def test_the_application_reads_and_writes_rows_and_nothing_else() -> None:
    with connection.cursor() as cursor:
        found = grants(cursor, "varn_app")
    for table in owned_tables():
        mine = {privilege for name, column, privilege in found if name == table and not column}
        assert mine == ({"SELECT", "INSERT"} if table in APPEND_ONLY else {"SELECT", "INSERT", "UPDATE", "DELETE"}), table
    assert {privilege for _, _, privilege in found} == {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_no_function_lends_the_owners_rights() -> None:
    """SECURITY DEFINER would see every row."""
    query = "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    with connection.cursor() as cursor:
        assert rows(cursor, query) == []


@pytest.mark.parametrize(
    "table", ["accounts_account", "accounts_session", "mfa_authenticator", "account_emailaddress", "audit_entry"]
)
def test_the_public_role_cannot_read_accounts_or_trail(table: str) -> None:
    with connection.cursor() as cursor:
        assert rows(cursor, f"SELECT has_any_column_privilege('varn_public', '{table}', 'SELECT')") == [(False,)]

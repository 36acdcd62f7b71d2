"""The three database roles and their database.

`varn_owner` owns every table, migrates and backs up (it bypasses row-level security, or data migrations and
pg_dump would miss rows); `varn_app` and `varn_public` own nothing and are what processes log in as.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

from varn.run.language import _
from varn.run.role_names import APP, OWNER, PUBLIC
from varn.run.stop import Stop

ATTRIBUTES = ("rolcanlogin", "rolsuper", "rolcreatedb", "rolcreaterole", "rolreplication", "rolbypassrls")
WORDS = {
    "rolcanlogin": "LOGIN",
    "rolsuper": "SUPERUSER",
    "rolcreatedb": "CREATEDB",
    "rolcreaterole": "CREATEROLE",
    "rolreplication": "REPLICATION",
    "rolbypassrls": "BYPASSRLS",
}
WANTED: dict[str, set[str]] = {
    OWNER: {"rolcanlogin", "rolcreatedb", "rolbypassrls"},
    APP: {"rolcanlogin"},
    PUBLIC: {"rolcanlogin"},
}

Connection = psycopg.Connection[Any]


def ensure_roles(admin_url: str, passwords: Mapping[str, str], database: str = "varn") -> None:
    """Make or mend the three roles (`passwords` by role name) and the database, owned by `varn_owner`.

    Running it again changes nothing but the passwords. Raises Stop where the administrator may not do it.
    """
    try:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            for role, wanted in WANTED.items():
                _ensure_role(admin, role, wanted, passwords[role])
            _ensure_database(admin, database)
        with psycopg.connect(admin_url, dbname=database, autocommit=True) as inside:
            grant(inside)
    except psycopg.errors.InsufficientPrivilege as error:
        reason = error.diag.message_primary
        raise Stop(_("Databasens administratör får inte skapa roller och databas: {reason}").format(reason=reason)) from None


def _ensure_role(admin: Connection, role: str, wanted: set[str], password: str) -> None:
    name = sql.Identifier(role)
    columns = sql.SQL(", ").join(map(sql.Identifier, ATTRIBUTES))
    row = admin.execute(sql.SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(columns), [role]).fetchone()
    if row is None:
        admin.execute(sql.SQL("CREATE ROLE {}").format(name))
    has = {attribute for attribute, value in zip(ATTRIBUTES, row or [False] * len(ATTRIBUTES), strict=True) if value}
    # Only what differs: a managed PostgreSQL refuses NOSUPERUSER from anyone who is no superuser.
    words = [WORDS[it] for it in ATTRIBUTES if it in wanted - has] + ["NO" + WORDS[it] for it in ATTRIBUTES if it in has - wanted]
    # Hashed here, so that no password reaches the server's log.
    hashed = admin.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    admin.execute(sql.SQL("ALTER ROLE {} {} PASSWORD {}").format(name, sql.SQL(" ".join(words)), sql.Literal(hashed)))


def _ensure_database(admin: Connection, database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(OWNER)
    if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = current_user AND rolsuper").fetchone():
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
    if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        locale = sql.SQL(_locale(admin.info.server_version))
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(name, owner, locale))
    admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, owner))
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))  # TEMP as well
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(name, sql.Identifier(APP), sql.Identifier(PUBLIC)))


def _locale(server_version: int) -> str:
    """Unicode rules that do not hang on the machine's locales, as far as the server has them."""
    if server_version >= 180000:
        return "LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'PG_UNICODE_FAST'"
    if server_version >= 170000:
        return "LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
    return "LOCALE 'C.UTF-8'"


def grant(inside: Connection) -> None:
    """What the roles may do in the database connected to: `varn_app` writes what `varn_owner` makes.

    What `varn_public` may read is said by the migrations, table by table.
    """
    owner, app, public = map(sql.Identifier, (OWNER, APP, PUBLIC))
    inside.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {}, {}").format(app, public))
    inside.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}, {}").format(app, public))
    mine = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} TO {}")
    inside.execute(mine.format(owner, sql.SQL("SELECT, INSERT, UPDATE, DELETE ON TABLES"), app))
    inside.execute(mine.format(owner, sql.SQL("USAGE, SELECT ON SEQUENCES"), app))


def ensure_test_roles(admin_url: str, passwords: Mapping[str, str]) -> None:
    """The same for a test server, and in `template1`, so that test databases are born with the same grants."""
    ensure_roles(admin_url, passwords)
    with psycopg.connect(admin_url, dbname="template1", autocommit=True) as template:
        grant(template)

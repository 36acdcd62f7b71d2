"""What `./varn doctor` sees in the database, logged in as a process's own role."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from varn.run.finding import Finding, Level
from varn.run.language import _

OLDEST = 150000
ROLE = "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
OWNED = "SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole AND relnamespace = 'public'::regnamespace"
UNFORCED = """
    SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organisation_id'
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)
    ORDER BY relname
"""
TALKATIVE = """
    SELECT name FROM pg_settings WHERE (name = 'log_statement' AND setting <> 'none')
    OR (name = 'log_min_error_statement' AND setting NOT IN ('fatal', 'panic', 'log'))
    OR (name = 'log_min_duration_statement' AND setting <> '-1') ORDER BY name
"""
ROOMS = Path(__file__).parents[1]
Row = tuple[Any, ...]


def check_database(role: str, url: str, *, is_demo: bool, n_connections: int = 0) -> Iterator[Finding]:
    """Findings about one process's database role and the database it sees. `n_connections`: of all processes at once."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            yield from _role(connection, role)
            if role != "public":
                yield from _database(connection, is_demo=is_demo)
                yield from _connections(connection, n_connections)
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        text = _("{role}: databasen svarar inte: {reason}").format(role=role, reason=reason)
        yield Finding(Level.MISSING, "database", text)


def _role(connection: psycopg.Connection[Any], role: str) -> Iterator[Finding]:
    name, *strong = one(connection, ROLE)
    if any(strong):
        text = _(
            "{role}: databasrollen {name} får mer än den ska (superuser, bypassrls, createdb "
            "eller createrole). Kör ./varn init igen."
        )
        yield Finding(Level.INSECURE, "strong_role", text.format(role=role, name=name))
    if one(connection, OWNED)[0]:
        text = _("{role}: databasrollen {name} äger tabeller och kan stänga av skyddet mellan organisationer.")
        yield Finding(Level.INSECURE, "owning_role", text.format(role=role, name=name))
    if role == "public" and name != "varn_public":
        text = _("public: loggar in i databasen som {name} och når mer än det som är offentligt. Använd varn_public.")
        yield Finding(Level.INSECURE, "public_role", text.format(name=name))


def _database(connection: psycopg.Connection[Any], *, is_demo: bool) -> Iterator[Finding]:
    if connection.info.server_version < OLDEST:
        yield Finding(Level.MISSING, "old_server", _("PostgreSQL är äldre än 15. Uppgradera."))
    if one(connection, "SELECT lower('ÅÄÖ')")[0] != "åäö":
        text = _(
            "Databasen kan inte svenska bokstäver (lower('ÅÄÖ') är inte åäö). "
            "Gör en ny med ./varn init och flytta dit med backup och restore."
        )
        yield Finding(Level.MISSING, "locale", text)
    open_tables = [row[0] for row in connection.execute(UNFORCED).fetchall()]
    if open_tables:
        text = _("Tabeller saknar skyddet mellan organisationer: {tables}. Kör ./varn migrate.")
        yield Finding(Level.INSECURE, "row_security", text.format(tables=", ".join(open_tables)))
    talkative = [row[0] for row in connection.execute(TALKATIVE).fetchall()]
    if talkative and not is_demo:
        text = _(
            "Databasens logg kan innehålla det som människor har skrivit. Ändra {names} i postgresql.conf (none, panic, -1)."
        )
        yield Finding(Level.INSECURE, "database_log", text.format(names=", ".join(talkative)))
    yield from _migrations(connection)


def _connections(connection: psycopg.Connection[Any], wanted: int) -> Iterator[Finding]:
    most = int(one(connection, "SHOW max_connections")[0])
    if most < wanted:
        text = _(
            "Databasen tar emot {most} anslutningar och processerna kan behöva {wanted}. "
            "Höj max_connections, annars svarar sidor 503 när många är inne samtidigt."
        )
        yield Finding(Level.MISSING, "connections", text.format(most=most, wanted=wanted))


def _migrations(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    ours = {(file.parts[-3], file.stem) for file in ROOMS.glob("*/migrations/[0-9]*.py")}
    try:
        done = {(app, name) for app, name in connection.execute("SELECT app, name FROM django_migrations").fetchall()}
    except psycopg.errors.UndefinedTable:
        done = set()
    except psycopg.errors.InsufficientPrivilege:
        return
    if ours - done:
        text = _("Databasen hör till en äldre version ({count} steg saknas). Kör ./varn migrate.").format(count=len(ours - done))
        yield Finding(Level.MISSING, "migrations", text)


def one(connection: psycopg.Connection[Any], query: str) -> Row:
    """The query's only row."""
    row = connection.execute(query.encode()).fetchone()
    if row is None:
        raise LookupError(query)
    return tuple(row)

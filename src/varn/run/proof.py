"""What proves that two databases hold the same: rows and a hash per table, computed from the rows in a fixed order."""

import hashlib
from typing import Any

import psycopg
from psycopg import sql

TABLES = """
    SELECT relname, relkind FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
    ORDER BY relname COLLATE "C"
"""
FIXED = (  # how values are written must not hang on the server's settings
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO'",
    "SET LOCAL intervalstyle = 'iso_8601'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
)

Proof = dict[str, dict[str, Any]]


def proof(connection: psycopg.Connection[Any]) -> Proof:
    """By table or sequence: `rows` and `sha256`. Inside the connection's transaction; memory does not grow with the rows."""
    for setting in FIXED:
        connection.execute(setting)
    found = connection.execute(TABLES).fetchall()
    return {name: _of_sequence(connection, name) if kind == "S" else _of_table(connection, name) for name, kind in found}


def _of_table(connection: psycopg.Connection[Any], table: str) -> dict[str, Any]:
    query = sql.SQL('COPY (SELECT it::text FROM public.{} it ORDER BY it::text COLLATE "C") TO STDOUT')
    digest, rows = hashlib.sha256(), 0
    with connection.cursor() as cursor, cursor.copy(query.format(sql.Identifier(table))) as copy:
        for block in copy:
            digest.update(block)
            rows += bytes(block).count(b"\n")
    return {"rows": rows, "sha256": digest.hexdigest()}


def _of_sequence(connection: psycopg.Connection[Any], name: str) -> dict[str, Any]:
    row = connection.execute(sql.SQL("SELECT last_value, is_called FROM public.{}").format(sql.Identifier(name))).fetchone()
    return {"rows": 1, "sha256": hashlib.sha256(repr(row).encode()).hexdigest()}


def differences(one: Proof, other: Proof) -> list[str]:
    """Tables that are missing in one of them or differ."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))

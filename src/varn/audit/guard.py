"""Refuses a write to an owned table unless an audited act of the same organisation is under way, in every connection.

It stands against a forgotten `@action`, not against somebody who means to get past it: a `COPY` or a function in the
database would.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from varn.audit.act import acting_for
from varn.tenancy.models import owned_tables
from varn.tenancy.within import is_within

_ASIDE = re.compile(r"'(?:[^']|'')*'|/\*.*?\*/|--[^\n]*", re.DOTALL)  # texts and comments
_WRITE = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?(?:\"?\w+\"?\s*\.\s*)?\"?(\w+)",
    re.IGNORECASE,
)


_KEPT_CHARACTERS = 2_000  # longer texts are seldom sent twice, and a thousand of them would fill the memory


class WriteOutsideAct(RuntimeError):
    """A fault in our code: wrap the write in a function of an `actions` module."""


def watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


def guard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if _is_in_act() or context["connection"].settings_dict["USER"] == "varn_owner":  # migrations, restore
        return execute(sql, params, many, context)
    text = _text(sql)
    written = _written(text) if len(text) < _KEPT_CHARACTERS else _written.__wrapped__(text)
    if owned := written & _owned():
        raise WriteOutsideAct(", ".join(sorted(owned)))
    return execute(sql, params, many, context)


def _is_in_act() -> bool:
    """An act for one organisation writes nothing in another: its entry would be missing there."""
    organisation = acting_for()
    return organisation is not None and is_within(organisation)


def _text(sql: Any) -> str:
    if isinstance(sql, bytes):
        return sql.decode()
    return sql if isinstance(sql, str) else str(sql.as_string())  # psycopg's composed statements


@lru_cache(maxsize=1_000)
def _written(sql: str) -> frozenset[str]:
    """The tables that a statement, or any of several, writes to; a name too many is no harm."""
    return frozenset(table.lower() for table in _WRITE.findall(_ASIDE.sub(" ", sql)))


@cache
def _owned() -> frozenset[str]:
    return owned_tables()

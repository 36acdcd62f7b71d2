"""Refuses a write to an owned table while no audited act is under way, in every connection."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from varn.audit.act import is_open
from varn.tenancy.models import owned_tables

_WRITE = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE)


class WriteOutsideAct(RuntimeError):
    """A fault in our code: wrap the write in a function of an `actions` module."""


def watch(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if guard not in connection.execute_wrappers and connection.settings_dict["USER"] != "varn_owner":
        connection.execute_wrappers.append(guard)


def guard(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not is_open():
        write = _WRITE.match(sql) if isinstance(sql, str) else None
        if write and write[1] in _owned():
            raise WriteOutsideAct(write[1])
    return execute(sql, params, many, context)


@cache
def _owned() -> frozenset[str]:
    return owned_tables()

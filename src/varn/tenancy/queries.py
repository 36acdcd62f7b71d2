"""Rows by hand-written SQL, for the few questions that every page or keystroke asks: the ORM takes some five times as long."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from varn.tenancy.models import Owned
from varn.tenancy.within import NoOrganisation, may_query

M = TypeVar("M", bound=models.Model)


def columns_of(model: type[models.Model], table: str = "") -> str:
    """What to select for `rows_of`: every column that the model knows, in its order; `table` is the name or alias to say first.

    Named one by one, not `*`, as the ORM does: a newer version's column must not reach an older process."""
    before = f"{table}." if table else ""
    return ", ".join(f'{before}"{field.column}"' for field in model._meta.concrete_fields)


def rows_of(model: type[M], sql: str, params: Sequence[Any] | Mapping[str, Any]) -> list[M]:
    """`sql` gives the model's columns (`columns_of`). Raises NoOrganisation for owned rows outside `within()`."""
    if issubclass(model, Owned) and not may_query():
        raise NoOrganisation(model.__name__)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [made_of(model, row) for row in cursor.fetchall()]


def row_of(model: type[M], sql: str, params: Sequence[Any] | Mapping[str, Any]) -> M | None:
    """As `rows_of`, for at most one row."""
    return next(iter(rows_of(model, sql, params)), None)


def made_of(model: type[M], row: Sequence[Any]) -> M:
    """The model's instance of a row with its columns (`columns_of`)."""
    names, converters = _fields_of(model)
    values = list(row)
    for at, convert in converters:
        values[at] = convert(values[at], None, connection)
    return model.from_db(connection.alias, names, values)


@cache
def _fields_of(model: type[models.Model]) -> tuple[list[str], list[tuple[int, Callable[..., Any]]]]:
    fields = model._meta.concrete_fields
    converters = [(at, convert) for at, field in enumerate(fields) for convert in field.get_db_converters(connection)]
    return [field.attname for field in fields], converters

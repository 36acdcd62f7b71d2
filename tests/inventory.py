"""Every address, with what fills its path and what a POST to it carries. An address without a row fails a test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.world import Town


def nothing(town: Town) -> dict[str, Any]:
    return {}


def slug(town: Town) -> dict[str, Any]:
    return {"slug": town.slug}


@dataclass(frozen=True)
class Row:
    kwargs: Callable[[Town], dict[str, Any]] = nothing
    data: Callable[[Town], dict[str, Any]] = nothing


def of(**rows: str) -> Callable[[Town], dict[str, Any]]:
    """The organisation's slug, and the id of a row of the town by its name there: `of(pk="person")`."""
    return lambda town: {"slug": town.slug, **{name: town.rows[row].pk for name, row in rows.items()}}


INVENTORY: dict[str, Row] = {
    "alive": Row(),
    "ready": Row(),
    "robots": Row(),
    "hub": Row(),
    "leave": Row(),
    "about": Row(),
    "accessibility": Row(),
}

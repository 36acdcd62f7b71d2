"""Duty roles: who a checklist, a measure or a governing document says shall act.

One list with the ids of the governance catalogue; `aliases` are the ids of the other catalogues.
Access roles (what an account may do) are another list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from varn.catalogues.schema import build, read
from varn.catalogues.text import Text


class Side(StrEnum):
    """Where a role belongs."""

    ELECTED = "elected"
    ADMINISTRATION = "administration"
    EXTERNAL = "external"


@dataclass(frozen=True, slots=True)
class RolesMeta:
    """Head of the edition."""

    id: str
    version: str
    as_of: date
    status: str
    note: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A duty role. `named`: somebody can be pointed out; without it no duty can rest on the role."""

    id: str
    name: Text
    side: Side
    named: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roles:
    """An edition of the list, in its order."""

    meta: RolesMeta
    role: tuple[Role, ...]


@cache
def catalogue(edition: str = "1.0.0") -> Roles:
    """The whole edition. Raises UnknownEdition."""
    return build(Roles, read("roles", edition), "roles")


@cache
def roles(edition: str = "1.0.0") -> Mapping[str, Role]:
    """By id, in the order of the catalogue; aliases are not among the keys."""
    return MappingProxyType({role.id: role for role in catalogue(edition).role})


@cache
def role(code: str, edition: str = "1.0.0") -> Role:
    """The role with that id or alias. Raises KeyError."""
    for candidate in catalogue(edition).role:
        if code == candidate.id or code in candidate.aliases:
            return candidate
    raise KeyError(code)

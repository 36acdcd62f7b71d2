"""Which people a duty role means today, where the organisation's own facts say so. Pure.

A duty role (catalogues/roles) is who shall act; an access role is what an account may do. Some of the first follow from
the second: whoever handles reports is the security function. The others nobody has written down yet.
"""

from collections.abc import Iterable, Mapping

from varn.catalogues.roles import roles
from varn.catalogues.text import Text
from varn.organisations.rights import DERIVED, Role

HELD_BY: Mapping[str, Role] = {
    "security_function": Role.CASE_HANDLER,
    "secretariat": Role.CLERK,
    "municipal_director": Role.MANAGEMENT,
    "head_of_administration": Role.MANAGEMENT,
    "chair": Role.CHAIR,
    "group_leader": Role.GROUP_LEADER,
}
# Several hold these by election, so the role alone does not say who of them.
SHARED = frozenset(duty for duty, role in HELD_BY.items() if role in DERIVED)


def duties_of(held: Iterable[Role]) -> frozenset[str]:
    """The duty roles that somebody with these access roles has."""
    roles_held = frozenset(held)
    return frozenset(duty for duty, role in HELD_BY.items() if role in roles_held)


def duty_name(code: str) -> Text | None:
    """What a duty role is called; None for one that the catalogue no longer has."""
    found = roles().get(code)
    return found.name if found else None


def assignable() -> list[tuple[str, Text]]:
    """Duty roles that a measure may rest on, in the catalogue's order."""
    return [(role.id, role.name) for role in roles().values() if role.named]

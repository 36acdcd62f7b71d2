"""Rights, access roles and the actors that hold them. A role is a set of rights; there is no superuser."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from varn.organisations.terms import OrganisationKind


class Right(StrEnum):
    ACCESS_CONFIRM = "access:confirm"
    BODY_MANAGE = "body:manage"
    CONTACT_MANAGE = "contact:manage"
    MATTER_READ = "matter:read"
    MATTER_SORT = "matter:sort"
    MEASURE_FOLLOW = "measure:follow"
    MEASURE_PLAN = "measure:plan"
    MEASURE_READ = "measure:read"
    ORGANISATION_READ = "organisation:read"
    OWN_READ = "own:read"
    PERSON_IMPORT = "person:import"
    PERSON_MANAGE = "person:manage"
    PERSON_READ = "person:read"
    TOTALS_READ = "totals:read"
    TRAIL_EXPORT = "trail:export"
    TRAIL_READ = "trail:read"


class Role(StrEnum):
    """Access roles, the ids of docs/contract.md. Duty roles (who answers for what) are another list: roles.toml."""

    REPRESENTATIVE = "representative"
    GROUP_LEADER = "group_leader"
    PARTY_CONTACT = "party_contact"
    CHAIR = "chair"
    CLERK = "clerk"
    REGISTRAR = "registrar"
    CASE_HANDLER = "case_handler"
    MANAGEMENT = "management"
    EDITOR = "editor"
    AUDITOR = "auditor"
    ARCHIVIST = "archivist"
    ADMINISTRATOR = "administrator"
    ALTERNATE_HANDLER = "alternate_handler"
    NETWORK_MANAGER = "network_manager"
    ANALYST = "analyst"


# These follow from mandates and parties: entered once, ended with the mandate, never granted.
DERIVED = frozenset({Role.REPRESENTATIVE, Role.GROUP_LEADER, Role.PARTY_CONTACT, Role.CHAIR})
NATIONAL = frozenset({Role.NETWORK_MANAGER, Role.ANALYST})
_OF_ANY_OFFICE = frozenset({Role.ADMINISTRATOR, Role.ARCHIVIST, Role.AUDITOR, Role.EDITOR, Role.MANAGEMENT, Role.REGISTRAR})
# These open the accounts of others or cases: a second factor is obligatory.
STRONG = frozenset({Role.CASE_HANDLER, Role.ALTERNATE_HANDLER, Role.ADMINISTRATOR})
# These log in on the staff address.
STAFF = frozenset({Role.CASE_HANDLER, Role.ALTERNATE_HANDLER})

_EVERYONE = frozenset({Right.MEASURE_FOLLOW, Right.ORGANISATION_READ, Right.OWN_READ})
_SORTS = frozenset({Right.MATTER_READ, Right.MATTER_SORT})
_PLANS = frozenset({Right.MEASURE_PLAN, Right.MEASURE_READ})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.REPRESENTATIVE: _EVERYONE,
    Role.GROUP_LEADER: _EVERYONE | {Right.MATTER_READ},
    Role.PARTY_CONTACT: _EVERYONE,
    Role.CHAIR: _EVERYONE | {Right.MATTER_READ},
    Role.CLERK: _EVERYONE | _PLANS | _SORTS | {Right.PERSON_READ},
    Role.REGISTRAR: _EVERYONE | {Right.MATTER_READ, Right.PERSON_READ},
    Role.CASE_HANDLER: _EVERYONE | _PLANS | _SORTS | {Right.CONTACT_MANAGE, Right.PERSON_READ},
    Role.MANAGEMENT: _EVERYONE | {Right.ACCESS_CONFIRM, Right.MEASURE_READ, Right.TOTALS_READ},
    Role.EDITOR: _EVERYONE,
    Role.AUDITOR: _EVERYONE | {Right.TOTALS_READ, Right.TRAIL_EXPORT, Right.TRAIL_READ},
    Role.ARCHIVIST: _EVERYONE,
    Role.ADMINISTRATOR: _EVERYONE
    | {
        Right.ACCESS_CONFIRM,
        Right.BODY_MANAGE,
        Right.CONTACT_MANAGE,
        Right.PERSON_IMPORT,
        Right.PERSON_MANAGE,
        Right.PERSON_READ,
    },
    Role.ALTERNATE_HANDLER: _EVERYONE,
    Role.NETWORK_MANAGER: _EVERYONE,
    Role.ANALYST: _EVERYONE,
}

# Nobody hands these out alone: they read cases, manage people, or confirm what others hand out (else a lone
# administrator would make a manager of their own and let them confirm).
NEED_TWO = STAFF | frozenset(role for role in Role if RIGHTS[role] & {Right.ACCESS_CONFIRM, Right.PERSON_MANAGE})


def grantable(kind: OrganisationKind) -> list[Role]:
    """Access roles that an organisation of this kind may give. The national node never has cases."""
    is_national = kind is OrganisationKind.NATIONAL
    barred = DERIVED | (STAFF if is_national else NATIONAL)
    return [role for role in Role if role not in barred]


# Whoever once belonged here keeps what is their own.
FORMER = frozenset({Right.OWN_READ})


def roles_held_in(kind: OrganisationKind) -> frozenset[Role]:
    """The access roles that an organisation of this kind may hold. A company has no parties; the national node no cases."""
    if kind is OrganisationKind.NATIONAL:
        return NATIONAL | _OF_ANY_OFFICE
    local = frozenset(Role) - NATIONAL
    return local - {Role.GROUP_LEADER, Role.PARTY_CONTACT} if kind is OrganisationKind.COMPANY else local


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    return frozenset().union(*(RIGHTS[role] for role in roles), FORMER)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody logged in, in one organisation."""

    account_id: UUID
    person_id: UUID
    organisation_id: UUID
    roles: frozenset[Role]
    kind: str = "member"

    @property
    def actor_id(self) -> UUID:
        return self.person_id

    @property
    def rights(self) -> frozenset[Right]:
        return rights_of(self.roles)

    def may(self, right: str) -> bool:
        return right in self.rights


@dataclass(frozen=True, slots=True)
class Guest:
    """Whoever holds a capability link: may only what the link's own act does."""

    link_id: UUID
    organisation_id: UUID
    kind: str = "guest"

    @property
    def actor_id(self) -> UUID:
        return self.link_id

    def may(self, right: str) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Job:
    """A job, a command or set-up, acting for one organisation."""

    organisation_id: UUID
    kind: str = "job"
    actor_id: UUID | None = None

    def may(self, right: str) -> bool:
        return True

"""Who may confirm a strong access role that somebody else proposed. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from varn.organisations.rights import Role

DAYS = 7  # a proposal that nobody has confirmed by then is over


@dataclass(frozen=True, slots=True)
class Proposal:
    """A role that waits: for whom, and who proposed it."""

    person: UUID
    proposed_by: UUID
    proposed_on: date

    @property
    def last_day(self) -> date:
        return self.proposed_on + timedelta(days=DAYS)


class Hindrance(StrEnum):
    RECEIVER = "receiver"
    PROPOSER = "proposer"
    EXPIRED = "expired"
    ANOTHER_ADMINISTRATOR = "another_administrator"
    NO_RIGHT = "no_right"


def hindrance(
    proposal: Proposal, person: UUID, roles: Collection[Role], *, administrators: Collection[UUID], today: date
) -> Hindrance | None:
    """Why somebody in these roles may not confirm; None if they may. `administrators`: those who can log in today.

    Another administrator confirms; only where there is none, whoever leads the organisation.
    """
    if today > proposal.last_day:
        return Hindrance.EXPIRED
    if person == proposal.person:
        return Hindrance.RECEIVER
    if person == proposal.proposed_by:
        return Hindrance.PROPOSER
    if Role.ADMINISTRATOR in roles:
        return None
    if Role.MANAGEMENT not in roles:
        return Hindrance.NO_RIGHT
    return Hindrance.ANOTHER_ADMINISTRATOR if other_administrators(proposal, administrators) else None


def other_administrators(proposal: Proposal, administrators: Collection[UUID]) -> set[UUID]:
    """Those of them who may confirm."""
    return set(administrators) - {proposal.person, proposal.proposed_by}

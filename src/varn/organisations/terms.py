"""Terms of office by kind of body. Pure.

Sources: vallagen 1 kap. 3 § (ordinary elections every fourth year, the second Sunday of September);
kommunallagen (2017:725) 5 kap. 9 § (a council's term starts 15 October), 6 kap. and 4 kap. (boards: 1 January
after the election year).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_AN_ELECTION_YEAR = 2022
_YEARS = 4


class OrganisationKind(StrEnum):
    MUNICIPALITY = "municipality"
    REGION = "region"
    FEDERATION = "federation"
    COMPANY = "company"
    NATIONAL = "national"


class BodyKind(StrEnum):
    COUNCIL = "council"
    EXECUTIVE_BOARD = "executive_board"
    COMMITTEE = "committee"
    JOINT_COMMITTEE = "joint_committee"
    COMPANY_BOARD = "company_board"
    AUDITORS = "auditors"


class MandateRole(StrEnum):
    MEMBER = "member"
    DEPUTY = "deputy"
    CHAIR = "chair"
    FIRST_VICE_CHAIR = "first_vice_chair"
    SECOND_VICE_CHAIR = "second_vice_chair"
    AUDITOR = "auditor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Term:
    """Both days included."""

    starts_on: date
    ends_on: date


def term_on(kind: BodyKind, day: date) -> Term:
    """The ordinary term that `day` falls in; a body may have another, which is then entered by hand."""
    council = kind is BodyKind.COUNCIL
    year = day.year - (day.year - _AN_ELECTION_YEAR) % _YEARS
    start = _start(year, council=council)
    if day < start:
        start = _start(year - _YEARS, council=council)
    after = _start((start.year if council else start.year - 1) + _YEARS, council=council)
    return Term(start, after - timedelta(days=1))


def _start(election_year: int, *, council: bool) -> date:
    return date(election_year, 10, 15) if council else date(election_year + 1, 1, 1)

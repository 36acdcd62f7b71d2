"""Which page shows what a measure comes from. Pure: the rooms above are known by the name of their page alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from varn.measures.plans import OriginKind
from varn.organisations.rights import Right


@dataclass(frozen=True, slots=True)
class OriginPage:
    """`url_name` takes the organisation's slug and the row's id; only those with `right` are led there."""

    url_name: str
    right: Right


PAGES: Mapping[OriginKind, OriginPage] = {
    OriginKind.RISK_ASSESSMENT: OriginPage("riskguide:assessment", Right.MATTER_READ),
}

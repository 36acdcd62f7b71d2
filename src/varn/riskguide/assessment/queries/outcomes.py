"""Reads of what was foreseen and what happened: counts, and the matters where the two part."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from varn.audit.act import Actor
from varn.catalogues.riskguide_steps import Level
from varn.organisations.models import Matter
from varn.organisations.rights import Right
from varn.riskguide.assessment.forecasts import is_miss
from varn.riskguide.assessment.queries.matters import assessed_levels
from varn.riskguide.models import Closing, Screening
from varn.riskguide.outcome import result_of


@dataclass(frozen=True, slots=True)
class Ended:
    """A closed matter: `level` is the last word before it closed, None where it was never judged."""

    closing: Closing
    level: Level | None


def ended(actor: Actor) -> list[Ended]:
    """Every closed matter, the latest first; none without a right to matters or totals."""
    if not (actor.may(Right.MATTER_READ) or actor.may(Right.TOTALS_READ)):
        return []
    closings = list(Closing.objects.select_related("matter__body").order_by("-closed_on", "pk"))
    levels = _levels([closing.matter for closing in closings])
    return [Ended(closing, levels.get(closing.matter_id)) for closing in closings]


def _levels(matters: list[Matter]) -> Mapping[UUID, Level]:
    """The latest assessment's overall level, else what the latest sorting said."""
    found = dict(assessed_levels(matters))
    sorted_ones = (
        Screening.objects.filter(matter_id__in={matter.pk for matter in matters} - set(found))
        .exclude(own_judgement="", answers={})
        .order_by("matter_id", "-agenda__meets_on")
        .distinct("matter_id")
        .values_list("matter_id", "own_judgement", "answers", "edition")
    )
    for matter, judgement, answers, edition in sorted_ones:
        if result := result_of(judgement, answers, edition):
            found[matter] = result.level
    return found


def table_of(rows: list[Ended]) -> Mapping[tuple[str, str], int]:
    """(level, outcome) → how many matters; "" for a matter that was never judged."""
    return Counter((row.level.value if row.level else "", row.closing.outcome) for row in rows)


def misses_of(rows: list[Ended]) -> list[Ended]:
    return [row for row in rows if is_miss(row.level, row.closing.outcome)]

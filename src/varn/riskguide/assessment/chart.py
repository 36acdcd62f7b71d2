"""Conflict and complexity as a picture: where the zones and the points lie. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from varn.catalogues.riskguide import Guide
from varn.riskguide.assessment.levels import Figures

LEFT, TOP, SIDE_X, SIDE_Y = 44, 12, 256, 180  # of the plot inside a view of 320 × 240
STAGES = 9


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle of the plot; `tone` is the level that the two dimensions give together."""

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Point:
    """`is_last`: the latest assessment."""

    x: float
    y: float
    is_last: bool


@dataclass(frozen=True, slots=True)
class Chart:
    zones: tuple[Zone, ...]
    points: tuple[Point, ...]
    path: str  # the way from the first to the last, as SVG's points
    most: int  # of complexity


def chart(rows: Iterable[Figures], guide: Guide) -> Chart | None:
    """The assessments that have both dimensions, oldest first; None when none has."""
    step = guide.step3
    most = sum(len(statement.options) - 1 for statement in step.complexity)
    placed = [(row.complexity_sum, row.stage) for row in rows if row.complexity_sum is not None and row.stage is not None]
    if not placed:
        return None
    spots = [(_x(total, most), _y(stage)) for total, stage in placed]
    points = tuple(Point(x, y, at == len(spots) - 1) for at, (x, y) in enumerate(spots))
    columns = _bands(step.complexity_moderate_min, step.complexity_high_min, most)
    rows_ = _bands(step.conflict_moderate_min_stage, step.conflict_high_min_stage, STAGES)
    zones = tuple(
        Zone(x, _y(high), _x(right, most) - x, _y(low) - _y(high), _together(across, up, guide))
        for low, high, up in rows_
        for left, right, across in columns
        for x in [_x(left, most)]
    )
    return Chart(zones, points, " ".join(f"{x},{y}" for x, y in spots), most)


def _together(complexity: str, conflict: str, guide: Guide) -> str:
    """The conflict decides; a high complexity lifts a low one."""
    is_lifted = (complexity, conflict) == ("high", "low")
    return guide.result.complexity_high_lifts_low_to.value if is_lifted else conflict


def _bands(moderate: int, high: int, most: int) -> list[tuple[float, float, str]]:
    """Lower and upper edge and level; an edge lies half a step below the number that crosses it."""
    return [(0, moderate - 0.5, "low"), (moderate - 0.5, high - 0.5, "moderate"), (high - 0.5, most, "high")]


def _x(total: float, most: int) -> float:
    return round(LEFT + SIDE_X * total / most, 1)


def _y(stage: float) -> float:
    return round(TOP + SIDE_Y * (1 - stage / STAGES), 1)

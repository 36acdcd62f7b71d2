"""The worked cases of the self-assessment follow from its own rules, computed here in exact fractions."""

from fractions import Fraction
from math import floor
from typing import Any

import pytest

from varn.catalogues.tests.reading import content

CATALOGUE = content("coe_assessment")
ENOUGH = Fraction(*CATALOGUE["computation"]["share_needed"])


def level_of(mean: Fraction) -> str:
    rows = [row for row in CATALOGUE["level"] if hundredths(mean) >= row["lower_limit_x100"]]
    return str(rows[-1]["id"])


def hundredths(mean: Fraction) -> int:
    """Half up."""
    return floor(mean * 100 + Fraction(1, 2))


def area(code: str, answers: dict[str, int]) -> tuple[dict[str, Any], Fraction | None]:
    """The row that the case expects, and the mean when the area has a level."""
    items = [item["id"] for item in CATALOGUE["item"] if item["area"] == code]
    given = [answers[item] for item in items if item in answers]
    mean = Fraction(sum(given), len(given)) if given else None
    enough = mean is not None and Fraction(len(given), len(items)) >= ENOUGH
    return {
        "area": code,
        "answered": len(given),
        "of": len(items),
        "has_score": mean is not None,
        "score_x100": 0 if mean is None else hundredths(mean),
        "level": level_of(mean) if mean is not None and enough else "",
    }, mean if enough else None


@pytest.mark.parametrize("case", CATALOGUE["worked_case"], ids=lambda case: case["id"])
def test_a_worked_case_of_the_self_assessment_adds_up(case: dict[str, Any]) -> None:
    found = [area(row["id"], case["answers"]) for row in CATALOGUE["area"]]
    assert [row for row, _ in found] == case["expected_areas"]
    means = [mean for _, mean in found if mean is not None]
    total = sum(means, Fraction(0)) / len(means)
    assert case["expected_total"] == {
        "answered": len(case["answers"]),
        "of": len(CATALOGUE["item"]),
        "areas_with_level": len(means),
        "shown": Fraction(len(means), len(found)) >= ENOUGH and Fraction(len(case["answers"]), len(CATALOGUE["item"])) >= ENOUGH,
        "score_x100": hundredths(total),
        "level": level_of(total),
    }


def test_the_limits_of_the_levels_rise_with_their_values() -> None:
    rows = CATALOGUE["level"]
    assert [row["value"] for row in rows] == list(range(5))
    assert [row["lower_limit_x100"] for row in rows] == sorted(row["lower_limit_x100"] for row in rows)


def test_what_is_seen_by_itself_never_proposes_the_highest_level() -> None:
    for row in CATALOGUE["auto"]:
        assert len(row.get("min_for_level", [1, 2, 3])) == 3
        assert row.get("min_for_level", []) == sorted(row.get("min_for_level", []))
        assert all(1 <= level <= 3 for level in row.get("propose", {}).values())

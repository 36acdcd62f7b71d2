"""The pure rules of steps 2 and 3: how answers fell, what would lower the risk, the picture, the result so far."""

import pytest

from varn.catalogues.riskguide import guide
from varn.catalogues.riskguide_steps import Level
from varn.riskguide.assessment.chart import chart
from varn.riskguide.assessment.levels import Figures, Stored, result_of
from varn.riskguide.assessment.lowering import in_words, lowerings
from varn.riskguide.assessment.sofar import so_far
from varn.riskguide.assessment.statements import by_code, fallen, spread, statements, value_in
from varn.riskguide.tests.answers import GUIDE, STEP2, graded

E = "1.0.0"
TONE = by_code(E)["step2.online_tone"]


def test_there_are_eight_and_sixteen_statements_numbered_from_one() -> None:
    assert [one.n for one in statements(2, E)] == list(range(1, 9))
    assert [one.n for one in statements(3, E)] == list(range(1, 17))
    assert len(by_code(E)) == 24


@pytest.mark.parametrize(
    ("counts", "proposed", "divided", "wide", "unsure"),
    [
        ([0, 0, 0, 0, 0], None, False, False, False),
        ([0, 3, 0, 0, 0], 1, False, False, False),
        ([1, 1, 0, 0, 0], 1, True, False, False),
        ([1, 0, 1, 0, 0], 2, True, True, False),
        ([0, 0, 0, 0, 2], "unknown", False, False, True),
        ([2, 0, 0, 0, 1], 0, True, False, True),
        ([1, 0, 0, 1, 1], 3, True, True, False),
    ],
)
def test_how_answers_fell(counts: list[int], proposed: int | str | None, divided: bool, wide: bool, unsure: bool) -> None:
    found = fallen(counts, TONE, E)
    assert (found.proposed, found.is_divided, found.is_wide, found.is_unsure) == (proposed, divided, wide, unsure)


def test_a_spread_counts_each_answer_unknown_last() -> None:
    assert spread([0, 3, 3, "unknown"], TONE) == [1, 0, 0, 2, 1]


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0), ("3", 3), ("unknown", "unknown"), ("4", None), ("-1", None), ("01", None), ("", None)]
)
def test_an_answer_as_sent_is_on_the_scale_or_nothing(text: str, value: int | str | None) -> None:
    assert value_in(text, TONE) == value


def stored(step2: str, step3: str = "") -> Stored:
    joint = {f"step2.{code}": value for code, value in graded(STEP2, step2).items()}
    codes = [one.code for one in statements(3, E)]
    joint |= dict(zip(codes, ("unknown" if x == "u" else int(x) for x in step3), strict=False))
    return Stored(E, "high", {}, joint)


def test_what_would_lower_the_risk_is_each_driver_one_step_down() -> None:
    one = stored("u0000300", "2000000000000000")
    result = result_of(one)
    bare = {code.partition(".")[2]: value for code, value in one.joint.items()}
    found = [(low.code, low.to) for low in lowerings(result, bare, bare)]
    assert found == [("step2.personal_focus", 2), ("step2.hostile_actors", None), ("step3.tone", 1)]
    said = [in_words(low, E, "sv") for low in lowerings(result, bare, bare)]
    assert said[0] == "”Riktas kritiken mot enskilda förtroendevalda” ned till ”Mot namngivna personer”"
    assert said[1].startswith("Ta reda på: ”Finns det grupper")


def test_the_result_so_far_is_a_range_until_it_is_whole() -> None:
    assert so_far(Stored(E, "high", {}, {}), 2, "sv") is None
    part = so_far(Stored(E, "high", {}, {"step2.online_tone": 3}), 2, "sv")
    assert part
    assert (part.is_whole, part.low, part.high) == (False, 11, 100)
    whole = so_far(stored("13220232"), 2, "sv")
    assert whole
    assert (whole.is_whole, whole.level, whole.low, whole.high) == (True, "moderate", 57, 57)


def test_an_acute_answer_is_said_before_the_step_is_whole_but_no_unanswered_one() -> None:
    quiet = so_far(Stored(E, "high", {}, {"step3.tone": 1}), 3, "sv")
    acute = so_far(Stored(E, "high", {}, {"step3.threats": 2}), 3, "sv")
    assert quiet
    assert acute
    assert quiet.acute == ""
    assert acute.acute.startswith("AKUT")


def figures(stage: int | None, total: int | None) -> Figures:
    return Figures(Level.LOW, Level.LOW, stage=stage, complexity_sum=total)


def test_the_picture_places_its_points_within_its_zones() -> None:
    assert chart([figures(None, None), figures(4, None)], GUIDE) is None
    found = chart([figures(0, 0), figures(9, 16)], guide(E))
    assert found
    assert [(point.x, point.y, point.is_last) for point in found.points] == [(44.0, 192.0, False), (300.0, 12.0, True)]
    assert [zone.tone for zone in found.zones] == ["low", "low", "moderate"] + ["moderate"] * 3 + ["high"] * 3
    assert round(sum(zone.width * zone.height for zone in found.zones)) == pytest.approx(256 * 180, abs=60)
    assert found.most == 16

"""The worked cases of the edition, the edges of its limits, and cases with unknown answers."""

from dataclasses import replace
from typing import Any

import pytest

from varn.catalogues.riskguide import WorkedCase
from varn.catalogues.schema import UnknownEdition
from varn.riskguide.case import Case
from varn.riskguide.output import as_json
from varn.riskguide.reading import read_case
from varn.riskguide.result import Result, Rule
from varn.riskguide.scoring import score, step1
from varn.riskguide.tests.answers import GUIDE, case


def result(**letters: Any) -> Result:
    return score(read_case(case(**letters)), GUIDE)


def outcome(**letters: Any) -> Any:
    return as_json(result(**letters))


def worked(row: WorkedCase) -> Any:
    letters: dict[str, Any] = {"step1": row.step1, "own": row.own_judgement, "step2": row.step2}
    if row.step3_conflict is not None:
        letters |= {"conflict": row.step3_conflict, "complexity": row.step3_complexity}
    return outcome(**letters)


@pytest.mark.parametrize("row", GUIDE.worked_case, ids=lambda row: row.id)
def test_a_worked_case_comes_out_as_written(row: WorkedCase) -> None:
    out = worked(row)
    assert out["step1"]["sum"] == row.expect_step1_sum
    assert out["step1"]["level"] == row.expect_step1_level
    assert out["overall"] == row.expect_overall
    assert set(out["measures"]) == set(row.expect_measures)
    assert ("step2" in out, "step3" in out) == (row.step2 is not None, row.step3_conflict is not None)


@pytest.mark.parametrize("row", [r for r in GUIDE.worked_case if r.step2], ids=lambda row: row.id)
def test_step_2_of_a_worked_case_comes_out_as_written(row: WorkedCase) -> None:
    step = worked(row)["step2"]
    assert (step["score"], step["percent"]) == (row.expect_step2_score, row.expect_step2_percent)
    assert step["level"] == row.expect_step2_level
    assert tuple(step["range"]) == row.expect_step2_range
    assert step["uncertain"] is row.expect_step2_uncertain
    assert step["insufficient"] is row.expect_step2_insufficient


@pytest.mark.parametrize("row", [r for r in GUIDE.worked_case if r.step3_conflict], ids=lambda row: row.id)
def test_step_3_of_a_worked_case_comes_out_as_written(row: WorkedCase) -> None:
    step = worked(row)["step3"]
    assert (step["stage"], step["phase"], step["conflict"]) == (
        row.expect_stage,
        row.expect_phase,
        row.expect_conflict,
    )
    assert (step["complexity_sum"], step["complexity"]) == (row.expect_complexity_sum, row.expect_complexity)
    assert (step["problem_type"], step["strategy"]) == (row.expect_problem_type, row.expect_strategy)
    assert step["acute"] is row.expect_acute
    assert step["at_least"] is False
    assert step["reason"] is None


@pytest.mark.parametrize(
    ("letters", "total", "level"),
    [
        ("pnppnn", 3, "low"),
        ("pnpppn", 4, "moderate"),
        ("yppppp", 7, "moderate"),
        ("yyppyp", 9, "high"),
        ("ypyppp", 8, "high"),
    ],
)
def test_step_1_changes_level_at_4_and_8(letters: str, total: int, level: str) -> None:
    out = outcome(step1=letters)["step1"]
    assert (out["sum"], out["level"]) == (total, level)


def test_earlier_hate_alone_is_at_least_moderate() -> None:
    assert outcome(step1="nynnnn")["step1"] == {"sum": 2, "level": "moderate", "next": "step2_recommended"}


def test_three_unknown_are_at_least_moderate_and_two_are_not() -> None:
    assert outcome(step1="uuunnn")["step1"]["level"] == "moderate"
    assert outcome(step1="uunnnn")["step1"]["level"] == "low"


def test_unanswered_is_not_unknown() -> None:
    assert outcome(step1="n-----")["step1"] == {"sum": 0, "level": "low", "next": "stop"}
    assert outcome(step1="------", own="low")["step1"]["level"] == "low"


@pytest.mark.parametrize(
    ("letters", "percent", "level"),
    [
        ("01211101", 28, "low"),
        ("02211100", 30, "moderate"),
        ("20222222", 59, "moderate"),
        ("12222222", 61, "high"),
    ],
)
def test_step_2_changes_level_at_30_and_60_percent(letters: str, percent: int, level: str) -> None:
    """No score gives 29 or 60 percent: 15 of 54 is 28, 16 is 30, 32 is 59, 33 is 61."""
    out = outcome(step2=letters)["step2"]
    assert (out["percent"], out["level"]) == (percent, level)


@pytest.mark.parametrize("letters", ["30000000", "00003000"])
def test_a_floor_at_three_is_high_by_itself(letters: str) -> None:
    out = outcome(step2=letters)
    assert (out["step2"]["score"], out["step2"]["percent"], out["step2"]["level"]) == (9, 17, "high")
    assert out["overall"] == "high"


def test_two_threes_without_a_floor_of_their_own_are_at_least_moderate() -> None:
    assert outcome(step2="03000003")["step2"]["level"] == "moderate"
    assert outcome(step2="03000002")["step2"]["level"] == "low"


def test_four_unknown_are_an_insufficient_basis_and_three_are_not() -> None:
    assert outcome(step2="0uu0000u")["step2"]["insufficient"] is False
    out = outcome(step2="0uuu000u")["step2"]
    assert (out["score"], out["percent"], out["insufficient"], out["level"]) == (14, 26, True, "moderate")
    assert (out["range"], out["uncertain"]) == ([0, 39], True)


def test_floors_hold_in_each_run_of_the_range() -> None:
    out = outcome(step2="u0000000")["step2"]
    assert (out["level"], out["range"], out["uncertain"]) == ("low", [0, 17], True)  # 3 would be high


def test_unknown_answers_that_cannot_change_the_level_are_not_uncertain() -> None:
    out = outcome(step2="3000000u")["step2"]
    assert (out["level"], out["range"], out["uncertain"]) == ("high", [17, 22], False)


def test_drivers_are_the_weightiest_answers_in_catalogue_order_at_most_five() -> None:
    assert outcome(step2="11111111")["step2"]["drivers"] == [
        "hostile_actors",
        "earlier_incidents",
        "personal_focus",
        "emotional_charge",
        "mobilisation",
    ]
    assert outcome(step2="00000003")["step2"]["drivers"] == ["exposure_moments"]
    assert outcome(step2="00000000")["step2"]["drivers"] == []


def test_damage_and_violence_at_the_top_are_stage_9() -> None:
    out = outcome(step2="00000000", conflict="00000022")["step3"]
    assert (out["stage"], out["phase"], out["conflict"], out["acute"]) == (9, "destructive", "high", True)
    assert outcome(step2="00000000", conflict="00000021")["step3"]["stage"] == 8


def test_high_complexity_lifts_a_low_level_and_says_so() -> None:
    both = {"step2": "00000000", "conflict": "00000000"}
    high = result(**both, complexity="22222100")
    assert (high.overall, high.lifted) == ("moderate", True)
    assert as_json(result(**both, complexity="22222000"))["overall"] == "low"
    assert result(step2="30000000", conflict="00000000", complexity="22222222").lifted is False


def test_more_than_three_unknown_leave_complexity_without_result_but_not_stage_and_acute() -> None:
    out = outcome(step2="00000000", conflict="00000200", complexity="uuuu0000")
    assert out["step3"] == {
        "stage": 6,
        "at_least": False,
        "phase": "polarised",
        "conflict": "high",
        "complexity_sum": None,
        "complexity": None,
        "problem_type": None,
        "strategy": None,
        "acute": True,
        "reason": "complexity_unknown",
    }
    assert out["overall"] == "high"


def test_more_than_three_unknown_in_the_conflict_count_only_what_is_known() -> None:
    out = outcome(step2="00000000", conflict="uuuu0200")["step3"]
    assert (out["stage"], out["at_least"], out["acute"]) == (6, True, True)
    calm = outcome(step2="00000000", conflict="0000uuuu")["step3"]
    assert (calm["stage"], calm["at_least"], calm["acute"]) == (0, True, False)
    assert calm["strategy"] == "as_usual"


def test_three_unknown_in_the_conflict_count_by_precaution() -> None:
    out = outcome(step2="00000000", conflict="00000uuu")["step3"]
    assert (out["stage"], out["at_least"], out["acute"]) == (7, False, True)


def test_measures_stand_by_priority_phase_day_and_catalogue() -> None:
    places = {measure.id: place for place, measure in enumerate(GUIDE.measure)}
    phases = ["before", "during", "after"]
    letters = {"step2": "23233322", "conflict": "22222200", "complexity": "22221222"}
    found = [proposal.measure for proposal in result(step1="yyyypy", **letters).proposals]
    keys = [(m.priority, phases.index(m.phase), m.due_days, places[m.id]) for m in found]
    assert keys == sorted(keys)
    assert len(found) == len(GUIDE.measure) == 31


def test_a_measure_says_which_condition_fired_and_whether_on_an_unknown() -> None:
    found = {p.measure.id: p for p in result(step1="yynnnn", step2="u2210000", conflict="00000000", own="high").proposals}
    police = found["contact_police"]
    assert [(fired.var, fired.on_unknown) for fired in police.fired] == [("step2.hostile_actors", True)]
    assert police.precaution is True
    assert found["monitor_open_channels"].precaution is False
    assert found["brief_elected"].fired == ()
    assert found["brief_elected"].precaution is False


def test_a_condition_on_a_result_that_rests_on_unknowns_is_a_precaution() -> None:
    found = {p.measure.id: p for p in result(step2="03300000", conflict="u0000000").proposals}
    leaders = found["brief_group_leaders"]
    assert [(fired.var, fired.value, fired.on_unknown) for fired in leaders.fired] == [("stage", 2, True)]


def test_the_rules_that_decided_step_1_are_told() -> None:
    def rules(letters: str, own: str | None = None) -> list[tuple[Rule, Any]]:
        reasons = result(step1=letters, own=own).step1.reasons
        return [(reason.rule, reason.question or reason.number) for reason in reasons]

    assert rules("------", "moderate") == [(Rule.OWN_JUDGEMENT, None)]
    assert rules("nynnnn", "low") == [(Rule.FLOOR, "earlier_hate")]
    assert rules("uuunnn") == [(Rule.UNKNOWNS, 3)]
    assert rules("yyyynn", "high") == [(Rule.OWN_JUDGEMENT, None), (Rule.SUM, 8)]
    assert rules("nnnnnn", "low") == [(Rule.OWN_JUDGEMENT, None), (Rule.SUM, 0)]


def test_step_1_without_judgement_and_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="judgement or an answer"):
        step1({}, None, GUIDE)


def test_step_3_without_step_2_is_refused() -> None:
    only = read_case(case(step2="00000000", conflict="00000000"))
    with pytest.raises(ValueError, match="step 3 needs step 2"):
        score(Case(only.edition, only.step1, step3=only.step3), GUIDE)


def test_a_case_of_another_edition_is_refused() -> None:
    with pytest.raises(ValueError, match=r"9\.9\.9"):
        score(Case("9.9.9", {}, own_judgement=GUIDE.level[0].id), GUIDE)


def test_an_edition_without_scoring_is_refused() -> None:
    newer = replace(GUIDE, meta=replace(GUIDE.meta, version="9.9.9"))
    with pytest.raises(UnknownEdition):
        step1({}, GUIDE.level[0].id, newer)

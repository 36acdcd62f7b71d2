"""The edition of the risk guide is complete and consistent in itself."""

import pytest

from varn.catalogues.riskguide import Condition, guide
from varn.catalogues.riskguide_steps import Level, Sorting
from varn.catalogues.schema import editions

GUIDES = pytest.mark.parametrize("edition", editions("riskguide"))


@GUIDES
def test_the_sizes_are_those_of_the_public_description(edition: str) -> None:
    found = guide(edition)
    assert (len(found.step1.question), len(found.step2.question)) == (6, 8)
    assert (len(found.step3.conflict), len(found.step3.complexity)) == (8, 8)
    assert len(found.measure) == 31


@GUIDES
def test_levels_rank_from_low_to_high(edition: str) -> None:
    assert [(row.id, row.rank) for row in guide(edition).level] == [(level, level.rank) for level in Level]


@GUIDES
def test_ids_of_a_step_are_unique_over_its_parts(edition: str) -> None:
    step = guide(edition).step3
    codes = [row.id for row in step.conflict] + [row.id for row in step.complexity]
    assert len(codes) == len(set(codes))


@GUIDES
def test_every_answer_has_text_and_points(edition: str) -> None:
    step = guide(edition).step1
    assert list(step.answers) == [row.id for row in step.answer] == list(Sorting)
    assert set(step.points) == set(Sorting)
    assert step.unanswered_points == 0
    assert step.own_judgement_can_only_raise is True


@GUIDES
def test_scales_have_a_text_for_each_answer(edition: str) -> None:
    found = guide(edition)
    for question in found.step2.question:
        assert len(question.anchors) == found.step2.scale_max - found.step2.scale_min + 1
        assert question.section in {section.id for section in found.step2.section}
    for statement in found.step3.conflict:
        assert len(statement.options) == len(statement.stages) == 3
        assert list(statement.stages) == sorted(statement.stages)
    assert {len(statement.options) for statement in found.step3.complexity} == {3}


@GUIDES
def test_phases_cover_every_stage_once(edition: str) -> None:
    step = guide(edition).step3
    covered = [n for phase in step.phase for n in range(phase.stage_min, phase.stage_max + 1)]
    assert covered == list(range(10))
    assert [stage.n for stage in step.stage] == list(range(1, 10))


@GUIDES
def test_a_condition_asks_for_something_that_can_be_answered(edition: str) -> None:
    found = guide(edition)
    tops: dict[str, int] = {f"step1.{row.id}": 2 for row in found.step1.question}
    tops |= {f"step2.{row.id}": found.step2.scale_max for row in found.step2.question}
    tops |= {f"step3.{row.id}": 2 for row in found.step3.conflict}
    tops |= {f"step3.{row.id}": 2 for row in found.step3.complexity}
    tops |= {"stage": 9}
    for measure in found.measure:
        for condition in measure.any:
            assert _answerable(condition, tops, {kind.id for kind in found.step3.problem_type}), condition


def _answerable(condition: Condition, tops: dict[str, int], kinds: set[str]) -> bool:
    if condition.eq is not None:
        return condition.var == "problem_type" and condition.min is None and condition.eq in kinds
    if isinstance(condition.min, Level):
        return condition.var in {"overall", "conflict", "complexity"}
    return condition.min is not None and 1 <= condition.min <= tops[condition.var]


@GUIDES
def test_rules_name_statements_that_exist(edition: str) -> None:
    step = guide(edition).step3
    conflict = {row.id for row in step.conflict}
    complexity = {row.id for row in step.complexity}
    assert {rule.var for rule in step.acute_any} | {"damage", "violence"} <= conflict
    assert {*step.type_knowledge, *step.type_values} <= complexity
    assert step.high_shows_help_of in {phase.id for phase in step.phase}

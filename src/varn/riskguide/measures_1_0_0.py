"""The whole of edition 1.0.0: the steps together, and the measures that follow. Frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from varn.catalogues.riskguide import Condition, Guide, Measure, When
from varn.catalogues.riskguide_steps import Level, Sorting
from varn.riskguide.case import UNKNOWN, Case, Grade
from varn.riskguide.result import Fired, Proposal, Result, Step1Result, Step2Result, Step3Result
from varn.riskguide.scoring_1_0_0 import filled, highest, overall_of, step1, step2, step3

PHASES = {phase: place for place, phase in enumerate(When)}


@dataclass(frozen=True, slots=True)
class _Steps:
    step1: Step1Result
    step2: Step2Result | None
    step3: Step3Result | None
    overall: Level


def score(case: Case, guide: Guide) -> Result:
    """Raises ValueError for step 3 without step 2 or an empty step 1, KeyError for a missing statement."""
    if case.step3 is not None and case.step2 is None:
        raise ValueError("step 3 needs step 2")
    steps = _steps(case, guide)
    return Result(
        edition=case.edition,
        step1=steps.step1,
        step2=steps.step2,
        step3=steps.step3,
        overall=steps.overall,
        lifted=steps.overall is not _before_lift(steps),
        proposals=_proposals(case, steps, guide),
        review_days=next(row.review_days for row in guide.level if row.id is steps.overall),
    )


def _before_lift(steps: _Steps) -> Level:
    """The overall level had the matter not been complex."""
    before = steps.step2.level if steps.step2 else steps.step1.level
    return highest((before, steps.step3.conflict)) if steps.step3 else before


def _steps(case: Case, guide: Guide) -> _Steps:
    first = step1(case.step1, case.own_judgement, guide)
    second = step2(case.step2, guide) if case.step2 is not None else None
    third = step3(case.step3, guide) if case.step3 is not None else None
    overall = overall_of(second.level if second else first.level, third, guide)
    return _Steps(first, second, third, overall)


def _proposals(case: Case, steps: _Steps, guide: Guide) -> tuple[Proposal, ...]:
    values = _variables(case, steps, guide)
    bare = _without_unknowns(case)
    lowest = values if bare == case else _variables(bare, _steps(bare, guide), guide)
    found = [
        Proposal(measure, _fired(measure, values, lowest))
        for measure in guide.measure
        if steps.overall.rank >= measure.min_level.rank
    ]
    applying = [proposal for proposal in found if proposal.fired or not proposal.measure.any]
    return tuple(sorted(applying, key=lambda proposal: _urgency(proposal.measure)))  # stable: catalogue order


def _urgency(measure: Measure) -> tuple[int, int, int]:
    return measure.priority, PHASES[measure.phase], measure.due_days


def _fired(measure: Measure, values: Mapping[str, int | str], lowest: Mapping[str, int | str]) -> tuple[Fired, ...]:
    return tuple(
        Fired(
            condition.var,
            condition.min,
            condition.eq,
            value=values[condition.var],
            on_unknown=not _holds(condition, lowest),
        )
        for condition in measure.any
        if _holds(condition, values)
    )


def _holds(condition: Condition, values: Mapping[str, int | str]) -> bool:
    """A missing variable makes the condition false."""
    value = values.get(condition.var)
    if isinstance(value, Level) and isinstance(condition.min, Level):
        return value.rank >= condition.min.rank
    if isinstance(value, int) and isinstance(condition.min, int):
        return value >= condition.min
    return value is not None and condition.min is None and value == condition.eq


def _variables(case: Case, steps: _Steps, guide: Guide) -> dict[str, int | str]:
    """What conditions may ask for, an unknown answer at its precaution value."""
    points = {code: guide.step1.points[answer] for code, answer in case.step1.items()}
    values: dict[str, int | str] = {f"step1.{code}": value for code, value in points.items()}
    values |= _answers("step2", case.step2, guide.step2.unknown_value)
    values |= _answers("step3", case.step3, guide.step3.unknown_value)
    values["overall"] = steps.overall
    if steps.step3:
        values |= {"stage": steps.step3.stage, "conflict": steps.step3.conflict}
        if steps.step3.complexity is not None and steps.step3.problem_type is not None:
            values |= {"complexity": steps.step3.complexity, "problem_type": steps.step3.problem_type}
    return values


def _answers(step: str, answers: Mapping[str, Grade] | None, unknown: int) -> dict[str, int]:
    return {f"{step}.{code}": value for code, value in filled(answers or {}, unknown).items()}


def _without_unknowns(case: Case) -> Case:
    """The same case with every unknown at its lowest answer: what holds there stands on known answers."""
    return replace(
        case,
        step1={c: Sorting.NO if a is Sorting.UNKNOWN else a for c, a in case.step1.items()},
        step2=_lowest(case.step2),
        step3=_lowest(case.step3),
    )


def _lowest(answers: Mapping[str, Grade] | None) -> dict[str, Grade] | None:
    if answers is None:
        return None
    return {code: 0 if answer == UNKNOWN else answer for code, answer in answers.items()}

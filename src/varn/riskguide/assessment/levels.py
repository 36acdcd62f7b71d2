"""From what is stored about an assessment to the case that is scored, and its levels as figures. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from varn.catalogues.riskguide import guide
from varn.catalogues.riskguide_steps import Level, Sorting
from varn.riskguide.assessment.statements import statements
from varn.riskguide.case import Case, Grade
from varn.riskguide.result import Result, Step1Result, Step2Result, Step3Result
from varn.riskguide.scoring import overall, part2, part3, score, step1


@dataclass(frozen=True, slots=True)
class Stored:
    """What an assessment keeps: step 1 as it was, and the joint answers by statement with their step."""

    edition: str
    own_judgement: str
    step1: Mapping[str, str]
    joint: Mapping[str, Grade]


def case_of(stored: Stored) -> Case:
    """Steps 2 and 3 only when every statement of them is answered, step 3 only after step 2."""
    step2 = _whole(stored, 2)
    return Case(
        edition=stored.edition,
        step1={code: Sorting(answer) for code, answer in stored.step1.items()},
        own_judgement=Level(stored.own_judgement) if stored.own_judgement else None,
        step2=step2,
        step3=_whole(stored, 3) if step2 is not None else None,
    )


def _whole(stored: Stored, step: int) -> dict[str, Grade] | None:
    asked = statements(step, stored.edition)
    if any(statement.code not in stored.joint for statement in asked):
        return None
    return {statement.bare: stored.joint[statement.code] for statement in asked}


def result_of(stored: Stored) -> Result:
    """As far as the answers reach. Raises UnknownEdition, and ValueError without step 1."""
    return score(case_of(stored), guide(stored.edition))


@dataclass(frozen=True, slots=True)
class Figures:
    """The levels of one assessment: what a table over time shows, and all that a cleared one keeps.

    `percent` of step 2, `stage` 0..9 of the conflict, `complexity_sum` 0..16; None where that step was not taken or has no
    result."""

    overall: Level
    step1: Level
    step2: Level | None = None
    percent: int | None = None
    conflict: Level | None = None
    stage: int | None = None
    complexity: Level | None = None
    complexity_sum: int | None = None


def figures_of(result: Result) -> Figures:
    return _figures(result.step1, result.step2, result.step3, result.overall)


def _figures(one: Step1Result, two: Step2Result | None, three: Step3Result | None, together: Level) -> Figures:
    return Figures(
        overall=together,
        step1=one.level,
        step2=two.level if two else None,
        percent=two.percent if two else None,
        conflict=three.conflict if three else None,
        stage=three.stage if three else None,
        complexity=three.complexity if three else None,
        complexity_sum=three.complexity_sum if three else None,
    )


def levels(stored: Stored) -> Figures:
    """As `figures_of(result_of(stored))` without the measures, in a fifth of the time: lists ask for hundreds."""
    case, edition = case_of(stored), guide(stored.edition)
    first = step1(case.step1, case.own_judgement, edition)
    second = part2(case.step2, edition) if case.step2 is not None else None
    third = part3(case.step3, edition) if case.step3 is not None else None
    return _figures(first, second, third, overall(second.level if second else first.level, third, edition))


_LEVELS = ("overall", "step1", "step2", "conflict", "complexity")


def as_row(figures: Figures) -> dict[str, Any]:
    """JSON's own types."""
    return {name: getattr(figures, name) for name in Figures.__slots__ if getattr(figures, name) is not None}


def from_row(row: Mapping[str, Any]) -> Figures:
    """The reverse of `as_row`."""
    read: dict[str, Any] = {name: Level(value) if name in _LEVELS else value for name, value in row.items()}
    return Figures(**read)

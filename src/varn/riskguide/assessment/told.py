"""A result in words: what is acute, the levels and why, what kind of problem, what to do, what would lower it. Pure."""

from dataclasses import dataclass

from varn.catalogues.riskguide import Guide, guide
from varn.catalogues.riskguide_steps import Level, Next
from varn.riskguide import explain, wording
from varn.riskguide.assessment.levels import Stored, case_of, result_of
from varn.riskguide.assessment.lowering import in_words, lowerings
from varn.riskguide.result import Result, Step2Result, Step3Result


@dataclass(frozen=True, slots=True)
class ToldStep2:
    """`is_insufficient`: too many unknowns for the level to stand on."""

    level: Level
    percent: int
    low: int
    high: int
    reason: str
    drivers: tuple[str, ...]
    next_code: Next
    next_step: str
    is_uncertain: bool
    is_insufficient: bool


@dataclass(frozen=True, slots=True)
class ToldStep3:
    """`problem`, `advice` and `strategy` are empty where the complexity has no result."""

    conflict: Level
    stage: int
    conflict_reason: str
    help: str
    complexity: Level | None
    complexity_reason: str
    problem: str
    advice: str
    strategy: str


@dataclass(frozen=True, slots=True)
class Told:
    """`acute` is said first, empty when nothing is."""

    acute: str
    overall: Level
    lifted: str
    review: str
    step1_level: Level
    step1_reason: str
    step2: ToldStep2 | None
    step3: ToldStep3 | None
    lower: tuple[str, ...]


def told(stored: Stored, language: str) -> Told:
    """As far as the answers reach. Raises UnknownEdition."""
    result, edition = result_of(stored), guide(stored.edition)
    return Told(
        acute=wording.acute_reason(result.step3, edition, language) if result.step3 else "",
        overall=result.overall,
        lifted=explain.LIFTED.in_language(language) if result.lifted else "",
        review=explain.REVIEW.in_language(language).format(days=result.review_days),
        step1_level=result.step1.level,
        step1_reason=wording.step1_reason(result.step1, edition, language),
        step2=_step2(result.step2, edition, language) if result.step2 else None,
        step3=_step3(result.step3, edition, language) if result.step3 else None,
        lower=_lower(stored, result, language),
    )


def _step2(step: Step2Result, edition: Guide, language: str) -> ToldStep2:
    return ToldStep2(
        level=step.level,
        percent=step.percent,
        low=step.range[0],
        high=step.range[1],
        reason=wording.step2_reason(step, edition, language),
        drivers=tuple(wording.question_text(f"step2.{code}", edition, language) for code in step.drivers),
        next_code=step.next,
        next_step=wording.NEXT[step.next].in_language(language),
        is_uncertain=step.uncertain,
        is_insufficient=step.insufficient,
    )


def _step3(step: Step3Result, edition: Guide, language: str) -> ToldStep3:
    kind = next((kind for kind in edition.step3.problem_type if kind.id == step.problem_type), None)
    strategy = next((cell.text for cell in edition.result.strategy if cell.id == step.strategy), None)
    return ToldStep3(
        conflict=step.conflict,
        stage=step.stage,
        conflict_reason=wording.conflict_reason(step, edition, language),
        help=wording.phase_help(step, edition, language),
        complexity=step.complexity,
        complexity_reason=wording.complexity_reason(step, edition, language),
        problem=kind.text.in_language(language) if kind else "",
        advice=kind.advice.in_language(language) if kind else "",
        strategy=strategy.in_language(language) if strategy else "",
    )


def _lower(stored: Stored, result: Result, language: str) -> tuple[str, ...]:
    case = case_of(stored)
    if case.step2 is None:
        return ()
    return tuple(in_words(one, stored.edition, language) for one in lowerings(result, case.step2, case.step3))

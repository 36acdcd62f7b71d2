"""What step 1 says about a matter on an agenda, in words, and what the agenda says as a whole. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from varn.catalogues.riskguide import guide
from varn.catalogues.riskguide_steps import Level, Next, Sorting
from varn.catalogues.text import Text
from varn.riskguide.result import Rule, Step1Result
from varn.riskguide.scoring import step1
from varn.riskguide.wording import level_name, step1_reason

NEXT = {
    Next.STOP: Text("Klart här", "Done here"),
    Next.STEP2_RECOMMENDED: Text("Steg 2 rekommenderas", "Step 2 recommended"),
    Next.STEP2_REQUIRED: Text("Steg 2 krävs", "Step 2 required"),
}
YOU_CHOSE = Text("Vald nivå: {level}.", "Chosen level: {level}.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`next_code` is stop, step2_recommended or step2_required; the texts are in one language."""

    level: Level
    next_code: Next
    next_step: str
    reason: str
    is_raised: bool  # the answers raised the own judgement


@dataclass(frozen=True, slots=True)
class Counts:
    """Matters of one agenda by level; `n` are all."""

    n: int = 0
    low: int = 0
    moderate: int = 0
    high: int = 0

    @property
    def judged(self) -> int:
        return self.low + self.moderate + self.high

    @property
    def left(self) -> int:
        return self.n - self.judged


def result_of(judgement: str, answers: Mapping[str, str], edition: str) -> Step1Result | None:
    """None while nothing is judged. Raises UnknownEdition."""
    if not judgement and not answers:
        return None
    given = {question: Sorting(answer) for question, answer in answers.items()}
    return step1(given, Level(judgement) if judgement else None, guide(edition))


def outcome_of(judgement: str, answers: Mapping[str, str], edition: str, language: str) -> Outcome | None:
    """As `result_of`, in words."""
    result = result_of(judgement, answers, edition)
    if result is None:
        return None
    return Outcome(
        level=result.level,
        next_code=result.next,
        next_step=NEXT[result.next].in_language(language),
        reason=_reason(result, edition, language),
        is_raised=result.own_judgement not in {None, result.level},
    )


def _reason(result: Step1Result, edition: str, language: str) -> str:
    if [reason.rule for reason in result.reasons] == [Rule.OWN_JUDGEMENT]:
        return YOU_CHOSE.in_language(language).format(level=level_name(result.level, guide(edition), language))
    return step1_reason(result, guide(edition), language)


def counted(levels: Iterable[Level | None]) -> Counts:
    found = list(levels)
    return Counts(
        n=len(found),
        low=found.count(Level.LOW),
        moderate=found.count(Level.MODERATE),
        high=found.count(Level.HIGH),
    )

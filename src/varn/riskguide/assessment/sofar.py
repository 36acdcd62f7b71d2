"""The result while the group is still answering: what is certain already. Pure."""

from dataclasses import dataclass

from varn.catalogues.riskguide import guide
from varn.riskguide.assessment.levels import Stored
from varn.riskguide.assessment.statements import n_settled, statements
from varn.riskguide.case import UNKNOWN, Grade
from varn.riskguide.result import Step2Result, Step3Result
from varn.riskguide.scoring import part2, part3
from varn.riskguide.wording import acute_reason, conflict_reason, question_text, step2_reason


@dataclass(frozen=True, slots=True)
class SoFar:
    """`level` only when every statement is answered; `low` and `high` are percent, as if the rest may go either way."""

    is_whole: bool
    level: str
    reason: str
    acute: str
    drivers: tuple[str, ...]
    low: int | None = None
    high: int | None = None


def so_far(stored: Stored, step: int, language: str) -> SoFar | None:
    """None before the first joint answer."""
    if not n_settled(stored.joint, step):
        return None
    answers: dict[str, Grade] = {one.bare: stored.joint.get(one.code, UNKNOWN) for one in statements(step, stored.edition)}
    is_whole = n_settled(stored.joint, step) == len(answers)
    if step == 2:
        return _two(part2(answers, guide(stored.edition)), stored, language, is_whole=is_whole)
    known = answers if is_whole else {code: 0 if answer == UNKNOWN else answer for code, answer in answers.items()}
    return _three(part3(known, guide(stored.edition)), stored, language, is_whole=is_whole)


def _two(result: Step2Result, stored: Stored, language: str, *, is_whole: bool) -> SoFar:
    edition = guide(stored.edition)
    drivers = [code for code in result.drivers if f"step2.{code}" in stored.joint]
    return SoFar(
        is_whole=is_whole,
        level=result.level.value if is_whole else "",
        reason=step2_reason(result, edition, language) if is_whole else "",
        acute="",
        drivers=tuple(question_text(f"step2.{code}", edition, language) for code in drivers),
        low=result.range[0],
        high=result.range[1],
    )


def _three(result: Step3Result, stored: Stored, language: str, *, is_whole: bool) -> SoFar:
    """Before it is whole only what is answered counts, so that an acute matter is said at once."""
    edition = guide(stored.edition)
    return SoFar(
        is_whole=is_whole,
        level=result.conflict.value if is_whole else "",
        reason=conflict_reason(result, edition, language) if is_whole else "",
        acute=acute_reason(result, edition, language),
        drivers=(),
    )

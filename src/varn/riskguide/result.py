"""What the guide says about a case, with the rules that decided it."""

from dataclasses import dataclass
from enum import StrEnum

from varn.catalogues.riskguide import Measure
from varn.catalogues.riskguide_steps import Level, Next


class Rule(StrEnum):
    """A rule that can set a level, in the order a reader is told of them."""

    OWN_JUDGEMENT = "own_judgement"
    SUM = "sum"
    PERCENT = "percent"
    FLOOR = "floor"
    THREES = "threes"
    UNKNOWNS = "unknowns"


class NoResult(StrEnum):
    """Why a part of step 3 has no result."""

    COMPLEXITY_UNKNOWN = "complexity_unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule and the level it gives alone.

    `number`: the sum, the percent, how many threes or unknowns; None for a judgement and a floor.
    `question`: the question whose answer set a floor.
    """

    rule: Rule
    level: Level
    number: int | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Step1Result:
    """`answers_level` is None when no question was answered. `reasons`: the rules that gave `level`."""

    sum: int
    level: Level
    next: Next
    own_judgement: Level | None
    answers_level: Level | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Step2Result:
    """`range` is the percent with every unknown at the lowest and at the highest answer.

    `drivers`: questions whose answer one step lower lowers the score, weightiest first, at most five.
    """

    score: int
    percent: int
    level: Level
    range: tuple[int, int]
    uncertain: bool
    insufficient: bool
    drivers: tuple[str, ...]
    next: Next
    reasons: tuple[Reason, ...]
    n_unknown: int


@dataclass(frozen=True, slots=True)
class Step3Result:
    """`at_least`: stage and acute come from the known answers alone. None with `reason`: see NoResult.

    `drivers`: conflict statements that alone hold the stage up; `acute_by`: those that make it acute.
    `unknown`: statements answered so; they count by precaution.
    """

    stage: int
    at_least: bool
    phase: str
    conflict: Level
    complexity_sum: int | None
    complexity: Level | None
    problem_type: str | None
    strategy: str | None
    acute: bool
    reason: NoResult | None
    drivers: tuple[str, ...]
    acute_by: tuple[str, ...]
    unknown: frozenset[str]
    n_unknown_complexity: int


@dataclass(frozen=True, slots=True)
class Fired:
    """A condition that held, and the value it met.

    `on_unknown`: it holds only because an unknown answer counts by precaution.
    """

    var: str
    min: int | Level | None
    eq: str | None
    value: int | str
    on_unknown: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure that applies; `fired` is empty when the level alone decides."""

    measure: Measure
    fired: tuple[Fired, ...]

    @property
    def precaution(self) -> bool:
        """It stands on unknown answers alone."""
        return bool(self.fired) and all(condition.on_unknown for condition in self.fired)


@dataclass(frozen=True, slots=True)
class Result:
    """One case, computed by the scoring of its edition."""

    edition: str
    step1: Step1Result
    step2: Step2Result | None
    step3: Step3Result | None
    overall: Level
    lifted: bool  # high complexity lifted a low level
    proposals: tuple[Proposal, ...]
    review_days: int

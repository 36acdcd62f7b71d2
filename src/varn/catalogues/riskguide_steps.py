"""The three steps of Värns riskguide as frozen dataclasses; `riskguide` loads an edition of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from varn.catalogues.text import Text


class Level(StrEnum):
    """A level of risk, conflict or complexity, lowest first."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 (low) .. 2 (high)."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Sorting(StrEnum):
    """An answer to a question of step 1."""

    NO = "no"
    PARTLY = "partly"
    YES = "yes"
    UNKNOWN = "unknown"


class Next(StrEnum):
    """What a level leads to."""

    STOP = "stop"
    STEP2_RECOMMENDED = "step2_recommended"
    STEP2_REQUIRED = "step2_required"
    STEP3_RECOMMENDED = "step3_recommended"
    STEP3_REQUIRED = "step3_required"


@dataclass(frozen=True, slots=True)
class SortingText:
    """An answer of step 1 as the reader meets it."""

    id: Sorting
    text: Text


@dataclass(frozen=True, slots=True)
class SortingQuestion:
    """A prompt of step 1. `floor_on_yes`: yes gives at least that level."""

    id: str
    text: Text
    floor_on_yes: Level | None = None


@dataclass(frozen=True, slots=True)
class Step1:
    """Sorting: an own judgement, six optional questions, points that are summed."""

    title: Text
    intro: Text
    who: Text
    answers: tuple[Sorting, ...]
    points: Mapping[str, int]
    moderate_min: int
    high_min: int
    unknown_moderate_min: int
    unanswered_points: int
    own_judgement_can_only_raise: bool
    next_low: Next
    next_moderate: Next
    next_high: Next
    answer: tuple[SortingText, ...]
    question: tuple[SortingQuestion, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading over some questions of step 2."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class WeightedQuestion:
    """A question of step 2. `anchors`: the text of each answer from `scale_min` up."""

    id: str
    section: str
    weight: int
    text: Text
    anchors: tuple[Text, ...]
    floor_at_3: Level | None = None


@dataclass(frozen=True, slots=True)
class Step2:
    """Assessment: weighted answers, a percent of the most possible, floors."""

    title: Text
    intro: Text
    who: Text
    scale_min: int
    scale_max: int
    unknown_value: int
    unknown_insufficient_min: int
    spread_flag_min: int
    moderate_min_percent: int
    high_min_percent: int
    floor_two_threes: Level
    next_low: Next
    next_moderate: Next
    next_high: Next
    section: tuple[Section, ...]
    question: tuple[WeightedQuestion, ...]


@dataclass(frozen=True, slots=True)
class AbyssRule:
    """Damage and violence at these answers together give this stage."""

    damage: int
    violence: int
    stage: int


@dataclass(frozen=True, slots=True)
class AcuteRule:
    """The answer of a conflict statement from which the matter is acute."""

    var: str
    min: int


@dataclass(frozen=True, slots=True)
class Phase:
    """Stages `stage_min` .. `stage_max` of the conflict, with advice."""

    id: str
    stage_min: int
    stage_max: int
    text: Text
    help: Text


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the conflict, 1 .. 9 (after Glasl)."""

    n: int
    text: Text


@dataclass(frozen=True, slots=True)
class ConflictStatement:
    """Three options; `stages` is the stage that each points to, 0 for none."""

    id: str
    text: Text
    options: tuple[Text, ...]
    stages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ComplexityStatement:
    """Three options, worth 0, 1 and 2."""

    id: str
    text: Text
    options: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ProblemType:
    """What kind of problem it is, by whether knowledge and values are low or high."""

    id: str
    knowledge: Level
    values: Level
    text: Text
    advice: Text


@dataclass(frozen=True, slots=True)
class Step3:
    """Conflict (highest stage) and complexity (sum), each of eight statements."""

    title: Text
    intro: Text
    who: Text
    unknown_value: int
    unknown_max_per_part: int
    conflict_moderate_min_stage: int
    conflict_high_min_stage: int
    abyss_rule: AbyssRule
    high_shows_help_of: str
    complexity_moderate_min: int
    complexity_high_min: int
    type_knowledge: tuple[str, ...]
    type_values: tuple[str, ...]
    type_min: int
    acute_any: tuple[AcuteRule, ...]
    phase: tuple[Phase, ...]
    stage: tuple[Stage, ...]
    conflict: tuple[ConflictStatement, ...]
    complexity: tuple[ComplexityStatement, ...]
    problem_type: tuple[ProblemType, ...]

"""Värns riskguide: questions, scales, constants and measures of an edition.

Our own proposal in three steps; SKR's Riskguiden has the same steps, other texts and weights.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from varn.catalogues.riskguide_steps import Level, Step1, Step2, Step3
from varn.catalogues.schema import build, read
from varn.catalogues.text import Text


class When(StrEnum):
    """When a measure is done, seen from the meeting; the order is that of the screen."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Meta:
    """Head of the edition."""

    id: str
    version: str
    as_of: date
    status: str
    source_note: Text
    sources: tuple[str, ...]
    privacy_note: Text


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level's name and how many days until the matter is assessed again."""

    id: Level
    rank: int
    text: Text
    review_days: int


@dataclass(frozen=True, slots=True)
class RoleName:
    """A duty role as this guide calls it; `catalogues.roles` resolves the id."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Strategy:
    """A cell of the table of conflict and complexity."""

    id: str
    conflict: Level
    complexity: Level
    text: Text


@dataclass(frozen=True, slots=True)
class Combined:
    """How the steps come together."""

    complexity_high_lifts_low_to: Level
    strategy: tuple[Strategy, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """`var` is a question id with its step (`step2.online_tone`) or a result (`stage`).

    Exactly one of `min` (number, or level by rank) and `eq`.
    """

    var: str
    min: int | Level | None = None
    eq: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Applies from `min_level` when `any` is empty or one of its conditions holds.

    `priority` 1 do, 2 should, 3 could; `due_days` from the assessment, negative before the meeting.
    """

    id: str
    phase: When
    role: str
    min_level: Level
    priority: int
    due_days: int
    any: tuple[Condition, ...]
    text: Text
    how: Text


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """Answers as letters in the order of the questions, and the results the edition must give."""

    id: str
    title: Text
    step1: str
    own_judgement: str
    expect_step1_sum: int
    expect_step1_level: Level
    expect_overall: Level
    expect_measures: tuple[str, ...]
    step2: str | None = None
    expect_step2_score: int | None = None
    expect_step2_percent: int | None = None
    expect_step2_level: Level | None = None
    expect_step2_range: tuple[int, ...] | None = None
    expect_step2_uncertain: bool | None = None
    expect_step2_insufficient: bool | None = None
    step3_conflict: str | None = None
    step3_complexity: str | None = None
    expect_stage: int | None = None
    expect_phase: str | None = None
    expect_conflict: Level | None = None
    expect_complexity_sum: int | None = None
    expect_complexity: Level | None = None
    expect_problem_type: str | None = None
    expect_strategy: str | None = None
    expect_acute: bool | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """An edition of the risk guide."""

    meta: Meta
    level: tuple[LevelRow, ...]
    role: tuple[RoleName, ...]
    step1: Step1
    step2: Step2
    step3: Step3
    result: Combined
    measure: tuple[Measure, ...]
    worked_case: tuple[WorkedCase, ...]


@cache
def guide(edition: str = "1.0.0") -> Guide:
    """Raises UnknownEdition; `edition` may come from outside."""
    return build(Guide, read("riskguide", edition), "riskguide")

"""The statements of steps 2 and 3 as they are asked, and how a group's answers to one of them fell. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from varn.catalogues.riskguide import guide
from varn.catalogues.text import Text
from varn.riskguide.case import UNKNOWN, Grade

STEPS = (2, 3)


@dataclass(frozen=True, slots=True)
class Statement:
    """`code` is step and id (`step2.online_tone`), `options` the texts of the answers from the lowest up; unknown comes last
    and has none. `part` heads a group of statements."""

    code: str
    step: int
    n: int
    text: Text
    options: tuple[Text, ...]
    part: Text

    @property
    def bare(self) -> str:
        """The catalogue's id."""
        return self.code.partition(".")[2]

    @property
    def values(self) -> tuple[Grade, ...]:
        """Every answer there is, unknown last."""
        return (*range(len(self.options)), UNKNOWN)


CONFLICT = Text("Konflikt", "Conflict")
COMPLEXITY = Text("Komplexitet", "Complexity")


@cache
def statements(step: int, edition: str) -> tuple[Statement, ...]:
    """In the order of the guide. Raises UnknownEdition."""
    chosen = guide(edition)
    asked: list[tuple[str, Text, tuple[Text, ...], Text]]
    if step == 2:
        parts = {section.id: section.text for section in chosen.step2.section}
        asked = [(one.id, one.text, one.anchors, parts[one.section]) for one in chosen.step2.question]
    else:
        asked = [(one.id, one.text, one.options, CONFLICT) for one in chosen.step3.conflict]
        asked += [(one.id, one.text, one.options, COMPLEXITY) for one in chosen.step3.complexity]
    return tuple(
        Statement(f"step{step}.{code}", step, n, text, options, part) for n, (code, text, options, part) in enumerate(asked, 1)
    )


@cache
def by_code(edition: str) -> Mapping[str, Statement]:
    """The statements of both steps."""
    return {one.code: one for step in STEPS for one in statements(step, edition)}


def value_in(text: str, statement: Statement) -> Grade | None:
    """An answer as sent by a page; None for what is not on the statement's scale."""
    return next((value for value in statement.values if str(value) == text), None)


def n_settled(codes: Iterable[str], step: int) -> int:
    """How many statements of the step are among the codes."""
    return sum(code.startswith(f"step{step}.") for code in codes)


def spread(answers: Iterable[Grade], statement: Statement) -> list[int]:
    """How many gave each answer, from the lowest up, unknown last."""
    given = list(answers)
    return [sum(answer == value for answer in given) for value in statement.values]


@dataclass(frozen=True, slots=True)
class Fallen:
    """What a spread says. `proposed`: the highest answer that anybody gave, unknown if nobody knew; None if nobody answered.

    `is_divided`: more than one answer. `is_wide`: they differ by so much that the guide asks for talk. `is_unsure`: those who
    know agree, and somebody does not know.
    """

    n: int
    proposed: Grade | None
    is_divided: bool
    is_wide: bool
    is_unsure: bool


def fallen(counts: Sequence[int], statement: Statement, edition: str) -> Fallen:
    *known, n_unknown = counts
    given = [value for value, n in enumerate(known) if n]
    n = sum(counts)
    proposed: Grade | None = max(given) if given else UNKNOWN if n_unknown else None
    width = max(given) - min(given) if given else 0
    return Fallen(
        n=n,
        proposed=proposed,
        is_divided=sum(count > 0 for count in counts) > 1,
        is_wide=width >= guide(edition).step2.spread_flag_min,
        is_unsure=n_unknown > 0 and len(given) < 2,
    )

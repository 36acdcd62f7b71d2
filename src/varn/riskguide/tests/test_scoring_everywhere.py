"""Every combination of answers: totality, monotony, and agreement with a second implementation."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from hypothesis import given, settings

from varn.catalogues.riskguide_steps import Level, Sorting
from varn.riskguide.output import _step2, _step3, as_json
from varn.riskguide.reading import read_case
from varn.riskguide.scoring import score, step1
from varn.riskguide.scoring_1_0_0 import step2, step3
from varn.riskguide.tests import reference
from varn.riskguide.tests.answers import COMPLEXITY, CONFLICT, GUIDE, STEP1, STEP2, cases

UNANSWERED = None
SORTED = [UNANSWERED, *Sorting]
OWN = [None, *Level]
STEPS_UP = {Sorting.NO: Sorting.PARTLY, Sorting.PARTLY: Sorting.YES}


def sorted_answers() -> Iterator[dict[str, Sorting]]:
    for row in product(SORTED, repeat=len(STEP1)):
        yield {code: answer for code, answer in zip(STEP1, row, strict=True) if answer is not None}


def test_step_1_agrees_with_the_reference_for_every_answer_and_judgement() -> None:
    for answers in sorted_answers():
        for own in OWN:
            if answers or own:
                got = step1(answers, own, GUIDE)
                row = {"sum": got.sum, "level": got.level, "next": got.next}
                assert row == reference.step1(answers, own), (answers, own)  # type: ignore[arg-type]
                assert got.reasons
                assert all(reason.level is got.level for reason in got.reasons)


def test_the_own_judgement_never_lowers_and_neither_do_the_answers() -> None:
    for answers in sorted_answers():
        without = step1(answers, None, GUIDE).level.rank if answers else 0
        for own in Level:
            assert step1(answers, own, GUIDE).level.rank == max(without, own.rank)


def test_step_1_never_falls_when_a_known_answer_rises() -> None:
    ranks = {tuple(answers.items()): step1(answers, None, GUIDE).level.rank for answers in sorted_answers() if answers}
    for key, rank in ranks.items():
        for code, answer in key:
            if answer in STEPS_UP:
                higher = tuple((c, STEPS_UP[a] if c == code else a) for c, a in key)
                assert ranks[higher] >= rank


def test_step_2_agrees_with_the_reference_and_never_falls_for_every_answer() -> None:
    """All 5^8 answers; the number of a row in base 5, unknown as 4, finds its neighbours."""
    grades: list[Any] = [0, 1, 2, 3, "unknown"]
    ranks = bytearray()
    powers = [5 ** (len(STEP2) - 1 - place) for place in range(len(STEP2))]
    for row in product(grades, repeat=len(STEP2)):
        answers = dict(zip(STEP2, row, strict=True))
        got = step2(answers, GUIDE)
        assert _step2(got) == reference.step2(answers), answers
        ranks.append(got.level.rank)
    for number, rank in enumerate(ranks):
        for power in powers:
            if number // power % 5 < 3:  # a known answer that can rise to a known answer
                assert ranks[number + power] >= rank


def test_the_conflict_part_agrees_with_the_reference_for_every_answer() -> None:
    calm = dict.fromkeys(COMPLEXITY, 0)
    stages = _part(CONFLICT, calm, "stage")
    _never_falls(stages)


def test_the_complexity_part_agrees_with_the_reference_for_every_answer() -> None:
    calm = dict.fromkeys(CONFLICT, 0)
    _never_falls(_part(COMPLEXITY, calm, "complexity_sum"))


def _part(codes: list[str], rest: dict[str, int], key: str) -> list[int | None]:
    grades: list[Any] = [0, 1, 2, "unknown"]
    found = []
    for row in product(grades, repeat=len(codes)):
        answers = rest | dict(zip(codes, row, strict=True))
        got = _step3(step3(answers, GUIDE))
        assert got == reference.step3(answers), answers
        found.append(got[key])
    return found  # type: ignore[return-value]


def _never_falls(found: list[int | None]) -> None:
    """Base 4, unknown as 3; None is no result."""
    for number, value in enumerate(found):
        for power in (4**place for place in range(8)):
            if number // power % 4 < 2 and value is not None:
                higher = found[number + power]
                assert higher is not None
                assert higher >= value


def test_the_strategy_table_has_a_cell_for_every_pair() -> None:
    cells = {(cell.conflict, cell.complexity) for cell in GUIDE.result.strategy}
    assert cells == set(product(Level, Level))
    assert len(GUIDE.result.strategy) == 9


@settings(max_examples=400, deadline=None)
@given(cases())
def test_a_whole_case_agrees_with_the_reference(row: dict[str, Any]) -> None:
    assert as_json(score(read_case(row), GUIDE)) == reference.whole(row)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_the_overall_level_never_falls_when_a_known_answer_rises(row: dict[str, Any]) -> None:
    before = score(read_case(row), GUIDE)
    for step, top in (("step2", 3), ("step3", 2)):
        for code, answer in row.get(step, {}).items():
            if answer != "unknown" and answer < top:
                after = score(read_case(row | {step: row[step] | {code: answer + 1}}), GUIDE)
                assert after.overall.rank >= before.overall.rank

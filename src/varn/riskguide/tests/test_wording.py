"""What the guide says of a result, in both languages."""

from typing import Any

import pytest
from hypothesis import given, settings

from varn.riskguide import wording
from varn.riskguide.explain import due, explain
from varn.riskguide.reading import read_case
from varn.riskguide.result import Result
from varn.riskguide.scoring import score
from varn.riskguide.tests.answers import GUIDE, case, cases


def result(**letters: Any) -> Result:
    return score(read_case(case(**letters)), GUIDE)


def sorted_because(letters: str, own: str | None = None, language: str = "sv") -> str:
    return wording.step1_reason(result(step1=letters, own=own).step1, GUIDE, language)


def test_the_reason_of_step_1_names_the_rule_that_decided() -> None:
    assert sorted_because("------", "moderate") == "Er egen bedömning är måttlig."
    assert sorted_because("pppnny") == "Svaren ger 5 poäng av 12: måttlig."
    assert sorted_because("uuunnn") == "3 frågor har svaret Vet inte. Då blir det minst måttlig."
    assert sorted_because("nynnnn").startswith("Ja på ”Har liknande ärenden lett till hat")


def test_the_reason_says_when_the_answers_raise_the_own_judgement() -> None:
    said = sorted_because("yyyynn", "low")
    assert said == "Svaren höjer den egna bedömningen från låg till hög. Svaren ger 8 poäng av 12: hög."
    assert sorted_because("yyyynn", "low", "en").startswith("The answers raise your own judgement from low to high.")


def test_an_uncertain_step_2_gives_its_range() -> None:
    said = wording.step2_reason(result(step2="u2uu1u10").step2, GUIDE, "sv")  # type: ignore[arg-type]
    assert "4 svar är okända" in said
    assert "från 17 till 72 procent" in said


def test_acute_by_an_unknown_answer_is_not_told_as_a_fact() -> None:
    step = result(step2="00000000", conflict="0000000u").step3
    assert step is not None
    assert wording.acute_reason(step, GUIDE, "sv").startswith("AKUT för säkerhets skull: svaret är okänt för Våld")
    known = result(step2="00000000", conflict="0000020u").step3
    assert known is not None
    assert wording.acute_reason(known, GUIDE, "sv").startswith("AKUT: Hot. Skydda")


def test_a_high_conflict_shows_the_help_of_protection_whatever_its_stage() -> None:
    step = result(step2="00000000", conflict="00000100").step3
    assert step is not None
    assert step.phase == "polarised"
    assert wording.phase_help(step, GUIDE, "sv").startswith("Skydda människor")


def test_a_part_without_result_says_why() -> None:
    said = explain(result(step2="00000000", conflict="00000000", complexity="uuuu0000"), GUIDE, "sv")
    assert "För många svar om komplexiteten är okända (4)" in said
    assert "Strategi" not in said


def test_a_measure_on_an_unknown_answer_says_so() -> None:
    said = explain(result(step2="u0000000", own="high", conflict="u0000000"), GUIDE, "sv")
    assert "brukar skrämma eller störa (okänt svar, räknas för säkerhets skull)" in explain(result(step2="uuuu0000"), GUIDE, "sv")
    assert "Tonen i kommentarer (okänt svar, räknas för säkerhets skull)" in said


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "samma dag"), (1, "inom en dag"), (14, "inom 14 dagar"), (-5, "5 dagar före mötet")],
)
def test_a_day_is_said_as_people_say_it(days: int, said: str) -> None:
    assert due(days, "sv") == said


@settings(max_examples=150, deadline=None)
@given(cases())
def test_every_result_can_be_explained_in_both_languages(row: dict[str, Any]) -> None:
    found = score(read_case(row), GUIDE)
    swedish, english = explain(found, GUIDE, "sv"), explain(found, GUIDE, "en")
    assert swedish != english
    assert len(swedish.splitlines()) == len(english.splitlines())
    assert not [mark for mark in ("{", "}", "None", "Level.") if mark in swedish + english]

"""What the report says, and how it is laid out, whatever the answers are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from varn.catalogues.riskguide import guide
from varn.riskguide.assessment.levels import Stored, case_of, levels
from varn.riskguide.assessment.statements import statements
from varn.riskguide.case import Grade
from varn.riskguide.reading import read_case
from varn.riskguide.report.content import TEMPLATE, content_of
from varn.riskguide.report.exported import as_case
from varn.riskguide.report.facts import Ended, Facts, Promise
from varn.riskguide.report.plain import as_text
from varn.riskguide.tests.answers import cases
from varn.ui.paper import pdf_of

DAY = date(2026, 11, 24)
PROMISE = Promise("Bjud in till samtal", "Så att fler kommer till tals.", "Ordförande", DAY, "Planerad", "")


def joint(step2: str, step3: str = "") -> dict[str, Grade]:
    given = zip((*statements(2, "1.0.0"), *statements(3, "1.0.0")), step2 + step3, strict=False)
    return {one.code: "unknown" if letter == "u" else int(letter) for one, letter in given}


def facts(answers: Mapping[str, Grade], **changed: Any) -> Facts:
    stored = Stored("1.0.0", "high", {}, answers)
    spreads: Mapping[str, Sequence[int]] = {code: [0, 1, 2, 0, 1] for code in answers}
    made = Facts(
        organisation="Granviks kommun",
        title="Ny skolstruktur",
        register_number="KS 2026/41",
        body="Kommunstyrelsen",
        assessed_on=DAY,
        printed_on=DAY,
        stored=stored,
        step=3 if len(answers) > 8 else 2,
        spreads=spreads,
        note="",
        past=((DAY, levels(stored)),),
        measures=(PROMISE,),
        ways=("Jour: 0555-123 45",),
    )
    return replace(made, **changed)


def text(told: Facts, language: str = "sv") -> str:
    return " ".join(as_text(content_of(told, language)).split())


def pages(told: Facts, language: str = "sv") -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf_of(TEMPLATE, content_of(told, language)))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


WORST = "33333333", "2" * 16


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_summary_is_one_page_even_of_the_longest(language: str) -> None:
    longest = replace(PROMISE, what="Bjud in till samtal " * 15, owner="Kommunens säkerhetsfunktion")
    told = facts(
        joint(*WORST),
        title=("Ny skolstruktur i Norrbyn " * 12)[:300],
        measures=(longest,) * 100,
        ways=("Kommunens säkerhetssamordnare: 0555-123 45 (dygnet runt)",) * 10,
    )
    first, second, *_ = pages(told, language)
    assert first.startswith("Risk")
    assert second.startswith("Varför nivån blev så" if language == "sv" else "Why the level came out so")
    assert "och 93 till" in first or "and 93 more" in first


def test_what_is_acute_is_said_before_the_matter_with_whom_to_call() -> None:
    said = text(facts(joint(*WORST)))
    assert said.index("AKUT") < said.index("Nödläge: 112") < said.index("Jour: 0555-123 45") < said.index("Ny skolstruktur")


def test_the_range_is_said_where_answers_are_unknown() -> None:
    said = text(facts(joint("uu222222")))
    assert "om de okända svaren (2) i steg 2 vore andra" in said
    assert "Inget svar i steg 2 är okänt." in text(facts(joint("22222222")))


def test_too_many_unknowns_are_said_to_be_too_thin() -> None:
    assert "Underlaget räcker inte" in text(facts(joint("uuuu2222")))


def test_a_step_that_was_not_taken_and_one_under_way_are_told_apart() -> None:
    assert "Steg 3 är inte gjort." in text(facts(joint("22222222")))
    assert "Steg 3 är inte klart: 2 av 16" in text(facts(joint("22222222", "11")))


def test_how_the_answers_fell_is_a_line_for_each_answer_given() -> None:
    said = text(facts(joint("22222222")))
    assert "1 × Vet inte" in said
    assert "Så föll svaren" not in text(facts(joint("22222222"), spreads={}))


def test_what_happened_and_the_lesson_are_told_of_a_closed_matter() -> None:
    ended = Ended(DAY, "Hat", "Delvis", "Bjud in tidigare.", "Till akten, KS 2026/99")
    said = text(facts(joint("22222222"), ended=ended, note="Mötet blev lugnt."))
    for words in ("2026-11-24: Hat", "Bjud in tidigare.", "KS 2026/99", "Mötet blev lugnt."):
        assert words in said, words


def test_the_numbers_of_the_edition_stand_in_how_it_is_computed() -> None:
    said, step = text(facts(joint("22222222"))), guide("1.0.0").step2
    assert f"Från {step.moderate_min_percent} procent" in said
    assert "inte prövade i forskning" in said


def test_paper_and_text_say_the_same_words() -> None:
    told = facts(joint("2u133221", "2222220022221222"))
    printed = "".join(pages(told)).replace("\ufffe", "").replace(" ", "")
    for line in as_text(content_of(told, "sv")).split():
        word = line.strip("-=").replace(" ", "")
        assert word in printed or word.rstrip(":") in printed, word


@pytest.mark.parametrize("language", ["sv", "en"])
def test_signs_that_mean_something_to_typst_are_only_signs(language: str) -> None:
    told = facts(joint("22222222"), title="#let $x *y* _z_ @w <v> \\ 😀", note="= rubrik\n- punkt")
    first, *_ = pages(told, language)
    assert "#let $x *y* _z_ @w <v> \\ □" in first


@settings(deadline=None)
@given(cases())
def test_exported_answers_are_read_as_the_same_case(row: dict[str, Any]) -> None:
    case = read_case(row)
    answers = {f"step{step}.{code}": value for step in (2, 3) for code, value in (getattr(case, f"step{step}") or {}).items()}
    own = case.own_judgement.value if case.own_judgement else ""
    stored = Stored(case.edition, own, {code: answer.value for code, answer in case.step1.items()}, answers)
    assert read_case(as_case(stored)) == case == case_of(stored)

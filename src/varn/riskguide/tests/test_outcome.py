"""Step 1 in words agrees with the scoring, and the plain text with the page."""

from datetime import date
from itertools import product

import pytest

from varn.catalogues.riskguide import guide
from varn.catalogues.riskguide_steps import Level, Sorting
from varn.riskguide.notes import Note, as_text
from varn.riskguide.outcome import counted, outcome_of, result_of
from varn.riskguide.scoring import step1

CODES = [question.id for question in guide().step1.question]


def test_nothing_given_is_nothing_judged() -> None:
    assert outcome_of("", {}, "1.0.0", "sv") is None


@pytest.mark.parametrize("judgement", ["", "low", "moderate", "high"])
def test_level_and_next_are_those_of_the_scoring(judgement: str) -> None:
    for given in product(("no", "yes", "unknown"), repeat=3):
        answers = dict(zip(CODES, given, strict=False))
        wanted = step1({code: Sorting(a) for code, a in answers.items()}, Level(judgement) if judgement else None, guide())
        outcome = outcome_of(judgement, answers, "1.0.0", "sv")
        assert outcome is not None
        assert (outcome.level, outcome.next_code) == (wanted.level, wanted.next)
        assert outcome.is_raised == (bool(judgement) and wanted.level != judgement)


def test_the_reason_is_said_in_words() -> None:
    floor = outcome_of("low", {"earlier_hate": "yes"}, "1.0.0", "sv")
    assert floor is not None
    assert floor.next_step == "Steg 2 rekommenderas"
    assert "Har liknande ärenden lett till hat eller hot" in floor.reason
    chosen = outcome_of("high", {}, "1.0.0", "en")
    assert chosen is not None
    assert (chosen.next_step, chosen.reason) == ("Step 2 required", "Chosen level: high.")


def test_counts_add_up() -> None:
    counts = counted([Level.HIGH, Level.LOW, None, Level.HIGH])
    assert (counts.n, counts.judged, counts.left, counts.high, counts.moderate, counts.low) == (4, 3, 1, 2, 0, 1)


def test_the_text_for_notes_has_the_highest_first() -> None:
    notes = [
        Note("§ 1 Bro", "KS 1", Level.LOW, "Klart här", "Vald nivå: låg."),
        Note("§ 2 Varg", "", Level.HIGH, "Steg 2 krävs", "x"),
        Note("§ 3 Väg"),
    ]
    text = as_text("Kommunstyrelsen", date(2026, 12, 9), notes, "sv")
    assert text.startswith("Riskguiden steg 1: Kommunstyrelsen 2026-12-09\n")
    assert (
        text.index("HÖG (1)")
        < text.index("§ 2 Varg")
        < text.index("LÅG (1)")
        < text.index("- § 1 Bro (dnr KS 1)")
        < text.index("EJ BEDÖMDA (1)")
    )


def test_an_unknown_edition_is_told() -> None:
    from varn.catalogues.schema import UnknownEdition

    with pytest.raises(UnknownEdition):
        result_of("low", {}, "9.9.9")

"""Old assessments recompute as they did, for ever: rows as the table keeps them, with what an independent computation gave
when they were stored. A published edition's file is never edited; a new edition adds its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from varn.catalogues.schema import editions
from varn.riskguide.assessment.levels import Stored, as_row, case_of, figures_of, from_row, levels, result_of
from varn.riskguide.assessment.told import told
from varn.riskguide.output import as_json

FOLDER = Path(__file__).with_name("stored")
ROWS = [row for file in sorted(FOLDER.glob("*.json")) for row in json.loads(file.read_text("utf-8"))]


def test_every_published_edition_has_stored_assessments() -> None:
    assert {row["stored"]["edition"] for row in ROWS} == set(editions("riskguide"))
    assert len(ROWS) >= 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(ROWS.index(row)))
def test_a_stored_assessment_gives_what_it_gave(row: dict[str, Any]) -> None:
    stored = Stored(**row["stored"])
    assert json.loads(json.dumps(as_json(result_of(stored)))) == row["expect"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(ROWS.index(row)))
def test_its_figures_survive_being_kept_as_json_and_its_words_are_whole(row: dict[str, Any]) -> None:
    stored = Stored(**row["stored"])
    figures = figures_of(result_of(stored))
    assert from_row(json.loads(json.dumps(as_row(figures)))) == figures == levels(stored)
    for language in ("sv", "en"):
        said = told(stored, language)
        assert (said.overall, said.step2 is None) == (figures.overall, figures.step2 is None)
        assert not any("{" in text for text in (said.acute, said.review, said.step1_reason, *said.lower))


def test_a_step_counts_only_when_every_statement_is_answered() -> None:
    whole = next(row["stored"] for row in ROWS if "step3" in row["expect"])
    for missing in ("step2.online_tone", "step3.tone"):
        joint = {code: value for code, value in whole["joint"].items() if code != missing}
        case = case_of(Stored(**{**whole, "joint": joint}))
        assert case.step3 is None
        assert (case.step2 is None) == missing.startswith("step2")

"""The answers of an assessment as a case that `varn risk score` reads. Pure."""

import json
from typing import Any

from varn.riskguide.assessment.levels import Stored, case_of


def as_case(stored: Stored) -> dict[str, Any]:
    """JSON's own types, as `reading.read_case` takes them: steps that are not whole are left out."""
    case = case_of(stored)
    row: dict[str, Any] = {
        "edition": case.edition,
        "step1": {code: answer.value for code, answer in case.step1.items()},
    }
    if case.own_judgement is not None:
        row["step1"]["own_judgement"] = case.own_judgement.value
    if case.step2 is not None:
        row["step2"] = dict(case.step2)
    if case.step3 is not None:
        row["step3"] = dict(case.step3)
    return row


def as_json(stored: Stored) -> str:
    return json.dumps(as_case(stored), ensure_ascii=False, indent=2) + "\n"

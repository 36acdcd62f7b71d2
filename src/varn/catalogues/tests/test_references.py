"""Ids that one row uses of another exist: inside a catalogue and across them."""

import re
from typing import Any

import pytest

from varn.catalogues.tests.reading import content, strings, tables

ANY = "*"  # a ruling on every criterion
# catalogue, table, field, table whose ids it names
POINTERS = [
    ("offences", "offence", "related", "offence"),
    ("offences", "phenomenon", "offences", "offence"),
    ("definitions", "definition", "see_also", "definition"),
    ("governance", "criterion", "group", "group"),
    ("governance", "criterion", "from_", "origin"),
    ("governance", "criterion", "also_from", "origin"),
    ("governance", "criterion", "min_strength", "strength"),
    ("governance", "ruling", "criterion", "criterion"),
    ("coe_assessment", "item", "area", "area"),
    ("coe_assessment", "item", "recommendations", "recommendation"),
    ("coe_assessment", "item", "auto", "auto"),
    ("networks", "task", "networks", "network"),
    ("riskguide", "measure", "role", "role"),
    ("riskguide", "measure", "min_level", "level"),
    ("survey", "question", "block", "block"),
    ("survey", "question", "ptu", "ptu_topic"),
    ("survey", "benchmark", "indicator", "indicator"),
]


def ids(catalogue: str, table: str) -> set[str]:
    return {row["id"] for row in content(catalogue)[table]}


@pytest.mark.parametrize(("catalogue", "table", "field", "target"), POINTERS)
def test_a_pointer_finds_its_row(catalogue: str, table: str, field: str, target: str) -> None:
    known = ids(catalogue, target)
    used = {code for row in content(catalogue)[table] for code in strings(row.get(field, [])) if code}
    used -= {ANY}
    assert used - known == set()


def test_a_step_of_the_first_year_is_done_by_something_observable() -> None:
    networks = content("networks")
    known = ids("networks", "observable")
    used = {done["observable"] for step in networks["first_year"]["step"] for done in step["done_when"]}
    assert used - known == set()


def test_a_question_of_the_survey_is_shown_by_options_that_exist() -> None:
    questions = {row["id"]: row for row in content("survey")["question"]}
    for row in questions.values():
        for clause in filter(None, row["show_if"].split(" or ")):
            found = re.fullmatch(r"(\w+) (?:any|in ([\w,]+))", clause)
            assert found, clause
            options = {option["id"] for option in questions[found[1]]["options"]}
            assert set((found[2] or "").split(",")) - options <= {""}, clause


def test_an_indicator_counts_options_that_exist() -> None:
    options = {f"{row['id']}.{option['id']}" for row in content("survey")["question"] for option in row["options"]}
    used = {code for row in content("survey")["indicator"] for code in row["numerator"]}
    assert used - options == set()


def test_a_clause_has_only_known_placeholders() -> None:
    known = ids("governance", "placeholder")
    used = {name for row in content("governance")["criterion"] for name in re.findall(r"\{\{(\w+)\}\}", row["clause_sv"])}
    assert used - known == set()


def test_cues_use_only_known_sets_and_roles() -> None:
    known = ids("governance", "set") | ids("governance", "role")
    for where, table in tables(content("governance")):
        for key in {"cues", "demands", "false_friends", "background_cues"} & table.keys():
            for cue in strings(table[key]):
                for name in re.findall(r"@(\w+)", cue):
                    assert name in known, f"{where}.{key}: {cue}"


def test_a_worked_case_of_governance_expects_criteria_that_exist() -> None:
    known = ids("governance", "criterion")
    used = {row["criterion"] for case in content("governance")["worked_case"] for row in case["expect"]}
    assert used - known == set()


def test_a_scenario_leads_on_to_one_that_exists_and_has_a_good_and_a_bad_choice() -> None:
    scenarios: list[dict[str, Any]] = [scenario for module in content("training")["module"] for scenario in module["scenario"]]
    known = {scenario["id"] for scenario in scenarios}
    for scenario in scenarios:
        assert {choice["good"] for choice in scenario["choices"]} == {True, False}, scenario["id"]
        assert {choice["next"] for choice in scenario["choices"] if "next" in choice} <= known


def test_a_check_has_exactly_one_correct_answer() -> None:
    for module in content("training")["module"]:
        for check in module["check"]:
            assert [option["correct"] for option in check["options"]].count(True) == 1, check["id"]


def test_every_level_of_the_self_assessment_is_described_once() -> None:
    values = [row["value"] for row in content("coe_assessment")["level"]]
    for item in content("coe_assessment")["item"]:
        assert [level["level"] for level in item["levels"]] == values, item["id"]


def test_the_agenda_of_a_meeting_adds_up() -> None:
    for network in content("networks")["network"]:
        for agenda in network["agenda"]:
            assert sum(item["minutes"] for item in agenda["items"]) == agenda["minutes"], agenda["id"]


def test_the_values_of_an_offence_are_among_those_of_the_head() -> None:
    offences = content("offences")
    for row in offences["offence"]:
        assert row["prosecution"] in offences["meta"]["prosecution_values"]
        assert row["police_report"] in offences["meta"]["police_report_values"]
        assert set(row["channels"]) <= set(offences["meta"]["channels_values"])


def test_the_phases_of_a_checklist_stand_in_the_order_of_the_head() -> None:
    checklists = content("checklists")
    order = checklists["meta"]["phase_order"]
    for checklist in checklists["checklist"]:
        assert {phase["id"] for phase in checklist["phase"]} <= set(order), checklist["id"]

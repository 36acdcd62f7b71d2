"""The computation a second time, straight from the facts (section 7) and in another style.

Literal numbers and the table of measures as written there: nothing here reads the code under test.
Only priority, phase and due_days come from the catalogue's TOML. Levels are 0, 1, 2.
"""

import tomllib
from pathlib import Path
from typing import Any

NAMES = ["low", "moderate", "high"]
TOML = Path(__file__).parents[2] / "catalogues" / "riskguide-1.0.0.toml"
S2 = {
    "hostile_actors": 3,
    "emotional_charge": 2,
    "mobilisation": 2,
    "online_tone": 2,
    "earlier_incidents": 3,
    "personal_focus": 3,
    "process_trust": 2,
    "exposure_moments": 1,
}
GLASL = {
    "tone": "025",
    "dialogue": "014",
    "information": "024",
    "protests": "034",
    "hate": "055",
    "threats": "066",
    "damage": "078",
    "violence": "078",
}
C = ["actors", "goal_conflicts", "values", "knowledge_uncertainty", "interdependence", "predictability", "history", "trust"]
STRATEGIES = [
    ["as_usual", "inform_early", "early_dialogue"],
    ["calm_down", "calm_and_dialogue", "facilitated_dialogue"],
    ["protect_first", "protect_then_talk", "protect_and_external_help"],
]
KINDS = [["structured", "value_conflict"], ["knowledge_problem", "wicked"]]
TABLE = """
name_contact|moderate|
plan_review|low|
map_perspectives|low|step2.emotional_charge ≥ 2; step1.tangible_loss ≥ 2; step3.actors ≥ 2
adjust_timeline|moderate|step2.process_trust ≥ 2; step2.emotional_charge ≥ 3; complexity ≥ moderate
show_influence|low|step2.process_trust ≥ 1; step3.information ≥ 1; step3.trust ≥ 1
facts_page|moderate|step3.information ≥ 1; step3.knowledge_uncertainty ≥ 1; step2.online_tone ≥ 2
collective_sender|moderate|step2.personal_focus ≥ 2; step1.visible_person ≥ 2
joint_fact_finding|low|problem_type = knowledge_problem; problem_type = wicked
facilitator|moderate|stage ≥ 4; complexity ≥ high
working_group|high|
brief_elected|moderate|
brief_group_leaders|moderate|step1.political_tension ≥ 2; step2.personal_focus ≥ 1; stage ≥ 2
contact_police|moderate|overall ≥ high; step2.hostile_actors ≥ 2; step3.threats ≥ 1
monitor_open_channels|moderate|step2.online_tone ≥ 2; step2.mobilisation ≥ 2; step3.hate ≥ 1
check_privacy|moderate|step2.personal_focus ≥ 2; step2.earlier_incidents ≥ 2; step3.threats ≥ 1
meeting_risk_check|moderate|step2.exposure_moments ≥ 2
change_format|high|step2.exposure_moments ≥ 2; step3.threats ≥ 1
meeting_host|moderate|step2.exposure_moments ≥ 2
guard_on_site|high|step2.hostile_actors ≥ 3; step3.threats ≥ 2; step3.violence ≥ 1
safe_travel|high|step2.personal_focus ≥ 3; step3.threats ≥ 1; step3.violence ≥ 1
hold_tone|low|step1.political_tension ≥ 2; step3.tone ≥ 1; step2.online_tone ≥ 2
moderate_channels|moderate|step2.online_tone ≥ 2; step3.tone ≥ 1; step3.hate ≥ 1
postpone_if_unsafe|high|step3.threats ≥ 2; step3.violence ≥ 1
preserve_evidence|low|step3.hate ≥ 1; step3.threats ≥ 1; step3.damage ≥ 1; step3.violence ≥ 1; step2.earlier_incidents ≥ 3
report_incident|low|step3.hate ≥ 1; step3.threats ≥ 1; step3.damage ≥ 1; step3.violence ≥ 1; step2.earlier_incidents ≥ 3
police_report|low|step3.threats ≥ 1; step3.damage ≥ 1; step3.violence ≥ 1; step3.hate ≥ 2
support_talk|low|step3.hate ≥ 1; step3.threats ≥ 1; step3.damage ≥ 1; step3.violence ≥ 1; step2.personal_focus ≥ 3
sexist_content_support|low|step2.personal_focus ≥ 3
legal_check|moderate|step3.threats ≥ 1; step3.hate ≥ 2; step3.damage ≥ 1
explain_decision|low|step2.process_trust ≥ 1; step2.emotional_charge ≥ 2
debrief|moderate|
""".strip().splitlines()
ROWS = {row["id"]: row for row in tomllib.loads(TOML.read_text("utf-8"))["measure"]}


def step1(answers: dict[str, str], own: str | None) -> dict[str, Any]:
    given = list(answers.values())
    total = given.count("partly") + 2 * given.count("yes") + given.count("unknown")
    rank = (total > 3) + (total > 7)
    if answers.get("earlier_hate") == "yes" or given.count("unknown") >= 3:
        rank = max(rank, 1)
    if own:
        rank = max(rank, NAMES.index(own))
    return {
        "sum": total,
        "level": NAMES[rank],
        "next": ["stop", "step2_recommended", "step2_required"][rank],
    }


def _run2(values: dict[str, int]) -> tuple[int, int, int]:
    """(score, percent, rank)"""
    score = sum(S2[k] * v for k, v in values.items())
    percent = (200 * score + 54) // 108
    rank = (percent > 29) + (percent > 59)
    if list(values.values()).count(3) > 1:
        rank = max(rank, 1)
    if 3 in (values["hostile_actors"], values["earlier_incidents"]):
        rank = 2
    return score, percent, rank


def step2(answers: dict[str, Any]) -> dict[str, Any]:
    two, nought, three = ({k: n if v == "unknown" else v for k, v in answers.items()} for n in (2, 0, 3))
    n = list(answers.values()).count("unknown")
    score, percent, rank = _run2(two)
    low, high = _run2(nought), _run2(three)
    if n > 3:
        rank = max(rank, 1)
    pulls = sorted(((-S2[k] * two[k], place, k) for place, k in enumerate(S2) if two[k]))
    return {
        "score": score,
        "percent": percent,
        "level": NAMES[rank],
        "range": [low[1], high[1]],
        "uncertain": low[2] != high[2],
        "insufficient": n > 3,
        "drivers": [k for _, _, k in pulls][:5],
        "next": ["stop", "step3_recommended", "step3_required"][rank],
    }


def step3(answers: dict[str, Any]) -> dict[str, Any]:
    vague = sum(answers[k] == "unknown" for k in GLASL) > 3
    blind = sum(answers[k] == "unknown" for k in C) > 3
    seen = {k: answers[k] for k in GLASL if answers[k] != "unknown" or not vague}
    seen = {k: 1 if v == "unknown" else v for k, v in seen.items()}
    stage = max([int(GLASL[k][v]) for k, v in seen.items()], default=0)
    if seen.get("damage") == seen.get("violence") == 2:
        stage = 9
    conflict = (stage > 3) + (stage > 5)
    known = {k: 1 if answers[k] == "unknown" else answers[k] for k in C}
    total = sum(known.values())
    heavy = (total > 5) + (total > 10)
    k = known["knowledge_uncertainty"] + known["predictability"] + known["interdependence"]
    v = known["goal_conflicts"] + known["values"] + known["history"]
    return {
        "stage": stage,
        "at_least": vague,
        "phase": "none" if stage == 0 else ["resolvable", "polarised", "destructive"][(stage - 1) // 3],
        "conflict": NAMES[conflict],
        "complexity_sum": None if blind else total,
        "complexity": None if blind else NAMES[heavy],
        "problem_type": None if blind else KINDS[k >= 3][v >= 3],
        "strategy": None if blind else STRATEGIES[conflict][heavy],
        "acute": seen.get("threats") == 2 or seen.get("damage") == 2 or seen.get("violence", 0) >= 1,
        "reason": "complexity_unknown" if blind else None,
    }


def _true(condition: str, facts: dict[str, Any]) -> bool:
    var, sign, wanted = condition.split()
    if facts.get(var) is None:
        return False
    if sign == "=":
        return bool(facts[var] == wanted)
    if wanted in NAMES:
        return NAMES.index(facts[var]) >= NAMES.index(wanted)
    return int(facts[var]) >= int(wanted)


def measures(overall: str, facts: dict[str, Any]) -> list[str]:
    found = []
    for place, line in enumerate(TABLE):
        name, level, conditions = line.split("|")
        fires = not conditions or any(_true(c, facts) for c in conditions.split("; "))
        if fires and NAMES.index(overall) >= NAMES.index(level):
            row = ROWS[name]
            phase = ["before", "during", "after"].index(row["phase"])
            found.append((row["priority"], phase, row["due_days"], place, name))
    return [name for *_, name in sorted(found)]


def whole(case: dict[str, Any]) -> dict[str, Any]:
    """The whole answer to one case as the command line gives it."""
    answers = {k: v for k, v in case["step1"].items() if k != "own_judgement"}
    out: dict[str, Any] = {"step1": step1(answers, case["step1"].get("own_judgement"))}
    facts: dict[str, Any] = {f"step1.{k}": {"no": 0, "partly": 1, "yes": 2, "unknown": 1}[v] for k, v in answers.items()}
    overall = out["step1"]["level"]
    if "step2" in case:
        out["step2"] = step2(case["step2"])
        overall = out["step2"]["level"]
        facts |= {f"step2.{k}": 2 if v == "unknown" else v for k, v in case["step2"].items()}
    if "step3" in case:
        third = out["step3"] = step3(case["step3"])
        overall = NAMES[max(NAMES.index(overall), NAMES.index(third["conflict"]))]
        if third["complexity"] == "high" and overall == "low":
            overall = "moderate"
        facts |= {f"step3.{k}": 1 if v == "unknown" else v for k, v in case["step3"].items()}
        facts |= {k: third[k] for k in ("stage", "conflict", "complexity", "problem_type")}
    facts["overall"] = overall
    return out | {"overall": overall, "measures": measures(overall, facts)}

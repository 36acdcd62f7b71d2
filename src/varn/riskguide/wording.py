"""Says in words why the guide came to a level, the same on a page and in the terminal."""

from varn.catalogues.riskguide import Guide
from varn.catalogues.riskguide_steps import Level, Next
from varn.catalogues.text import Text
from varn.riskguide.result import (
    Fired,
    NoResult,
    Proposal,
    Reason,
    Rule,
    Step1Result,
    Step2Result,
    Step3Result,
)

NEXT = {
    Next.STOP: Text("Stanna här.", "Stop here."),
    Next.STEP2_RECOMMENDED: Text("Gör gärna steg 2.", "Step 2 is recommended."),
    Next.STEP2_REQUIRED: Text("Gå vidare till steg 2.", "Go on to step 2."),
    Next.STEP3_RECOMMENDED: Text("Gör gärna steg 3.", "Step 3 is recommended."),
    Next.STEP3_REQUIRED: Text("Gå vidare till steg 3.", "Go on to step 3."),
}
STEP1 = {
    Rule.OWN_JUDGEMENT: Text("Er egen bedömning är {level}.", "Your own judgement is {level}."),
    Rule.SUM: Text(
        "Svaren ger {number} poäng av {most}: {level}.",
        "The answers give {number} points of {most}: {level}.",
    ),
    Rule.FLOOR: Text("Ja på ”{question}” ger minst {level}.", "Yes to ‘{question}’ gives at least {level}."),
    Rule.UNKNOWNS: Text(
        "{number} frågor har svaret Vet inte. Då blir det minst {level}.",
        "{number} questions are answered Don't know. That gives at least {level}.",
    ),
}
RAISED = Text(
    "Svaren höjer den egna bedömningen från {low} till {level}.",
    "The answers raise your own judgement from {low} to {level}.",
)
STEP2 = {
    Rule.PERCENT: Text(
        "Svaren ger {score} poäng av {most}, {number} procent: {level}.",
        "The answers give {score} points of {most}, {number} per cent: {level}.",
    ),
    Rule.FLOOR: Text("Högsta svaret på ”{question}” ger {level}.", "The highest answer to ‘{question}’ gives {level}."),
    Rule.THREES: Text(
        "{number} frågor har det högsta svaret. Då blir det minst {level}.",
        "{number} questions have the highest answer. That gives at least {level}.",
    ),
    Rule.UNKNOWNS: Text(
        "{number} svar är okända. Underlaget räcker inte, så det blir minst {level}.",
        "{number} answers are unknown. The basis is insufficient, so it is at least {level}.",
    ),
}
UNCERTAIN = Text(
    "Resultatet är osäkert: de okända svaren kan ge allt från {low} till {high} procent.",
    "The result is uncertain: the unknown answers may give anything from {low} to {high} per cent.",
)
RANGE = Text(
    "Med de okända svaren kan det bli {low} till {high} procent, på samma nivå.",
    "With the unknown answers it may be {low} to {high} per cent, on the same level.",
)
STAGE = Text(
    "Konflikten är på steg {stage} av 9, ”{name}”: {level}.",
    "The conflict is at stage {stage} of 9, ‘{name}’: {level}.",
)
STAGE_AT_LEAST = Text(
    "Konflikten är på minst steg {stage} av 9, ”{name}”: minst {level}. För många svar är okända.",
    "The conflict is at least at stage {stage} of 9, ‘{name}’: at least {level}. Too many answers are unknown.",
)
NO_STAGE = Text("Ingen konflikt märks: {level}.", "No conflict is noticed: {level}.")
NO_STAGE_AT_LEAST = Text(
    "De svar som är kända visar ingen konflikt, men för många är okända.",
    "The answers that are known show no conflict, but too many are unknown.",
)
ACUTE = Text(
    "AKUT: {statements}. Skydda människor först. Ring 112 om faran är nära.",
    "ACUTE: {statements}. Protect people first. Call 112 if danger is near.",
)
ACUTE_UNKNOWN = Text(
    "AKUT för säkerhets skull: svaret är okänt för {statements}. Ta reda på hur det är. Ring 112 om faran är nära.",
    "ACUTE to be on the safe side: the answer is unknown for {statements}. Find out. Call 112 if danger is near.",
)
HELD_UP = Text("Det beror på: {statements}.", "This is because of: {statements}.")
COMPLEXITY = Text("Komplexiteten är {sum} av {most}: {level}.", "The complexity is {sum} of {most}: {level}.")
NO_RESULT = {
    NoResult.COMPLEXITY_UNKNOWN: Text(
        "För många svar om komplexiteten är okända ({number}). Ta reda på mer och bedöm igen; "
        "komplexitet, problemtyp och strategi visas inte.",
        "Too many answers on the complexity are unknown ({number}). Find out more and assess again; "
        "complexity, kind of problem and strategy are not shown.",
    )
}
ALWAYS = Text("Gäller alltid från nivån {level}.", "Always applies from the level {level}.")
BECAUSE = Text("Föreslås på grund av: {conditions}.", "Proposed because of: {conditions}.")
PRECAUTION = Text("okänt svar, räknas för säkerhets skull", "unknown answer, counted to be on the safe side")
RESTS = Text("beror på okända svar", "rests on unknown answers")
DERIVED = {
    "overall": Text("samlad nivå", "overall level"),
    "conflict": Text("konflikt", "conflict"),
    "complexity": Text("komplexitet", "complexity"),
    "stage": Text("konfliktens steg", "stage of the conflict"),
    "problem_type": Text("problemtyp", "kind of problem"),
}


def level_name(level: Level, guide: Guide, language: str) -> str:
    """In lower case, to stand inside a sentence."""
    return next(row.text for row in guide.level if row.id is level).in_language(language).lower()


def step1_reason(result: Step1Result, guide: Guide, language: str) -> str:
    """One sentence for each rule that gave the level; says so when the answers raised the judgement."""
    most = len(guide.step1.question) * max(guide.step1.points.values())
    said = [_rule(STEP1, reason, guide, language, most=most) for reason in result.reasons]
    own = result.own_judgement
    if own is not None and own is not result.level:
        names = level_name(own, guide, language), level_name(result.level, guide, language)
        said.insert(0, RAISED.in_language(language).format(low=names[0], level=names[1]))
    return " ".join(said)


def step2_reason(result: Step2Result, guide: Guide, language: str) -> str:
    """One sentence for each rule that gave the level, and what unknown answers make of it."""
    most = guide.step2.scale_max * sum(question.weight for question in guide.step2.question)
    said = [_rule(STEP2, reason, guide, language, most=most, score=result.score) for reason in result.reasons]
    low, high = result.range
    if result.n_unknown:
        text = UNCERTAIN if result.uncertain else RANGE
        said.append(text.in_language(language).format(low=low, high=high))
    return " ".join(said)


def conflict_reason(result: Step3Result, guide: Guide, language: str) -> str:
    """The stage, its name and level, and the statements that hold it up."""
    level = level_name(result.conflict, guide, language)
    if result.stage == 0:
        text = NO_STAGE_AT_LEAST if result.at_least else NO_STAGE
        return text.in_language(language).format(level=level)
    stage = next(stage for stage in guide.step3.stage if stage.n == result.stage)
    name = stage.text.in_language(language)
    text = STAGE_AT_LEAST if result.at_least else STAGE
    said = text.in_language(language).format(stage=result.stage, name=name, level=level)
    if not result.drivers:
        return said
    statements = ", ".join(_statement(code, result, guide, language) for code in result.drivers)
    return f"{said} {HELD_UP.in_language(language).format(statements=statements)}"


def acute_reason(result: Step3Result, guide: Guide, language: str) -> str:
    """What makes the matter acute; says so when only unknown answers do. Empty when it is not acute."""
    known = [code for code in result.acute_by if code not in result.unknown]
    statements = ", ".join(question_text(f"step3.{code}", guide, language) for code in known or result.acute_by)
    text = ACUTE if known else ACUTE_UNKNOWN
    return text.in_language(language).format(statements=statements) if result.acute else ""


def _statement(code: str, result: Step3Result, guide: Guide, language: str) -> str:
    said = question_text(f"step3.{code}", guide, language)
    return f"{said} ({PRECAUTION.in_language(language)})" if code in result.unknown else said


def complexity_reason(result: Step3Result, guide: Guide, language: str) -> str:
    """The sum and its level, or why there is none."""
    if result.reason is not None or result.complexity is None:
        text = NO_RESULT[result.reason or NoResult.COMPLEXITY_UNKNOWN]
        return text.in_language(language).format(number=result.n_unknown_complexity)
    most = sum(len(statement.options) - 1 for statement in guide.step3.complexity)
    level = level_name(result.complexity, guide, language)
    return COMPLEXITY.in_language(language).format(sum=result.complexity_sum, most=most, level=level)


def measure_reason(proposal: Proposal, guide: Guide, language: str) -> str:
    """Which conditions fired, and which of them stand on an unknown answer."""
    if not proposal.fired:
        level = level_name(proposal.measure.min_level, guide, language)
        return ALWAYS.in_language(language).format(level=level)
    conditions = "; ".join(_condition(fired, guide, language) for fired in proposal.fired)
    return BECAUSE.in_language(language).format(conditions=conditions)


def question_text(var: str, guide: Guide, language: str) -> str:
    """The text of `step2.online_tone`, or the name of a result such as `stage`."""
    if var in DERIVED:
        return DERIVED[var].in_language(language)
    return _texts(guide)[var].in_language(language)


def _texts(guide: Guide) -> dict[str, Text]:
    return (
        {f"step1.{question.id}": question.text for question in guide.step1.question}
        | {f"step2.{question.id}": question.text for question in guide.step2.question}
        | {f"step3.{statement.id}": statement.text for statement in guide.step3.conflict}
        | {f"step3.{statement.id}": statement.text for statement in guide.step3.complexity}
    )


def _answers(guide: Guide) -> dict[str, tuple[Text, ...]]:
    """The texts of the answers of steps 2 and 3, from the lowest up."""
    return (
        {f"step2.{question.id}": question.anchors for question in guide.step2.question}
        | {f"step3.{statement.id}": statement.options for statement in guide.step3.conflict}
        | {f"step3.{statement.id}": statement.options for statement in guide.step3.complexity}
    )


def _rule(texts: dict[Rule, Text], reason: Reason, guide: Guide, language: str, **numbers: int) -> str:
    step = "step1" if texts is STEP1 else "step2"
    question = question_text(f"{step}.{reason.question}", guide, language) if reason.question else ""
    level = level_name(reason.level, guide, language)
    return texts[reason.rule].in_language(language).format(level=level, number=reason.number, question=question, **numbers)


def _condition(fired: Fired, guide: Guide, language: str) -> str:
    """`Hot (uttalade)`; an unknown answer is called so."""
    said = question_text(fired.var, guide, language).rstrip("?")
    if not fired.on_unknown:
        return f"{said} ({_met(fired, guide, language)})"
    if fired.var in DERIVED:
        return f"{said} ({_met(fired, guide, language)}; {RESTS.in_language(language)})"
    return f"{said} ({PRECAUTION.in_language(language)})"


def _met(fired: Fired, guide: Guide, language: str) -> str:
    """What the condition met, in words."""
    if isinstance(fired.value, Level):
        return level_name(fired.value, guide, language)
    if isinstance(fired.value, str):
        kinds = (kind.text for kind in guide.step3.problem_type if kind.id == fired.value)
        return next(kinds).in_language(language).lower()
    if fired.var == "stage":
        return str(fired.value)
    return _answer(fired.var, fired.value, guide).in_language(language).lower()


def _answer(var: str, value: int, guide: Guide) -> Text:
    if var in _answers(guide):
        return _answers(guide)[var][value]
    wanted = next(code for code, points in guide.step1.points.items() if points == value)
    return next(answer.text for answer in guide.step1.answer if answer.id == wanted)


def phase_help(result: Step3Result, guide: Guide, language: str) -> str:
    """The advice of the conflict's phase; at a high conflict always that of protection first."""
    wanted = guide.step3.high_shows_help_of if result.conflict is Level.HIGH else result.phase
    return next(phase.help for phase in guide.step3.phase if phase.id == wanted).in_language(language)

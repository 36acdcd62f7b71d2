"""A whole result as plain text for a terminal or a note."""

from varn.catalogues.riskguide import Guide
from varn.catalogues.text import Text
from varn.riskguide import wording
from varn.riskguide.result import Proposal, Result, Step1Result, Step2Result, Step3Result

STEP = Text("Steg {n}: {level}", "Step {n}: {level}")
OVERALL = Text("Samlad nivå: {level}", "Overall level: {level}")
LIFTED = Text("Hög komplexitet höjer den låga nivån.", "High complexity raises the low level.")
REVIEW = Text(
    "Bedöm igen när något händer, annars inom {days} dagar.",
    "Assess again when something happens, otherwise within {days} days.",
)
DRIVERS = Text("Väger tyngst:", "Weighs most:")
STEP3 = Text("Steg 3: konflikt och komplexitet", "Step 3: conflict and complexity")
PROBLEM = Text("Problemtyp: {name}. {advice}", "Kind of problem: {name}. {advice}")
STRATEGY = Text("Strategi: {name}.", "Strategy: {name}.")
HELP = Text("Råd: {help}", "Advice: {help}")
MEASURES = Text("Åtgärder ({n})", "Measures ({n})")
PRIORITY = {1: Text("Gör", "Do"), 2: Text("Bör", "Should"), 3: Text("Kan", "Could")}
DUE_AFTER = Text("inom {days} dagar", "within {days} days")
DUE_ONE = Text("inom en dag", "within one day")
DUE_SAME = Text("samma dag", "the same day")
DUE_BEFORE = Text("{days} dagar före mötet", "{days} days before the meeting")


def explain(result: Result, guide: Guide, language: str) -> str:
    """Lines with the levels, why they came out so, and the measures with what called for them."""
    parts = [_step1(result.step1, guide, language)]
    if result.step2 is not None:
        parts.append(_step2(result.step2, guide, language))
    if result.step3 is not None:
        parts.append(_step3(result.step3, guide, language))
    parts += [_overall(result, guide, language), _measures(result.proposals, guide, language)]
    return "\n\n".join("\n".join(part) for part in parts)


def _say(text: Text, language: str, **values: object) -> str:
    return text.in_language(language).format(**values)


def _step1(step: Step1Result, guide: Guide, language: str) -> list[str]:
    level = wording.level_name(step.level, guide, language)
    return [
        _say(STEP, language, n=1, level=level),
        f"  {wording.step1_reason(step, guide, language)}",
        f"  {wording.NEXT[step.next].in_language(language)}",
    ]


def _step2(step: Step2Result, guide: Guide, language: str) -> list[str]:
    lines = [
        _say(STEP, language, n=2, level=wording.level_name(step.level, guide, language)),
        f"  {wording.step2_reason(step, guide, language)}",
    ]
    if step.drivers:
        lines.append(f"  {DRIVERS.in_language(language)}")
        lines += [f"  - {wording.question_text(f'step2.{code}', guide, language)}" for code in step.drivers]
    return [*lines, f"  {wording.NEXT[step.next].in_language(language)}"]


def _step3(step: Step3Result, guide: Guide, language: str) -> list[str]:
    lines = [STEP3.in_language(language)]
    if step.acute:
        lines.append(f"  {wording.acute_reason(step, guide, language)}")
    lines += [
        f"  {wording.conflict_reason(step, guide, language)}",
        f"  {_say(HELP, language, help=wording.phase_help(step, guide, language))}",
        f"  {wording.complexity_reason(step, guide, language)}",
    ]
    for kind in guide.step3.problem_type:
        if kind.id == step.problem_type:
            name, advice = kind.text.in_language(language), kind.advice.in_language(language)
            lines.append("  " + _say(PROBLEM, language, name=name, advice=advice))
    names = [cell.text.in_language(language) for cell in guide.result.strategy if cell.id == step.strategy]
    return lines + ["  " + _say(STRATEGY, language, name=name) for name in names]


def _overall(result: Result, guide: Guide, language: str) -> list[str]:
    lines = [_say(OVERALL, language, level=wording.level_name(result.overall, guide, language))]
    if result.lifted:
        lines.append(f"  {LIFTED.in_language(language)}")
    return [*lines, f"  {_say(REVIEW, language, days=result.review_days)}"]


def _measures(proposals: tuple[Proposal, ...], guide: Guide, language: str) -> list[str]:
    lines = [_say(MEASURES, language, n=len(proposals))]
    for proposal in proposals:
        measure = proposal.measure
        what = f"{PRIORITY[measure.priority].in_language(language)}: {measure.text.in_language(language)}"
        who = next(role.text for role in guide.role if role.id == measure.role).in_language(language)
        lines.append(f"  {what} ({who}, {due(measure.due_days, language)})")
        lines.append(f"    {wording.measure_reason(proposal, guide, language)}")
    return lines


def due(days: int, language: str) -> str:
    """`days` from the assessment; negative before the meeting."""
    if days == 0:
        return DUE_SAME.in_language(language)
    if days == 1:
        return DUE_ONE.in_language(language)
    return _say(DUE_BEFORE if days < 0 else DUE_AFTER, language, days=abs(days))

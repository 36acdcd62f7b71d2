"""The report's first page: what the matter is, how high, why, and what is promised. Pure."""

from collections.abc import Sequence

from varn.catalogues.text import Text
from varn.riskguide.assessment.statements import n_settled, statements
from varn.riskguide.assessment.told import Told, ToldStep2, ToldStep3
from varn.riskguide.case import UNKNOWN
from varn.riskguide.report import words
from varn.riskguide.report.blocks import Block, Said, acute, heading, level, overall, para, rows, written
from varn.riskguide.report.facts import Facts, Promise

MOST_MEASURES, MOST_WAYS, MOST_WHAT = 7, 4, 110  # so that the page is one page

Pair = tuple[str, Said | Sequence[Said]]


def summary(facts: Facts, told: Told, language: str) -> list[Block]:
    """Acute first, with whom to call."""

    def say(text: Text, **values: object) -> str:
        return text.in_language(language).format(**values)

    blocks = [heading(say(words.HEADING), 1), rows(_matter(facts, language))]
    if told.acute:
        ways = [say(words.EMERGENCY), *facts.ways[:MOST_WAYS], say(words.NOT_EMERGENCY)]
        blocks.insert(1, acute(told.acute, say(words.WAYS), ways))
    blocks.append(overall(level(told.overall, facts.stored.edition, language), say(words.OVERALL)))
    if told.lifted:
        blocks.append(para(told.lifted))
    pairs = [*_step2(facts, told.step2, language), *_step3(facts, told.step3, language), *_measures(facts, language)]
    return [*blocks, rows([*pairs, (say(words.REVIEW), told.review)])]


def _matter(facts: Facts, language: str) -> list[Pair]:
    day, edition = facts.assessed_on.isoformat(), facts.stored.edition
    return [
        (words.MATTER.in_language(language), written(facts.title)),
        (words.NUMBER.in_language(language), facts.register_number or words.NO_NUMBER.in_language(language)),
        (words.BODY.in_language(language), written(f"{facts.body}, {facts.organisation}")),
        (words.ASSESSED.in_language(language), words.EDITION.in_language(language).format(day=day, edition=edition)),
    ]


def _step2(facts: Facts, step: ToldStep2 | None, language: str) -> list[Pair]:
    if step is None:
        return []
    percent = words.PERCENT.in_language(language).format(percent=step.percent)
    drivers = list(step.drivers) or [words.NO_DRIVERS.in_language(language)]
    return [
        (words.RISK.in_language(language), level(step.level, facts.stored.edition, language, percent)),
        (words.DRIVERS.in_language(language), drivers),
        (words.RANGE.in_language(language), _range(facts, step, language)),
    ]


def _range(facts: Facts, step: ToldStep2, language: str) -> str:
    asked = statements(2, facts.stored.edition)
    n_unknown = sum(facts.stored.joint.get(one.code) == UNKNOWN for one in asked)
    if not n_unknown:
        return words.NONE_UNKNOWN.in_language(language)
    said = [words.BETWEEN.in_language(language).format(low=step.low, high=step.high, n=n_unknown)]
    said += [words.UNCERTAIN.in_language(language)] if step.is_uncertain else []
    said += [words.THIN.in_language(language)] if step.is_insufficient else []
    return " ".join(said)


def _step3(facts: Facts, step: ToldStep3 | None, language: str) -> list[Pair]:
    if step is None:
        return [(words.CONFLICT.in_language(language), _no_step3(facts, language))]
    pairs: list[Pair] = [
        (words.CONFLICT.in_language(language), step.conflict_reason),
        (words.COMPLEXITY.in_language(language), step.complexity_reason),
    ]
    if step.problem:
        pairs.append((words.PROBLEM.in_language(language), f"{step.problem}. {step.advice}"))
    if step.strategy:
        pairs.append((words.STRATEGY.in_language(language), step.strategy))
    return pairs


def _no_step3(facts: Facts, language: str) -> str:
    if facts.step < 3:
        return words.NO_STEP3.in_language(language)
    n, n_asked = n_settled(facts.stored.joint, 3), len(statements(3, facts.stored.edition))
    return words.STEP3_UNDER_WAY.in_language(language).format(n=n, all=n_asked)


def _measures(facts: Facts, language: str) -> list[Pair]:
    label = words.MEASURES.in_language(language)
    if not facts.measures:
        return [(label, words.NO_MEASURES.in_language(language))]
    shown: list[Said] = [written(f"{shortened(one.what)} ({who(one, language)})") for one in facts.measures[:MOST_MEASURES]]
    if n := len(facts.measures) - len(shown):
        shown.append(words.MORE_MEASURES.in_language(language).format(n=n))
    return [(label, shown)]


def who(one: Promise, language: str) -> str:
    """`Ordförande, senast 2026-12-01`."""
    day = one.due_on.isoformat() if one.due_on else words.NO_DAY.in_language(language)
    owner = one.owner or words.NO_OWNER.in_language(language)
    return words.BY.in_language(language).format(who=owner, day=day) if one.due_on else f"{owner}, {day}"


def shortened(text: str) -> str:
    return text if len(text) <= MOST_WHAT else text[: MOST_WHAT - 1].rstrip() + "…"

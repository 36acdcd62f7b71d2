"""The whole report as blocks, in one language. Pure."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from varn.catalogues.riskguide import guide
from varn.riskguide.assessment.chart import chart
from varn.riskguide.assessment.levels import Figures
from varn.riskguide.assessment.statements import Statement, statements
from varn.riskguide.assessment.told import Told, told
from varn.riskguide.case import UNKNOWN, Grade
from varn.riskguide.report import words
from varn.riskguide.report.blocks import Block, Said, bullets, heading, level, new_page, para, picture, rows, table, written
from varn.riskguide.report.computing import computing
from varn.riskguide.report.facts import Facts, Promise
from varn.riskguide.report.picture import svg_of
from varn.riskguide.report.summary import summary

TEMPLATE = "riskguide/templates/riskguide/report.typ"
MOST_TITLE = 160  # characters of the matter in the file's own title


def content_of(facts: Facts, language: str) -> dict[str, Any]:
    """What fills report.typ, and what `plain.as_text` turns into text. Raises UnknownEdition."""
    in_words = told(facts.stored, language)
    name = words.TITLE.in_language(language).format(title=facts.title[:MOST_TITLE])
    return {
        "title": name,
        "organisation": facts.organisation,
        "language": language,
        "foot": words.FOOT.in_language(language).format(day=facts.printed_on.isoformat()),
        "page_word": words.PAGE.in_language(language),
        "blocks": [
            *summary(facts, in_words, language),
            new_page(),
            *_why(in_words, language),
            *_statements(facts, language),
            *_picture(facts, language),
            *_measures(facts, language),
            *_afterwards(facts, language),
            *_method(facts, language),
        ],
    }


def _why(in_words: Told, language: str) -> Iterator[Block]:
    yield heading(words.WHY.in_language(language))
    yield para(f"{words.SORTING.in_language(language)} {in_words.step1_reason}")
    if in_words.step2:
        yield para(in_words.step2.reason)
    if in_words.step3:
        yield para(f"{words.ADVICE.in_language(language)} {in_words.step3.help}")
    if in_words.lower:
        yield heading(words.LOWER.in_language(language), 3)
        yield bullets(in_words.lower)


def _statements(facts: Facts, language: str) -> Iterator[Block]:
    """A table for each part of the steps that have joint answers."""
    yield heading(words.STATEMENTS.in_language(language))
    yield para((words.SPREAD_SAID if facts.is_group else words.ALONE_SAID).in_language(language))
    answered = [
        one for step in (2, 3) for one in statements(step, facts.stored.edition) if one.code in facts.stored.joint
    ]  # in the order of the guide
    for (step, part), found in groupby(answered, key=lambda one: (one.step, one.part)):
        yield heading(words.STEP.in_language(language).format(step=step, part=part.in_language(language)), 3)
        yield _answers(facts, list(found), language)


def _answers(facts: Facts, asked: list[Statement], language: str) -> Block:
    heads, widths = [words.STATEMENT, words.JOINT], [4, 3]
    if facts.is_group:
        heads, widths = [*heads, words.SPREAD], [4, 3, 3]
    lines = [_line(facts, one, language)[: len(heads)] for one in asked]
    return table([head.in_language(language) for head in heads], lines, widths)


def _line(facts: Facts, one: Statement, language: str) -> list[Said]:
    answer = option(one, facts.stored.joint[one.code], language)
    return [one.text.in_language(language), answer, _spread(facts, one, language)]


def _spread(facts: Facts, one: Statement, language: str) -> str:
    """`2 × Mot partier eller nämnden`, a line for each answer that somebody gave."""
    counts = facts.spreads.get(one.code, ())
    fell = [f"{n} × {option(one, value, language)}" for value, n in zip(one.values, counts, strict=False) if n]
    return "\n".join(fell) or words.NOBODY.in_language(language)


def option(one: Statement, value: Grade, language: str) -> str:
    return words.UNKNOWN.in_language(language) if value == UNKNOWN else one.options[value].in_language(language)


def _picture(facts: Facts, language: str) -> Iterator[Block]:
    yield heading(words.PICTURE.in_language(language))
    edition = guide(facts.stored.edition)
    drawn = chart([figures for _, figures in facts.past], edition)
    last = facts.past[-1][1]
    if drawn and last.stage is not None and last.complexity_sum is not None:
        up, across = words.CONFLICT.in_language(language), words.COMPLEXITY.in_language(language)
        names = {row.id.value: row.text.in_language(language) for row in edition.level}
        svg = svg_of(drawn, up=up, across=across, names=names)
        alt = words.ALT.in_language(language).format(most=drawn.most, stage=last.stage, sum=last.complexity_sum)
        yield picture(svg, alt, words.CAPTION.in_language(language))
    yield heading(words.OVER_TIME.in_language(language), 3)
    heads = (words.ASSESSED, words.STEP2, words.CONFLICT, words.COMPLEXITY, words.TOGETHER)
    lines = [_levels(day.isoformat(), figures, facts, language) for day, figures in facts.past]
    yield table([head.in_language(language) for head in heads], lines, [4, 7, 8, 7, 5])


def _levels(day: str, figures: Figures, facts: Facts, language: str) -> list[Said]:
    edition = facts.stored.edition
    most = sum(len(one.options) - 1 for one in guide(edition).step3.complexity)
    percent = words.PERCENT.in_language(language).format(percent=figures.percent)
    stage = words.STAGE.in_language(language).format(stage=figures.stage)
    total = words.SUM.in_language(language).format(sum=figures.complexity_sum, most=most)
    return [
        day,
        level(figures.step2, edition, language, percent),
        level(figures.conflict, edition, language, stage),
        level(figures.complexity, edition, language, total),
        level(figures.overall, edition, language),
    ]


def _measures(facts: Facts, language: str) -> Iterator[Block]:
    yield heading(words.DETAILS.in_language(language))
    if not facts.measures:
        yield para(words.NO_MEASURES.in_language(language))
        return
    heads = (words.MEASURE, words.OWNER, words.DUE, words.STATE)
    lines = [_promise(one, language) for one in facts.measures]
    yield table([head.in_language(language) for head in heads], lines, [5, 2, 2, 3])


def _promise(one: Promise, language: str) -> list[Said]:
    what = f"{one.what}\n{one.why}" if one.why else one.what
    followed = written(f"{one.state}\n{one.followed}") if one.followed else one.state
    owner = one.owner or words.NO_OWNER.in_language(language)
    return [written(what), owner, one.due_on.isoformat() if one.due_on else "–", followed]


def _afterwards(facts: Facts, language: str) -> Iterator[Block]:
    if facts.note:
        yield heading(words.NOTE.in_language(language))
        yield para(written(facts.note))
    if (ended := facts.ended) is None:
        return
    yield heading(words.ENDED.in_language(language))
    pairs: list[tuple[str, Said]] = [
        (words.CLOSED.in_language(language), f"{ended.closed_on.isoformat()}: {ended.outcome}"),
        (words.HELPED.in_language(language), ended.helped),
        (words.RECORD.in_language(language), ended.record),
    ]
    if ended.lesson:
        pairs.append((words.LESSON.in_language(language), written(ended.lesson)))
    yield rows(pairs)


def _method(facts: Facts, language: str) -> Iterator[Block]:
    edition = guide(facts.stored.edition)
    yield heading(words.COMPUTED.in_language(language))
    yield para(words.JUDGEMENT.in_language(language), is_strong=True)
    yield bullets(computing(edition, language))
    yield para(edition.meta.source_note.in_language(language))
    yield heading(words.KEPT.in_language(language))
    yield bullets([one.in_language(language) for one in words.KEPT_SAID])

"""The three steps of edition 1.0.0. Frozen: a change of rules is a new module.

Constants come from the edition's catalogue. Unknown counts by precaution; unanswered counts nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from varn.catalogues.riskguide import Guide
from varn.catalogues.riskguide_steps import Level, Next, Phase, Sorting, Step1, Step2, Step3
from varn.riskguide.case import UNKNOWN, Grade
from varn.riskguide.result import NoResult, Reason, Rule, Step1Result, Step2Result, Step3Result

MAX_DRIVERS = 5  # more than five is no longer a list of what matters


def highest(levels: Iterable[Level]) -> Level:
    """The highest of at least one level."""
    return max(levels, key=lambda level: level.rank)


def limited(number: int, moderate: int, high: int) -> Level:
    """The level of a number by its two lower limits."""
    if number >= high:
        return Level.HIGH
    return Level.MODERATE if number >= moderate else Level.LOW


def next_of(step: Step1 | Step2, level: Level) -> Next:
    """What the level leads to."""
    return {Level.LOW: step.next_low, Level.MODERATE: step.next_moderate, Level.HIGH: step.next_high}[level]


def step1(answers: Mapping[str, Sorting], own_judgement: Level | None, guide: Guide) -> Step1Result:
    """The highest of own judgement and answers. Raises ValueError when there is neither."""
    if own_judgement is None and not answers:
        raise ValueError("step 1 needs a judgement or an answer")
    total = sum(guide.step1.points[answer] for answer in answers.values())
    by_answers = _answer_reasons(answers, total, guide.step1) if answers else ()
    by_person = (Reason(Rule.OWN_JUDGEMENT, own_judgement),) if own_judgement else ()
    level = highest(reason.level for reason in (*by_person, *by_answers))
    return Step1Result(
        sum=total,
        level=level,
        next=next_of(guide.step1, level),
        own_judgement=own_judgement,
        answers_level=highest(reason.level for reason in by_answers) if by_answers else None,
        reasons=tuple(reason for reason in (*by_person, *by_answers) if reason.level is level),
    )


def _answer_reasons(answers: Mapping[str, Sorting], total: int, step: Step1) -> tuple[Reason, ...]:
    reasons = [Reason(Rule.SUM, limited(total, step.moderate_min, step.high_min), number=total)]
    reasons += [
        Reason(Rule.FLOOR, question.floor_on_yes, question=question.id)
        for question in step.question
        if question.floor_on_yes and answers.get(question.id) is Sorting.YES
    ]
    n_unknown = sum(answer is Sorting.UNKNOWN for answer in answers.values())
    if n_unknown >= step.unknown_moderate_min:
        reasons.append(Reason(Rule.UNKNOWNS, Level.MODERATE, number=n_unknown))
    return tuple(reasons)


def filled(answers: Mapping[str, Grade], value: int) -> dict[str, int]:
    """The answers with every unknown counted as `value`."""
    return {code: value if answer == UNKNOWN else int(answer) for code, answer in answers.items()}


def unknowns(answers: Mapping[str, Grade], codes: Iterable[str]) -> int:
    """How many of `codes` are answered with unknown."""
    return sum(answers[code] == UNKNOWN for code in codes)


def step2(answers: Mapping[str, Grade], guide: Guide) -> Step2Result:
    """Raises KeyError when a statement is missing."""
    step = guide.step2
    values = filled(answers, step.unknown_value)
    n_unknown = unknowns(answers, (question.id for question in step.question))
    insufficient = n_unknown >= step.unknown_insufficient_min
    run = _run(values, step)
    lowest, highest_run = (_run(filled(answers, end), step) if n_unknown else run for end in _ends(step))
    reasons = run.reasons
    if insufficient:
        reasons = (*reasons, Reason(Rule.UNKNOWNS, Level.MODERATE, number=n_unknown))
    level = highest(reason.level for reason in reasons)
    return Step2Result(
        score=run.score,
        percent=run.percent,
        level=level,
        range=(lowest.percent, highest_run.percent),
        uncertain=lowest.level is not highest_run.level,
        insufficient=insufficient,
        drivers=_step2_drivers(values, step),
        next=next_of(step, level),
        reasons=tuple(reason for reason in reasons if reason.level is level),
        n_unknown=n_unknown,
    )


def _ends(step: Step2) -> tuple[int, int]:
    return step.scale_min, step.scale_max


@dataclass(frozen=True, slots=True)
class _Run:
    """Step 2 over answers without unknowns, hence without the rule of insufficient basis."""

    score: int
    percent: int
    level: Level
    reasons: tuple[Reason, ...]


def _run(values: Mapping[str, int], step: Step2) -> _Run:
    score = sum(question.weight * values[question.id] for question in step.question)
    most = step.scale_max * sum(question.weight for question in step.question)
    percent = (200 * score + most) // (2 * most)  # half up
    by_percent = limited(percent, step.moderate_min_percent, step.high_min_percent)
    reasons = (Reason(Rule.PERCENT, by_percent, number=percent), *_floors(values, step))
    return _Run(score, percent, highest(reason.level for reason in reasons), reasons)


def _floors(values: Mapping[str, int], step: Step2) -> Iterator[Reason]:
    threes = [question for question in step.question if values[question.id] == step.scale_max]
    for question in threes:
        if question.floor_at_3:
            yield Reason(Rule.FLOOR, question.floor_at_3, question=question.id)
    if len(threes) >= 2:
        yield Reason(Rule.THREES, step.floor_two_threes, number=len(threes))


def _step2_drivers(values: Mapping[str, int], step: Step2) -> tuple[str, ...]:
    """A step lower lowers the score exactly where the counted answer is above the lowest."""
    raised = [question for question in step.question if values[question.id] > step.scale_min]
    raised.sort(key=lambda question: -question.weight * values[question.id])  # stable: catalogue order
    return tuple(question.id for question in raised[:MAX_DRIVERS])


def step3(answers: Mapping[str, Grade], guide: Guide) -> Step3Result:
    """Raises KeyError when a statement is missing."""
    step = guide.step3
    n_conflict = unknowns(answers, (statement.id for statement in step.conflict))
    n_complexity = unknowns(answers, (statement.id for statement in step.complexity))
    at_least = n_conflict > step.unknown_max_per_part
    values = filled(answers, 0 if at_least else step.unknown_value)  # option 0 points to no stage
    stage = stage_of(values, step)
    conflict = limited(stage, step.conflict_moderate_min_stage, step.conflict_high_min_stage)
    total = None if n_complexity > step.unknown_max_per_part else _complexity_sum(answers, step)
    complexity = None if total is None else limited(total, step.complexity_moderate_min, step.complexity_high_min)
    acute_by = tuple(rule.var for rule in step.acute_any if values[rule.var] >= rule.min)
    return Step3Result(
        stage=stage,
        at_least=at_least,
        phase=phase_of(stage, step).id,
        conflict=conflict,
        complexity_sum=total,
        complexity=complexity,
        problem_type=None if total is None else _problem_type(answers, step),
        strategy=_strategy(conflict, complexity, guide),
        acute=bool(acute_by),
        reason=NoResult.COMPLEXITY_UNKNOWN if total is None else None,
        drivers=_step3_drivers(values, stage, step),
        acute_by=acute_by,
        unknown=frozenset(code for code, answer in answers.items() if answer == UNKNOWN),
        n_unknown_complexity=n_complexity,
    )


def stage_of(values: Mapping[str, int], step: Step3) -> int:
    """0 (no conflict) .. 9, from answers without unknowns."""
    abyss = step.abyss_rule
    if values["damage"] >= abyss.damage and values["violence"] >= abyss.violence:
        return abyss.stage
    return max(statement.stages[values[statement.id]] for statement in step.conflict)


def phase_of(stage: int, step: Step3) -> Phase:
    """The phase that holds the stage."""
    return next(phase for phase in step.phase if phase.stage_min <= stage <= phase.stage_max)


def _complexity_sum(answers: Mapping[str, Grade], step: Step3) -> int:
    values = filled(answers, step.unknown_value)
    return sum(values[statement.id] for statement in step.complexity)


def _problem_type(answers: Mapping[str, Grade], step: Step3) -> str:
    values = filled(answers, step.unknown_value)
    knowledge, worth = (
        Level.HIGH if sum(values[code] for code in axis) >= step.type_min else Level.LOW
        for axis in (step.type_knowledge, step.type_values)
    )
    return next(kind.id for kind in step.problem_type if (kind.knowledge, kind.values) == (knowledge, worth))


def _strategy(conflict: Level, complexity: Level | None, guide: Guide) -> str | None:
    cells = (cell.id for cell in guide.result.strategy if (cell.conflict, cell.complexity) == (conflict, complexity))
    return next(cells, None)


def _step3_drivers(values: Mapping[str, int], stage: int, step: Step3) -> tuple[str, ...]:
    """Conflict statements whose answer one step lower lowers the stage."""
    raised = (statement.id for statement in step.conflict if values[statement.id] > 0)
    return tuple(code for code in raised if stage_of({**values, code: values[code] - 1}, step) < stage)


def overall_of(level: Level, step3_result: Step3Result | None, guide: Guide) -> Level:
    """The highest of the last level before step 3 and the conflict; high complexity lifts low."""
    if step3_result is None:
        return level
    together = highest((level, step3_result.conflict))
    if step3_result.complexity is Level.HIGH and together is Level.LOW:
        return guide.result.complexity_high_lifts_low_to
    return together

"""A result as JSON's own types, as the command line promises them: ids and numbers, no sentences."""

from varn.riskguide.result import Result, Step1Result, Step2Result, Step3Result

Json = dict[str, object]


def as_json(result: Result) -> Json:
    """Keys of steps not given are absent; measures are ids, the most urgent first."""
    row: Json = {"step1": _step1(result.step1)}
    if result.step2 is not None:
        row["step2"] = _step2(result.step2)
    if result.step3 is not None:
        row["step3"] = _step3(result.step3)
    row["overall"] = result.overall.value
    row["measures"] = [proposal.measure.id for proposal in result.proposals]
    return row


def _step1(step: Step1Result) -> Json:
    return {"sum": step.sum, "level": step.level.value, "next": step.next.value}


def _step2(step: Step2Result) -> Json:
    return {
        "score": step.score,
        "percent": step.percent,
        "level": step.level.value,
        "range": list(step.range),
        "uncertain": step.uncertain,
        "insufficient": step.insufficient,
        "drivers": list(step.drivers),
        "next": step.next.value,
    }


def _step3(step: Step3Result) -> Json:
    return {
        "stage": step.stage,
        "at_least": step.at_least,
        "phase": step.phase,
        "conflict": step.conflict.value,
        "complexity_sum": step.complexity_sum,
        "complexity": step.complexity.value if step.complexity else None,
        "problem_type": step.problem_type,
        "strategy": step.strategy,
        "acute": step.acute,
        "reason": step.reason.value if step.reason else None,
    }

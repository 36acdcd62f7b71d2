"""Scores a case by the rules of its edition. Pure; integers only.

The scoring of an edition is frozen with it, so an old assessment recomputes as it did: a change of
rules is a new edition with a module of its own, added here.
"""

from collections.abc import Mapping

from varn.catalogues.riskguide import Guide
from varn.catalogues.riskguide_steps import Level, Sorting
from varn.catalogues.schema import UnknownEdition
from varn.riskguide import measures_1_0_0, scoring_1_0_0
from varn.riskguide.case import Case, Grade
from varn.riskguide.result import Result, Step1Result, Step2Result, Step3Result

STEP1 = {"1.0.0": scoring_1_0_0.step1}
STEP2 = {"1.0.0": scoring_1_0_0.step2}
STEP3 = {"1.0.0": scoring_1_0_0.step3}
OVERALL = {"1.0.0": scoring_1_0_0.overall_of}
WHOLE = {"1.0.0": measures_1_0_0.score}


def step1(answers: Mapping[str, Sorting], own_judgement: Level | None, guide: Guide) -> Step1Result:
    """Raises UnknownEdition, and ValueError without a judgement or an answer."""
    if guide.meta.version not in STEP1:
        raise UnknownEdition("riskguide", guide.meta.version)
    return STEP1[guide.meta.version](answers, own_judgement, guide)


def part2(answers: Mapping[str, Grade], guide: Guide) -> Step2Result:
    """Step 2 alone. Raises UnknownEdition, and KeyError when a statement is missing."""
    if guide.meta.version not in STEP2:
        raise UnknownEdition("riskguide", guide.meta.version)
    return STEP2[guide.meta.version](answers, guide)


def part3(answers: Mapping[str, Grade], guide: Guide) -> Step3Result:
    """Step 3 alone. Raises as above."""
    if guide.meta.version not in STEP3:
        raise UnknownEdition("riskguide", guide.meta.version)
    return STEP3[guide.meta.version](answers, guide)


def overall(level: Level, step3: Step3Result | None, guide: Guide) -> Level:
    """The steps together: `level` is the last one before step 3. Raises UnknownEdition."""
    if guide.meta.version not in OVERALL:
        raise UnknownEdition("riskguide", guide.meta.version)
    return OVERALL[guide.meta.version](level, step3, guide)


def score(case: Case, guide: Guide) -> Result:
    """All steps given, and the measures, first the most urgent.

    Raises UnknownEdition, and ValueError for a case of another edition or with too few answers.
    """
    if guide.meta.version not in WHOLE:
        raise UnknownEdition("riskguide", guide.meta.version)
    if case.edition != guide.meta.version:
        raise ValueError(f"case of edition {case.edition}, guide of {guide.meta.version}")
    return WHOLE[guide.meta.version](case, guide)

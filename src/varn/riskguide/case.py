"""What somebody answered about one matter, before anything is computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from varn.catalogues.riskguide_steps import Level, Sorting

UNKNOWN: Final = "unknown"
Grade = int | Literal["unknown"]


@dataclass(frozen=True, slots=True)
class Case:
    """Answers by question id.

    `step1` may lack questions (unanswered is not unknown) but then needs `own_judgement`.
    `step2` and `step3` are complete or None; step 3 needs step 2. `edition` is the guide's version.
    """

    edition: str
    step1: Mapping[str, Sorting]
    own_judgement: Level | None = None
    step2: Mapping[str, Grade] | None = None
    step3: Mapping[str, Grade] | None = None

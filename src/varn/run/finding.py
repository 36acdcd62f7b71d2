"""One thing that `./varn doctor` has found."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    MISSING = "missing"
    INSECURE = "insecure"
    ADVICE = "advice"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    code: str  # stable, for monitors
    text: str  # a sentence, and what to do

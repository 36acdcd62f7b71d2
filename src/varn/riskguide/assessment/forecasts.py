"""When what happened was worse than what was foreseen. Pure."""

from varn.catalogues.riskguide_steps import Level

EXPECTED = {  # the worst that each level foresees; a moderate level foresees hate, not threats
    None: 0,
    Level.LOW: 0,
    Level.MODERATE: 1,
    Level.HIGH: 3,
}
WORST = {"nothing": 0, "hate": 1, "threats": 2, "violence": 3}


def is_miss(level: Level | None, outcome: str) -> bool:
    """Something worse than the level foresees. A high level where nothing happened is none: the measures may have helped."""
    return WORST[outcome] > EXPECTED[level]

"""How an edition computes its levels, in sentences with the edition's own numbers. Pure."""

from varn.catalogues.riskguide import Guide
from varn.catalogues.riskguide_steps import Level
from varn.riskguide.report import words
from varn.riskguide.wording import level_name


def computing(guide: Guide, language: str) -> list[str]:
    """One sentence or two for each step, then how they come together."""
    return [_step2(guide, language), *_floors(guide, language), _step3(guide, language), _together(guide, language)]


def _step2(guide: Guide, language: str) -> str:
    step = guide.step2
    return words.STEP2_SAID.in_language(language).format(
        scale=step.scale_max,
        moderate=step.moderate_min_percent,
        high=step.high_min_percent,
        threes=level_name(step.floor_two_threes, guide, language),
        unknown=step.unknown_value,
        many=step.unknown_insufficient_min,
    )


def _floors(guide: Guide, language: str) -> list[str]:
    """The questions whose highest answer sets a level, by that level, highest first."""
    said = []
    for level in reversed(Level):
        found = [one.text.in_language(language) for one in guide.step2.question if one.floor_at_3 is level]
        if found:
            named = ", ".join(f"”{text}”" if language == "sv" else f"‘{text}’" for text in found)
            text = words.FLOORS.in_language(language)
            said.append(text.format(level=level_name(level, guide, language), questions=named))
    return said


def _step3(guide: Guide, language: str) -> str:
    step = guide.step3
    return words.STEP3_SAID.in_language(language).format(
        moderate=step.conflict_moderate_min_stage,
        high=step.conflict_high_min_stage,
        c_moderate=step.complexity_moderate_min,
        c_high=step.complexity_high_min,
    )


def _together(guide: Guide, language: str) -> str:
    lifted = level_name(guide.result.complexity_high_lifts_low_to, guide, language)
    return words.TOGETHER_SAID.in_language(language).format(level=lifted)

"""What would lower the risk: each weighty answer taken one step down, and what the result would then be. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from varn.catalogues.text import Text
from varn.riskguide.assessment.statements import by_code
from varn.riskguide.case import UNKNOWN, Grade
from varn.riskguide.result import Result

PERCENT = Text("”{statement}” ned till ”{option}”", "‘{statement}’ down to ‘{option}’")
FIND_OUT = Text("Ta reda på: ”{statement}”", "Find out: ‘{statement}’")


@dataclass(frozen=True, slots=True)
class Lowering:
    """`code` with its step; `to` is the answer one step lower, None where the answer is unknown: finding out comes first."""

    code: str
    to: int | None


def lowerings(result: Result, step2: Mapping[str, Grade], step3: Mapping[str, Grade] | None) -> Iterator[Lowering]:
    """The drivers of step 2 and of the conflict, each one answer lower, weightiest first."""
    for code in result.step2.drivers if result.step2 else ():
        yield _lower(f"step2.{code}", step2[code])
    for code in result.step3.drivers if result.step3 and step3 else ():
        yield _lower(f"step3.{code}", (step3 or {})[code])


def _lower(code: str, answer: Grade) -> Lowering:
    return Lowering(code, None if answer == UNKNOWN else int(answer) - 1)


def in_words(one: Lowering, edition: str, language: str) -> str:
    """ "”Riktas kritiken …” ned till ”Mot partier eller nämnden”"."""
    statement = by_code(edition)[one.code]
    text = statement.text.in_language(language).rstrip("?")
    if one.to is None:
        return FIND_OUT.in_language(language).format(statement=text)
    option = statement.options[one.to].in_language(language)
    return PERCENT.in_language(language).format(statement=text, option=option)

"""A statement as it stands on a page: its answers as buttons, with how the group's fell where that is shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varn.riskguide.assessment.queries.groups import Asked
from varn.riskguide.assessment.statements import Statement
from varn.riskguide.assessment.views.pages import language, option_text
from varn.riskguide.case import Grade


@dataclass(frozen=True, slots=True)
class Choice:
    """`sent` is what its button sends; `dots` one for each colleague who answered so."""

    text: str
    sent: str
    is_chosen: bool
    is_proposed: bool = False
    dots: range = range(0)

    @property
    def told(self) -> str:
        """The dots in words."""
        n = len(self.dots)
        return ngettext("%(n)s svarade så", "%(n)s svarade så", n) % {"n": n} if n else ""


@dataclass(frozen=True, slots=True)
class Question:
    """`key` is the element's id, `part` heads it where a new part begins, `remark` says what the spread means."""

    key: str
    n: int
    text: str
    part: str
    choices: tuple[Choice, ...]
    stamp: str = ""
    is_settled: bool = False
    is_locked: bool = False
    remark: str = ""
    clash: str = ""


def key_of(statement: Statement) -> str:
    return statement.code.replace(".", "-")


def _part(statement: Statement, before: Statement | None) -> str:
    return "" if before is not None and before.part == statement.part else statement.part.in_language(language())


def group_questions(found: list[Asked]) -> Iterator[Question]:
    before = None
    for one in found:
        yield group_question(one, before)
        before = one.statement


def group_question(one: Asked, before: Statement | None = None, *, clash: str = "") -> Question:
    """For the group: `clash` says what somebody else set meanwhile."""
    statement = one.statement
    return Question(
        key=key_of(statement),
        n=statement.n,
        text=statement.text.in_language(language()),
        part=_part(statement, before),
        choices=tuple(
            Choice(
                text=option_text(statement, value),
                sent=f"{statement.code}:{value}:{one.version}",
                is_chosen=one.joint is not None and value == one.joint,
                is_proposed=one.joint is None and value == one.fallen.proposed,
                dots=range(n),
            )
            for value, n in zip(statement.values, one.counts, strict=True)
        ),
        stamp=one.stamp,
        is_settled=one.joint is not None,
        remark="" if one.joint is not None else _remark(one),
        clash=clash,
    )


def _remark(one: Asked) -> str:
    fallen = one.fallen
    if fallen.n == 0:
        return ""
    if fallen.is_unsure:
        return _("Alla vet inte. Ta reda på det om ni kan.")
    if fallen.is_wide:
        return _("Ni är långt ifrån varandra. Prata om varför innan ni svarar. Det högre föreslås.")
    if fallen.is_divided:
        return _("Ni är delade. Det högre föreslås.")
    return _("Ni är eniga.") if fallen.n > 1 else ""


def own_questions(asked: tuple[Statement, ...], answers: dict[str, Grade], settled: dict[str, int]) -> Iterator[Question]:
    """For a colleague: the own answer alone; what the group has answered together is locked and not told."""
    before = None
    for statement in asked:
        yield own_question(statement, answers.get(statement.code), before, is_locked=statement.code in settled)
        before = statement


def own_question(statement: Statement, answer: Grade | None, before: Statement | None, *, is_locked: bool) -> Question:
    return Question(
        key=key_of(statement),
        n=statement.n,
        text=statement.text.in_language(language()),
        part=_part(statement, before),
        choices=tuple(
            Choice(option_text(statement, value), f"{statement.code}:{value}", answer is not None and value == answer)
            for value in statement.values
        ),
        is_settled=answer is not None,
        is_locked=is_locked,
    )

"""What somebody without an account has answered so far, while it travels between the pages. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from varn.catalogues.riskguide import guide
from varn.catalogues.riskguide_steps import Level, Sorting
from varn.riskguide.assessment.levels import Stored
from varn.riskguide.assessment.statements import STEPS, Statement, n_settled, statements, value_in
from varn.riskguide.case import Grade
from varn.riskguide.rows import tidy

TITLE_LENGTH = 200  # characters


class OffScale(ValueError):
    """An answer that the guide does not have."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`step1` by question, `joint` by statement (`step2.online_tone`), as given; both may be half-way.

    `lookup` and `version` say which saved row it comes from, "" and 0 for none.
    """

    edition: str
    title: str = ""
    own_judgement: str = ""
    step1: Mapping[str, str] = field(default_factory=dict)
    joint: Mapping[str, Grade] = field(default_factory=dict)
    lookup: str = ""
    version: int = 0

    @property
    def is_begun(self) -> bool:
        """Step 1 says something, and the matter has a name: then there is a result."""
        return bool(self.title and (self.own_judgement or self.step1))

    @property
    def stored(self) -> Stored:
        return Stored(self.edition, self.own_judgement, self.step1, self.joint)

    def n_given(self, step: int) -> int:
        return n_settled(self.joint, step)

    def is_whole(self, step: int) -> bool:
        return self.n_given(step) == len(statements(step, self.edition))

    def missing(self, step: int) -> Iterator[Statement]:
        return (one for one in statements(step, self.edition) if one.code not in self.joint)


def with_matter(draft: Draft, sent: Mapping[str, str]) -> Draft:
    """The name and step 1 as sent: `title`, `own_judgement`, `q-<question>`; what is left out is unanswered. Raises OffScale."""
    questions = [question.id for question in guide(draft.edition).step1.question]
    answers = {code: sent[f"q-{code}"] for code in questions if sent.get(f"q-{code}")}
    judgement = sent.get("own_judgement", "")
    if judgement not in {"", *Level} or any(answer not in list(Sorting) for answer in answers.values()):
        raise OffScale
    return replace(draft, title=tidy(sent.get("title", "")), own_judgement=judgement, step1=answers)


def with_step(draft: Draft, step: int, sent: Mapping[str, str]) -> Draft:
    """The answers to one step as sent, by statement; one that is not sent stays as it was. Raises OffScale."""
    joint = dict(draft.joint)
    for statement in statements(step, draft.edition):
        text = sent.get(statement.code, "")
        value = value_in(text, statement)
        if text and value is None:
            raise OffScale
        if value is not None:
            joint[statement.code] = value
    return replace(draft, joint=joint)


def as_text(draft: Draft) -> str:
    """Compact JSON, to be sealed."""
    row = {name: getattr(draft, name) for name in Draft.__slots__}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> Draft:
    """The reverse of `as_text`; only for what this process sealed."""
    return Draft(**json.loads(text))


def case_row(draft: Draft) -> dict[str, Any]:
    """A case as `./varn risk score` reads it: a step that is half-way is left out."""
    row: dict[str, Any] = {"edition": draft.edition, "step1": dict(draft.step1)}
    if draft.own_judgement:
        row["step1"]["own_judgement"] = draft.own_judgement
    for step in STEPS:
        if not draft.is_whole(step):
            break  # step 3 needs step 2
        row[f"step{step}"] = {one.bare: draft.joint[one.code] for one in statements(step, draft.edition)}
    return row

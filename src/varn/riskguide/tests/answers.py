"""Cases for tests: from the catalogue's letters, and at random."""

from typing import Any

from hypothesis import strategies as st

from varn.catalogues.riskguide import guide

GUIDE = guide("1.0.0")
SORTING = {"n": "no", "p": "partly", "y": "yes", "u": "unknown"}
STEP1 = [question.id for question in GUIDE.step1.question]
STEP2 = [question.id for question in GUIDE.step2.question]
CONFLICT = [statement.id for statement in GUIDE.step3.conflict]
COMPLEXITY = [statement.id for statement in GUIDE.step3.complexity]


def sorting(letters: str, own: str | None = None) -> dict[str, Any]:
    """`nnnppn`: n no, p partly, y yes, u unknown, - unanswered."""
    row: dict[str, Any] = {code: SORTING[letter] for code, letter in zip(STEP1, letters, strict=True) if letter != "-"}
    return row | {"own_judgement": own or None}


def graded(codes: list[str], letters: str) -> dict[str, Any]:
    """`01u2`: a digit or u for unknown."""
    return {c: "unknown" if x == "u" else int(x) for c, x in zip(codes, letters, strict=True)}


def case(
    step1: str = "nnnnnn",
    step2: str | None = None,
    conflict: str | None = None,
    complexity: str = "00000000",
    own: str | None = None,
) -> dict[str, Any]:
    """One case as JSON, from letters."""
    row: dict[str, Any] = {"edition": "1.0.0", "step1": sorting(step1, own)}
    if step2 is not None:
        row["step2"] = graded(STEP2, step2)
    if conflict is not None:
        row["step3"] = graded(CONFLICT, conflict) | graded(COMPLEXITY, complexity)
    return row


def letters(alphabet: str, size: int) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=size, max_size=size)


OWN = st.sampled_from(["low", "moderate", "high"])


def cases() -> st.SearchStrategy[dict[str, Any]]:
    """Whole cases, a third of the answers unknown at most places where that is allowed."""
    return st.one_of(
        st.builds(case, letters("npyu-", 6), own=OWN),
        st.builds(case, letters("npyu-", 6), letters("0123u", 8), own=OWN),
        st.builds(case, letters("npyu-", 6), letters("0123u", 8), letters("012u", 8), letters("012u", 8), own=OWN),
    )

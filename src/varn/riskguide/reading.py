"""Reads cases from JSON and says in one Swedish sentence what is wrong and what to do.

The command line has one language, whatever the machine's locale: its errors stand in logs and in
other programs. A case: {"edition", "step1", "step2", "step3"}, with step 1, 1-2 or all three.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from varn.catalogues.riskguide import Guide, guide
from varn.catalogues.riskguide_steps import Level, Sorting
from varn.catalogues.schema import UnknownEdition, editions
from varn.riskguide.case import UNKNOWN, Case, Grade

MAX_BYTES = 64_000_000  # about 150,000 whole cases; more would fill the memory of a small server
SHOWN = 40  # characters of a faulty value that the sentence repeats


class BadCases(ValueError):
    """The input cannot be read; the message is a Swedish sentence for the one who wrote it."""


def read_cases(raw: bytes) -> tuple[list[Case], bool]:
    """The cases in order, and whether they stood in a list. Raises BadCases."""
    content = _content(raw)
    rows = content if isinstance(content, list) else [content]
    return [read_case(row, f"Ärende {number}") for number, row in enumerate(rows, 1)], isinstance(content, list)


def read_case(row: object, where: str = "Ärendet") -> Case:
    """One case from JSON's own types. Raises BadCases, its sentence beginning with `where`."""
    if not isinstance(row, dict):
        _refuse(where, f"ska vara ett JSON-objekt med edition och step1, men är {_shown(row)}. Skriv om det.")
    _known(row, ("edition", "step1", "step2", "step3"), where, "fältet")
    edition = _edition(row, where)
    if "step1" not in row:
        _refuse(where, "step1 saknas. Lägg till en egen bedömning eller minst ett svar där.")
    if "step3" in row and "step2" not in row:
        _refuse(where, "step3 kräver step2. Lägg till svaren i step2 eller ta bort step3.")
    answers, judgement = _step1(row["step1"], edition, f"{where}, step1")
    return Case(
        edition=edition.meta.version,
        step1=answers,
        own_judgement=judgement,
        step2=_step2(row["step2"], edition, f"{where}, step2") if "step2" in row else None,
        step3=_step3(row["step3"], edition, f"{where}, step3") if "step3" in row else None,
    )


def _content(raw: bytes) -> Any:
    if len(raw) > MAX_BYTES:
        raise BadCases(f"Filen är större än {MAX_BYTES // 1_000_000} MB. Dela upp den i flera filer.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCases(f"Filen är inte text i UTF-8 (byte {error.start + 1}). Spara om den som UTF-8.") from error
    try:
        return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadCases(
            f"Filen är inte giltig JSON: felet finns på rad {error.lineno}, tecken {error.colno}. Rätta den och kör igen."
        ) from error
    except RecursionError as error:
        raise BadCases("Filen har för många nivåer i varandra. Ett ärende har bara två nivåer.") from error
    except BadCases:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise BadCases("Filen innehåller ett orimligt stort tal. Rätta det och kör igen.") from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise BadCases(f"Nyckeln {_shown(double)} står två gånger i samma objekt. Ta bort den ena.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise BadCases(f"Värdet {name} är inte giltig JSON. Skriv ett heltal eller {_shown(UNKNOWN)}.")


def _edition(row: Mapping[str, Any], where: str) -> Guide:
    if "edition" not in row:
        _refuse(where, f"edition saknas. Ange riskguidens utgåva: {_published()}.")
    if not isinstance(row["edition"], str):
        _refuse(where, f"edition ska vara {_published()}, men är {_shown(row['edition'])}. Ändra den.")
    try:
        return guide(row["edition"])
    except UnknownEdition:
        _refuse(where, f"edition {_shown(row['edition'])} finns inte. Ange {_published()}.")


def _step1(row: object, edition: Guide, where: str) -> tuple[dict[str, Sorting], Level | None]:
    answers = dict(_object(row, where))
    codes = [question.id for question in edition.step1.question]
    _known(answers, (*codes, "own_judgement"), where, "frågan")
    judgement = answers.pop("own_judgement", None)
    if judgement is not None and judgement not in list(Level):
        _outside(f"{where}.own_judgement", judgement, [*Level], "eller null")
    for code, answer in answers.items():
        if answer not in list(Sorting):
            _outside(f"{where}.{code}", answer, [*edition.step1.answers], "eller utelämnas")
    if judgement is None and not answers:
        _refuse(where, "varken egen bedömning eller svar finns. Ange own_judgement eller svara på en fråga.")
    return {code: Sorting(answer) for code, answer in answers.items()}, (None if judgement is None else Level(judgement))


def _step2(row: object, edition: Guide, where: str) -> dict[str, Grade]:
    step = edition.step2
    return _graded(row, [question.id for question in step.question], step.scale_min, step.scale_max, where)


def _step3(row: object, edition: Guide, where: str) -> dict[str, Grade]:
    step = edition.step3
    codes = [statement.id for statement in step.conflict] + [statement.id for statement in step.complexity]
    return _graded(row, codes, 0, len(step.conflict[0].options) - 1, where)


def _graded(row: object, codes: list[str], low: int, high: int, where: str) -> dict[str, Grade]:
    """In the order of the guide."""
    answers = _object(row, where)
    _known(answers, codes, where, "påståendet")
    missing = [code for code in codes if code not in answers]
    if missing:
        _refuse(where, f"svar saknas för {', '.join(missing)}. Svara på alla påståenden, eller {_shown(UNKNOWN)}.")
    for code in codes:
        answer = answers[code]
        whole = type(answer) is int and low <= answer <= high  # true is no 1
        if not whole and answer != UNKNOWN:
            _outside(f"{where}.{code}", answer, range(low, high + 1), f'eller "{UNKNOWN}"')
    return {code: answers[code] for code in codes}


def _object(row: object, where: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        _refuse(where, f"ska vara ett JSON-objekt med svar, men är {_shown(row)}. Skriv om det.")
    return row


def _known(row: Mapping[str, object], allowed: Iterable[str], where: str, kind: str) -> None:
    unknown = [key for key in row if key not in allowed]
    if unknown:
        _refuse(
            where,
            f"{kind} {_shown(unknown[0])} finns inte. Ta bort det eller välj bland {', '.join(allowed)}.",
        )


def _outside(where: str, answer: object, allowed: Iterable[object], also: str) -> NoReturn:
    listed = ", ".join(str(value) for value in allowed)
    _refuse(where, f"svaret ska vara {listed} {also}, men är {_shown(answer)}. Ändra svaret.")


def _refuse(where: str, what: str) -> NoReturn:
    raise BadCases(f"{where}: {what}")


def _published() -> str:
    return " eller ".join(editions("riskguide"))


def _shown(value: object) -> str:
    """The value as ASCII JSON, cut short: no control characters reach a terminal."""
    if isinstance(value, dict | list):
        return "en lista" if isinstance(value, list) else "ett objekt"
    text = json.dumps(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"

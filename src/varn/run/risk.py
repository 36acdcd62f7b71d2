"""`varn risk score FILE [--json | --explain]`: scores cases without Django and without a database."""

import io
import json
import sys
from pathlib import Path

from varn.catalogues.riskguide import guide
from varn.riskguide.explain import explain
from varn.riskguide.output import as_json
from varn.riskguide.reading import MAX_BYTES, BadCases, read_cases
from varn.riskguide.result import Result
from varn.riskguide.scoring import score
from varn.riskguide.wording import level_name

USAGE = (
    "Användning: ./varn risk score FIL [--json | --explain]. "
    "FIL är ett ärende eller en lista med ärenden i JSON; - läser från standard in."
)
STDIN = "-"


class BadCall(ValueError):
    """The command line or its file cannot be used; the message is a Swedish sentence."""


def main(argv: list[str]) -> int:
    """0, or 2 with one sentence on standard error and nothing on standard output."""
    _speak_utf8()
    if argv in (["--help"], ["-h"], ["score", "--help"], ["score", "-h"]):
        sys.stdout.write(f"{USAGE}\n")
        return 0
    try:
        file, style = _arguments(argv)
        said = _said(_content(file), style)
    except (BadCall, BadCases) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{said}\n")
    return 0


def _arguments(argv: list[str]) -> tuple[str, str]:
    """(file, style); style is `--json`, `--explain` or empty."""
    styles = [word for word in argv if word in ("--json", "--explain")]
    words = [word for word in argv if word not in styles]
    strange = [word for word in words if word.startswith("-") and word != STDIN]
    if strange:
        raise BadCall(f"Okänd flagga {strange[0]!a}. {USAGE}")
    if len(set(styles)) > 1:
        raise BadCall(f"Välj antingen --json eller --explain. {USAGE}")
    if len(words) != 2 or words[0] != "score":
        raise BadCall(USAGE)
    return words[1], styles[0] if styles else ""


def _content(file: str) -> bytes:
    """At most one byte more than is read as cases."""
    try:
        if file == STDIN:
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(file).open("rb") as source:
            return source.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadCall(f"Filen {file!a} finns inte. Kontrollera sökvägen.") from None
    except (OSError, ValueError):  # a folder, no right to read, a null byte in the path
        raise BadCall(f"Filen {file!a} går inte att läsa. Ange en vanlig fil som du får läsa.") from None


def _said(raw: bytes, style: str) -> str:
    cases, in_list = read_cases(raw)
    results = [score(case, guide(case.edition)) for case in cases]
    if style == "--json":
        rows = [json.dumps(as_json(result)) for result in results]
        return "[" + ",\n ".join(rows) + "]" if in_list else rows[0]
    if style == "--explain":
        return "\n\n".join(_explained(number, result) for number, result in enumerate(results, 1))
    return _table(results)


def _explained(number: int, result: Result) -> str:
    title = f"Ärende {number}"
    return f"{title}\n{'=' * len(title)}\n{explain(result, guide(result.edition), 'sv')}"


def _table(results: list[Result]) -> str:
    """One line per case: number, level of each step, overall level, acute, number of measures."""
    lines: list[tuple[str, ...]] = [("Ärende", "Steg 1", "Steg 2", "Konflikt", "Samlat", "Akut", "Åtgärder")]
    for number, result in enumerate(results, 1):
        levels = (
            result.step1.level,
            result.step2.level if result.step2 else None,
            result.step3.conflict if result.step3 else None,
            result.overall,
        )
        names = [level_name(level, guide(result.edition), "sv") if level else "–" for level in levels]
        acute = "ja" if result.step3 and result.step3.acute else "–"
        lines.append((str(number), *names, acute, str(len(result.proposals))))
    return "\n".join("  ".join(cell.ljust(8) for cell in line).rstrip() for line in lines)


def _speak_utf8() -> None:
    """Swedish letters survive a machine whose locale is plain ASCII."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

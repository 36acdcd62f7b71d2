"""`varn risk score`: what goes out, what is refused, and that neither Django nor a database takes part."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from varn.riskguide.tests import reference
from varn.riskguide.tests.answers import case
from varn.run.risk import main

THREE = [case(), case(step2="u2uu1u10"), case(step2="23233322", conflict="22222200", complexity="22221222")]
SOURCE = Path(__file__).parents[3]


def written(folder: Path, content: object) -> str:
    file = folder / "ärenden.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(file)


def test_a_list_comes_out_as_a_list_in_the_same_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", written(tmp_path, THREE), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [reference.whole(row) for row in THREE]


def test_one_case_comes_out_as_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", "--json", written(tmp_path, THREE[2])]) == 0
    assert json.loads(capsys.readouterr().out) == reference.whole(THREE[2])


def test_keys_of_steps_not_given_are_absent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", written(tmp_path, THREE), "--json"])
    rows = json.loads(capsys.readouterr().out)
    assert [list(row) for row in rows] == [
        ["step1", "overall", "measures"],
        ["step1", "step2", "overall", "measures"],
        ["step1", "step2", "step3", "overall", "measures"],
    ]


def test_no_cases_give_an_empty_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for style, said in (("--json", []), ("--explain", None), ("", None)):
        assert main(["score", written(tmp_path, []), *([style] if style else [])]) == 0
        out = capsys.readouterr().out
        assert said is None or json.loads(out) == said


def test_explain_says_it_in_swedish(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", written(tmp_path, THREE), "--explain"]) == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if line.startswith("Ärende")] == ["Ärende 1", "Ärende 2", "Ärende 3"]
    assert "AKUT: Hot" in out


def test_without_a_style_there_is_one_line_per_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", written(tmp_path, THREE)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[3].split() == ["3", "låg", "hög", "hög", "hög", "ja", "31"]


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(case()).encode())))
    assert main(["score", "-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["overall"] == "low"


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["score"],
        ["count", "x.json"],
        ["score", "a", "b"],
        ["score", "x.json", "--xml"],
        ["score", "x.json", "--json", "--explain"],
        ["score", "/finns/inte.json", "--json"],
        ["score", "/", "--json"],
        ["score", "noll\0.json", "--json"],
    ],
    ids=str,
)
def test_a_call_that_cannot_be_followed_is_2_and_one_sentence(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{]",
        [case(), case() | {"edition": "2.0.0"}],
        [case(), {"edition": "1.0.0", "step1": {"signals": True}}],
        '{"edition": "1.0.0", "edition": "1.0.0", "step1": {"signals": "no"}}',
        "x" * 10_000_000,
    ],
    ids=lambda value: str(value)[:30],
)
def test_faulty_cases_are_2_and_one_sentence_and_no_output(
    content: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for style in ("--json", "--explain"):
        assert main(["score", written(tmp_path, content), style]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.splitlines()) == 1


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "./varn risk score FIL" in capsys.readouterr().out


PROBE = """
import sys
from varn.run.risk import main
code = main(sys.argv[1:])
assert not [name for name in sys.modules if name.split(".")[0] in ("django", "psycopg", "psycopg_pool")]
sys.exit(code)
"""


def test_neither_django_nor_a_database_driver_is_loaded_and_the_locale_does_not_matter(tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    call = [sys.executable, "-c", PROBE, "score", written(tmp_path, THREE), "--explain"]
    done = subprocess.run(call, env=bare, capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode == 0
    assert "Åtgärder" in done.stdout.decode("utf-8")

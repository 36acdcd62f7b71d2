"""Every code that an act notes has words in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import varn
from varn.accounts.hooks import EVENTS
from varn.audit.chain import Break
from varn.catalogues.text import Text
from varn.tenancy.models import Owned
from varn.web.trailwords import ACTORS, BREAKS, PURPOSE_HINTS, PURPOSES, in_words, texts

SOURCES = [
    path for path in Path(varn.__file__).parent.rglob("*.py") if "tests" not in path.parts and "migrations" not in path.parts
]
ALL = [*ACTORS.values(), *PURPOSES.values(), *PURPOSE_HINTS.values(), *BREAKS.values()]


def codes() -> Iterator[str]:
    for path in SOURCES:
        yield from re.findall(r"@action\(\s*\"([^\"]+)\"", path.read_text("utf-8"))
    yield from EVENTS


def noted() -> Iterator[str]:
    for path in SOURCES:
        text = path.read_text("utf-8")
        if "from varn.audit.act import note" in text:
            calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
            for call in calls:
                if isinstance(call.func, ast.Name) and call.func.id == "note":
                    yield from (keyword.arg for keyword in call.keywords if keyword.arg)


def test_every_act_has_words() -> None:
    assert sorted(set(codes()) - set(texts("code"))) == []


def test_no_words_are_left_of_acts_that_are_gone() -> None:
    assert sorted(set(texts("code")) - set(codes())) == []


def test_every_owned_kind_of_row_has_words() -> None:
    kinds = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Owned)}
    assert sorted(kinds - set(texts("target"))) == []


def test_everything_that_acts_note_has_words() -> None:
    assert sorted(set(noted()) - set(texts("detail"))) == []


def test_a_code_is_noun_and_verb() -> None:
    assert [code for code in codes() if not re.fullmatch(r"[a-z]+\.[a-z_]+", code)] == []


@pytest.mark.parametrize("kind", ["code", "target", "detail"])
def test_both_languages_are_there(kind: str) -> None:
    for code, text in texts(kind).items():
        assert text.sv.strip(), code
        assert text.en.strip(), code


def test_every_break_has_a_sentence_with_its_position() -> None:
    assert set(BREAKS) == set(Break)
    assert all("{position}" in text.sv and "{position}" in text.en for text in BREAKS.values())


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.en)
def test_no_sentence_lacks_a_language(text: Text) -> None:
    assert text.sv.strip()
    assert text.en.strip() not in {"", text.sv}


def test_purposes_have_hints() -> None:
    assert set(PURPOSES) == set(PURPOSE_HINTS)


def test_a_code_without_words_says_itself() -> None:
    assert in_words("code", "old.thing", "sv") == "old.thing"

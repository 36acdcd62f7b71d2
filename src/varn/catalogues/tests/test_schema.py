"""A row that does not fit its dataclass is refused, and an edition from outside cannot leave the folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pytest

from varn.catalogues.riskguide import guide
from varn.catalogues.schema import SchemaError, UnknownEdition, build, editions, read
from varn.catalogues.text import Text


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    n: int


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    text: Text
    colour: Colour
    lines: tuple[Text, ...]
    inner: tuple[Inner, ...]
    points: Mapping[str, int]
    most: int | None = None


GOOD = {
    "id": "a",
    "sv": "Hej",
    "en": "Hello",
    "colour": "red",
    "lines_sv": ["ett"],
    "lines_en": ["one"],
    "inner": [{"n": 1}],
    "points": {"no": 0},
}


def test_a_row_becomes_its_dataclass() -> None:
    row = build(Row, GOOD, "row")
    assert (row.text, row.colour, row.lines) == (Text("Hej", "Hello"), Colour.RED, (Text("ett", "one"),))
    assert (row.inner, row.points["no"], row.most) == ((Inner(1),), 0, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"extra": 1}, "row: unknown extra"),
        ({"id": None}, "row.id: None is not str"),
        ({"id": 3}, "row.id"),
        ({"colour": "blue"}, "row.colour"),
        ({"lines_en": ["one", "two"]}, "1 in Swedish, 2 in English"),
        ({"lines_en": "one"}, "row.lines"),
        ({"inner": [{"n": True}]}, r"row.inner\[0\].n"),
        ({"inner": [{"n": 1, "m": 2}]}, "unknown m"),
        ({"inner": {"n": 1}}, "row.inner"),
        ({"points": {"no": "0"}}, "row.points.no"),
        ({"most": "many"}, "row.most"),
    ],
    ids=str,
)
def test_a_faulty_row_is_refused_by_name(change: dict[str, object], said: str) -> None:
    with pytest.raises(SchemaError, match=said):
        build(Row, GOOD | change, "row")


@pytest.mark.parametrize("key", ["id", "sv", "en", "lines_en", "inner"])
def test_a_missing_key_is_refused_by_name(key: str) -> None:
    with pytest.raises(SchemaError, match="missing"):
        build(Row, {k: v for k, v in GOOD.items() if k != key}, "row")


@pytest.mark.parametrize("edition", ["", "1.0", "9.9.9", "../riskguide-1.0.0", "1.0.0/../1.0.0", "1.0.0\0", "*"])
def test_an_edition_that_was_never_published_is_refused(edition: str) -> None:
    with pytest.raises(UnknownEdition):
        guide(edition)


def test_editions_are_listed_oldest_first() -> None:
    assert editions("riskguide")[0] == "1.0.0"
    assert editions("nothing") == ()
    assert read("riskguide", "1.0.0")["meta"]["version"] == "1.0.0"


def test_a_text_is_swedish_unless_english_is_asked_for() -> None:
    text = Text("ja", "yes")
    said = [text.in_language(code) for code in ("sv", "en", "en-GB", "fi")]
    assert said == ["ja", "yes", "yes", "ja"]

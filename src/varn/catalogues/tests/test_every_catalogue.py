"""What holds for every edition of every catalogue: head, ids, both languages, sources, roles."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from varn.catalogues.roles import role
from varn.catalogues.tests.reading import FILES, content, strings, tables

EVERY = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
# The text of a Swedish governing document: an English clause could not be adopted.
SWEDISH_ONLY = {"clause_sv"}
ON_SWEDISH_WORDS = {"analysis.strength_en"}  # lists the Swedish words that it is about
SWEDISH_LETTERS = re.compile("[åäöÅÄÖ]")
# What an English text may keep in Swedish: names, and words that are explained where they stand.
NAMES = re.compile(
    r"Brå|Värn|Lagrådet|Västra Götaland|Väst\w*|Härnösand|Gnosjö|Mölndal|Härjedalen|Vänersborg|Söderköping"
    r"|Ängelholm|Värmland|Jönköping|Malmö|Örebro|Linköping|Gävle|Skåne|Umeå|Luleå|Göteborg|Östersund"
)
ROLE_FIELDS = {
    "riskguide": {"role"},
    "checklists": {"audience", "responsible"},
    "coe_assessment": {"measure_role"},
    "networks": {"role"},
    "training": {"audience"},
    "governance": {"roles_expected", "actor"},
}


def name_of(file: Path) -> str:
    return file.stem.rsplit("-", 1)[0]


def test_all_ten_catalogues_are_here() -> None:
    assert {name_of(file) for file in FILES} == {
        "checklists",
        "coe_assessment",
        "definitions",
        "governance",
        "networks",
        "offences",
        "riskguide",
        "roles",
        "survey",
        "training",
    }


@EVERY
def test_the_head_names_id_edition_date_status_and_sources(file: Path) -> None:
    meta = content(file.stem)["meta"]
    assert meta["id"] == f"varn_{name_of(file)}"
    assert f"{name_of(file)}-{meta['version']}" == file.stem
    assert type(meta["as_of"]) is date
    assert date(2026, 1, 1) <= meta["as_of"]
    assert meta["status"] in {"proposal", "reviewed"}
    assert meta["sources"]


@EVERY
def test_ids_are_english_keys_and_unique_in_their_table(file: Path) -> None:
    for where, table in tables(content(file.stem)):
        for key, rows in table.items():
            if isinstance(rows, list) and rows and isinstance(rows[0], dict):
                ids = [row["id"] for row in rows if "id" in row]
                assert len(ids) == len(set(ids)), f"{where}.{key}"
                assert all(re.fullmatch(r"[a-z0-9_]+", code) for code in ids), f"{where}.{key}"


@EVERY
def test_every_text_stands_in_both_languages(file: Path) -> None:
    for where, table in tables(content(file.stem)):
        for key in table:
            other = _other_language(key)
            if other and key not in SWEDISH_ONLY:
                assert other in table, f"{where}.{key} has no {other}"
                assert _shape(table[key]) == _shape(table[other]), f"{where}.{key} and {other}"


def _other_language(key: str) -> str | None:
    for suffix, other in (("sv", "en"), ("en", "sv")):
        if key == suffix or key.endswith(f"_{suffix}"):
            return key.removesuffix(suffix) + other
    return None


def _shape(text: str | list[str]) -> Any:
    """Which texts are filled: a pair must be so in both languages."""
    return bool(text.strip()) if isinstance(text, str) else [bool(line.strip()) for line in text]


@EVERY
def test_a_list_of_texts_has_no_empty_line(file: Path) -> None:
    for where, table in tables(content(file.stem)):
        for key, value in table.items():
            if _other_language(key) and isinstance(value, list):
                assert all(line.strip() for line in value), f"{where}.{key}"


@EVERY
def test_no_english_text_was_left_in_swedish(file: Path) -> None:
    for where, table in tables(content(file.stem)):
        for key, value in table.items():
            if (key == "en" or key.endswith("_en")) and f"{where}.{key}" not in ON_SWEDISH_WORDS:
                for text in strings(value):
                    bare = re.sub(r"‘[^’]*’|'[^']*'|\([^)]*\)|https?://\S+", "", NAMES.sub("", text))
                    assert not SWEDISH_LETTERS.search(bare), f"{where}.{key}: {text}"


@EVERY
def test_texts_are_trimmed(file: Path) -> None:
    for where, table in tables(content(file.stem)):
        for key, value in table.items():
            for text in strings(value):
                assert text == text.strip(), f"{where}.{key}: {text!r}"


@EVERY
def test_a_row_cites_a_source_or_says_that_it_has_none(file: Path) -> None:
    """Rows without the key inherit the sources of the head; `official = false` is our own explanation of a word."""
    for where, table in tables(content(file.stem)):
        for key in {"source", "sources"} & table.keys():
            cited = [text for text in strings(table[key]) if text]
            assert cited or table.get("unverified") or table.get("official") is False, f"{where}.{key}"
            for text in cited:
                assert not text.startswith("http") or re.fullmatch(r"https?://[^\s/]+/?\S*", text), text


@EVERY
def test_a_duty_role_resolves(file: Path) -> None:
    fields = ROLE_FIELDS.get(name_of(file), set())
    for where, table in tables(content(file.stem)):
        for key in fields & table.keys():
            for code in strings(table[key]):
                assert role(code).id, f"{where}.{key}"
    for row in content(file.stem).get("role", []):
        assert role(row["id"]).id


@EVERY
def test_shares_levels_and_days_are_in_their_range(file: Path) -> None:
    ranges = {
        "percent": (0, 100),
        "priority": (1, 3),
        "weight": (1, 3),
        "rank": (0, 3),
        "month": (1, 12),
        "minutes": (1, 24 * 60),
        "limitation_years": (1, 30),
        "review_days": (1, 366),
        "due_days": (-30, 366),
        "hours": (1, 100),
        "year": (2000, 2026),
    }
    for where, table in tables(content(file.stem)):
        for key in ranges.keys() & table.keys():
            low, high = ranges[key]
            assert low <= table[key] <= high, f"{where}.{key}"

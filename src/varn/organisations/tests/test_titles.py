"""The same matter, written otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.organisations.fingerprint import fingerprint
from varn.organisations.peoplebook import neutral
from varn.organisations.titles import most_similar, register_key, similarity

KNOWN = [
    (1, "Nedläggning av Ekbackens skola"),
    (2, "Vindkraftpark Storåsen, detaljplan"),
    (3, "Parkeringsavgift i centrum"),
    (4, "Trygghetsboende Ekbacken"),
]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Förslag om nedläggning av Ekbackens skola", 1),
        ("Beslut: Ekbackens skola läggs ned, nedläggning", 1),
        ("Detaljplan för vindkraftpark på Storåsen", 2),
        ("Parkeringsavgifter i centrum", 3),
    ],
)
def test_a_matter_is_found_though_it_is_written_otherwise(title: str, found: int) -> None:
    assert most_similar(title, KNOWN)[0] == found


def test_matters_that_share_only_common_words_are_not_proposed() -> None:
    assert most_similar("Beslut om svar på motion om bibliotek", KNOWN) == []
    assert most_similar("", KNOWN) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_similarity_is_a_share(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) in (0, 1)


@pytest.mark.parametrize("written", ["KS 2026/12", "ks 2026/0012", "Dnr: KS-2026/12", "dnr KS  2026/012 "])
def test_a_register_number_is_one_however_it_is_written(written: str) -> None:
    assert register_key(written) == "ks 2026/12"


def test_a_fingerprint_tells_a_change_and_nothing_else() -> None:
    assert fingerprint({"a": 1, "b": None}) == fingerprint({"b": "", "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-2+3+cmd", "'-2+3+cmd"), ("+46 70-123 45", "+46 70-123 45"), ("Ek", "Ek"), ("", "")],
)
def test_what_a_spreadsheet_would_run_is_neutralised(text: str, written: str) -> None:
    assert neutral(text) == written

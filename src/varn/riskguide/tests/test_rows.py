"""The rows of an agenda while they are edited: pure rules."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.riskguide.agenda import read_agenda
from varn.riskguide.rows import LONGEST, MAX_MATTERS, Fault, Kind, Row, cut, faults, joined, paired, rows_of, tidy


def kinds(rows: list[Row]) -> list[tuple[str, Kind]]:
    return [(row.title, row.kind) for row in rows]


def test_what_is_read_keeps_the_order_of_the_document() -> None:
    rows = rows_of(read_agenda("§ 1 Upprop\nBeslutsärenden\n§ 2 Ny bro (KS 2026/5)\n§ 3 Vargjakt"))
    assert kinds(rows) == [
        ("Upprop", Kind.ASIDE),
        ("Beslutsärenden", Kind.GONE),
        ("Ny bro", Kind.MATTER),
        ("Vargjakt", Kind.MATTER),
    ]
    assert rows[2].register_number == "KS 2026/5"


@given(st.text(max_size=400))
def test_a_text_from_a_file_always_fits_its_column(text: str) -> None:
    for field, longest in LONGEST.items():
        assert len(cut(text, field)) <= longest
        assert "\0" not in cut(text, field)


def test_a_continuation_joins_the_title_above_and_what_goes_is_gone() -> None:
    rows = [
        Row("Ny skolstruktur", number="1"),
        Row("i Norrbyn", kind=Kind.ABOVE, register_number="BUN 2026/1"),
        Row("Sida 2", kind=Kind.GONE),
        Row("Övrigt", kind=Kind.ASIDE),
    ]
    assert joined(rows) == [
        Row("Ny skolstruktur i Norrbyn", number="1", register_number="BUN 2026/1"),
        Row("Övrigt", kind=Kind.ASIDE),
    ]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([Row("")], [Fault.NO_TITLE]),
        ([Row("x" * 301)], [Fault.TOO_LONG]),
        ([Row("Bro", number="1" * 21)], [Fault.TOO_LONG]),
        ([Row("rest", kind=Kind.ABOVE), Row("Bro")], [Fault.NOTHING_ABOVE]),
        ([Row("Bro", register_number="KS 1"), Row("Väg", register_number="KS-01")], [Fault.SAME_REGISTER_NUMBER]),
        ([Row("Upprop", kind=Kind.ASIDE)], [Fault.NO_MATTERS]),
        ([Row(f"Ärende {n}") for n in range(MAX_MATTERS + 1)], [Fault.TOO_MANY]),
        ([Row("", kind=Kind.GONE), Row("Bro")], []),
    ],
)
def test_what_cannot_be_saved_is_told_apart(rows: list[Row], wanted: list[Fault]) -> None:
    assert [found.fault for found in faults(rows)] == wanted


def test_one_matter_cannot_be_confirmed_twice() -> None:
    same = uuid4()
    found = faults([Row("Bro", same=same), Row("Väg", same=same)])
    assert [(fault.at, fault.fault, fault.other) for fault in found] == [(1, Fault.SAME_MATTER, 0)]


def test_new_rows_find_the_saved_ones_by_register_number_then_by_title() -> None:
    saved = {1: Row("Bro över ån", register_number="KS 2026/5", saved=1), 2: Row("Vargjakt", saved=2)}
    rows = [Row("VARGJAKT."), Row("Bro, nytt förslag", register_number="ks 2026/05"), Row("Vargjakt"), Row("Ny lekplats")]
    assert [row.saved for row in paired(rows, saved)] == [2, 1, None, None]


def test_pasted_text_loses_its_control_characters() -> None:
    assert tidy(" Ny\u00a0 bro\x00\u200b\n över\tån ") == "Ny bro över ån"

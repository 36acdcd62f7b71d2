"""One matter's register number is known again however it is written, and two matters' are not mixed."""

import pytest

from varn.organisations.registernumbers import KEY_LENGTH, register_key


@pytest.mark.parametrize(
    "number",
    ["KS 2026/12", "ks 2026/12", "KS 2026/0012", "KS-2026-12", "KS2026/12", " KS  2026 / 12 ", "KS 2026:12", "KS.2026–12",
     "Dnr KS 2026/12", "dnr: KS 2026/12", "[KS 2026/12]"],
)  # fmt: skip
def test_ways_of_writing_one_number_have_one_key(number: str) -> None:
    assert register_key(number) == "ks/2026/12"


@pytest.mark.parametrize(
    "other", ["KS 2026/120", "KS 2025/12", "BUN 2026/12", "2026/12", "KS 2026/1-2", "KS 202/612", "KS 2026/12-3", "KS 26/12"]
)
def test_another_number_has_another_key(other: str) -> None:
    assert register_key(other) != register_key("KS 2026/12")


def test_swedish_letters_tell_registers_apart_and_composed_ones_do_not() -> None:
    assert register_key("ÄN 2026/1") != register_key("AN 2026/1")
    assert register_key("A\u0308N 2026/1") == register_key("ÄN 2026/1")


@pytest.mark.parametrize("text", ["", " ", "-/–", "___", "Dnr"])
def test_what_has_no_number_has_no_key(text: str) -> None:
    assert register_key(text) == ""


def test_zero_is_a_number_and_the_longest_number_fits() -> None:
    assert register_key("KS 2026/000") == "ks/2026/0"
    assert len(register_key("ΐ1" * 20)) <= KEY_LENGTH
    assert len(register_key("x" * 1_000)) == KEY_LENGTH

"""Titles that may be of one matter are proposed, others are not."""

import pytest

from tests.patience import not_for_ever
from varn.organisations.titles import proposals

KNOWN = [
    ("school", "Ny skolstruktur i Norrbyn, samråd"),
    ("wind", "Vindkraft på Storhöjden"),
    ("plan", "Detaljplan för Hamnparken"),
    ("plan2", "Detaljplan för Kvarnbacken"),
    ("fee", "Taxa för parkering i centrum"),
]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Skolstrukturen i Norrbyn", "school"),
        ("Yttrande över vindkraften på Storhöjden", "wind"),
        ("Detaljplan Hamnparken, antagande", "plan"),
        ("Svar på motion om parkeringstaxa", None),
        ("Detaljplan för Lillåsen", None),
        ("Budget 2027", None),
        ("", None),
    ],
)
def test_a_similar_title_is_proposed(title: str, wanted: str | None) -> None:
    assert proposals([title], KNOWN).get(0) == wanted


def test_four_thousand_remembered_titles_are_compared() -> None:
    known = [(n, f"Detaljplan för kvarter {n} i stadsdel {n % 40}") for n in range(4_000)]
    with not_for_ever():
        proposals([f"Detaljplan för kvarter {n}00 i stadsdel {n}" for n in range(50)], known)

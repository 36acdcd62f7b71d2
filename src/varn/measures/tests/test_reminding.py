"""When somebody is told, without a database: what is new, what is said again, and in which words."""

from datetime import date, timedelta

import pytest

from varn.measures.reminding import Item, Letter, Told, is_near, is_worth_telling, letter_text

TODAY = date(2026, 11, 24)


def day(n: int) -> date:
    return TODAY + timedelta(days=n)


@pytest.mark.parametrize(
    ("due", "told", "is_told"),
    [
        (7, None, True),
        (5, Told(day(-2), day(5)), False),  # said when it came within a week
        (5, Told(day(-2), day(3)), True),  # another day than the last time
        (0, Told(day(-7), day(0)), True),  # the day itself
        (-1, Told(day(-1), day(-1)), True),  # the day after it
        (-2, Told(day(-1), day(-2)), False),
        (-8, Told(day(-7), day(-8)), True),  # then once a week
        (0, Told(day(0), day(0)), False),  # never twice the same day
        (3, Told(day(0), day(9)), False),
        (2, Told(day(-5), None), True),  # taken out of the calendar, and back
    ],
)
def test_when_a_measure_is_worth_a_mail(due: int, told: Told | None, is_told: bool) -> None:
    assert is_worth_telling(day(due), told, today=TODAY) is is_told


def test_near_is_within_a_week_or_past() -> None:
    assert [is_near(day(n), today=TODAY) for n in (-3, 0, 7, 8)] == [True, True, True, False]
    assert not is_near(None, today=TODAY)


def test_the_mail_says_why_in_both_languages() -> None:
    items = [
        Item("Bjud in till samtal", day(-1), "", "https://v/1"),
        Item("Boka lokal", day(0), "Säkerhetsfunktion", "https://v/2"),
    ]
    letter = Letter("Granviks kommun", "https://v/mina", items, [Item("Ring", None, "", "https://v/3")], ["Skriv svar"])
    text = letter_text(letter, language="sv", today=TODAY)
    assert "Skulle ha varit klar 2026-11-23. Du får brevet eftersom du står som ansvarig." in text
    assert "Ska vara klar i dag. Du får brevet eftersom du har rollen säkerhetsfunktion." in text
    assert "den här har ingen ansvarig längre" in text
    assert "– Skriv svar" in text
    english = letter_text(letter, language="en", today=TODAY)
    assert "Was due 2026-11-23. You get this because you are named as responsible." in english
    assert "None" not in text + english

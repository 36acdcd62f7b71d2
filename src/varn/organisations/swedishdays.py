"""Public holidays in Sweden and the eves that are kept like them. Pure.

Sources: lag (1989:253) om allmänna helgdagar; Easter by the anonymous Gregorian computus (Meeus, Astronomical
Algorithms, ch. 8). The tests compare with the library `holidays`; importing that in each web process costs 19 MB.
"""

from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Red days of a year (*allmänna helgdagar*), Sundays apart."""
    easter = easter_sunday(year)
    moving = (easter + timedelta(days) for days in (-2, 0, 1, 39, 49))  # långfredag, påsk, himmelsfärd, pingst
    fixed = (date(year, month, day) for month, day in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)))
    return frozenset([*moving, *fixed, _saturday_from(date(year, 6, 20)), _saturday_from(date(year, 10, 31))])


@cache
def kept_eves(year: int) -> frozenset[date]:
    """Midsummer's, Christmas and New Year's eve: working days by law, closed in practice."""
    return frozenset([_saturday_from(date(year, 6, 20)) - timedelta(1), date(year, 12, 24), date(year, 12, 31)])


def is_closed_day(day: date) -> bool:
    """Saturday, Sunday, public holiday or kept eve."""
    return day.weekday() >= _SATURDAY or day in public_holidays(day.year) or day in kept_eves(day.year)


def is_day_before_holiday(day: date) -> bool:
    """A working day before a red day on a weekday, and before All Saints: many town halls close early."""
    following = day + timedelta(1)
    holidays = public_holidays(following.year)
    return not is_closed_day(day) and following in holidays


def easter_sunday(year: int) -> date:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def _saturday_from(day: date) -> date:
    return day + timedelta((_SATURDAY - day.weekday()) % 7)

"""Which ways answer, who holds the duty; holidays agree with an independent library."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varn.organisations.dutyhours import Hours, OnDuty, OpenHours, Turn, answers, gaps, in_turn, is_office_open, on_duty, overlaps
from varn.organisations.swedishdays import is_closed_day, is_day_before_holiday, kept_eves, public_holidays

HOURS = OpenHours(time(8), time(16, 30), time(12))
STOCKHOLM = ZoneInfo("Europe/Stockholm")
WAY = uuid4()
PEOPLE = [uuid4() for _ in range(4)]
START = date(2026, 1, 1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), STOCKHOLM)


@pytest.mark.parametrize("year", range(2005, 2061))
def test_public_holidays_agree_with_the_library(year: int) -> None:
    theirs = set(holidays.country_holidays("SE", years=year, include_sundays=False))
    assert public_holidays(year) == theirs


def test_kept_eves() -> None:
    assert kept_eves(2026) == {date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)}


def test_the_office_opens_and_closes_by_the_minute() -> None:
    tuesday = date(2026, 11, 24)
    assert [is_office_open(at(tuesday, *clock), HOURS) for clock in ((7, 59), (8, 0), (16, 29), (16, 30))] == [
        False,
        True,
        True,
        False,
    ]


def test_it_is_closed_on_weekends_red_days_and_eves_and_early_the_day_before() -> None:
    for day in (date(2026, 11, 28), date(2026, 12, 25), date(2026, 6, 19)):
        assert is_closed_day(day)
        assert not is_office_open(at(day, 10), HOURS)
    thursday_before_good_friday = date(2026, 4, 2)
    assert is_day_before_holiday(thursday_before_good_friday)
    assert is_office_open(at(thursday_before_good_friday, 11), HOURS)
    assert not is_office_open(at(thursday_before_good_friday, 12), HOURS)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))  # noqa: DTZ001  # local clock time
def test_at_every_moment_exactly_one_of_ordinary_and_out_of_hours_answers(moment: datetime) -> None:
    is_open = is_office_open(moment, HOURS)
    assert answers(Hours.ALWAYS, is_open=is_open)
    assert answers(Hours.ORDINARY, is_open=is_open) != answers(Hours.OUT_OF_HOURS, is_open=is_open)


@given(st.lists(st.sampled_from(list(Hours)), max_size=6), st.booleans())
def test_ways_that_answer_come_first_and_none_is_lost(hours: list[Hours], is_open: bool) -> None:
    ordered = in_turn(list(enumerate(hours)), is_open=is_open)
    assert sorted(number for number, _ in ordered) == list(range(len(hours)))
    flags = [is_answering for _, is_answering in ordered]
    assert flags == sorted(flags, reverse=True)


turns = st.lists(
    st.builds(
        lambda person, deputy, first, length: Turn(
            WAY, person, deputy, START + timedelta(first), START + timedelta(first + length)
        ),
        st.sampled_from(PEOPLE),
        st.none() | st.sampled_from(PEOPLE),
        st.integers(0, 60),
        st.integers(0, 20),
    ),
    max_size=6,
)


@given(turns, st.sets(st.sampled_from(PEOPLE)), st.integers(0, 90))
def test_a_day_has_somebody_on_duty_or_lies_in_a_gap(rows: list[Turn], gone: set[UUID], offset: int) -> None:
    day = START + timedelta(offset)
    free = gaps(rows, first=START, last=START + timedelta(90), gone=gone)
    holder = on_duty(rows, WAY, day, gone=gone)
    assert (holder.person is None) == any(gap.starts_on <= day <= gap.ends_on for gap in free)
    assert holder.person not in gone
    assert holder.deputy not in gone or holder.deputy is None


@given(turns)
def test_turns_overlap_exactly_when_some_day_has_two(rows: list[Turn]) -> None:
    def n_on(day: date) -> int:
        return sum(turn.starts_on <= day <= turn.ends_on for turn in rows)

    assert bool(overlaps(rows)) == any(n_on(START + timedelta(offset)) > 1 for offset in range(90))


def test_the_deputy_steps_in_for_somebody_who_has_left() -> None:
    turn = Turn(WAY, PEOPLE[0], PEOPLE[1], START, START)
    assert on_duty([turn], WAY, START) == OnDuty(PEOPLE[0], PEOPLE[1])
    assert on_duty([turn], WAY, START, gone={PEOPLE[0]}) == OnDuty(PEOPLE[1])
    assert on_duty([turn], WAY, START, gone=set(PEOPLE)) == OnDuty()
    assert on_duty([turn], uuid4(), START) == OnDuty()

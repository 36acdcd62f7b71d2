"""What follows from days: roles, party duties and being a former member."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from varn.organisations.rights import Role
from varn.organisations.standing import Granted, Named, Seat, Span, Standing, holds_party_duty, is_former, roles_on
from varn.organisations.terms import BodyKind, MandateRole, term_on

LAST = date(2026, 12, 31)
SEAT = Seat(MandateRole.CHAIR, Span(date(2023, 1, 1), LAST))
days = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def test_a_mandate_gives_its_roles_through_its_last_day_and_not_the_day_after() -> None:
    standing = Standing(seats=[SEAT])
    assert roles_on(LAST, standing) == {Role.REPRESENTATIVE, Role.CHAIR}
    assert roles_on(LAST + timedelta(1), standing) == frozenset()
    assert not is_former(LAST, standing)
    assert is_former(LAST + timedelta(1), standing)


def test_a_mandate_that_has_not_begun_gives_nothing_and_makes_nobody_former() -> None:
    standing = Standing(seats=[SEAT])
    assert roles_on(date(2022, 12, 31), standing) == frozenset()
    assert not is_former(date(2022, 12, 31), standing)


def test_a_persons_last_day_ends_everything() -> None:
    standing = Standing(
        seats=[Seat(MandateRole.MEMBER, Span(date(2023, 1, 1)))],
        grants=[Granted(Role.CLERK, Span(date(2023, 1, 1)))],
        named=[Named(Role.GROUP_LEADER)],
        ends_on=LAST,
    )
    assert roles_on(LAST, standing) == {Role.REPRESENTATIVE, Role.CLERK, Role.GROUP_LEADER}
    assert roles_on(LAST + timedelta(1), standing) == frozenset()
    assert is_former(LAST + timedelta(1), standing)


def test_a_party_may_name_somebody_who_was_never_elected() -> None:
    assert roles_on(LAST, Standing(named=[Named(Role.PARTY_CONTACT, date(2024, 1, 1))])) == {Role.PARTY_CONTACT}


def test_a_party_duty_ends_with_the_last_mandate_but_a_former_member_may_be_named_anew() -> None:
    seats = [SEAT]
    before = Standing(seats=seats, named=[Named(Role.GROUP_LEADER, date(2024, 1, 1))])
    after = Standing(seats=seats, named=[Named(Role.GROUP_LEADER, date(2027, 2, 1))])
    assert Role.GROUP_LEADER in roles_on(LAST, before)
    assert Role.GROUP_LEADER not in roles_on(LAST + timedelta(1), before)
    assert Role.GROUP_LEADER in roles_on(date(2027, 2, 1), after)


@given(st.lists(st.tuples(days, st.integers(0, 2000)), max_size=4), days, days)
def test_whoever_has_a_mandate_on_a_day_is_never_former_that_day(spans: list[tuple[date, int]], since: date, day: date) -> None:
    seats = [Seat(MandateRole.MEMBER, Span(first, first + timedelta(length))) for first, length in spans]
    standing = Standing(seats=seats, named=[Named(Role.GROUP_LEADER, since)])
    if any(seat.span.includes(day) for seat in seats):
        assert not is_former(day, standing)
        assert holds_party_duty(day, since=since, mandates=[seat.span for seat in seats])
    if is_former(day, standing):
        assert roles_on(day, standing) == frozenset()


def test_terms_change_on_15_october_for_a_council_and_on_new_years_day_for_boards() -> None:
    assert term_on(BodyKind.COUNCIL, date(2026, 10, 14)).ends_on == date(2026, 10, 14)
    assert term_on(BodyKind.COUNCIL, date(2026, 10, 15)).starts_on == date(2026, 10, 15)
    assert term_on(BodyKind.COMMITTEE, date(2026, 12, 31)).ends_on == date(2026, 12, 31)
    assert term_on(BodyKind.COMMITTEE, date(2027, 1, 1)).starts_on == date(2027, 1, 1)


@given(st.sampled_from(list(BodyKind)), days)
def test_every_day_falls_in_its_own_term_and_terms_meet(kind: BodyKind, day: date) -> None:
    term = term_on(kind, day)
    assert term.starts_on <= day <= term.ends_on
    assert term_on(kind, term.ends_on + timedelta(1)).starts_on == term.ends_on + timedelta(1)

"""What a people list would change: found by id or confirmed e-mail, proposed by name, the same twice is nothing."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from varn.organisations.applying import applied
from varn.organisations.changes import KnownMandate
from varn.organisations.columns import suggest_mapping
from varn.organisations.delta import delta
from varn.organisations.peoplecompared import compared
from varn.organisations.peoplelist import read_people
from varn.organisations.peoplerow import PeopleList, PersonRow, Problem, UnreadRow
from varn.organisations.spreadsheet import read_table
from varn.organisations.terms import MandateRole
from varn.organisations.tests.messy_council import messy_workbook, plain_csv, seats

TODAY = date(2026, 12, 1)


def known(person: str = "p1", body: str = "KF", role: MandateRole = MandateRole.MEMBER, **more: object) -> KnownMandate:
    values: dict[str, object] = {"given_name": "Eva", "family_name": "Alm", "person_keys": frozenset({f"id:{person}"})}
    return KnownMandate(f"{person}/{body}/{role}", person, body=body, role=role, **(values | more))  # type: ignore[arg-type]


def row(register_id: str = "p1", body: str = "KF", role: MandateRole = MandateRole.MEMBER, **more: object) -> PersonRow:
    values: dict[str, object] = {"row_number": 2, "given_name": "Eva", "family_name": "Alm"}
    return PersonRow(body=body, role=role, register_id=register_id, **(values | more))  # type: ignore[arg-type]


def read(content: bytes) -> PeopleList:
    table = read_table(content)
    return read_people(table, suggest_mapping(table.headers))


def test_somebody_known_by_id_is_unchanged() -> None:
    found = delta([known()], [row()], today=TODAY)
    assert found.is_empty
    assert found.unchanged == (known(),)


def test_a_new_name_under_the_same_id_is_a_change() -> None:
    found = delta([known()], [row(family_name="Alm-Ek")], today=TODAY)
    assert [(c.field, c.before, c.after) for c in found.changed[0].changes] == [("family_name", "Alm", "Alm-Ek")]
    assert (found.new, found.left) == ((), ())


def test_a_confirmed_address_finds_a_person_and_the_id_is_remembered() -> None:
    mine = known(email="Eva@x.se", email_is_confirmed=True, person_keys=frozenset())
    found = delta([mine], [row("77", email="eva@x.se")], today=TODAY)
    assert [c.field for c in found.changed[0].changes] == ["person_keys"]
    assert found.changed[0].changes[0].after == frozenset({"id:77"})


def test_an_address_nobody_confirmed_or_that_is_shared_finds_nobody() -> None:
    mine = known(email="eva@x.se", person_keys=frozenset())
    assert delta([mine], [row("77", email="eva@x.se")], today=TODAY).new[0].person_id is None
    confirmed = replace(mine, email_is_confirmed=True)
    shared = row("77", email="eva@x.se", email_is_shared=True)
    assert delta([confirmed], [shared], today=TODAY).new[0].person_id is None


def test_an_address_does_not_overrule_another_id() -> None:
    mine = known(email="eva@x.se", email_is_confirmed=True)
    assert delta([mine], [row("77", email="eva@x.se")], today=TODAY).new[0].person_id is None


def test_the_same_name_without_id_is_proposed_and_never_merged() -> None:
    mine = known(person_keys=frozenset())
    found = delta([mine], [row("")], today=TODAY)
    assert found.new[0].person_id is None
    assert [(p.person_id, p.name, p.bodies) for p in found.new[0].proposals] == [("p1", "Eva Alm", ("KF",))]
    yes = delta([mine], [row("")], today=TODAY, confirmed={row("").person_key: "p1"})
    assert (yes.new, yes.left) == ((), ())
    assert [c.field for c in yes.changed[0].changes] == ["person_keys"]  # to be remembered for next time


def test_a_change_of_role_is_a_move_and_so_is_a_change_of_body() -> None:
    promoted = delta([known(role=MandateRole.DEPUTY)], [row()], today=TODAY)
    assert [(m.before.role, m.row.role) for m in promoted.moved] == [(MandateRole.DEPUTY, MandateRole.MEMBER)]
    assert (promoted.new, promoted.left) == ((), ())
    others = [known("p2", "KF"), known("p2", "KS")]
    sideways = delta([known(), *others], [row(body="KS"), row("p2", "KF"), row("p2", "KS")], today=TODAY)
    assert [(m.before.body, m.row.body) for m in sideways.moved] == [("KF", "KS")]


def test_a_second_mandate_is_new_for_a_known_person() -> None:
    found = delta([known()], [row(), row(body="KS")], today=TODAY)
    assert [(n.row.body, n.person_id) for n in found.new] == [("KS", "p1")]


def test_who_is_missing_has_left_but_only_in_bodies_of_the_list() -> None:
    found = delta([known(), known("p2"), known("p3", "Valnämnden")], [row()], today=TODAY)
    assert [m.person_id for m in found.left] == ["p2"]


def test_who_left_before_today_has_not_left_again() -> None:
    gone = known("p2", ends_on=date(2026, 11, 30))
    assert delta([known(), gone], [row()], today=TODAY).left == ()


def test_nobody_has_left_because_of_a_row_that_could_not_be_read() -> None:
    people = [known(), known("p2", given_name="Bo", family_name="Ek")]
    unread = UnreadRow(3, ("Bo Ek", "Cia Al"), body="KF")
    found = delta(people, [row()], today=TODAY, unread=[unread])
    assert (found.left, [m.person_id for m in found.held]) == ((), ["p2"])


def test_what_the_file_does_not_say_is_no_change() -> None:
    mine = known(phone="070", party="Prov", full_time_percent=40, is_protected=True, starts_on=date(2026, 10, 15))
    assert delta([mine], [row()], today=TODAY).is_empty


def test_until_further_notice_takes_an_end_away() -> None:
    found = delta([known(ends_on=date(2027, 1, 1))], [row(is_open_ended=True)], today=TODAY)
    assert [(c.field, c.after) for c in found.changed[0].changes] == [("ends_on", None)]


def test_a_new_term_is_a_new_mandate_and_ends_nothing() -> None:
    term = known(starts_on=date(2022, 10, 15), ends_on=date(2026, 10, 14))
    found = delta([term], [row(starts_on=date(2026, 10, 15))], today=TODAY)
    assert len(found.new) == 1
    assert (found.left, found.changed) == ((), ())


def test_a_mandate_that_was_over_is_not_made_anew() -> None:
    found = delta([], [row(ends_on=date(2025, 1, 1))], today=TODAY)
    assert found.is_empty
    assert len(found.over) == 1


def test_two_rows_for_one_mandate_by_different_keys_are_a_fault() -> None:
    mine = known(email="eva@x.se", email_is_confirmed=True)
    found = delta([mine], [row(), row("", row_number=3, email="eva@x.se")], today=TODAY)
    assert [(p.row_number, p.code, p.params) for p in found.problems] == [(3, Problem.SAME_PERSON_TWICE, {"first_row": 2})]


def test_the_messy_council_taken_in_twice_changes_nothing() -> None:
    first = read(messy_workbook())
    change = delta([], first.rows, today=TODAY, unread=first.unread)
    assert len(change.new) == len(seats()) - 1
    council = applied([], change, today=TODAY)
    again = delta(council, first.rows, today=TODAY, unread=first.unread)
    assert again.is_empty
    clean = read(plain_csv(without=(10, 11)))  # next month: a tidy file by the same ids, the split cell mended, two gone
    next_month = delta(council, clean.rows, today=TODAY, unread=clean.unread)
    assert len(next_month.new) == 1
    assert len(next_month.left) == 2
    assert {c.field for item in next_month.changed for c in item.changes} <= {"person_keys"}


_BODIES = ("Kommunfullmäktige", "Kommunstyrelsen", "Valnämnden")
_DAYS = st.sampled_from([None, date(2022, 10, 15), date(2026, 10, 15), date(2026, 12, 24), date(2030, 10, 14)])
_ROWS = st.builds(
    PersonRow,
    row_number=st.integers(2, 500),
    given_name=st.sampled_from(["Eva", "Bo"]),
    family_name=st.sampled_from(["Alm", "Ek"]),
    body=st.sampled_from(_BODIES),
    role=st.sampled_from(list(MandateRole)),
    register_id=st.sampled_from(["", "", "1", "2", "3"]),
    email=st.sampled_from(["", "a@x.se", "b@x.se"]),
    party=st.sampled_from(["", "Prov"]),
    starts_on=_DAYS,
    full_time_percent=st.sampled_from([None, 40]),
    is_protected=st.sampled_from([None, True, False]),
)
_KNOWN = st.builds(
    KnownMandate,
    mandate_id=st.uuids().map(str),
    person_id=st.sampled_from(["p1", "p2", "p3"]),
    given_name=st.just("Eva"),
    family_name=st.just("Alm"),
    body=st.sampled_from(_BODIES),
    role=st.sampled_from(list(MandateRole)),
    starts_on=_DAYS,
    ends_on=st.sampled_from([None, date(2026, 11, 1), date(2030, 10, 14)]),
)


def _consistent(mandates: list[KnownMandate]) -> list[KnownMandate]:
    """Facts of a person are the same on each of their mandates; the database allows no mandate twice."""
    of_person = {
        "p1": {"person_keys": frozenset({"id:1"}), "email": "", "email_is_confirmed": False},
        "p2": {"person_keys": frozenset(), "email": "a@x.se", "email_is_confirmed": True},
        "p3": {"person_keys": frozenset({"id:3"}), "email": "b@x.se", "email_is_confirmed": True},
    }
    once = {(m.person_id, m.body, m.role, m.starts_on): m for m in mandates}
    kept = [replace(m, **of_person[m.person_id]) for m in once.values()]  # type: ignore[arg-type]
    return [m for m in kept if not (m.starts_on and m.ends_on and m.ends_on < m.starts_on)]


@settings(max_examples=400, deadline=None)
@given(st.lists(_KNOWN, max_size=6).map(_consistent), st.lists(_ROWS, max_size=8))
def test_taking_a_list_in_twice_changes_nothing(current: list[KnownMandate], rows: list[PersonRow]) -> None:
    kept, _, unread = compared(rows)
    first = delta(current, kept, today=TODAY, unread=unread)
    after = applied(current, first, today=TODAY)
    assert delta(after, kept, today=TODAY, unread=unread).is_empty


@settings(max_examples=200, deadline=None)
@given(st.lists(_KNOWN, max_size=6).map(_consistent), st.lists(_ROWS, max_size=8))
def test_every_row_and_every_mandate_has_one_place(current: list[KnownMandate], rows: list[PersonRow]) -> None:
    kept, _, unread = compared(rows)
    found = delta(current, kept, today=TODAY, unread=unread)
    placed = len(found.new) + len(found.moved) + len(found.changed) + len(found.unchanged) + len(found.over) + len(found.problems)
    assert placed == len(kept)
    touched = [m.mandate_id for m in (*found.left, *found.held, *found.unchanged)]
    touched += [m.before.mandate_id for m in found.moved] + [c.mandate.mandate_id for c in found.changed]
    assert len(touched) == len(set(touched))


def test_somebody_elected_again_in_a_list_without_days_has_a_new_mandate() -> None:
    before = known(starts_on=date(2022, 10, 15), ends_on=date(2026, 10, 14))
    found = delta([before], [row()], today=TODAY)
    assert [n.person_id for n in found.new] == ["p1"]

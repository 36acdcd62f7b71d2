"""People read out of a table: every row a mandate or a fault with its place."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varn.organisations import names, peoplewords
from varn.organisations.columns import Field, LeftOut, is_identity_number, recognised, suggest_mapping
from varn.organisations.peoplelist import read_people
from varn.organisations.peoplerow import PeopleList, Problem
from varn.organisations.spreadsheet import read_table
from varn.organisations.terms import MandateRole
from varn.organisations.tests.messy_council import TERM_ENDS, TERM_STARTS, TWO_NAMES_SEAT, messy_workbook, seats


def people(text: str) -> PeopleList:
    table = read_table(text.encode())
    return read_people(table, suggest_mapping(table.headers, [r.cells for r in table.rows]))


def council() -> PeopleList:
    table = read_table(messy_workbook())
    return read_people(table, suggest_mapping(table.headers, [r.cells for r in table.rows]))


def codes(found: PeopleList) -> list[Problem]:
    return [p.code for p in found.problems]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Namn", Field.NAME),
        ("För- och efternamn", Field.NAME),
        ("Efternamn, förnamn", Field.NAME_FAMILY_FIRST),
        ("Tilltalsnamn", Field.GIVEN_NAME),
        ("Efternamn", Field.FAMILY_NAME),
        ("E-post (arbete)", Field.EMAIL),
        ("E-postadress", Field.EMAIL),
        ("Mejladress", Field.EMAIL),
        ("Telefon mobil", Field.PHONE),
        ("Organ", Field.BODY),
        ("Nämnd/styrelse", Field.BODY),
        ("Befattning", Field.ROLE),
        ("Uppdrag", Field.ROLE),
        ("Parti (bet.)", Field.PARTY),
        ("Fr.o.m.", Field.STARTS_ON),
        ("Från och med", Field.STARTS_ON),
        ("T.o.m", Field.ENDS_ON),
        ("Period", Field.PERIOD),
        ("Tjänstgöringsgrad", Field.SHARE),
        ("Omf. i %", None),
        ("Troman-id", Field.REGISTER_ID),
        ("Pers.id", Field.REGISTER_ID),
        ("Skyddad identitet", Field.PROTECTED),
        ("Omfattas av KL 4:18 a", Field.COVERED_18A),
    ],
)
def test_a_heading_is_known_as_it_is_really_written(header: str, field: Field | None) -> None:
    assert recognised(header) == (field, None)


@pytest.mark.parametrize("header", ["Personnummer", "Pers.nr", "Personnr", "Pnr", "Födelsedatum", "Personnummer (12 siffror)"])
def test_an_identity_number_is_known_and_left_out(header: str) -> None:
    assert recognised(header) == (None, LeftOut.IDENTITY_NUMBER)


@pytest.mark.parametrize(
    "header", ["Adress", "Hemadress", "Gatuadress", "Postnr", "Postadress", "Postort", "Ort", "C/o", "Bostadsadress"]
)
def test_a_home_address_is_known_and_left_out(header: str) -> None:
    assert recognised(header) == (None, LeftOut.HOME_ADDRESS)


def test_identity_numbers_under_another_heading_are_left_out_by_their_look() -> None:
    mapping = suggest_mapping(["Namn", "Id"], [["Eva Alm", "19640823-3234"], ["Bo Ek", "6408233234"]])
    assert [c.left_out for c in mapping.columns] == [None, LeftOut.IDENTITY_NUMBER]
    forced = suggest_mapping(["Namn", "Personnummer"], (), {"namn": "name", "personnummer": "register_id"})
    assert forced.index(Field.REGISTER_ID) is None


def test_a_mapping_is_remembered_by_heading() -> None:
    first = suggest_mapping(["Vem", "Organ", "Organ"])
    assert first.missing == ("name",)
    remembered = first.remembered() | {"vem": "name"}
    again = suggest_mapping(["Organ", "Vem"], (), remembered)
    assert again.index(Field.NAME) == 1
    assert again.missing == ()


def test_work_is_preferred_to_private() -> None:
    mapping = suggest_mapping(["E-post (privat)", "E-post (arbete)", "Telefon hem", "Mobil"])
    assert mapping.index(Field.EMAIL) == 1
    assert mapping.index(Field.PHONE) == 3


@pytest.mark.parametrize(
    ("cell", "given", "family"),
    [
        ("Eva Alm", "Eva", "Alm"),
        ("Alm, Eva", "Eva", "Alm"),
        ("Alm,\u00a0Eva ", "Eva", "Alm"),
        ("Dr. Eva von Alm", "Eva", "von Alm"),
        ("EVA ALM-EK", "Eva", "Alm-Ek"),
        ("Eva Alm (S)", "Eva", "Alm"),
        ("Alm, Eva (S), ordförande", "Eva", "Alm"),
        ("Eva\nAlm", "Eva", "Alm"),
        ("Anna-Karin Testa Exempelsson", "Anna-Karin Testa", "Exempelsson"),
    ],
)
def test_a_name_is_turned_right(cell: str, given: str, family: str) -> None:
    found = names.names_in(cell)
    assert [(n.given, n.family) for n in found] == [(given, family)]


@pytest.mark.parametrize(
    "cell", ["Alm, Eva / Ek, Bo", "Eva Alm\nBo Ek", "Eva Alm och Bo Ek", "Eva Alm; Bo Ek", "Eva Alm (S), Bo Ek (M)"]
)
def test_two_names_in_a_cell_are_seen(cell: str) -> None:
    assert [n.whole for n in names.names_in(cell)] == ["Eva Alm", "Bo Ek"]


def test_a_name_with_family_first_and_no_comma_is_turned_by_its_heading() -> None:
    assert names.names_in("Alm Eva Maria", family_first=True)[0].whole == "Eva Maria Alm"


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("Ledamot", MandateRole.MEMBER),
        ("ledamöter", MandateRole.MEMBER),
        ("ERS.", MandateRole.DEPUTY),
        ("Ersättare 3", MandateRole.DEPUTY),
        ("Suppleant", MandateRole.DEPUTY),
        ("Ordf.", MandateRole.CHAIR),
        ("Ordförande och ledamot", MandateRole.CHAIR),
        ("1:e vice ordförande", MandateRole.FIRST_VICE_CHAIR),
        ("Förste vice ordf", MandateRole.FIRST_VICE_CHAIR),
        ("Vice ordförande", MandateRole.FIRST_VICE_CHAIR),
        ("2:e v. ordf.", MandateRole.SECOND_VICE_CHAIR),
        ("Lekmannarevisor", MandateRole.AUDITOR),
        ("Kommunalråd", MandateRole.OTHER),
        ("Gruppledare", MandateRole.OTHER),
    ],
)
def test_a_role_is_known_as_it_is_really_written(cell: str, role: MandateRole) -> None:
    found = peoplewords.role_of(cell)
    assert found is not None
    assert found.role is role


def test_a_group_leader_and_a_body_in_the_role_are_seen() -> None:
    found = peoplewords.role_of("Ledamot i Kommunstyrelsen, gruppledare")
    assert found is not None
    assert (found.role, found.is_group_leader, found.body) == (MandateRole.MEMBER, True, "Kommunstyrelsen")
    assert peoplewords.role_of("Vaktmästare") is None


@pytest.mark.parametrize(
    "cell",
    [
        "2026-10-15",
        "20261015",
        "2026-10-15 00:00",
        "2026-10-15T00:00:00",
        "15 okt 2026",
        "15 oktober 2026",
        "15/10 2026",
        "15.10.2026",
        "46310",
    ],
)
def test_a_day_is_read_in_each_form(cell: str) -> None:
    assert peoplewords.day_of(cell) == date(2026, 10, 15)


@pytest.mark.parametrize("cell", ["2026-13-01", "hösten", "2026", "31/2 2026", ""])
def test_what_is_no_day_is_none(cell: str) -> None:
    assert peoplewords.day_of(cell) is None


def test_years_alone_are_the_bodys_own_term() -> None:
    assert peoplewords.period_of("2026-2030", "Kommunfullmäktige") == (date(2026, 10, 15), date(2030, 10, 14))
    assert peoplewords.period_of("2027–2030", "Byggnadsnämnden") == (date(2027, 1, 1), date(2030, 12, 31))
    assert peoplewords.period_of("2026-10-15 - 2028-01-31", "KF") == (date(2026, 10, 15), date(2028, 1, 31))
    assert peoplewords.period_of("snart", "KF") is None


@pytest.mark.parametrize(
    ("cell", "percent"),
    [
        ("40 %", 40),
        ("0,4", 40),
        ("100%", 100),
        ("Heltid", 100),
        ("1", 100),
        ("Halvtid", 50),
        ("40", 40),
        ("Deltid 40 %", 40),
        ("33,3 %", 33),
        ("140", None),
        ("mycket", None),
    ],
)
def test_a_share_is_read_in_each_form(cell: str, percent: int | None) -> None:
    assert peoplewords.percent_of(cell) == percent


def test_the_messy_council_is_read_but_for_the_cell_with_two_names() -> None:
    found = council()
    expected = {s.number: s for s in seats() if s.number != TWO_NAMES_SEAT}
    assert [(r.given_name, r.family_name) for r in found.rows] == [(s.given, s.family) for s in expected.values()]
    assert {r.email for r in found.rows} == {s.email for s in expected.values()}
    assert {r.body for r in found.rows} == {"Kommunfullmäktige"}
    assert {(r.starts_on, r.ends_on) for r in found.rows} == {(TERM_STARTS, TERM_ENDS)}
    assert [r.full_time_percent for r in found.rows[:3]] == [100, 40, None]
    assert [r.is_protected for r in found.rows if r.is_protected is not None] == [True]
    assert [r.is_covered_by_18a for r in found.rows[:3]] == [True, True, None]
    assert sum(r.role is MandateRole.DEPUTY for r in found.rows) == 12
    assert dict(found.left_out) == {
        "Pers.nr": LeftOut.IDENTITY_NUMBER,
        "Hemadress": LeftOut.HOME_ADDRESS,
        "Postnr": LeftOut.HOME_ADDRESS,
    }


def test_the_fault_says_row_and_column_and_what_to_split() -> None:
    found = council()
    fault = next(p for p in found.problems if p.stops_row)
    assert (fault.row_number, fault.column, fault.code) == (45, "Efternamn, förnamn", Problem.TWO_NAMES)
    assert fault.params == {"names": "Attrappa Exempelsson-Fyrtio, Extra Reservsson".replace("Attrappa", seats()[39].given)}
    assert {p.code for p in found.problems if not p.stops_row} == {Problem.ONE_CELL, Problem.VACANT}
    assert found.unread[0].names == (f"{seats()[39].given} {seats()[39].family}", "Extra Reservsson")


def test_nothing_of_address_or_identity_number_is_in_what_was_read() -> None:
    text = repr(council())
    assert "19640823" not in text
    assert "Hittepågatan" not in text


def test_an_identity_number_in_a_column_that_is_read_is_dropped_and_said() -> None:
    found = people("Id;Namn;Organ;Roll\n640823-3234;Eva Alm;KF;Ledamot\n17;Bo Ek;KF;Ledamot\n18;Cia Al;KF;Ledamot\n")
    assert [r.register_id for r in found.rows] == ["", "17", "18"]
    assert codes(found) == [Problem.IDENTITY_NUMBER]
    assert "640823" not in repr(found)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (";KF;Ledamot;;", Problem.MISSING_NAME),
        ("Eva Alm;;Ledamot;;", Problem.MISSING_BODY),
        ("Eva Alm;KF;;;", Problem.MISSING_ROLE),
        ("Eva Alm;KF;Vaktmästare;;", Problem.UNKNOWN_ROLE),
        ("Eva Alm;KF;Ledamot;snart;", Problem.BAD_DATE),
        ("Eva Alm;KF;Ledamot;2026-10-15;2025-01-01", Problem.ENDS_BEFORE_START),
        ("=A1&B1;KF;Ledamot;;", Problem.FORMULA),
        (f"{'A' * 90} Alm;KF;Ledamot;;", Problem.NAME_TOO_LONG),
    ],
)
def test_a_row_with_a_fault_is_not_read_but_remembered(row: str, code: Problem) -> None:
    found = people(f"Namn;Organ;Roll;Fr.o.m.;T.o.m.\n{row}\n")
    assert found.rows == ()
    assert [(p.row_number, p.code) for p in found.problems] == [(2, code)]
    assert [u.row_number for u in found.unread] == [2]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Eva Alm;KF;Ledamot;eva(at)x.se;;", Problem.BAD_EMAIL),
        ("Eva Alm;KF;Ledamot;a@x.se, b@x.se;;", Problem.SEVERAL_EMAILS),
        ("Eva Alm;KF;Ledamot;;mycket;", Problem.BAD_SHARE),
        ("Eva Alm;KF;Ledamot;;;kanske", Problem.UNCLEAR_PROTECTION),
    ],
)
def test_a_mild_fault_is_said_and_the_row_read(row: str, code: Problem) -> None:
    found = people(f"Namn;Organ;Roll;E-post;Tjänstgöringsgrad;Skyddad\n{row}\n")
    assert len(found.rows) == 1
    assert codes(found) == [code]


def test_a_cell_that_says_protected_instead_of_its_value_protects_the_person() -> None:
    found = people(
        "Namn;Organ;Roll;E-post;Adress\nEva Alm;KF;Ledamot;Skyddade personuppgifter;x\nBo Ek;KF;Ledamot;b@x.se;Skyddad adress\n"
    )
    assert [r.is_protected for r in found.rows] == [True, True]
    assert found.rows[0].email == ""


def test_a_heading_row_gives_the_body_where_there_is_no_column() -> None:
    found = people("Namn;Befattning\nKommunstyrelsen;\nEva Alm;Ordförande\nByggnadsnämnden;\nBo Ek;Ledamot\n")
    assert [(r.name, r.body) for r in found.rows] == [("Eva Alm", "Kommunstyrelsen"), ("Bo Ek", "Byggnadsnämnden")]


def test_two_mandates_are_fine_and_the_same_twice_is_not() -> None:
    found = people("Id;Namn;Organ;Roll\n1;Eva Alm;KF;Ledamot\n1;Eva Alm;KS;Ersättare\n1;Eva Alm;KF;Ledamot\n")
    assert [(r.body, r.role) for r in found.rows] == [("KF", MandateRole.MEMBER), ("KS", MandateRole.DEPUTY)]
    assert [(p.row_number, p.code, p.params) for p in found.problems] == [(4, Problem.DUPLICATE_MANDATE, {"first_row": 2})]


def test_one_id_with_two_names_is_a_fault() -> None:
    found = people("Id;Namn;Organ;Roll\n1;Eva Alm;KF;Ledamot\n1;Bo Ek;KS;Ersättare\n")
    assert codes(found) == [Problem.NAMES_DIFFER_FOR_ID]


def test_a_shared_address_recognises_nobody() -> None:
    found = people("Namn;Organ;Roll;E-post\nEva Alm;KF;Ledamot;kansli@x.se\nBo Ek;KF;Ledamot;kansli@x.se\n")
    assert codes(found) == [Problem.SHARED_EMAIL]
    assert len({r.person_key for r in found.rows}) == 2


def test_namesakes_are_told_apart_by_party_and_said() -> None:
    found = people("Namn;Parti;Organ;Roll\nEva Alm;Prov;KF;Ledamot\nEva Alm;Test;KF;Ledamot\nEva Alm;Prov;KS;Ledamot\n")
    assert len({r.person_key for r in found.rows}) == 2
    assert codes(found) == [Problem.NAMESAKE, Problem.SAME_NAME_ASSUMED_ONE]


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=25), min_size=6, max_size=6), max_size=6))
def test_no_cells_make_it_fail_and_every_row_is_accounted_for(rows: list[list[str]]) -> None:
    from varn.organisations.spreadsheet import Table, TableRow

    headers = ("Namn", "Organ", "Roll", "Fr.o.m.", "E-post", "Tjänstgöringsgrad")
    made = tuple(TableRow(n, tuple(cells)) for n, cells in enumerate(rows, start=2))
    found = read_people(Table("", 1, headers, made, (), ()), suggest_mapping(headers))
    told = {r.row_number for r in found.rows} | {p.row_number for p in found.problems}
    assert told == {r.number for r in made}


@settings(deadline=None)
@given(st.text(max_size=20))
def test_words_never_make_it_fail(text: str) -> None:
    names.names_in(text)
    peoplewords.role_of(text)
    peoplewords.day_of(text)
    peoplewords.period_of(text, "KF")
    peoplewords.percent_of(text)
    is_identity_number(text)
    recognised(text)

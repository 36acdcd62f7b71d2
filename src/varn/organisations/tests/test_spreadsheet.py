"""Tables that people bring: what is found in them, and what is refused with a reason."""

import contextlib
import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from varn.organisations.incoming import Refusal, decode_text
from varn.organisations.spreadsheet import NoteCode, Table, TableRefused, clean, read_table
from varn.organisations.tests.messy_council import messy_workbook, plain_csv, seats


def workbook(rows: list[list[object]], **more: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, content in {"Blad1": rows, **more}.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def notes(table: Table) -> dict[NoteCode, int]:
    return {n.code: n.count for n in table.notes}


def repacked(content: bytes, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return out.getvalue()


def reason(content: bytes, name: str | None = None) -> Refusal:
    with pytest.raises(TableRefused) as refused:
        read_table(content, name)
    return refused.value.reason


def test_the_messy_council_is_found_under_its_titles_on_the_right_sheet() -> None:
    table = read_table(messy_workbook(), "vadsomhelst.csv")
    assert table.sheet == "Fullmäktige 2026–2030"
    assert table.header_row == 5
    assert table.headers[:2] == ("Troman-id", "Efternamn, förnamn")  # the first stands in a cell merged from the row above
    assert table.headers[9] == "E-post (arbete)"
    assert len([r for r in table.rows if r.cells[3]]) >= len(seats())
    assert notes(table)[NoteCode.HIDDEN_SHEETS] == 1
    assert notes(table)[NoteCode.OTHER_SHEETS] == 1
    assert notes(table)[NoteCode.ROWS_ABOVE_HEADER] == 3
    assert {s.name for s in table.sheets if s.is_hidden} == {"Koder"}


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "cp850"])
def test_text_tables_are_read_whatever_separates_and_encodes_them(delimiter: str, encoding: str) -> None:
    table = read_table(plain_csv(delimiter=delimiter, encoding=encoding))
    assert table.headers[1:3] == ("Förnamn", "Efternamn")
    assert len(table.rows) == len(seats())
    assert "Låtsas" in {row.cells[1] for row in table.rows}
    assert table.rows[0].number == 2


def test_excels_own_line_that_names_the_separator_is_no_row() -> None:
    table = read_table(b"sep=|\r\nNamn|Organ\r\nEva Alm|KF\r\n")
    assert table.headers == ("Namn", "Organ")
    assert table.rows[0].number == 3


def test_line_breaks_inside_quotes_stay_in_their_cell() -> None:
    table = read_table(b'Namn;Organ\n"Alm, Eva\nEk, Bo";KF\n')
    assert table.rows[0].cells == ("Alm, Eva\nEk, Bo", "KF")


def test_days_shares_and_numbers_are_text_as_they_are_seen() -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Namn", "Fr.o.m.", "Tjänstgöringsgrad", "Id", "T.o.m."])
        sheet.write(1, 0, "Eva Alm")
        sheet.write_datetime(1, 1, datetime(2026, 10, 15), made.add_format({"num_format": 'd" "mmmm" "yyyy'}))  # noqa: DTZ001
        sheet.write_number(1, 2, 0.4, made.add_format({"num_format": "0%"}))
        sheet.write_number(1, 3, 7001)
        sheet.write_datetime(1, 4, datetime(2030, 10, 14, 23, 59), made.add_format({"num_format": 22}))  # noqa: DTZ001
    assert read_table(book.getvalue()).rows[0].cells == ("Eva Alm", "2026-10-15", "40 %", "7001", "2030-10-14 23:59")


def test_a_workbook_from_an_old_mac_counts_days_from_1904() -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001
    book.active.append(["Namn", "Fr.o.m."])  # type: ignore[union-attr]
    book.active.append(["Eva Alm", date(2026, 10, 15)])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue()).rows[0].cells[1] == "2026-10-15"


def test_a_formula_shows_its_stored_value_or_itself_and_is_told_of() -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Namn", "Organ"])
        sheet.write_formula(1, 0, '="Eva "&"Alm"', None, "Eva Alm")
    table = read_table(book.getvalue())
    assert table.rows[0].cells[0] == "Eva Alm"
    assert notes(table) == {NoteCode.FORMULAS: 1}
    without = read_table(workbook([["Namn", "Organ"], ['="Eva"&" Alm"', "KF"]]))  # openpyxl stores no value
    assert without.rows[0].cells[0].startswith("=")
    assert notes(without)[NoteCode.FORMULAS_WITHOUT_VALUE] == 1


def test_a_cell_merged_over_rows_counts_in_each() -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["Namn", "Nämnd/styrelse"])
        sheet.write_column(1, 0, ["Eva Alm", "Bo Ek", "Cia Al"])
        sheet.merge_range(1, 1, 3, 1, "Bygg- och miljönämnden")
    table = read_table(book.getvalue())
    assert [r.cells[1] for r in table.rows] == ["Bygg- och miljönämnden"] * 3
    assert notes(table)[NoteCode.MERGED_CELLS] == 1


def test_another_sheet_may_be_asked_for() -> None:
    content = workbook([["Namn", "Organ"], ["Eva Alm", "KF"]], Annan=[["Namn", "Organ"], ["Bo Ek", "KS"]])
    assert read_table(content, sheet="Annan").rows[0].cells[0] == "Bo Ek"
    with pytest.raises(TableRefused, match="no_such_sheet"):
        read_table(content, sheet="Saknas")


def test_headings_printed_again_are_no_rows() -> None:
    table = read_table(b"Namn;Organ\nEva Alm;KF\n\nNamn;Organ\nBo Ek;KF\n")
    assert [r.cells[0] for r in table.rows] == ["Eva Alm", "Bo Ek"]
    assert [r.number for r in table.rows] == [2, 5]


def test_a_hundred_thousand_rows_are_refused_before_they_are_all_read() -> None:
    rows = b"".join(b'<row r="%d"><c><v>1</v></c></row>' % n for n in range(1, 100_001))
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    content = repacked(workbook([["Namn", "Organ"]]), {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(TableRefused) as refused:
        read_table(content)
    assert refused.value.reason is Refusal.TOO_MANY_ROWS
    assert refused.value.params == {"limit": 10_000, "sheet": "Blad1"}
    assert reason(b"Namn;Organ\n" * 100_000) is Refusal.TOO_MANY_ROWS


def test_one_cell_in_the_last_row_and_column_costs_nothing() -> None:
    book = Workbook()
    book.active["A1"], book.active["B1"], book.active["A1048576"] = "Namn", "Organ", "Eva Alm"  # type: ignore[index]
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue()).rows[0].number == 1_048_576
    book.active["XFD1"] = "långt bort"  # type: ignore[index]
    out = io.BytesIO()
    book.save(out)
    assert reason(out.getvalue()) is Refusal.TOO_MANY_COLUMNS


def test_a_bomb_is_refused_by_what_it_would_expand_to() -> None:
    good = workbook([["Namn", "Organ"], ["Eva Alm", "KF"]])
    many = repacked(good, {"xl/media/1.bin": b"\0" * 30_000_000})
    assert len(many) < 200_000
    assert reason(many) is Refusal.EXPANDS_TOO_MUCH
    assert reason(repacked(good, {"xl/inner.zip": many})) is Refusal.EXPANDS_TOO_MUCH
    assert reason(repacked(good, {f"x{i}": b"" for i in range(3000)})) is Refusal.EXPANDS_TOO_MUCH


def test_entities_in_a_part_are_refused_in_any_encoding() -> None:
    good = workbook([["Namn", "Organ"], ["Eva Alm", "KF"]])
    laughs = (
        '<?xml version="1.0" encoding="{}"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><sst><si><t>&c;</t></si></sst>'
    )
    for encoding in ("utf-8", "utf-16"):
        part = laughs.format(encoding).encode(encoding)
        for name in ("xl/styles.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"):
            assert reason(repacked(good, {name: part})) is Refusal.HAS_ENTITIES


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Refusal.EMPTY),
        (b" \r\n\t ", Refusal.EMPTY),
        (b"\xef\xbb\xbf", Refusal.EMPTY),
        (b"x" * (10 * 2**20 + 1), Refusal.TOO_LARGE),
        (b"PK\x03\x04 no archive", Refusal.CORRUPTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), Refusal.OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Refusal.ENCRYPTED),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, Refusal.PICTURE),
        (b"{\\rtf1 hej}", Refusal.RICH_TEXT),
        (b"<!DOCTYPE html><html>", Refusal.WEB_PAGE),
        (b"%PDF-1.7 hej", Refusal.WRONG_KIND),
        (b"\x00\x01\x02\x03binary\x00\x05", Refusal.UNKNOWN_KIND),
        (b"bara text", Refusal.NO_HEADER),
    ],
)
def test_what_is_no_table_is_refused_with_its_own_reason(content: bytes, expected: Refusal) -> None:
    assert reason(content, "personer.xlsx") is expected


def test_an_open_document_is_told_apart() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", "<x/>")
    assert reason(out.getvalue()) is Refusal.OPEN_DOCUMENT


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_no_bytes_give_anything_but_a_table_or_a_reason(content: bytes) -> None:
    with contextlib.suppress(TableRefused):
        read_table(content)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_workbook_gives_a_table_or_a_reason(data: st.DataObject) -> None:
    content = bytearray(_DAMAGED_FROM)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(TableRefused):
        read_table(bytes(content[: data.draw(st.integers(30, len(content)))]))


_DAMAGED_FROM = workbook([["Namn", "Organ", "Fr.o.m."], ["Eva Alm", "KF", date(2026, 10, 15)]])


@settings(deadline=None)
@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(deadline=None)
@given(st.text(alphabet="abcåäöÅÄÖ ,;\n", min_size=1, max_size=80))
def test_swedish_text_survives_every_encoding(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode_text(text.encode(encoding)) == text

"""What is no readable agenda is refused with a reason, never with anything else."""

import contextlib
import io
import random
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import not_for_ever
from varn.riskguide.agenda import AgendaRefused, NoteCode, Refusal, read_agenda
from varn.riskguide.tests import made_agendas as made


def refused(content: bytes | str, name: str | None = None) -> AgendaRefused:
    with pytest.raises(AgendaRefused) as caught:
        read_agenda(content, name)
    return caught.value


def repacked(content: bytes, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys((*old.namelist(), *change)):
            new.writestr(name, change[name] if name in change else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", Refusal.EMPTY),
        (" \n\t\n", Refusal.EMPTY),
        (b"", Refusal.EMPTY),
        ("\u200b\u200b", Refusal.EMPTY),
        ("Kallelse\nPlats: salen", Refusal.NO_MATTERS),
        (b"%PDF-1.7\nhej", Refusal.CORRUPTED),
        (b"PK\x03\x04hej", Refusal.CORRUPTED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), Refusal.OLD_WORD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Refusal.ENCRYPTED),
        (b"\xff\xd8\xff\xe0" + b"x" * 40, Refusal.PICTURE),
        (b"{\\rtf1}", Refusal.RICH_TEXT),
        (b"<html><body>", Refusal.WEB_PAGE),
        (b"\x81\x9d hej \xff", Refusal.UNKNOWN_ENCODING),
    ],
)
def test_each_unreadable_thing_has_its_reason(content: bytes | str, reason: Refusal) -> None:
    assert refused(content, "kallelse.docx").reason is reason


def test_more_than_ten_megabytes_is_refused_with_its_size() -> None:
    error = refused(b"x" * (11 * 2**20))
    assert (error.reason, error.params) == (Refusal.TOO_LARGE, {"megabytes": 11, "limit": 10})
    assert refused("1. Bron\n" * 400_000).reason is Refusal.TOO_MUCH_TEXT


def test_more_than_five_hundred_matters_are_refused_with_their_number() -> None:
    error = refused("\n".join(f"{n}. Bron" for n in range(1, 502)))
    assert (error.reason, error.params) == (Refusal.TOO_MANY_MATTERS, {"matters": 501, "limit": 500})
    assert len(read_agenda("\n".join(f"§ {n} Bron {n}" for n in range(1, 501))).matters) == 500


def test_pages_without_text_a_password_and_too_many_pages_are_told_apart() -> None:
    assert refused(made.pdf([[], []])).reason is Refusal.SCANNED_PDF
    assert refused(made.pdf([["1. Bron"]], encrypted=True)).reason is Refusal.ENCRYPTED
    error = refused(made.pdf([["1. Bron"]] * 201))
    assert (error.reason, error.params) == (Refusal.TOO_MANY_PAGES, {"pages": 201, "limit": 200})


def test_a_document_that_explodes_is_refused_at_once() -> None:
    with not_for_ever():
        bomb = repacked(made.word_text(), {"word/document.xml": b"<w>" + b" " * 60_000_000 + b"</w>"})
        assert len(bomb) < 200_000
        assert refused(bomb).reason is Refusal.EXPANDS_TOO_MUCH
        assert refused(repacked(made.word_text(), {"word/media/a.zip": b"PK"})).reason is Refusal.EXPANDS_TOO_MUCH


def test_millions_of_empty_parts_are_refused_before_they_fill_the_memory() -> None:
    """Padded with noise that does not shrink, so that no ratio shows it."""
    noise = b"<!--" + random.Random(1).randbytes(200_000).hex().encode() + b"-->"
    row = b'<worksheet><sheetData><row r="1">' + b"<c/>" * 5_000_000 + b"</row></sheetData></worksheet>"
    runs = b"<d><body><p>" + b"<r/>" * 5_000_000 + b"</p></body></d>"
    with not_for_ever():
        assert refused(repacked(made.workbook(), {"xl/worksheets/sheet1.xml": noise + row})).reason is Refusal.EXPANDS_TOO_MUCH
        assert refused(repacked(made.word_text(), {"word/document.xml": noise + runs})).reason is Refusal.EXPANDS_TOO_MUCH


@pytest.mark.parametrize(
    "text", ["\n".join(f"{n}. " + "a\t" * 990 for n in range(900)), 'Nr;Ärende\n"' + "x;\n" * 600_000], ids=["tabs", "lines"]
)
def test_a_text_of_cells_or_lines_without_end_is_refused(text: str) -> None:
    with not_for_ever():
        refused(text)


def test_entities_are_refused_wherever_they_stand() -> None:
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w>&b;</w>'
    for part in ("word/document.xml", "word/styles.xml", "word/numbering.xml", "word/header1.xml"):
        assert refused(repacked(made.word_list(), {part: laughs})).reason is Refusal.HAS_ENTITIES


@pytest.mark.parametrize("encoding", [b"xUTF-8", b"shift_jis", b"utf-7", b"rot13"])
def test_a_part_in_an_encoding_nobody_uses_is_refused(encoding: bytes) -> None:
    part = b'<?xml version="1.0" encoding="' + encoding + b'"?><w><body/></w>'
    assert refused(repacked(made.word_text(), {"word/document.xml": part})).reason in (
        Refusal.CORRUPTED,
        Refusal.NO_MATTERS,
        Refusal.EMPTY,
    )


def test_deep_nesting_is_refused() -> None:
    deep = b"<d><body>" + b"<x>" * 50_000 + b"</x>" * 50_000 + b"</body></d>"
    assert refused(repacked(made.word_text(), {"word/document.xml": deep})).reason in (
        Refusal.CORRUPTED,
        Refusal.EXPANDS_TOO_MUCH,
    )


def test_a_hundred_thousand_rows_are_refused() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><f>1+1</f><v>2</v></c></row>' % (n, n) for n in range(1, 100_001))
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    error = refused(repacked(made.workbook(), {"xl/worksheets/sheet1.xml": sheet}), "agenda.xlsx")
    assert (error.reason, error.params["limit"]) == (Refusal.TOO_MANY_ROWS, 10_000)


def test_formulas_show_what_was_stored_or_are_told_of() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nr", "Ärende"])
        sheet.write(1, 0, 1)
        sheet.write_formula(1, 1, '="Ny "&"bro"', None, "Ny bro")
        sheet.write(2, 0, 2)
        sheet.write_formula(2, 1, '="Ny "&"skola"', None, "")
    agenda = read_agenda(out.getvalue())
    assert [m.title for m in agenda.matters] == ["Ny bro", '="Ny "&"skola"']
    assert NoteCode.FORMULAS_WITHOUT_VALUE in {n.code for n in agenda.notes}


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300), st.binary(max_size=60).map(lambda b: b"%PDF-1.4\n" + b)))
def test_nothing_gives_anything_but_an_agenda_or_a_reason(content: bytes | str) -> None:
    with contextlib.suppress(AgendaRefused):
        read_agenda(content)


_FILES = (made.word_list(), made.word_table(), made.workbook(), made.pdf(made.pdf_pages()), made.csv())


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(_FILES), st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=8), st.integers(20, 2**16)
)
def test_a_damaged_file_gives_an_agenda_or_a_reason(file: bytes, damage: list[tuple[int, int]], length: int) -> None:
    content = bytearray(file)
    for place, value in damage:
        content[place % len(content)] = value
    with contextlib.suppress(AgendaRefused):
        read_agenda(bytes(content[:length]))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(("word/document.xml", "word/numbering.xml", "word/styles.xml")), st.data())
def test_a_damaged_part_gives_an_agenda_or_a_reason(part: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(_FILES[0])) as archive:
        content = archive.read(part).decode()
    at = data.draw(st.integers(0, len(content) - 1))
    new = data.draw(st.sampled_from(["", "<", "x", "9", "%1", "w:val", '"', "-5", "&#0;"]))
    changed = (content[:at] + new + content[at + data.draw(st.integers(0, 3)) :]).encode()
    with contextlib.suppress(AgendaRefused):
        read_agenda(repacked(_FILES[0], {part: changed}))


@pytest.mark.parametrize(
    "piece", ["§ ", "1 ", "( ", ". ", "KS 2026/", "a) ", "- ", "val av justerare och ", "\t", "§§ 1–", "Aa och "]
)
def test_one_endless_line_is_read_to_its_end(piece: str) -> None:
    with not_for_ever(), contextlib.suppress(AgendaRefused):
        read_agenda(piece * (300_000 // len(piece)))

"""An agenda becomes matters whatever it comes as, and nothing of it is lost."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varn.riskguide.agenda import Agenda, AgendaRefused, NoteCode, SkipReason, read_agenda
from varn.riskguide.agenda.formality import is_formality
from varn.riskguide.agenda.register import body_in, day_in, without_register_number
from varn.riskguide.tests import made_agendas as made


def titles(agenda: Agenda) -> list[str]:
    return [m.title for m in agenda.matters]


def notes(agenda: Agenda) -> dict[NoteCode, int]:
    return {n.code: n.count for n in agenda.notes}


def lines_of(agenda: Agenda) -> set[int]:
    return {n for m in agenda.matters for n in m.lines} | {s.line for s in agenda.skipped}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(made.TEXT, id="pasted"),
        pytest.param(made.TEXT.encode("utf-8-sig"), id="utf-8"),
        pytest.param(made.TEXT.encode("utf-16"), id="utf-16"),
        pytest.param(made.TEXT.encode("cp1252"), id="windows"),
        pytest.param(made.TEXT.replace("\n", "\r\n").replace(" ", "\u00a0"), id="hard spaces"),
        pytest.param(made.word_text(), id="word paragraphs"),
        pytest.param(made.word_table(), id="word table"),
        pytest.param(made.workbook(), id="workbook"),
        pytest.param(made.csv(), id="csv"),
        pytest.param(made.csv(",", "utf-8"), id="csv with commas"),
        pytest.param(made.csv("\t", "utf-16"), id="tabs"),
    ],
)
def test_the_same_agenda_is_read_from_every_form(content: bytes | str) -> None:
    agenda = read_agenda(content, "fel.namn")
    assert made.read_as(agenda.matters) == list(made.MATTERS)
    assert tuple(m.number for m in agenda.matters if m.is_formality) == made.FORMALITIES


def test_day_and_body_are_found_before_the_first_matter() -> None:
    for content in (made.TEXT, made.word_table(), made.word_list(), made.workbook()):
        agenda = read_agenda(content)
        assert (agenda.meets_on, agenda.body) == (date(2026, 12, 9), "Kommunstyrelsen")


def test_the_numbers_that_word_makes_are_computed() -> None:
    agenda = read_agenda(made.word_list())
    expected = [(str(i), t, r, d) for i, (_, t, r, d) in enumerate(made.MATTERS, start=1)]
    assert made.read_as(agenda.matters) == expected
    assert notes(agenda)[NoteCode.LIST_NUMBERS] == len(made.MATTERS)


def test_pages_lose_headers_numbers_dots_and_divided_words() -> None:
    agenda = read_agenda(made.pdf(made.pdf_pages()))
    first, second = agenda.matters[:12], agenda.matters[12:24]
    assert [(m.number, m.title) for m in first] == [(n, t) for n, t, _, _ in made.MATTERS]
    assert [m.register_number for m in second] == [r for _, _, r, _ in made.MATTERS]
    assert [m.duplicate_of for m in second] == list(range(12))  # the contents and the page itself: both kept, the later marked
    last = agenda.matters[24]
    title = (
        "Medborgarförslag om att rusta upp lekplatserna i kommunens ytterområden och att stänga Storgatan för genomfartstrafik"
    )
    assert (last.number, last.title, last.description) == ("§ 50", title, "Förslaget kom in i våras.")
    assert {s.text for s in agenda.skipped if s.reason is SkipReason.PAGE_HEADER} >= {
        "Granviks kommun",
        "Utdragsbestyrkande",
        "2",
    }
    assert agenda.skipped[-3].reason is SkipReason.BODY_TEXT
    assert (agenda.meets_on, agenda.body) == (date(2026, 12, 9), "Kommunstyrelsen")


def test_an_empty_page_between_others_is_nothing() -> None:
    agenda = read_agenda(made.pdf([["1. Ny skola i Norrbyn"], [], ["2. Ny bro över Granån"], []]))
    assert titles(agenda) == ["Ny skola i Norrbyn", "Ny bro över Granån"]


def test_pages_that_each_begin_with_a_paragraph_keep_them() -> None:
    pages = [[f"KF § {n} DNR: KU.2026.{n}", f"Ärendet nummer {n} om bron", "Kommunfullmäktiges beslut"] for n in range(100, 106)]
    agenda = read_agenda(made.pdf(pages))
    assert [m.number for m in agenda.matters] == [f"KF § {n}" for n in range(100, 106)]
    assert [m.register_number for m in agenda.matters] == [f"KU.2026.{n}" for n in range(100, 106)]
    assert titles(agenda)[0] == "Ärendet nummer 100 om bron"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("§ 41 Skolan\n§42 Bron", ["§ 41", "§42"]),
        ("41 § Skolan\n42 § Bron", ["41 §", "42 §"]),
        ("§§ 12–14 Taxor\n§ 15 Bron", ["§§ 12–14", "§ 15"]),
        ("KS § 7 Skolan\nKS § 8 Bron", ["KS § 7", "KS § 8"]),
        ("Ärende 3 Skolan\nÄrende 4: Bron", ["Ärende 3", "Ärende 4"]),
        ("Punkt 3 – Skolan\nPunkt 4 – Bron", ["Punkt 3", "Punkt 4"]),
        ("3. Skolan\n4. Bron", ["3", "4"]),
        ("3) Skolan\n4) Bron", ["3", "4"]),
        ("(3) Skolan\n(4) Bron", ["3", "4"]),
        ("3.1 Skolan\n3.2 Bron", ["3.1", "3.2"]),
        ("1 Skolan\n2 Bron", ["1", "2"]),
        ("1\nSkolan\n2\nBron", ["1", "2"]),
        ("a) Skolan\nb) Bron", ["a", "b"]),
        ("- Skolan\n- Bron", ["", ""]),
        ("• Skolan\n• Bron", ["", ""]),
        ("\uf0b7\tSkolan\n\uf0b7\tBron", ["", ""]),
        ("Skolan\nBron", ["", ""]),
        ("1\tSkolan\tKS 2026/1\n2\tBron\tKS 2026/2", ["1", "2"]),
        ("12a. Skolan\n12b. Bron", ["12a", "12b"]),
    ],
)
def test_each_way_of_numbering_is_known_and_kept_as_written(text: str, numbers: list[str]) -> None:
    agenda = read_agenda(text)
    assert [m.number for m in agenda.matters] == numbers
    assert titles(agenda) in (["Skolan", "Bron"], ["Taxor", "Bron"])


def test_weaker_signs_under_a_paragraph_are_not_matters() -> None:
    agenda = read_agenda("§ 1 Skolan\n1. Skolan läggs ned.\n2. Beslutet gäller nu.\n§ 2 Bron\na) norra\nb) södra")
    assert [m.number for m in agenda.matters] == ["§ 1", "§ 2"]
    assert agenda.matters[1].description == "a) norra b) södra"


def test_a_year_or_a_day_first_on_a_line_is_no_number() -> None:
    agenda = read_agenda("2026 års budget\n9 december blir klämdag\n12 nya lägenheter vid ån\nNy bro")
    assert titles(agenda) == ["2026 års budget", "9 december blir klämdag", "12 nya lägenheter vid ån", "Ny bro"]
    assert notes(agenda) == {NoteCode.NO_NUMBERS: 4}


def test_a_title_goes_on_where_the_line_plainly_does() -> None:
    agenda = read_agenda("§ 1 Samråd om vägar i mark- och\nexploateringsplan för\nNorrbyn\n§ 2 Bron")
    assert titles(agenda)[0] == "Samråd om vägar i mark- och exploateringsplan för Norrbyn"


def test_who_presents_and_appendices_are_no_description() -> None:
    agenda = read_agenda("1. Skolan\nFöredragande: Tjänsteperson T\nBilaga 1\nkl. 13.15\n2. Bron")
    assert [m.description for m in agenda.matters] == ["", ""]
    assert [s.line for s in agenda.skipped] == [2, 3, 4]


def test_a_programme_loses_its_times() -> None:
    agenda = read_agenda("Kommunstyrelsen\n13.00 Ny skola\n13.15\u201313.45 Vindkraft\nkl. 13.45 Paus\n14.00 Vargar")
    assert titles(agenda) == ["Ny skola", "Vindkraft", "Paus", "Vargar"]
    assert [m.is_formality for m in agenda.matters] == [False, False, True, False]


def test_points_under_a_matter_keep_their_register_numbers() -> None:
    matter = read_agenda("6. Avsägelser\na) En ledamot (RV180949)\nb) En ersättare (RV181026)\n7. Bron").matters[0]
    assert (matter.register_number, matter.description) == ("", "a) En ledamot (RV180949) b) En ersättare (RV181026)")


def test_a_table_for_layout_and_paragraphs_in_word_are_read_as_lines() -> None:
    agenda = read_agenda(made.word_layout())
    assert [(m.number, m.title, m.description) for m in agenda.matters] == [
        ("1", "Skolan", ""),
        ("2", "Bron", "över Granån, inte bron vid kvarnen"),
        ("3", "Vargar", ""),
        ("4", "Härbärge", ""),
    ]


def test_what_is_signed_below_belongs_to_no_matter() -> None:
    agenda = read_agenda("1. Bron\n2. Övriga frågor\nGranvik som ovan\nTesta Exempelsson")
    assert agenda.matters[1].description == ""
    assert [s.text for s in agenda.skipped] == ["Granvik som ovan", "Testa Exempelsson"]


@pytest.mark.parametrize(
    ("text", "rest", "number"),
    [
        ("Ny bro KS 2026/123", "Ny bro", "KS 2026/123"),
        ("Ny bro (KS-2026-00123)", "Ny bro", "KS-2026-00123"),
        ("Ny bro, Dnr 2026-1234", "Ny bro", "2026-1234"),
        ("Ny bro RS/2026:17", "Ny bro", "RS/2026:17"),
        ("KSKF/2014:1 Val till uppdrag", "Val till uppdrag", "KSKF/2014:1"),
        ("Ny bro dnr: KS 2026/123 del 2", "Ny bro del 2", "KS 2026/123"),
        ("Granskning RJL 2017/953", "Granskning", "RJL 2017/953"),
        ("Motion Dnr 109-7-2017", "Motion", "109-7-2017"),
        ("Avsägelse (RV180949)", "Avsägelse", "RV180949"),
        ("Ny bro 2026/00123", "Ny bro", "2026/00123"),
        ("Detaljplan Grubbe 9:21", "Detaljplan Grubbe 9:21", ""),
        ("Motion 2/2026 om bad", "Motion 2/2026 om bad", ""),
        ("Läsår 2026/27", "Läsår 2026/27", ""),
        ("Tillämpning av SFS 2010:800", "Tillämpning av SFS 2010:800", ""),
        ("Förordning (EU) 2024/1689", "Förordning (EU) 2024/1689", ""),
        ("Budget 2027-2029", "Budget 2027-2029", ""),
        ("Val 2026-09-13", "Val 2026-09-13", ""),
    ],
)
def test_a_register_number_is_told_from_what_only_looks_like_one(text: str, rest: str, number: str) -> None:
    assert without_register_number(text) == (rest, number)


@pytest.mark.parametrize(
    "title",
    [
        "Upprop",
        "Upprop och val av justerare",
        "Mötets öppnande",
        "Sammanträdets öppnande",
        "Val av justerare",
        "Val av protokollsjusterare",
        "Utseende av två justerare",
        "Fastställande av dagordningen",
        "Godkännande av föredragningslista",
        "Föregående mötes protokoll",
        "Informationsärenden",
        "Anmälningsärenden",
        "Anmälan av delegationsbeslut",
        "Delegationsbeslut",
        "Meddelanden",
        "Övriga frågor",
        "Övrigt",
        "Mötets avslutande",
        "Lunch",
    ],
)
def test_a_formality_is_known(title: str) -> None:
    assert is_formality(title)
    assert is_formality(title.upper() + ".")


@pytest.mark.parametrize(
    "title",
    [
        "Upprop mot nedläggning av skolan",
        "Val av ledamöter i socialnämnden",
        "Fastställande av taxa för parkering",
        "Allmänhetens frågestund",
        "Information om vindkraft",
        "Justering av arvodesregler",
        "Godkännande av samarbetsavtal",
        "Anmälan av hot mot skolan",
        "Öppnande av nytt härbärge",
        "",
    ],
)
def test_a_matter_is_no_formality_because_of_a_word(title: str) -> None:
    assert not is_formality(title)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("onsdagen den 9 december 2026", date(2026, 12, 9)),
        ("2026-12-09 kl. 13", date(2026, 12, 9)),
        ("9/12 2026", date(2026, 12, 9)),
        ("99 december 2026", None),
        ("2026-02-31", None),
    ],
)
def test_a_day_is_read(text: str, day: date | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Kallelse till kommunfullmäktige", "Kommunfullmäktige"),
        ("Bygg- och miljönämnden 2026", "Bygg- och miljönämnden"),
        ("Regionstyrelsen", "Regionstyrelsen"),
        ("Kommunstyrelsens arbetsutskott", "Kommunstyrelsens arbetsutskott"),
        ("Dagordning", ""),
    ],
)
def test_a_body_is_read(text: str, body: str) -> None:
    assert body_in([text]) == body


def test_a_too_long_title_goes_on_in_the_description() -> None:
    matter = read_agenda("§ 1 " + "skolan och bron " * 40).matters[0]
    assert len(matter.title) <= 300
    assert len((matter.title + " " + matter.description).split()) == 120


def test_doubles_are_kept_and_marked_but_not_across_register_numbers() -> None:
    agenda = read_agenda("1. Bron\n2. Bygglov KS 2026/1\n3. Bygglov KS 2026/2\n1. Bron")
    assert [m.duplicate_of for m in agenda.matters] == [None, None, None, 0]
    assert notes(agenda)[NoteCode.DUPLICATES] == 1


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["§ 1 Bron", "1. Skolan", "2) Vargar", "3", "a) ett", "- två", "Dnr KS 2026/1", "Tid: nu", "Upprop", "x ..... 4"]
        ),
        st.text(max_size=40),
        st.tuples(st.sampled_from(["§ 2 ", "4. ", "5 ", "• ", "Ärende 6 "]), st.text(max_size=20)).map("".join),
    ),
    max_size=14,
)


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_no_line_is_lost(lines: list[str]) -> None:
    text = "\n".join(re.sub(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", " ", line) for line in lines)
    try:
        agenda = read_agenda(text)
    except AgendaRefused:
        return
    visible = {n for n, line in enumerate(text.split("\n"), start=1) if any(c.isalnum() for c in line)}
    assert visible <= lines_of(agenda) | {0}
    assert all(m.title for m in agenda.matters)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(alphabet="abcdefåäö ABÅ-§0123456789.,()/:", min_size=1, max_size=40), min_size=1, max_size=10))
def test_no_word_is_lost(lines: list[str]) -> None:
    try:
        agenda = read_agenda("\n".join(lines))
    except AgendaRefused:
        return
    kept = [m.raw for m in agenda.matters] + [s.text for s in agenda.skipped]
    kept += [c for m in agenda.matters for c in (m.number, m.title)]
    words = {w for line in lines for w in line.split()}
    assert words <= {w for text in kept for w in text.replace("|", " ").split()}

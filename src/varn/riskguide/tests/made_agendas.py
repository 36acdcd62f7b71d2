"""Agendas of made-up municipalities in the forms that people bring them: text, Word, PDF, spreadsheets."""

import io
from collections.abc import Sequence

# number, title, register number, description
MATTERS: tuple[tuple[str, str, str, str], ...] = (
    ("§ 38", "Upprop och val av justerare", "", ""),
    ("§ 39", "Fastställande av dagordning", "", ""),
    ("§ 40", "Ny skolstruktur i Norrbyn", "KS 2026/123", "Byskolan läggs ned från hösten 2027."),
    ("§ 41", "Vindkraft på Storhöjden, yttrande till länsstyrelsen", "KS 2026/124", ""),
    ("§ 42", "Ny bro över Granån eller färja", "KS 2025/88", "Val av alternativ"),
    ("§ 43", "Härbärge för hemlösa i centrum", "SN 2026/17", ""),
    ("§ 44", "Yttrande om skyddsjakt på varg", "KS 2026/130", ""),
    ("§ 45", "Höjd parkeringsavgift på Torget", "TN 2026/9", "Höjning med två kronor"),
    ("§ 46", "Detaljplan för Hamnparken 1:2", "BN 2024/310", ""),
    ("§ 47", "Svar på motion 2/2026 om upprop mot nedläggning av badet", "KF 2026/12", ""),
    ("§ 48", "Anmälan av delegationsbeslut", "", ""),
    ("§ 49", "Övriga frågor", "", ""),
)
FORMALITIES = ("§ 38", "§ 39", "§ 48", "§ 49")

TEXT = """\
KALLELSE
Kommunstyrelsen i Granviks kommun
Tid: onsdagen den 9 december 2026 kl. 13.15
Plats: Sessionssalen, kommunhuset
Ordförande: Testa Exempelsson

Ärendelista
""" + "\n".join(
    f"{number} {title}{f', dnr {register}' if register else ''}" + (f"\n{description}" if description else "")
    for number, title, register, description in MATTERS
)


def read_as(matters: Sequence[object]) -> list[tuple[str, str, str, str]]:
    """What the four columns above should be again."""
    return [(m.number, m.title, m.register_number, m.description) for m in matters]  # type: ignore[attr-defined]


def word_list() -> bytes:
    """Numbers by Word's own list, so that they are nowhere in the text; the meeting in the page header."""
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = "Kommunstyrelsen 2026-12-09"
    document.add_paragraph("Föredragningslista")
    for _, title, register, description in MATTERS:
        paragraph = document.add_paragraph(f"{title}{f' ({register})' if register else ''}", style="List Number")
        if description:
            paragraph.add_run().add_break()
            paragraph.add_run(description)
    return _saved(document)


def word_table() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Kommunstyrelsen den 9 december 2026")
    table = document.add_table(rows=0, cols=4)
    for cells in (("Nr", "Ärende", "Dnr", "Föredragande"), *((n, f"{t}\n{d}", r, "Tjänsteperson T") for n, t, r, d in MATTERS)):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text.strip()
    return _saved(document)


def word_text() -> bytes:
    from docx import Document

    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    return _saved(document)


def word_layout() -> bytes:
    """A table that only lays out the page: the whole agenda in one cell."""
    from docx import Document

    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Plats: Sessionssalen"
    lines = ["1. Skolan", "2. Bron", "över Granån, inte bron vid kvarnen", "3. Vargar", "4. Härbärge"]
    table.cell(0, 1).text = lines[0]
    for line in lines[1:]:
        table.cell(0, 1).add_paragraph(line)
    return _saved(document)


def _saved(document) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(rows: Sequence[Sequence[object]] | None = None) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Ärenden")
        table = [
            ("Kommunstyrelsen 2026-12-09",),
            ("Nr", "Rubrik", "Diarienummer", "Beskrivning"),
            *((n, t, r, d) for n, t, r, d in MATTERS),
        ]
        for number, cells in enumerate(rows if rows is not None else table):
            sheet.write_row(number, 0, cells)
    return out.getvalue()


def csv(delimiter: str = ";", encoding: str = "cp1252") -> bytes:
    rows = [("Nr", "Rubrik", "Dnr", "Beskrivning"), *MATTERS_AS_COLUMNS]
    return "\r\n".join(delimiter.join(f'"{c}"' for c in row) for row in rows).encode(encoding)


MATTERS_AS_COLUMNS = tuple((n, t, r, d) for n, t, r, d in MATTERS)


def pdf(pages: Sequence[Sequence[str]], *, encrypted: bool = False) -> bytes:
    """A small PDF with one line of text per line. Helvetica, Windows-1252."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for page in pages:
        shown = b"".join(b"(%s) Tj T* " % _escaped(line) for line in page)
        stream = b"BT /F1 11 Tf 14 TL 60 790 Td " + shown + b"ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        contents = b"/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>" % len(objects)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]" + contents + b">>")
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"ab" * 32, b"cd" * 32) if encrypted else b""
    return _assembled(objects, lock)


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _assembled(objects: Sequence[bytes], more: bytes) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        more,
        len(out),
    )


def pdf_pages() -> list[list[str]]:
    """A kallelse in print: header and page number on each page, contents with dots, a long title over two lines."""

    def page(number: int, lines: Sequence[str]) -> list[str]:
        return ["Granviks kommun", f"Kommunstyrelsen 2026-12-09   Sida {number} (3)", *lines, "Utdragsbestyrkande", f"{number}"]

    contents = [f"{n} {t} {'.' * 20} {i}" for i, (n, t, _, _) in enumerate(MATTERS, start=2)]
    body = [f"{n} {t}" + (f" (dnr {r})" if r else "") for n, t, r, _ in MATTERS]
    long = [
        "§ 50 Medborgarförslag om att rusta upp lekplatserna i kom-",
        "munens ytterområden och att",
        "stänga Storgatan för genomfartstrafik",
        "Förslaget kom in i våras.",
        "Ordföranden föreslår att förslaget avslås.",
    ]
    return [page(1, contents), page(2, body), page(3, long)]

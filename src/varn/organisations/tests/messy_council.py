"""A made-up council of 61 as registers export it: everything that is odd about real files, nobody who is real."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

SEATS = 61
DEPUTIES = 12
PARTIES = ("Prov", "Test", "Demo", "Exempel")
_GIVEN = ("Testa", "Prova", "Demona", "Låtsas", "Påhitt", "Fiktiva", "Exempla", "Övningia", "Åtminstina", "Attrappa")
_TENS = ("", "Tio", "Tjugo", "Trettio", "Fyrtio", "Femtio", "Sextio", "Sjuttio")
_ONES = ("Noll", "Ett", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju", "Åtta", "Nio")
TERM_STARTS = date(2026, 10, 15)
TERM_ENDS = date(2030, 10, 14)
HEADERS = (
    "Troman-id",
    "Efternamn, förnamn",
    "Pers.nr",
    "Organ",
    "Befattning",
    "Parti (bet.)",
    "Fr.o.m.",
    "T.o.m",
    "Tjänst-görings-grad",
    "E-post (arbete)",
    "Mobil",
    "Hemadress",
    "Postnr",
    "Skyddad identitet",
    "Omfattas av KL 4:18 a",
)
TWO_NAMES_SEAT = 40  # its cell also names somebody else


@dataclass(frozen=True)
class Seat:
    """One row as it should be read."""

    number: int
    given: str
    family: str
    role: str

    @property
    def email(self) -> str:
        return f"seat{self.number}@storstad.example"

    @property
    def party(self) -> str:
        return PARTIES[self.number % len(PARTIES)]


def seats() -> tuple[Seat, ...]:
    """Members, then deputies."""
    roles = {1: "Ordförande", 2: "1:e vice ordf.", 3: "2:e vice ordförande"}
    return tuple(
        Seat(n, _GIVEN[n % len(_GIVEN)], _family(n), roles.get(n, "Ledamot" if n <= SEATS else "Ersättare"))
        for n in range(1, SEATS + DEPUTIES + 1)
    )


def _family(number: int) -> str:
    return f"Exempelsson-{_TENS[number // 10]}{_ONES[number % 10] if number % 10 else ''}"


def messy_workbook() -> bytes:
    """The .xlsx file: print-out title, headings in two storeys, merged cells, blank and odd rows, a hidden sheet."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        hidden = book.add_worksheet("Koder")
        hidden.write_row(0, 0, ["Namn", "Organ", "Befattning", "Parti", "E-post", "Telefon"])
        hidden.hide()
        book.add_worksheet("Läs mig").write(0, 0, "Utskrift för internt bruk")
        _council_sheet(book)
    return out.getvalue()


def _council_sheet(book: Any) -> None:
    sheet = book.add_worksheet("Fullmäktige 2026\u20132030")
    sheet.activate()
    day, share = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0%"})
    sheet.merge_range(0, 0, 0, 14, "Förtroendevalda i Storstads kommun")
    sheet.write(1, 0, "Utskrivet 2026-11-20 kl. 09:14")
    sheet.merge_range(3, 9, 3, 10, "Kontaktuppgifter")
    sheet.merge_range(3, 0, 4, 0, HEADERS[0])
    for column, header in enumerate(HEADERS[1:], start=1):
        sheet.write(4, column, header)
    row = 5
    for seat in seats():
        if seat.number == SEATS + 1:
            sheet.merge_range(row + 1, 0, row + 1, 14, "Ersättare i den ordning de ska kallas in")
            row += 3
        for column, value in enumerate(_cells(seat)):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            elif isinstance(value, float):
                sheet.write_number(row, column, value, share)
            else:
                sheet.write(row, column, value)
        row += 1
    sheet.write(row + 1, 1, "VAKANT")
    sheet.write(row + 1, 3, "Kommunfullmäktige")
    sheet.write(row + 1, 4, "Ersättare")


def _cells(seat: Seat) -> Iterator[object]:
    n = seat.number
    name = f"{seat.family},\u00a0{seat.given} "
    if n == TWO_NAMES_SEAT:
        name = f"{seat.family}, {seat.given} / Reservsson, Extra"
    yield 7000 + n
    yield name.upper() if n == 5 else f"{name}({seat.party})" if n == 6 else name
    yield f"19640823-32{n:02d}"
    yield "Kommunfullmäktige" if n % 3 else " Kommunfullmäktige\u00a0"
    yield seat.role
    yield seat.party
    yield (TERM_STARTS, "2026-10-15 00:00", "15 okt 2026", (TERM_STARTS - date(1899, 12, 30)).days)[n % 4]
    yield (TERM_ENDS, "2030-10-14", "14/10 2030", "2030-10-14 23:59")[n % 4]
    yield "Heltid" if n == 1 else 0.4 if n == 2 else ""
    yield f"mailto:{seat.email}" if n == 7 else seat.email.upper() if n == 8 else seat.email
    yield f"070-000\u00a000 {n:02d}"
    yield f"Hittepågatan {n}"
    yield "123 45"
    yield "S" if n == 9 else ""
    yield "Ja" if n <= 2 else ""


def plain_csv(*, delimiter: str = ";", encoding: str = "cp1252", without: tuple[int, ...] = ()) -> bytes:
    """The same council as a clean export."""
    lines = [
        delimiter.join(("Id", "Förnamn", "Efternamn", "Organ", "Uppdrag", "Parti", "Från och med", "Till och med", "E-post"))
    ]
    days = (TERM_STARTS.isoformat(), TERM_ENDS.isoformat())
    lines += [
        delimiter.join((str(7000 + s.number), s.given, s.family, "Kommunfullmäktige", s.role, s.party, *days, s.email))
        for s in seats()
        if s.number not in without
    ]
    return "\r\n".join(lines).encode(encoding)

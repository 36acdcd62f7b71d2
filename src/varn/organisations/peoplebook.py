"""The people list as a spreadsheet. Pure; the writer is imported when it is asked for.

A text that a spreadsheet program would run as a formula is written as text, and marked so:
OWASP, «CSV Injection» (=, +, -, @, tab and carriage return first).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (22, 18, 60, 10, 36, 18)


@dataclass(frozen=True, slots=True)
class PeopleBook:
    """Words in the reader's language: the sheet's name, headings in the rows' order, and the line about those left out.

    `left_out` has the placeholder {n}.
    """

    sheet: str
    headings: tuple[str, ...]
    left_out: str


def people_book(rows: Sequence[tuple[str, ...]], *, words: PeopleBook, n_left_out: int) -> bytes:
    """An .xlsx file: a heading, one row per person, and last how many were left out, if any."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(words.sheet[:31])
    bold = book.add_format({"bold": True})
    for column, (heading, width) in enumerate(zip(words.headings, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    for line, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(line, column, neutral(text))
    if n_left_out:
        sheet.write_string(len(rows) + 2, 0, words.left_out.format(n=n_left_out))
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def neutral(text: str) -> str:
    """With an apostrophe before what would run if the sheet is saved as CSV and opened again; phone numbers keep their plus."""
    if text.startswith(_RUNS) and not text.lstrip("+").replace(" ", "").replace("-", "").isdigit():
        return f"'{text}"
    return text

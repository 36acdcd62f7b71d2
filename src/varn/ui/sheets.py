"""Tables that people download: .xlsx and .csv. Pure; the writer is imported when it is asked for.

A text that a spreadsheet program would run as a formula is written as text, and marked so:
OWASP, «CSV Injection» (=, +, -, @, tab, carriage return or line feed first).
"""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_IN_A_PHONE_NUMBER = str.maketrans("", "", "+- ")

Row = Sequence[str]


def neutral(text: str) -> str:
    """With an apostrophe before what would run, also when the sheet is saved as CSV; phone numbers keep their plus."""
    runs = text.lstrip(" ").startswith(_RUNS) and not text.translate(_IN_A_PHONE_NUMBER).isdigit()
    return f"'{text}" if runs else text


def csv_of(headings: Row, rows: Iterable[Row]) -> bytes:
    """Semicolons and a byte order mark, as spreadsheet programs in Swedish read it."""
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([neutral(text) for text in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def xlsx_of(name: str, headings: Row, rows: Iterable[Row], *, widths: Sequence[int], below: str = "") -> bytes:
    """One sheet, made in memory: nothing is written to a temporary file. `widths` in characters; `below`: a line after it."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name[:31])
    bold = book.add_format({"bold": True})
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    line = 0
    for line, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(line, column, neutral(text))
    if below:
        sheet.write_string(line + 2, 0, below)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()

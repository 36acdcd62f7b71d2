"""The trail as a file: .xlsx or .csv. Pure; the writer is imported when it is asked for."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTHS = (20, 34, 50, 24, 38, 50, 38)

Row = Sequence[str]


def neutral(text: str) -> str:
    """With an apostrophe before what a spreadsheet program would run as a formula (OWASP, «CSV Injection»)."""
    return f"'{text}" if text.lstrip(" ").startswith(_RUNS) else text


def csv_of(headings: Row, rows: Iterable[Row]) -> bytes:
    """Semicolons and a byte order mark, as spreadsheet programs in Swedish read it."""
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([neutral(text) for text in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def xlsx_of(sheet_name: str, headings: Row, rows: Iterable[Row]) -> bytes:
    """All of it in memory: nothing is written to a temporary file."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(sheet_name)
    bold = book.add_format({"bold": True})
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, _WIDTHS[column])
        sheet.write_string(0, column, heading, bold)
    for line, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(line, column, neutral(text))
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()

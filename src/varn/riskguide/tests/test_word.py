"""Word documents whose size must not count twice."""

import io
import zipfile

import pytest

from varn.riskguide.agenda import numbering, word

CELL = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def one_row(n_cells: int, *, last: str = "") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        row = f"<w:tr>{CELL * n_cells}{last}</w:tr>"
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body><w:tbl>{row}</w:tbl></w:body></w:document>")
    return content.getvalue()


@pytest.mark.parametrize("last", ["", f"<w:tc><w:tbl><w:tr>{CELL}</w:tr></w:tbl><w:p/></w:tc>"])
def test_a_row_of_twice_as_many_cells_takes_twice_as_many_steps(last: str, monkeypatch: pytest.MonkeyPatch) -> None:
    n_steps = 0
    local = numbering.local

    def counted(element: object) -> str:
        nonlocal n_steps
        n_steps += 1
        return local(element)  # type: ignore[arg-type]

    monkeypatch.setattr(word, "local", counted)
    taken = []
    for n_cells in (500, 1000):
        n_steps = 0
        word.word_lines(one_row(n_cells, last=last))
        taken.append(n_steps)
    assert taken[1] < 2.1 * taken[0]

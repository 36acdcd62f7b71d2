"""Whatever somebody wrote can be printed: signs that the fonts lack never stop a file."""

from typing import Any

import pytest

from varn.ui.paper import MISSING, PaperFault, pdf_of, printable

PLAN = "measures/templates/measures/plan.typ"


def a_plan(what: str, **more: Any) -> dict[str, Any]:
    row = dict.fromkeys(("why", "id", "owner", "who", "due", "late", "state", "note"), "")
    texts = dict.fromkeys(("heading", "organisation", "foot", "page_word", "narrowed", "empty", "summary_heading"), "x")
    return {
        **texts, "title": "Plan", "language": "sv", "table_heading": "y", "headings": ["a"] * 5, "summary": [],
        "rows": [row | {"what": what}], **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "😀 glad",
        "日本語",
        "اهلا وسهلا",
        "x\x00\x01y",
        "Привет",
        "e\u0301",
        "a\u200bb\u00ad",
        "\U0010ffff",
        "½ ™ → ✓ ﬁ",
        "#let x = 1 $y$",
    ],
)
def test_every_text_can_be_printed(text: str) -> None:
    assert pdf_of(PLAN, a_plan(text)).startswith(b"%PDF")


def test_every_sign_that_is_kept_has_a_glyph() -> None:
    kept = [chr(code) for code in range(0x20, 0x2700) if printable(chr(code)) == chr(code)]
    assert len(kept) > 1_800
    assert pdf_of(PLAN, a_plan(" ".join(kept))).startswith(b"%PDF")


def test_what_the_fonts_lack_shows_and_what_is_invisible_goes() -> None:
    assert printable({"a": ["Åsa 😀", "x\x00\u200by"], "n": 3}) == {"a": [f"Åsa {MISSING}", "xy"], "n": 3}


def test_a_template_without_what_pdf_ua_demands_is_a_fault() -> None:
    with pytest.raises(PaperFault):
        pdf_of(PLAN, a_plan("x", title=""))
    with pytest.raises(PaperFault):
        pdf_of("measures/templates/measures/finns-inte.typ", {})


def test_two_thousand_rows_are_set() -> None:
    content = a_plan("Bjud in till samtal")
    content["rows"] *= 2_000
    assert len(pdf_of(PLAN, content)) < 5_000_000

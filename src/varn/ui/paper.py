"""Paper: a typst template and what fills it become a tagged PDF/UA-1 (ISO 14289-1) in the house's look. Pure.

Heavy (some 60 MB once imported), so only jobs and commands call it. The same on every machine: the fonts are our own.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent
FONTS = Path(__file__).with_name("fonts")


class PaperFault(RuntimeError):
    """A fault in a template of ours: it asks for a font that is not there, or leaves out what PDF/UA demands."""


def pdf_of(template: str, content: Mapping[str, Any]) -> bytes:
    """`template`: path of a .typ below the package, such as "measures/templates/measures/plan.typ". It finds `content`
    as `json(bytes(sys.inputs.content))`, so that no text of anybody's is read as typst. Raises PaperFault."""
    pdf, warnings = _compiler().compile_with_warnings(
        input=PACKAGE / template,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
    )
    if warnings:
        raise PaperFault("; ".join(str(warning.message) for warning in warnings))
    return bytes(pdf)


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(root=PACKAGE, font_paths=[FONTS], ignore_system_fonts=True)

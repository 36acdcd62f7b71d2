"""Paper: a typst template and what fills it become a tagged PDF/UA-1 (ISO 14289-1) in the house's look. Pure.

Heavy (some 60 MB once imported), so only jobs and commands call it. The same on every machine: the fonts are our own and
typst's, never the system's.
"""

import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent
FONTS = Path(__file__).with_name("fonts")

# What the fonts have, tried sign by sign: a sign without a glyph stops the whole file (PDF/UA), some (Arabic) typst itself.
_HAVE = ((0x20, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x2040), (0x20A0, 0x20BF), (0x2116, 0x2116),
         (0x2122, 0x2122), (0x2190, 0x22FF), (0x25A0, 0x25FF))  # fmt: skip
MISSING = "□"


class PaperFault(RuntimeError):
    """A fault in a template of ours: it asks for a font that is not there, or leaves out what PDF/UA demands."""


def pdf_of(template: str, content: dict[str, Any]) -> bytes:
    """`template`: path of a .typ below the package, such as "measures/templates/measures/plan.typ". It finds `content`
    as `json(bytes(sys.inputs.content))`, so that no text of anybody's is read as typst. Raises PaperFault."""
    filled = json.dumps(printable(content), ensure_ascii=False)
    try:
        pdf, warnings = _compiler().compile_with_warnings(
            input=PACKAGE / template, sys_inputs={"content": filled}, format="pdf", pdf_standards=["ua-1"]
        )
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":  # a panic in Rust is no Exception
            raise PaperFault(str(error)) from error
        raise
    if warnings:
        raise PaperFault("; ".join(str(warning.message) for warning in warnings))
    return bytes(pdf)


def printable(content: Any) -> Any:
    """The same with every text made of signs that the fonts have: others become □, invisible ones go."""
    if isinstance(content, str):
        return _printable(content)
    if isinstance(content, dict):
        return {key: printable(value) for key, value in content.items()}
    return [printable(value) for value in content] if isinstance(content, list | tuple) else content


@lru_cache(maxsize=1_000)
def _printable(text: str) -> str:
    return "".join(_sign(sign) for sign in unicodedata.normalize("NFC", text))


def _sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign in "\n\t":
        return sign
    if category in {"Cc", "Cf"}:
        return ""
    return sign if category != "Cn" and any(first <= ord(sign) <= last for first, last in _HAVE) else MISSING


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(root=PACKAGE, font_paths=[FONTS], ignore_system_fonts=True)

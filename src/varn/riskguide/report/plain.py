"""The report as plain text: the same blocks, for a note, a mail or another system. Pure."""

from collections.abc import Callable, Mapping
from textwrap import fill
from typing import Any

from varn.riskguide.report.blocks import Block, Said

WIDTH = 92  # signs a line


def as_text(content: Mapping[str, Any]) -> str:
    """Content as `content.content_of` gives it; the pictures are left out, since a table has their figures."""
    parts = [part for block in content["blocks"] if (part := WAYS[block["kind"]](block))]
    head, foot = str(content["organisation"]), str(content["foot"])
    return "\n\n".join([head, *parts, foot]) + "\n"


def said(text: Said) -> str:
    return text if isinstance(text, str) else text.get("sv") or text["word"]


def _wrapped(text: str, indent: str = "", later: str | None = None) -> str:
    further = indent if later is None else later
    lines = text.split("\n")
    return "\n".join(
        fill(line, WIDTH, initial_indent=indent if at == 0 else further, subsequent_indent=further)
        for at, line in enumerate(lines)
    )


def _heading(block: Block) -> str:
    text = said(block["text"])
    return f"{text}\n{'=#-'[block['depth'] - 1] * len(text)}" if block["depth"] != 2 else f"\n{text}\n{'=' * len(text)}"


def _acute(block: Block) -> str:
    return "\n".join([_wrapped(block["text"]), block["lead"], *(f"- {way}" for way in block["ways"])])


def _rows(block: Block) -> str:
    lines = []
    for label, values in block["rows"]:
        if len(values) == 1:
            lines.append(_wrapped(f"{label}: {said(values[0])}", later="  "))
        else:
            lines += [f"{label}:", *(_wrapped(said(value), "- ", "  ") for value in values)]
    return "\n".join(lines)


def _table(block: Block) -> str:
    """A row a paragraph: what is in its first column, then the others with their headings."""
    heads, lines = block["heads"], []
    for first, *others in block["lines"]:
        lines.append(_wrapped(said(first), "- ", "  "))
        lines += [_wrapped(f"{head}: {said(one)}", "  ", "    ") for head, one in zip(heads[1:], others, strict=True)]
    return "\n".join(lines)


WAYS: Mapping[str, Callable[[Block], str]] = {
    "heading": _heading,
    "para": lambda block: _wrapped(said(block["text"])),
    "list": lambda block: "\n".join(_wrapped(said(item), "- ", "  ") for item in block["items"]),
    "rows": _rows,
    "table": _table,
    "acute": _acute,
    "overall": lambda block: f"{said(block['level'])}, {block['text']}",
    "picture": lambda block: "",
    "page": lambda block: "",
}

"""Paragraphs, list numbers and table rows of a .docx, in reading order.

Our own walk of the XML rather than python-docx's: that one leaves out content controls, text boxes and the numbers
that Word makes, and opens every part of the package. Source: ECMA-376 part 1, 17.3 (paragraphs), 17.9 (numbering).
"""

import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from varn.organisations.incoming import FileRefused, Refusal, open_archive, read_member

from .matters import Line, SkipReason
from .numbering import Numbering, local, numbering_of

MANY_PARAGRAPHS = 4  # a cell with so many is layout, not a cell
_SKIPPED = frozenset(("del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText", "tblPr", "sdtPr", "object"))


def word_lines(content: bytes) -> tuple[list[Line], int]:
    """Lines of headers and body, and how many list numbers were computed. Raises FileRefused."""
    archive = open_archive(content)
    try:
        numbering = numbering_of(_part(archive, "word/numbering.xml"), _part(archive, "word/styles.xml"))
        texts = list(_headers(archive)) + list(_body(archive, numbering))
    except (ParseError, ValueError, KeyError, RecursionError, OverflowError) as error:
        raise FileRefused(Refusal.CORRUPTED) from error
    lines = [Line(n, text, cells, skip) for n, (text, cells, skip) in enumerate(texts, start=1)]
    return lines, numbering.n_computed


_Text = tuple[str, tuple[str, ...], SkipReason | None]


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    content = read_member(archive, name)
    return None if content is None else fromstring(content)  # noqa: S314  document types are refused by read_member


def _headers(archive: zipfile.ZipFile) -> Iterator[_Text]:
    names = sorted(n for n in archive.namelist() if n.startswith(("word/header", "word/footer")) and n.endswith(".xml"))
    seen = set()
    for name in names[:12]:
        root = _part(archive, name)
        for text in (t for p in _paragraphs(root) for t in _text(p).split("\n")) if root is not None else ():
            if text.strip() and text not in seen:
                seen.add(text)
                yield text, (), SkipReason.PAGE_HEADER


def _paragraphs(root: Element) -> Iterator[Element]:
    return (e for e in root.iter() if local(e) == "p")


def _body(archive: zipfile.ZipFile, numbering: Numbering) -> Iterator[_Text]:
    root = _part(archive, "word/document.xml")
    if root is None:
        raise FileRefused(Refusal.CORRUPTED)
    for body in (e for e in root if local(e) == "body"):
        yield from _blocks(body, numbering)


def _blocks(parent: Element, numbering: Numbering) -> Iterator[_Text]:
    for element in parent:
        match local(element):
            case "p":
                for text in _numbered(element, numbering).split("\n"):
                    cells = tuple(c.strip() for c in text.split("\t") if c.strip())
                    yield text, cells if len(cells) > 1 else (), None
            case "tbl":
                yield from _rows(element, numbering)
            case "del" | "moveFrom" | "sectPr":
                continue
            case _:
                yield from _blocks(element, numbering)


def _rows(table: Element, numbering: Numbering) -> Iterator[_Text]:
    for row in (e for e in table.iter() if local(e) == "tr"):
        cells = list(_children(row, "tc"))
        if any(local(e) == "tbl" for c in cells for e in c.iter()):
            continue  # its inner rows come by themselves; what stands beside them comes below
        texts = ["\n".join(_numbered(p, numbering) for p in _paragraphs(c)).strip() for c in cells]
        if any(t.count("\n") >= MANY_PARAGRAPHS - 1 for t in texts):
            yield from ((line, (), None) for t in texts for line in t.split("\n"))
        elif len([t for t in texts if t]) > 1:
            yield " | ".join(" ".join(t.split()) for t in texts if t), tuple(texts), None
        else:
            yield from ((line, (), None) for t in texts if t for line in t.split("\n"))
    yield from _beside_inner_tables(table, numbering)


def _beside_inner_tables(table: Element, numbering: Numbering) -> Iterator[_Text]:
    for row in (e for e in table.iter() if local(e) == "tr"):
        if any(local(e) == "tbl" for e in row.iter()):  # once a row: a row may have a thousand cells
            for cell in _children(row, "tc"):
                yield from ((_numbered(p, numbering), (), None) for p in cell if local(p) == "p")


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Direct children, also inside content controls and tracked insertions."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(element, name)


def _numbered(paragraph: Element, numbering: Numbering) -> str:
    text = _text(paragraph).strip()
    label = numbering.label(paragraph) if text else ""
    return f"{label} {text}" if label else text


def _text(element: Element) -> str:
    """What is read on the page: insertions but not deletions, one of a picture's alternatives."""
    parts = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name in ("tab", "ptab"):
            parts.append("\t")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name == "p":
            parts.append(f"\n{_text(child)}\n")
        elif name not in _SKIPPED:
            parts.append(_text(child))
    return "".join(parts)

"""What kind of file somebody brought, judged by its content; opened only within limits.

Pure: errors are codes with parameters, the sentences belong to the web layer.
Why not trust python-docx and openpyxl with the raw file: neither bounds what an archive expands to,
and openpyxl's row reader (the standard library's `iterparse`) accepts a document type with entities.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

MAX_BYTES = 10 * 2**20
MAX_UNPACKED = 64 * 2**20  # all members together
MAX_MEMBERS = 2_000
MAX_RATIO = 250  # a spreadsheet of repeated words reaches 50; a bomb 1,000
MAX_TAGS = 2_500_000  # in one XML part: ten thousand rows of sixty cells; each becomes a hundred bytes of memory
RATIO_MATTERS_FROM = 2**20  # smaller members may be as repetitive as they like


class Refusal(StrEnum):
    """Why a file was not read; parameters in parentheses. Every sentence should say what to do instead."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"  # (megabytes, limit)
    TOO_MANY_PAGES = "too_many_pages"  # (pages, limit)
    TOO_MANY_ROWS = "too_many_rows"  # (limit, sheet)
    TOO_MANY_COLUMNS = "too_many_columns"  # (limit, sheet)
    TOO_MANY_MATTERS = "too_many_matters"  # (matters, limit)
    TOO_MUCH_TEXT = "too_much_text"  # (limit): characters
    EXPANDS_TOO_MUCH = "expands_too_much"  # (limit): megabytes unpacked; a "zip bomb"
    HAS_ENTITIES = "has_entities"  # XML with a document type: no word processor writes that
    ENCRYPTED = "encrypted"  # a password is needed
    SCANNED_PDF = "scanned_pdf"  # (pages): pictures without text
    OLD_WORD = "old_word"  # .doc: save as .docx
    OLD_EXCEL = "old_excel"  # .xls: save as .xlsx
    OPEN_DOCUMENT = "open_document"  # .odt, .ods: save as .docx or .xlsx
    RICH_TEXT = "rich_text"  # .rtf: save as .docx
    WEB_PAGE = "web_page"  # HTML: paste the text
    PICTURE = "picture"
    BINARY_WORKBOOK = "binary_workbook"  # .xlsb: save as .xlsx
    UNKNOWN_KIND = "unknown_kind"
    WRONG_KIND = "wrong_kind"  # (kind): a Word file where a table was asked for
    CORRUPTED = "corrupted"
    UNKNOWN_ENCODING = "unknown_encoding"  # save as UTF-8
    NO_SUCH_SHEET = "no_such_sheet"  # (sheet)
    NO_HEADER = "no_header"  # no row that looks like column headings
    NO_MATTERS = "no_matters"


class FileRefused(Exception):
    """A file that is not read, with the reason as data."""

    def __init__(self, reason: Refusal, **params: int | str) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.params: Mapping[str, int | str] = params


class Kind(StrEnum):
    """What the content is."""

    TEXT = "text"
    WORD = "word"
    WORKBOOK = "workbook"
    PDF = "pdf"


def kind_of(content: bytes) -> Kind:
    """By content alone. Raises FileRefused for what is empty, too large or of a kind not read."""
    if len(content) > MAX_BYTES:
        raise FileRefused(
            Refusal.TOO_LARGE,
            megabytes=-(-len(content) // 2**20),
            limit=MAX_BYTES // 2**20,
        )
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FileRefused(Refusal.EMPTY)
    if b"%PDF-" in content[:1024]:
        return Kind.PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(content)
    if reason := _known_but_unread(content):
        raise FileRefused(reason)
    return Kind.TEXT


def _known_but_unread(content: bytes) -> Refusal | None:
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound_file(content)
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\0", b"MM\0*")) or content[4:12] in (
        b"ftypheic",
        b"ftypmif1",
    ):
        return Refusal.PICTURE
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{\\rtf"):
        return Refusal.RICH_TEXT
    if start.startswith((b"<!doctype html", b"<html")):
        return Refusal.WEB_PAGE
    return None


def _compound_file(content: bytes) -> Refusal:
    """Microsoft's older container: .doc, .xls, and the envelope of an encrypted .docx or .xlsx."""
    names = {
        "EncryptedPackage": Refusal.ENCRYPTED,
        "WordDocument": Refusal.OLD_WORD,
        "Workbook": Refusal.OLD_EXCEL,
        "Book": Refusal.OLD_EXCEL,
    }
    for name, reason in names.items():
        if name.encode("utf-16-le") in content:
            return reason
    return Refusal.UNKNOWN_KIND


def _kind_of_archive(content: bytes) -> Kind:
    names = set(open_archive(content).namelist())
    if "word/document.xml" in names or any(n.startswith("word/") for n in names):
        return Kind.WORD
    if "xl/workbook.bin" in names:
        raise FileRefused(Refusal.BINARY_WORKBOOK)
    if any(n.startswith("xl/") for n in names):
        return Kind.WORKBOOK
    if "mimetype" in names and "content.xml" in names:
        raise FileRefused(Refusal.OPEN_DOCUMENT)
    raise FileRefused(Refusal.UNKNOWN_KIND)


def open_archive(content: bytes) -> zipfile.ZipFile:
    """An archive that expands within the limits.

    The sizes in its directory are binding: zipfile stops at them and then fails on the checksum.
    Raises FileRefused.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        OSError,
        EOFError,
    ) as error:
        raise FileRefused(Refusal.CORRUPTED) from error
    members = archive.infolist()
    if any(m.flag_bits & 0x1 for m in members):
        raise FileRefused(Refusal.ENCRYPTED)
    if len(members) > MAX_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED or any(map(_explodes, members)):
        raise FileRefused(Refusal.EXPANDS_TOO_MUCH, limit=MAX_UNPACKED // 2**20)
    return archive


def _explodes(member: zipfile.ZipInfo) -> bool:
    nested = PurePosixPath(member.filename).suffix.lower() in {
        ".zip",
        ".gz",
        ".7z",
        ".rar",
        ".xz",
        ".bz2",
    }
    ratio = member.file_size / max(member.compress_size, 1)
    return nested or (member.file_size > RATIO_MATTERS_FROM and ratio > MAX_RATIO)


def read_member(archive: zipfile.ZipFile, name: str, *, max_tags: int | None = MAX_TAGS) -> bytes | None:
    """An XML member, None if it is not there. Raises FileRefused if broken or with a document type.

    `max_tags` None: for whoever never holds the whole tree.
    """
    try:
        with archive.open(name) as member:
            content = member.read()
    except KeyError:
        return None
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as error:
        raise FileRefused(Refusal.CORRUPTED) from error
    if max_tags is not None and content.count(b"<") > max_tags:
        raise FileRefused(Refusal.EXPANDS_TOO_MUCH, limit=MAX_UNPACKED // 2**20)
    refuse_document_type(io.BytesIO(content))
    return content


class _Doctype(Exception):
    """Raised inside the parser when it meets <!DOCTYPE."""


class _Started(Exception):
    """Raised inside the parser at the first element: no document type can follow."""


def refuse_document_type(stream: IO[bytes]) -> None:
    """Reads up to the first element, in whatever encoding the parser knows. Raises FileRefused."""

    def doctype(*_: object) -> None:
        raise _Doctype

    def started(*_: object) -> None:
        raise _Started

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = started
    try:
        parser.ParseFile(stream)
    except _Started:
        return
    except _Doctype as error:
        raise FileRefused(Refusal.HAS_ENTITIES) from error
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding it does not know
        raise FileRefused(Refusal.CORRUPTED) from error
    raise FileRefused(Refusal.CORRUPTED)


def decode_text(content: bytes) -> str:
    """UTF-8 or UTF-16 with or without mark, else Windows-1252, else DOS 850 ("CSV (MS-DOS)" of Excel).

    Raises FileRefused when it is none of them.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, "utf-16")
    if guess := _unmarked_utf16(content):
        return _decoded(content, guess)
    if b"\0" in content:
        raise FileRefused(Refusal.UNKNOWN_KIND)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, _code_page(content))


def _unmarked_utf16(content: bytes) -> str | None:
    sample = content[:2000]
    even, odd, third = sample[::2].count(0), sample[1::2].count(0), len(sample) / 6
    if odd > third and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > third and odd == 0 else None


def _code_page(content: bytes) -> str:
    """å ä ö Å Ä Ö are the bytes 86 84 94 8f 8e 99 in DOS, signs nobody writes in Windows-1252."""
    windows = sum(content.count(b) for b in (b"\xe5", b"\xe4", b"\xf6", b"\xc5", b"\xc4", b"\xd6"))
    dos = sum(content.count(b) for b in (b"\x86", b"\x84", b"\x94", b"\x8f", b"\x8e", b"\x99"))
    return "cp850" if dos > windows else "cp1252"


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise FileRefused(Refusal.UNKNOWN_ENCODING) from error

"""`./varn translations`: the English catalogue, kept in step with templates and code.

Swedish is the source: a msgid is Swedish text. The .po is committed, sorted and without places or dates, so that two
developers' additions merge; the .mo is made from it. Needs neither apt's gettext nor Django's settings nor a database."""

import os
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from varn.run.arguments import Arguments
from varn.run.language import _

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
PO = LOCALE / "en" / "LC_MESSAGES" / "django.po"
HEADER = """\
# Värn in English. Updated by `./varn translations`; translate the empty msgstr, never edit a msgid.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


class Key(NamedTuple):
    """One message; `plural` is empty where there is only one form."""

    text: str
    plural: str = ""
    context: str = ""


Translations = dict[Key, tuple[str, ...]]  # one string, or singular and plural; an empty string is missing


# ---- what the source says


def sources(suffix: str) -> Iterator[Path]:
    """The package's own files with that suffix, tests apart, in order."""
    for path in sorted(PACKAGE.rglob(f"*{suffix}")):
        if "tests" not in path.relative_to(PACKAGE).parts:
            yield path


def _messages(extracted: Iterable[tuple[object, ...]]) -> Iterator[Key]:
    """Keys from Babel's (line, function, message, comments) or, from `extract`, (line, message, comments, context)."""
    for _line, message, _comments, context in extracted:
        text, plural = message if isinstance(message, tuple) else (message, "")
        if text:
            yield Key(str(text), str(plural or ""), str(context or ""))


def keywords() -> dict[str, object]:
    """Babel's, and Django's lazy ones."""
    from babel.messages.extract import DEFAULT_KEYWORDS

    lazy = {"gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2), "npgettext_lazy": ((1, "c"), 2, 3)}
    return {**DEFAULT_KEYWORDS, **lazy, "gettext_noop": None}


def in_python(source: bytes) -> list[Key]:
    """Marked strings of a module."""
    from babel.messages.extract import extract

    return list(_messages(extract("python", BytesIO(source), keywords())))  # type: ignore[arg-type]


def in_template(source: str) -> list[Key]:
    """Marked strings of a Django template: its own `templatize` writes them as calls, which Babel reads."""
    from babel.messages.extract import extract
    from django.utils.translation.template import templatize

    calls = BytesIO(templatize(source).encode())
    options = {"jsx": False, "template_string": False}
    return list(_messages(extract("javascript", calls, keywords(), options=options)))  # type: ignore[arg-type]


def in_source() -> set[Key]:
    """Every marked string of templates and code."""
    python = (in_python(path.read_bytes()) for path in sources(".py"))
    templates = (in_template(path.read_text("utf-8")) for kind in (".html", ".txt") for path in sources(kind))  # .txt: mail
    return set(chain.from_iterable(chain(python, templates)))


# ---- the catalogue


def read(path: Path) -> tuple[Translations, set[Key], Translations]:
    """Translations, keys of those marked fuzzy, and those kept aside because nothing uses them now."""
    from babel.messages.pofile import read_po

    if not path.exists():
        return {}, set(), {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale="en")
    used = {_key(message): _strings(message) for message in catalogue if message.id}
    fuzzy = {_key(message) for message in catalogue if message.id and message.fuzzy}
    return used, fuzzy, {_key(message): _strings(message) for message in catalogue.obsolete.values()}


def _key(message: object) -> Key:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id, "")  # type: ignore[attr-defined]
    return Key(ids[0], ids[1] if len(ids) > 1 else "", message.context or "")  # type: ignore[attr-defined]


def _strings(message: object) -> tuple[str, ...]:
    text = message.string  # type: ignore[attr-defined]
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _entry(key: Key, strings: tuple[str, ...], *, fuzzy: bool, prefix: str = "") -> str:
    lines = ["#, fuzzy"] if fuzzy else []
    lines += [f"{prefix}msgctxt {_quoted(key.context)}"] if key.context else []
    lines += [f"{prefix}msgid {_quoted(key.text)}"]
    if key.plural:
        lines += [f"{prefix}msgid_plural {_quoted(key.plural)}"]
        lines += [f"{prefix}msgstr[{n}] {_quoted(text)}" for n, text in enumerate((*strings, "", "")[:2])]
    else:
        lines += [f"{prefix}msgstr {_quoted(strings[0] if strings else '')}"]
    return "\n".join(lines) + "\n"


def written(used: Translations, fuzzy: set[Key], aside: Translations) -> str:
    """The .po as text: sorted, one line per string, so that additions merge."""
    entries = [_entry(key, used[key], fuzzy=key in fuzzy) for key in sorted(used)]
    return "\n".join([HEADER, *entries, *(_entry(key, aside[key], fuzzy=False, prefix="#~ ") for key in sorted(aside))])


def update(path: Path, found: set[Key]) -> bool:
    """Bring the .po in step: new strings empty, what is no longer used kept aside. True if the file changed."""
    used, fuzzy, aside = read(path)
    known = {**aside, **used}
    fresh = {key: known.get(key, ("",)) for key in found}
    left = {key: strings for key, strings in known.items() if key not in found and any(strings)}
    text = written(fresh, fuzzy & found, left)
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return True


def compile_stale() -> list[Path]:
    """Make each .mo that is missing or older than its .po; the ones made. For set-up, demo and tests."""
    made = []
    for po in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime_ns < po.stat().st_mtime_ns:
            _compile(po, mo)
            made.append(mo)
    return made


def _compile(po: Path, mo: Path) -> None:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as file:
        catalogue = read_po(file, locale=po.parts[-3])
    part = mo.with_name(f"{mo.name}.{os.getpid()}")
    with part.open("wb") as out:
        write_mo(out, catalogue)
    part.replace(mo)  # two processes may compile at once: each leaves a whole file


# ---- what is wrong


def faults(found: set[Key], used: Translations, fuzzy: set[Key]) -> Iterator[str]:
    """One sentence per string that is not in English, in the strings' order."""
    for key in sorted(found):
        strings = used.get(key)
        if strings is None:
            yield _("saknas i .po-filen: {text}").format(text=key.text)
        elif not all(strings) or (key.plural and len(strings) < 2):
            yield _("saknar engelska: {text}").format(text=key.text)
        elif key in fuzzy:
            yield _("är osäker (fuzzy): {text}").format(text=key.text)
        elif not _same_placeholders(key, strings):
            yield _("har andra platshållare på engelska: {text}").format(text=key.text)


def _same_placeholders(key: Key, strings: tuple[str, ...]) -> bool:
    """A plural's singular may leave the number out; nothing may be added."""
    wanted = [set(PLACEHOLDER.findall(text)) for text in (key.text, key.plural) if text]
    given = [set(PLACEHOLDER.findall(text)) for text in strings]
    return given == wanted or (bool(key.plural) and given[0] <= wanted[1] and given[-1] == wanted[-1])


SPOKEN = {"alt", "aria-description", "aria-label", "placeholder", "title"}  # attributes that are read to somebody
ALLOWED = {"Värn"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
WORD = re.compile(r"[^\W\d_]{2,}")
MARKED = re.compile(
    r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}",
    re.DOTALL,
)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
GIVEN = re.compile(r"\b(?:title|text|label|legend|submit|cancel|hint|error|note)=(\"[^\"]*\"|'[^']*')")
OFF = re.compile(r"<(\w+)[^>]*\stranslate=\"no\"")


class _Texts(HTMLParser):
    """Collects text that a reader sees; what stands inside translate="no" is another language's or a name."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent: list[str] = []  # open elements, from the one that said translate="no" inwards

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        starts = given.get("translate") == "no" or tag in {"script", "style"}
        if tag not in VOID and (self.silent or starts):
            self.silent.append(tag)
        if not self.silent and not starts:
            self.found += [value for name, value in attrs if name in SPOKEN and value and WORD.search(value)]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            del self.silent[len(self.silent) - 1 - self.silent[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not self.silent and WORD.search(text) and text.strip(" –·:") not in ALLOWED:
            self.found.append(text)


def untranslated_text(template: str) -> list[str]:
    """Text that a reader sees and nobody can translate: between tags, in spoken attributes, or handed to an include.
    A heuristic; text that stays as it is (a name, another language) stands in an element with translate="no"."""
    source = MARKED.sub("", template)
    texts = _Texts()
    texts.feed(TAGS.sub("", source))
    texts.close()
    if OFF.search(source):
        return texts.found
    handed = (value[1:-1] for tag in re.findall(r"\{%\s*include\b.*?%\}", source, re.DOTALL) for value in GIVEN.findall(tag))
    return texts.found + [text for text in handed if WORD.search(text)]


def unmarked() -> Iterator[str]:
    """One sentence per text in a template that is not marked for translation."""
    for path in sources(".html"):
        for text in untranslated_text(path.read_text("utf-8")):
            yield _("står omärkt i {file}: {text}").format(file=path.relative_to(PACKAGE), text=text)


# ---- the command


def main(argv: list[str]) -> int:
    """Exit code: 0, or with --check 1 when something is not in English (each is named)."""
    parser = Arguments("translations", _("Uppdatera de engelska texterna."))
    parser.add_argument("--check", action="store_true", help=_("ändra inget, säg vad som saknas"))
    is_check = parser.parse_args(argv).check
    found = in_source()
    if not is_check and update(PO, found):
        print(_("Skrev {file}").format(file=PO))
    used, fuzzy, _aside = read(PO)
    problems = [*faults(found, used, fuzzy), *unmarked()]
    for problem in problems:
        print(problem)
    if not is_check:
        compile_stale()
    print(_("{n} texter, {faults} att åtgärda.").format(n=len(found), faults=len(problems)))
    return 1 if is_check and problems else 0

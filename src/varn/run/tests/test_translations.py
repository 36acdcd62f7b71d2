"""The catalogue's tool: nothing lost, nothing missed, nothing left in Swedish."""

from pathlib import Path

import pytest

from varn.run import translations
from varn.run.translations import Key, faults, in_python, in_template, main, read, unmarked, untranslated_text, update


def test_every_string_is_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_no_template_holds_text_that_cannot_be_translated() -> None:
    assert list(unmarked()) == []


@pytest.mark.parametrize(
    ("template", "keys"),
    [
        ("{% load i18n %}{% translate 'Hej' %}", [Key("Hej")]),
        ("{% blocktranslate count n=n %}En{% plural %}{{ n }} fler{% endblocktranslate %}", [Key("En", "%(n)s fler")]),
        ("{% translate 'Hög' context 'nivå' %}", [Key("Hög", context="nivå")]),
        ("{% include 'x.html' with title=_('Rubrik') only %}", [Key("Rubrik")]),
        ("{% comment %}{% translate 'Nej' %}{% endcomment %}", []),
    ],
)
def test_templates_give_their_strings(template: str, keys: list[Key]) -> None:
    assert in_template(template) == keys


def test_code_gives_its_strings() -> None:
    source = (
        b"gettext_lazy('A'); _('B'); pgettext('c', 'D'); ngettext('E', 'F', n); npgettext_lazy('g', 'H', 'I', n); print('nej')"
    )
    assert in_python(source) == [Key("A"), Key("B"), Key("D", context="c"), Key("E", "F"), Key("H", "I", "g")]


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("<p>Hej</p>", ["Hej"]),
        ("<p>{% translate 'Hej' %} {{ name }} · 12</p>", []),
        ("<p>{% blocktranslate %}Hej <b>du</b>{% endblocktranslate %}</p>", []),
        ('<p translate="no">Hej <b>du</b></p><p>Kvar</p>', ["Kvar"]),
        ('<input placeholder="Skriv här">', ["Skriv här"]),
        ('<a href="{% url \'x\' %}"{% if a %} class="b"{% endif %}>Värn</a>', []),
        ('{% include "ui/empty.html" with title="Inget här" only %}', ["Inget här"]),
        ('{% include "ui/empty.html" with title=_("Inget här") only %}', []),
        ("{# Hej #}<!-- Hej --><script>let hej</script>", []),
    ],
)
def test_text_outside_the_marks_is_found(template: str, texts: list[str]) -> None:
    assert untranslated_text(template) == texts


def test_an_update_keeps_what_is_translated_and_what_comes_back(tmp_path: Path) -> None:
    po = tmp_path / "django.po"
    update(po, {Key("Åter"), Key("Hej"), Key('Sa "ja"\\n', context="k")})
    po.write_text(po.read_text("utf-8").replace('msgid "Hej"\nmsgstr ""', 'msgid "Hej"\nmsgstr "Hello"'), "utf-8")
    assert update(po, {Key("Åter")})
    assert "Hej" in po.read_text("utf-8")
    assert update(po, {Key("Åter"), Key("Hej"), Key("En", "Två")})
    assert not update(po, {Key("Åter"), Key("Hej"), Key("En", "Två")})
    assert read(po)[0] == {Key("En", "Två"): ("", ""), Key("Hej"): ("Hello",), Key("Åter"): ("",)}


def test_each_fault_is_named() -> None:
    found = {Key("Borta"), Key("Tom"), Key("Osäker"), Key("Fel {n}"), Key("En", "{n} fel"), Key("Rätt")}
    used = {
        Key("Tom"): ("",),
        Key("Osäker"): ("Unsure",),
        Key("Fel {n}"): ("Wrong {m}",),
        Key("En", "{n} fel"): ("One", "{n} wrong"),
    }
    sentences = list(faults(found, used | {Key("Rätt"): ("Right",)}, {Key("Osäker")}))
    assert [sentence.rsplit(": ", 1)[1] for sentence in sentences] == ["Borta", "Fel {n}", "Osäker", "Tom"]


def test_a_stale_catalogue_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    po = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    update(po, {Key("Hej")})
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    assert translations.compile_stale() == [po.with_suffix(".mo")]
    assert translations.compile_stale() == []

"""Components as HTML: what a screen reader and a browser without scripts get."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from varn.ui.templatetags.ui import Problem, level_label, phone_href, problems
from varn.ui.tests.kitchen_sink import SampleForm, page

ERRORS = ["400", "403", "403_csrf", "404", "410", "413", "429", "500", "503"]


def test_a_field_in_error_says_so_to_a_screen_reader() -> None:
    html = SampleForm({"email": "fel"})["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<label for="id_name">Namn</label>' in html


def test_only_fields_that_may_be_left_out_are_marked() -> None:
    form = SampleForm()
    assert "(frivilligt)" in form["share"].as_field_group()
    assert "(frivilligt)" not in form["name"].as_field_group()


def test_a_group_of_choices_has_a_legend_that_says_what_is_wrong() -> None:
    html = SampleForm({})["way"].as_field_group()
    assert "<legend>Hur hände det?</legend>" in html
    assert 'aria-describedby="id_way_error"' in html


def test_the_browser_remembers_only_what_the_form_allows() -> None:
    form = SampleForm()
    assert 'autocomplete="off"' in form["story"].as_field_group()
    assert 'autocomplete="email"' in form["email"].as_field_group()


def test_the_error_summary_links_to_every_field_and_counts_them() -> None:
    html = page(bound=True)
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    summary = html.split('data-contract="error-summary"')[1].split("</div>")[0]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert len(links) == 8
    assert set(links) <= ids
    assert "8 fel att rätta" in summary
    assert "<title>Fel: " in html


def test_an_error_says_what_to_do() -> None:
    form = SampleForm({"day": "i morgon"})
    assert "Fyll i det här." in form["name"].as_field_group()
    assert "Välj ett av alternativen." in form["way"].as_field_group()
    assert "till exempel 2026-12-09" in form["day"].as_field_group()
    assert "Namn: Fyll i det här." in [problem.text for problem in problems(form)]


def test_without_errors_there_is_no_summary() -> None:
    html = page()
    assert "error-summary" not in html
    assert "<title>Fel" not in html


def test_errors_handed_over_come_first() -> None:
    assert problems(None, ["Något", Problem("Annat", "#x")]) == [Problem("Något"), Problem("Annat", "#x")]


def test_ids_on_a_page_are_unique() -> None:
    ids = re.findall(r'\bid="([^"]+)"', page(bound=True))
    assert sorted(ids) == sorted(set(ids))


def test_nothing_is_inline() -> None:
    html = page(bound=True)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\bsrc=)", html)


def test_log_out_is_a_form_with_a_token() -> None:
    form = page().split('data-contract="logout-form"')[1].split("</form>")[0]
    assert 'name="csrfmiddlewaretoken"' in form


@pytest.mark.parametrize("name", ERRORS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_error_page_needs_nothing_and_gives_a_human(name: str, language: str) -> None:
    with override(language):
        html = render_to_string(f"{name}.html")
    assert 'href="tel:112"' in html
    assert 'href="tel:11414"' in html
    assert len(re.findall(r"<h1\b", html)) == 1


def test_levels_and_telephones_are_put_into_words_and_links() -> None:
    with override("sv"):
        assert [level_label(level) for level in ("low", "moderate", "high", None)] == ["Låg", "Måttlig", "Hög", "Ej bedömd"]
    assert [phone_href(number) for number in ("0555-123 45", "+46 8 123", "112")] == ["tel:055512345", "tel:+468123", "tel:112"]

"""The trail as a file, for a stated purpose."""

import csv
from io import BytesIO, StringIO
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.people import a_person, setting_up
from tests.world import Town, a_town
from varn.audit.models import Entry
from varn.organisations.models import Person
from varn.organisations.rights import Role
from varn.tenancy.within import within
from varn.ui.sheets import csv_of, neutral, xlsx_of
from varn.web import actions
from varn.web.forms import REGISTER_NUMBER

PURPOSE = {"purpose": "supervision", "register_number": "", "file_format": "csv"}


@pytest.fixture
def town(db: None) -> Town:
    return a_town("granvik")


def export(town: Town, query: str = "", role: Role = Role.AUDITOR, /, **given: str) -> HttpResponse:
    url = reverse("trail_export", args=[town.slug]) + query
    return cast(HttpResponse, town.client(role).post(url, {**PURPOSE, **given}))


def last_entry(town: Town) -> Entry:
    with within(town.organisation.pk):
        entry = Entry.objects.order_by("-at").first()
        assert entry is not None
        return entry


def rows(answer: HttpResponse) -> list[list[str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_the_entries_and_the_trail_the_act(town: Town) -> None:
    answer = export(town, register_number="KS 2026/0123")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="logg-granvik-')
    heading, *found = rows(answer)
    assert heading[:4] == ["Tid", "Vem", "Händelse", "Gäller"]
    assert [row[1:3] for row in found] == [["Värn, automatiskt", "fyllde i påhittade uppgifter"]]
    entry = last_entry(town)
    assert (entry.code, entry.actor_id) == ("trail.export", town.people[Role.AUDITOR].pk)
    assert entry.detail == {"purpose": "supervision", "register_number": "ks-2026/0123", "format": "csv", "n_rows": 1}


def test_what_the_file_was_narrowed_to_is_noted_without_names(town: Town) -> None:
    answer = export(town, "?kod=demo.fill&fran=2026-11-01&namn=clerk")
    assert len(rows(answer)) == 1
    assert last_entry(town).detail == {
        "purpose": "supervision",
        "register_number": "",
        "format": "csv",
        "n_rows": 0,
        "code": "demo.fill",
        "first_day": "2026-11-01",
        "n_people": 1,
    }


def test_a_spreadsheet_opens_and_says_the_same(town: Town) -> None:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(export(town, file_format="xlsx").content))
    found = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert found[1][2] == "fyllde i påhittade uppgifter"
    assert len(found) == 2


@pytest.mark.parametrize(
    "given",
    [
        {"purpose": ""},
        {"purpose": "nyfiken"},
        {"register_number": "Alva Exempelsson anmälde"},
        {"register_number": "=1+1"},
        {"register_number": "9" * 31},
        {"file_format": "exe"},
    ],
)
def test_without_a_purpose_there_is_no_file_and_no_entry(town: Town, given: dict[str, str]) -> None:
    answer = export(town, "", Role.AUDITOR, **given)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert 'data-contract="error-summary"' in answer.content.decode()
    assert last_entry(town).code == "demo.fill"


@pytest.mark.parametrize("query", ["?fran=x", "?kod=y", "?fran=2026-02-02&till=2026-01-01"])
def test_a_narrowing_that_cannot_be_understood_gives_no_file(town: Town, query: str) -> None:
    assert "gick inte att förstå" in export(town, query).content.decode()
    assert last_entry(town).code == "demo.fill"


def test_too_much_for_one_file_asks_for_a_shorter_time(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 0)
    answer = export(town)
    assert "kortare tid" in answer.content.decode()
    assert last_entry(town).code == "demo.fill"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MANAGEMENT, Role.CLERK])
def test_nobody_else_gets_the_file(town: Town, role: Role) -> None:
    assert export(town, "", role).status_code == 404
    assert last_entry(town).code == "demo.fill"


def test_the_page_says_what_the_trail_is_not_for(town: Town) -> None:
    page = town.client(Role.AUDITOR).get(reverse("trail_export", args=[town.slug])).content.decode()
    assert "efterforskningsförbudet" in page
    assert "Hämtningen skrivs i loggen" in page


def test_a_name_that_is_a_formula_is_only_a_text(town: Town) -> None:
    with setting_up(town.organisation):
        bad = Person.objects.create(given_name="=HYPERLINK(0)", family_name="x")
        Entry.objects.create(actor_kind="member", actor_id=bad.pk, code="account.log_in")
    assert rows(export(town, "?kod=account.log_in"))[1][1] == "'=HYPERLINK(0) x"


def test_protected_people_have_no_name_in_the_file(town: Town) -> None:
    hidden = a_person(town.organisation, "Hemlighilda", is_protected=True)
    with setting_up(town.organisation):
        Entry.objects.create(actor_kind="member", actor_id=hidden.pk, code="account.log_in")
    answer = export(town)
    assert "Hemlighilda" not in answer.content.decode()
    assert "skyddad person" in answer.content.decode()


@given(st.text(max_size=20))
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert not neutral(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(
    st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=9), min_size=1, max_size=5)
)
def test_a_row_comes_back_as_it_was(row: list[str]) -> None:
    found = list(csv.reader(StringIO(csv_of(row, [row]).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert found[1] == [neutral(text) for text in row]


def test_a_spreadsheet_has_no_formula_whatever_it_is_given() -> None:
    from openpyxl import load_workbook

    row = ["=1+1", "+1", "@SUM(1)", "-1", "https://a.example", "\x00\x07", "ö"]
    sheet: Any = load_workbook(BytesIO(xlsx_of("Logg", row, [row], widths=[20] * len(row)))).active
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "inlineStr"}


@pytest.mark.parametrize("text", ["KS 2026/0123", "SÄN-2026:17", "2026/41", "KS2026/1-2", "bun 2026-00012"])
def test_a_register_number_is_taken(text: str) -> None:
    assert REGISTER_NUMBER.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["KS", "2026", "KS 26/1", "KS  2026/1", "KS 2026/1 Alva", "2026/1234567", "КС 2026/1", "KS 2026/1\n"]
)
def test_anything_else_is_no_register_number(text: str) -> None:
    assert not REGISTER_NUMBER.fullmatch(text)

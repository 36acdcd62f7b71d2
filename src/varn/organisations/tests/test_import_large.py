"""A list of very many rows: looked at body by body and page by page, ticked a body at a time."""

import pytest
from django.test import Client

from tests.people import a_person, an_organisation
from varn.organisations.importpreview import Kind
from varn.organisations.incoming import FileRefused, Refusal
from varn.organisations.models import Mandate, Organisation, PeopleImport
from varn.organisations.rights import Role
from varn.organisations.spreadsheet import read_tables
from varn.organisations.tests.test_import_pages import HOME, client_of, file, rows, step, text, to_changes
from varn.organisations.views import importchanges


@pytest.fixture
def granvik(db: None) -> Organisation:
    return an_organisation()


@pytest.fixture
def admin(granvik: Organisation) -> Client:
    return client_of(a_person(granvik, "Ada", Role.ADMINISTRATOR))


def people(n: int, *, without: str = "") -> list[str]:
    places = [("Kommunfullmäktige", "KF"), ("Bygg- och miljönämnden", "BMN"), ("Socialnämnden", "SN")]
    every = [(i, *places[i % 3]) for i in range(n)]
    return [f"{i};Testa{i} Exempelsson{short};{body};Ledamot;S" for i, body, short in every if short != without]


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is long, made short enough for a test."""
    monkeypatch.setattr(importchanges, "SHOWN", 10)
    monkeypatch.setattr(importchanges, "TICKED_SINGLY", 10)
    monkeypatch.setattr(importchanges, "PER_PAGE", 7)


def test_a_long_list_is_shown_by_body_and_read_page_by_page(granvik: Organisation, admin: Client) -> None:
    page = to_changes(admin, file(*people(60)))
    shown = text(page)
    assert "Kommunfullmäktige: 20" in shown
    assert "Testa3 " not in shown
    path = f"{page.request['PATH_INFO']}nya/"
    assert path in page.content.decode()
    first = admin.get(path)
    assert "60 rader" in text(first)
    assert "Testa1 ExempelssonBMN" in text(first)
    of_council = text(admin.get(f"{path}?organ=Kommunfullm%C3%A4ktige&sida=3"))
    assert "20 rader" in of_council
    assert "Testa57 ExempelssonKF" in of_council
    assert "BMN" not in of_council
    assert admin.get(f"{page.request['PATH_INFO']}hittepa/").status_code == 404
    assert rows(granvik, Mandate) == []
    step(admin, page)
    assert len(rows(granvik, Mandate)) == 60
    assert admin.get(path).status_code == 302, "confirmed: the rows are gone"


def test_a_whole_body_is_ticked_at_once_and_no_other_ends(granvik: Organisation, admin: Client) -> None:
    step(admin, to_changes(admin, file(*people(60))))
    page = to_changes(admin, file(*people(6), *people(60, without="KF")[4:]))
    assert "Kommunfullmäktige: 18" in text(page)
    step(admin, page, **{"left-body": "Socialnämnden"})
    assert [m for m in rows(granvik, Mandate) if m.ends_on] == []
    page = to_changes(admin, file(*people(6), *people(60, without="KF")[4:]))
    kept = step(admin, page, **{"left-body": "Kommunfullmäktige", "last_day": "i går"})
    assert kept.status_code == 422
    assert 'value="Kommunfullmäktige" checked' in kept.content.decode()
    tomorrow = str(max(m.starts_on for m in rows(granvik, Mandate)))
    step(admin, page, **{"left-body": "Kommunfullmäktige", "last_day": tomorrow})
    assert len([m for m in rows(granvik, Mandate) if m.ends_on]) == 18


def test_more_rows_than_the_limit_are_refused_with_it() -> None:
    content = b"Namn;Organ\n" + b"Eva Alm;KF\n" * 131
    with pytest.raises(FileRefused) as refused:
        read_tables(content, max_rows=100)
    assert (refused.value.reason, refused.value.params["limit"]) == (Refusal.TOO_MANY_ROWS, 100)
    assert len(read_tables(b"Namn;Organ\n" + b"Eva Alm;KF\n" * 100, max_rows=100)[0].rows) == 100


def test_a_column_that_cannot_be_bodies_gives_a_sentence_instead_of_a_thousand_questions(
    granvik: Organisation, admin: Client
) -> None:
    page = to_changes(admin, file(*(f"{i};Eva{i} Alm;Organ nummer {i};Ledamot" for i in range(201))))
    assert "/kolumner/" in page.request["PATH_INFO"]
    assert "Är kolumnerna rätt valda?" in text(page)
    assert len(rows(granvik, PeopleImport)) == 1
    assert page.request["PATH_INFO"].startswith(HOME)


def test_every_kind_has_a_list(admin: Client) -> None:
    page = to_changes(admin, file(*people(3)))
    for kind in Kind:
        assert admin.get(f"{page.request['PATH_INFO']}{kind}/").status_code == 200

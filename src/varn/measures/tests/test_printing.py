"""The plan on paper: asked for, made by the job, tagged, and gone after a day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.people import a_person, an_organisation, setting_up
from varn.measures.jobs import make_plan
from varn.measures.tests.test_pages import PLAN, a_measure, days, logged_in
from varn.organisations.models import AccessGrant, Organisation, Person
from varn.organisations.rights import Role
from varn.printing.jobs import drop_printings
from varn.printing.models import Printing
from varn.tenancy.within import within
from varn.ui.paper import PaperFault

pytestmark = pytest.mark.django_db


def asked_for(organisation: Organisation, client: Client, query: str = "", *, page: str = PLAN) -> Printing:
    sent = {"row_id": str(uuid4())}
    for _ in range(2):
        answer = client.post(f"{page}skriv-ut/{query}", sent)
        assert answer.status_code == 302
    with within(organisation.pk):
        return Printing.objects.get()


def made(printing: Printing) -> Printing:
    make_plan(str(printing.organisation_id), str(printing.pk))
    with within(printing.organisation_id):
        printing.refresh_from_db()
    return printing


def read(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_from_the_button_to_a_file_that_is_tagged_and_says_all_of_the_list(
    granvik: Organisation, maja: Person, alva: Person
) -> None:
    row = a_measure(granvik, person=alva, due_on=days(-1), why="Så att #fler $kommer *till* tals.")
    a_measure(granvik, "Skriv svar", state="done", closed_on=days(0), effect="helped", note="Tre kom.")
    client = logged_in(maja)
    printing = asked_for(granvik, client, "?lage=all")
    url = f"{PLAN}utskrift/{printing.pk}/"
    assert "Väntar på sin tur" in client.get(url).content.decode()
    assert client.get(f"{url}handlingsplan.pdf").status_code == 404
    made(printing)
    page = client.get(url, headers={"x-part": "1"}).content.decode()
    assert "Klart. 2 åtgärder." in page
    assert "<html" not in page
    answer = client.get(f"{url}handlingsplan.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    pdf = answer.content
    for tag in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid", b"/Lang"):
        assert tag in pdf, tag
    text = read(pdf)
    for words in (
        "Handlingsplan, Granviks kommun", "Visar: Alla", "Bjud in till samtal", "Så att #fler $kommer *till* tals.",
        "Alva Exempelsson", "försenad", "Hjälpte – Tre kom.", str(row.pk)[:8],
    ):  # fmt: skip
        assert words in text, words


def test_it_prints_what_the_list_is_narrowed_to_in_the_pages_language(granvik: Organisation, maja: Person) -> None:
    a_measure(granvik)
    a_measure(granvik, "Skriv svar")
    printing = made(asked_for(granvik, logged_in(maja), "?q=svar", page=f"/en{PLAN}"))
    text = read(bytes(printing.pdf or b""))
    assert "with the words “svar”" in text
    assert "Bjud in" not in text
    assert "Responsible" in text


def test_an_id_of_another_organisations_is_answered_as_any_other(granvik: Organisation, maja: Person) -> None:
    cia = a_person(an_organisation("tallhult"), "Cia", Role.MANAGEMENT)
    tallhult = Organisation.objects.get(slug="tallhult")
    theirs = asked_for(tallhult, logged_in(cia), page="/tallhult/atgarder/alla/")
    answer = logged_in(maja).post(f"{PLAN}skriv-ut/", {"row_id": str(theirs.pk)})
    assert answer.status_code == 302
    assert str(theirs.pk) not in answer.headers["Location"]
    assert logged_in(maja).post(f"{PLAN}skriv-ut/", {"row_id": "x"}).status_code == 302


def test_whoever_may_no_longer_see_the_plan_gets_no_file(granvik: Organisation, maja: Person) -> None:
    printing = asked_for(granvik, logged_in(maja))
    with setting_up(granvik):
        AccessGrant.objects.filter(person=maja).update(role=Role.EDITOR)
    assert made(printing).pdf is None
    assert logged_in(maja).get(f"{PLAN}utskrift/{printing.pk}/").status_code == 404


def test_a_job_that_is_run_again_changes_nothing_and_one_for_nothing_does_nothing(granvik: Organisation, maja: Person) -> None:
    first = bytes(made(asked_for(granvik, logged_in(maja))).pdf or b"")
    with within(granvik.pk):
        row = Printing.objects.get()
    assert bytes(made(row).pdf or b"") == first
    make_plan(str(granvik.pk), str(uuid4()))


def test_a_fault_is_said_on_the_page(granvik: Organisation, maja: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> bytes:
        raise PaperFault

    monkeypatch.setattr("varn.printing.jobs.pdf_of", fail)
    client = logged_in(maja)
    printing = made(asked_for(granvik, client))
    assert "Det gick inte att göra filen." in client.get(f"{PLAN}utskrift/{printing.pk}/").content.decode()


def test_a_file_goes_after_a_day(granvik: Organisation, maja: Person) -> None:
    printing = asked_for(granvik, logged_in(maja))
    drop_printings(0)
    with setting_up(granvik):
        assert Printing.objects.exists()
        Printing.objects.update(asked_at=printing.asked_at - timedelta(days=2))
    drop_printings(0)
    with within(granvik.pk):
        assert not Printing.objects.exists()

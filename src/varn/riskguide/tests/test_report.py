"""The report of an assessment: from its page to a tagged file, as text and as a case, and when there is none."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.people import setting_up
from varn.catalogues.riskguide import guide
from varn.measures.models import Measure
from varn.organisations.models import ContactWay
from varn.printing.models import Printing
from varn.riskguide.assessment.queries.matters import computed
from varn.riskguide.jobs import make_report
from varn.riskguide.models import Assessment, Closing
from varn.riskguide.reading import read_cases
from varn.riskguide.scoring import score
from varn.riskguide.tests.conftest import Town
from varn.riskguide.tests.groups import STEP2, a_seat_of, again, an_assessment, gives, sets, sets_all, shown
from varn.riskguide.tests.test_assessment_pages import acute, text, url
from varn.riskguide.tests.test_ending import closes
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


def page_of(assessment: Assessment, *, language: str = "") -> str:
    return f"{language}/granvik/riskguide/bedomning/{assessment.pk}/rapport/"


def asked(town: Town, assessment: Assessment, *, language: str = "") -> Printing:
    sent = {"row_id": str(uuid4())}
    answers = [town.client(town.maj).post(page_of(assessment, language=language), sent) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    with within(town.organisation.pk):
        return Printing.objects.get(pk=sent["row_id"])


def made(printing: Printing) -> Printing:
    make_report(str(printing.organisation_id), str(printing.pk))
    with within(printing.organisation_id):
        printing.refresh_from_db()
    return printing


def pages(printing: Printing) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(bytes(printing.pdf or b""))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_from_the_result_to_a_tagged_file_with_a_summary_first(town: Town) -> None:
    assessment = acute(town)
    with setting_up(town.organisation):
        ContactWay.objects.create(label_sv="Jour", label_en="On call", phone="0555-123 45")
        what = {"what": "Bjud in till #samtal", "duty_role": "chair", "due_on": date(2026, 12, 1)}
        Measure.objects.create(**what, origin_kind="risk_assessment", origin_id=assessment.pk)
        known = {"origin_kind": "risk_assessment", "origin_id": assessment.pk}
        Measure.objects.create(what="Ring polisen", person=town.bo, **known)
    maj = town.client(town.maj)
    assert page_of(assessment) in maj.get(url(town, "bedomning/{}/", assessment)).content.decode()
    assert "/i-tidningen/" in maj.get(page_of(assessment)).content.decode()
    printing = asked(town, assessment)
    waits = f"/granvik/riskguide/rapport/{printing.pk}/"
    assert "Väntar på sin tur" in text(maj.get(waits))
    assert maj.get(f"{waits}riskbedomning.pdf").status_code == 404
    printing = made(printing)
    assert "Klart." in text(maj.get(waits, headers={"x-part": "1"}))
    pdf = maj.get(f"{waits}riskbedomning.pdf").content
    for tag in (b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid", b"/Lang"):
        assert tag in pdf, tag
    first, second, *others = pages(printing)
    assert first.index("AKUT") < first.index("Jour: 0555-123 45") < first.index("Ny skolstruktur i Norrbyn")
    for said in (
        "Hög samlad nivå",
        "85 procent",
        "Det som driver",
        "steg 6 av 9",
        "Komplex fråga",
        "Ordförande i nämnd, styrelse eller fullmäktige, senast 2026-12-01",
    ):
        assert said in first, said
    assert second.startswith("Varför nivån blev så")
    rest = " ".join([second, *others])
    for said in ("Nedsättande eller hatisk", "Nivåerna över tid", "inte prövade i forskning", "en person, se"):
        assert said in rest, said
    assert "Bo Exempelsson" not in first + rest


def test_how_the_answers_fell_is_counted_and_nobody_is_named(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    gives(town, town.bo, a_seat_of(town, assessment, town.bo), online_tone=2)
    shown(town, assessment)
    sets_all(town, assessment, STEP2, "11111111")
    said = town.client(town.maj).post(f"{page_of(assessment)}fil/", {"kind": "text"}).content.decode()
    assert "Så föll svaren: 1 × Nedlåtande eller personlig" in said
    assert "ingen svarade för sig" in said
    assert "Steg 3 är inte gjort." in said
    assert "Exempelsson" not in said


def test_it_is_printed_in_the_language_of_the_page(town: Town) -> None:
    first = pages(made(asked(town, acute(town), language="/en")))[0]
    assert "Risk assessment" in first
    assert "Ny skolstruktur i Norrbyn" in first


def test_the_answers_as_a_case_are_computed_to_the_same(town: Town) -> None:
    assessment = acute(town)
    answer = town.client(town.maj).post(f"{page_of(assessment)}fil/", {"kind": "case"})
    assert answer.headers["Content-Disposition"].endswith('.json"')
    [case], _ = read_cases(answer.content)
    assert score(case, guide(case.edition)) == computed(assessment)
    assert json.loads(answer.content)["step1"] == {"own_judgement": "high"}


def test_without_joint_answers_the_page_says_what_to_do(town: Town) -> None:
    assessment = an_assessment(town)
    maj = town.client(town.maj)
    assert "Det finns inga gemensamma svar än." in text(maj.get(page_of(assessment)))
    sets(town, assessment, STEP2[0], 1)
    assert "1 av 8 påståenden i steg 2" in text(maj.get(page_of(assessment)))
    answer = maj.post(page_of(assessment), {"row_id": str(uuid4())})
    assert answer.status_code == 422
    assert "Svara på resten först." in text(answer)
    assert "Svara på resten först." in text(maj.post(f"{page_of(assessment)}fil/", {"kind": "case"}, follow=True))
    with within(town.organisation.pk):
        assert not Printing.objects.exists()


def cleared(town: Town, assessment: Assessment) -> None:
    closes(town, again(town, assessment).matter)
    matter = url(town, "arende/{}/", again(town, assessment).matter)
    assert town.client(town.maj).post(f"{matter}rensa/", {"rule": "KS 2026/9 § 4", "sure": "on"}).status_code == 302
    with within(town.organisation.pk):
        assert Closing.objects.get().record == Closing.Record.CLEARED


def test_a_report_that_was_made_goes_when_the_matter_is_cleared(town: Town) -> None:
    assessment = acute(town)
    printing = made(asked(town, assessment))
    cleared(town, assessment)
    maj, waits = town.client(town.maj), f"/granvik/riskguide/rapport/{printing.pk}/"
    assert maj.get(f"{waits}riskbedomning.pdf").status_code == 404
    assert "Bedömningen är rensad." in text(maj.get(waits))
    assert "Bedömningen är rensad." in text(maj.get(page_of(assessment)))
    assert maj.post(page_of(assessment), {"row_id": str(uuid4())}).status_code == 422


def test_a_matter_cleared_before_the_job_begins_gives_no_file(town: Town) -> None:
    assessment = acute(town)
    printing = asked(town, assessment)
    cleared(town, assessment)
    assert made(printing).pdf is None
    assert printing.state == Printing.State.FAILED


def test_a_closed_matter_has_its_report_with_what_happened(town: Town) -> None:
    assessment = acute(town)
    closes(town, again(town, assessment).matter)
    said = " ".join(pages(made(asked(town, assessment))))
    assert "Så gick det" in said


def test_an_id_of_anothers_report_is_answered_as_a_made_up_one(town: Town, make_town: Any) -> None:
    theirs = made(asked(town, acute(town)))
    other = make_town("tallhult")
    client = other.client(other.maj)
    for pk in (theirs.pk, uuid4()):
        assert client.get(f"/tallhult/riskguide/rapport/{pk}/").status_code == 404
        assert client.get(f"/tallhult/riskguide/rapport/{pk}/riskbedomning.pdf").status_code == 404


def test_a_form_with_the_id_of_another_file_makes_one_of_its_own(town: Town, make_town: Any) -> None:
    mine = acute(town)
    other = make_town("tallhult")
    with setting_up(other.organisation):
        theirs = Printing.objects.create(kind="risk_report", person=other.maj)
    with setting_up(town.organisation):
        plan = Printing.objects.create(kind="plan", person=town.maj)
    for taken in (theirs, plan):
        answer = town.client(town.maj).post(page_of(mine), {"row_id": str(taken.pk)})
        assert answer.status_code == 302
        assert str(taken.pk) not in answer.headers["Location"]
        assert town.client(town.maj).get(answer.headers["Location"]).status_code == 200


def test_those_who_only_read_matters_have_the_page_but_no_report(town: Town) -> None:
    assessment = acute(town)
    printing = made(asked(town, assessment))
    rut = town.client(town.rut)
    assert page_of(assessment) not in rut.get(url(town, "bedomning/{}/", assessment)).content.decode()
    assert rut.get(page_of(assessment)).status_code == 404
    assert rut.get(f"/granvik/riskguide/rapport/{printing.pk}/riskbedomning.pdf").status_code == 404

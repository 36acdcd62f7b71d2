"""The demo's report of an assessment: its page, the paper that a job would make, and the same as text."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from varn.organisations.models import Person
from varn.organisations.rights import Member, Right, Role
from varn.printing.models import Printing
from varn.riskguide.models import Assessment
from varn.riskguide.report.content import TEMPLATE, content_of
from varn.riskguide.report.queries import REPORT, facts_of
from varn.run.demo.objects import Readers, page_object
from varn.ui.paper import pdf_of


def report_objects(readers: Readers, assessment: Assessment, word: str, person: Person) -> Iterator[dict[str, Any]]:
    """`word`: the mark, which the matter's title has. `person` asked for the paper."""
    runs = Right.MATTER_SORT
    yield page_object(readers, "report", "riskguide:report", word, runs, runs, pk=assessment.pk)
    yield page_object(readers, "report as text", "riskguide:report_taken", word, runs, runs, method="POST", pk=assessment.pk)
    yield page_object(readers, "printed report", "riskguide:report_file", word, runs, runs, pk=_made(assessment, person).pk)


def _made(assessment: Assessment, person: Person) -> Printing:
    asker = Member(person.account_id or person.pk, person.pk, assessment.organisation_id, frozenset({Role.CLERK}))
    with override("sv"):
        facts = facts_of(asker, assessment, language="sv", today=timezone.localdate())
    pdf = pdf_of(TEMPLATE, content_of(facts, "sv"))
    return Printing.objects.create(kind=REPORT, subject=assessment.pk, person=person, state=Printing.State.READY, pdf=pdf)

"""Acts on a report: asked for on paper, taken as a file. A job makes the paper."""

from uuid import UUID

from procrastinate.contrib.django import app

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.refusals import Refused
from varn.organisations.rights import Member, Right
from varn.printing.models import Printing
from varn.riskguide.models import Assessment
from varn.riskguide.report.queries import REPORT, obstacle

MAKE = "varn.riskguide.jobs.make_report"


@action("report.ask", right=Right.MATTER_SORT)
def ask_report(actor: Member, assessment: Assessment, *, row_id: UUID, is_english: bool) -> Printing:
    """A form sent twice has the same `row_id` and gives the same file. The job begins when this is committed. Waits for a
    clearing that is on its way. Raises Refused where there is nothing to report."""
    row = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if said := obstacle(row):
        raise Refused(said)
    if (there := Printing.objects.defer("pdf").filter(pk=row_id, kind=REPORT, subject=row.pk).first()) is not None:
        return again(there)
    printing = Printing.objects.create(id=row_id, kind=REPORT, subject=row.pk, person_id=actor.person_id, is_english=is_english)
    app.configure_task(MAKE).defer(organisation_id=str(actor.organisation_id), printing_id=str(printing.pk))
    return printing


@action("report.take", right=Right.MATTER_SORT)
def take_report(actor: Member, assessment: Assessment, *, kind: str) -> Assessment:
    """As text or as a case: what is taken out leaves a trace. Raises Refused where there is nothing to report."""
    if said := obstacle(assessment):
        raise Refused(said)
    note(kind=kind)
    return assessment

"""Acts that end a matter: what happened, and what becomes of the working material."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.models import Matter
from varn.organisations.refusals import Changed, Refused
from varn.organisations.rights import Job, Member, Right
from varn.printing.models import Printing
from varn.riskguide.assessment.levels import as_row, figures_of
from varn.riskguide.assessment.queries.holding import links_of
from varn.riskguide.assessment.queries.matters import computed, locked_assessments
from varn.riskguide.models import Assessment, Closing, Screening, Seat
from varn.riskguide.outcome import result_of


@action("matter.close", right=Right.MATTER_SORT)
def close_matter(
    actor: Member | Job, *, key: UUID, matter: Matter, outcome: str, measures_helped: str, lesson: str, closed_on: date
) -> Closing:
    """Says what happened. Assessments can no longer be changed, links stop working, answers that were never put together go.
    Raises Refused."""
    if found := Closing.objects.filter(pk=key).first():
        return again(found)
    assessments = locked_assessments(matter)
    if closed_on > timezone.localdate():
        raise Refused(_("Dagen ligger framåt i tiden. Skriv dagen då ärendet avslutades."), "closed_on")
    if Closing.objects.filter(matter=matter).exists():
        raise Refused(_("Ärendet har redan avslutats av någon annan. Läs in sidan igen och se vad som står där."))
    closing = Closing.objects.create(
        pk=key,
        matter=matter,
        closed_on=closed_on,
        closed_by_id=actor.actor_id if actor.kind == "member" else None,
        outcome=outcome,
        measures_helped=measures_helped,
        lesson=lesson,
    )
    _end_answering(assessments)
    note(outcome=outcome, measures_helped=measures_helped)
    return closing


def _end_answering(assessments: list[Assessment]) -> None:
    ids = [assessment.pk for assessment in assessments]
    seats = Seat.objects.filter(assessment_id__in=ids)
    links_of(seats).update(revoked_at=timezone.now())
    seats.update(answers={})
    Assessment.objects.filter(pk__in=ids).update(is_closed=True)


@action("matter.reopen", right=Right.MATTER_SORT)
def reopen_matter(actor: Member | Job, closing: Closing) -> Matter:
    """Takes a closing back, as long as nothing was filed or cleared. Raises Refused."""
    row = _working(closing)
    locked_assessments(row.matter)
    Assessment.objects.filter(matter_id=row.matter_id).update(is_closed=False)
    matter: Matter = row.matter
    row.delete()
    return matter


@action("matter.file", right=Right.MATTER_SORT)
def file_matter(actor: Member | Job, closing: Closing, *, register_number: str, recorded_on: date) -> Closing:
    """The working material becomes a record in the file. Raises Refused."""
    row = _working(closing)
    if recorded_on > timezone.localdate():
        raise Refused(_("Dagen ligger framåt i tiden. Skriv dagen då handlingen togs om hand."), "recorded_on")
    row.record, row.register_number, row.recorded_on = Closing.Record.FILED, register_number, recorded_on
    row.save(update_fields=["record", "register_number", "recorded_on"])
    return row


@action("matter.clear", right=Right.MATTER_SORT)
def clear_matter(actor: Member | Job, closing: Closing, *, rule: str) -> Closing:
    """Takes away answers, notes and who judged; edition, levels and outcome stay as figures. Raises Refused."""
    row = _working(closing)
    assessments = locked_assessments(row.matter)
    for assessment in assessments:
        _clear(assessment)
    Seat.objects.filter(assessment__matter_id=row.matter_id).delete()
    _take_back_reports(assessments)
    n_screenings = _clear_screenings(row.matter)
    row.record, row.rule, row.lesson, row.closed_by = Closing.Record.CLEARED, rule, "", None
    row.recorded_on = timezone.localdate()
    row.save(update_fields=["record", "rule", "lesson", "closed_by", "recorded_on"])
    note(n_rows=len(assessments) + n_screenings)
    return row


def _working(closing: Closing) -> Closing:
    row = Closing.objects.select_for_update(of=("self",)).select_related("matter").filter(pk=closing.pk).first()
    if row is None or row.record != Closing.Record.WORKING:
        raise Changed(_("Någon annan har redan avgjort vad som ska hända med materialet. Läs in sidan igen."))
    return row


def _take_back_reports(assessments: list[Assessment]) -> None:
    """They hold the answers; a job that is making one finds it taken back."""
    ids = [assessment.pk for assessment in assessments]
    Printing.objects.filter(subject__in=ids).update(state=Printing.State.FAILED, pdf=None)


def _clear(assessment: Assessment) -> None:
    assessment.figures = as_row(figures_of(computed(assessment)))
    assessment.own_judgement, assessment.note, assessment.started_by = "", "", None
    assessment.step1, assessment.joint, assessment.versions = {}, {}, {}
    assessment.signed, assessment.spreads = {}, {}
    assessment.save()


def _clear_screenings(matter: Matter) -> int:
    """The level stays as a judgement: computed from it alone, it is the same level."""
    rows = list(Screening.objects.select_for_update(of=("self",)).filter(matter=matter))
    for row in rows:
        result = result_of(row.own_judgement, row.answers, row.edition)
        row.own_judgement = result.level.value if result else ""
        row.answers, row.note, row.judged_by, row.judged_at = {}, "", None, None
        row.version += 1
        row.save(update_fields=["own_judgement", "answers", "note", "judged_by", "judged_at", "version"])
    return len(rows)

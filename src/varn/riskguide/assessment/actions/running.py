"""Acts of those who run an assessment: start, show the independent answers, set what was answered together, go on to step 3."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.models import Matter
from varn.organisations.refusals import Changed, Refused
from varn.organisations.rights import Job, Member, Right
from varn.riskguide.assessment.queries.holding import closed_sentence, locked_open, locked_seats
from varn.riskguide.assessment.queries.matters import closing_of, latest_judged
from varn.riskguide.assessment.statements import Statement, by_code, n_settled, spread, statements, value_in
from varn.riskguide.case import Grade
from varn.riskguide.models import Assessment, Seat


class SettledMeanwhile(Changed):
    """Somebody else set another joint answer after the page was made; `assessment` is as they left it."""

    def __init__(self, assessment: Assessment, statement: Statement) -> None:
        super().__init__(_("Någon annan har satt ett annat svar. Välj det som ska gälla."))
        self.assessment = assessment
        self.statement = statement


@dataclass(frozen=True, slots=True)
class Wanted:
    """A joint answer as a page sends it: `version` is what the page showed."""

    code: str
    value: str
    version: int


@action("assessment.start", right=Right.MATTER_SORT)
def start_assessment(actor: Member | Job, *, key: UUID, matter: Matter, is_group: bool) -> Assessment:
    """`key` becomes its id: the same form sent twice starts one. Alone, or in a group where the one who starts has a seat.
    Raises Refused for a matter that is closed or was not sorted."""
    if found := Assessment.objects.filter(pk=key).first():
        return again(found)
    if closing_of(matter) is not None:
        raise Refused(closed_sentence())
    screening = latest_judged(matter)
    if screening is None:
        raise Refused(_("Ärendet är inte sorterat än. Sätt en nivå i steg 1 först."))
    assessment = Assessment.objects.create(
        pk=key,
        matter=matter,
        title=matter.title,
        edition=screening.edition,
        own_judgement=screening.own_judgement,
        step1=screening.answers,
        started_by_id=actor.actor_id if actor.kind == "member" else None,
        started_on=timezone.localdate(),
        is_shown=not is_group,
    )
    if is_group and isinstance(actor, Member):
        Seat.objects.create(assessment=assessment, person_id=actor.person_id)
    note(is_group=is_group)
    return assessment


@action("assessment.show", right=Right.MATTER_SORT)
def show_answers(actor: Member | Job, assessment: Assessment) -> Assessment:
    """From now the group sees how its answers fell."""
    row = locked_open(actor, assessment.pk)
    if row.is_shown:
        return again(row)
    row.is_shown = True
    row.save(update_fields=["is_shown"])
    note(step=row.step)
    return row


# As SQL, since every press asks: the ORM takes several times as long.
_SETTLE = "UPDATE riskguide_assessment SET joint = %s, versions = %s, signed = %s, spreads = %s WHERE id = %s"


@action("assessment.settle", right=Right.MATTER_SORT, refuses_first=True)
def settle(actor: Member | Job, assessment_id: UUID, wanted: Wanted) -> Assessment:
    """One joint answer. The independent ones to that statement go, but for how they fell.
    Raises SettledMeanwhile, and Refused for a closed matter, a step that is not shown or an answer off the scale."""
    row = locked_open(actor, assessment_id)
    statement, value = _asked(row, wanted)
    version = row.versions.get(statement.code, 0)
    is_set = statement.code in row.joint
    if is_set and row.joint[statement.code] == value:
        return again(row)
    if is_set and version != wanted.version and row.signed.get(statement.code) != str(actor.actor_id):
        raise SettledMeanwhile(row, statement)
    row.joint[statement.code] = value
    row.versions[statement.code] = version + 1
    row.signed[statement.code] = str(actor.actor_id)
    _count_and_forget(row, statement)
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [*map(json.dumps, (row.joint, row.versions, row.signed, row.spreads)), row.pk])
    note(statement=statement.code)
    return row


def _asked(row: Assessment, wanted: Wanted) -> tuple[Statement, Grade]:
    statement = by_code(row.edition).get(wanted.code)
    value = value_in(wanted.value, statement) if statement else None
    if statement is None or value is None:
        raise Refused(_("Svaret finns inte på skalan. Inget sparades. Välj ett av svaren."))
    if statement.step > row.step or (statement.step == row.step and not row.is_shown):
        raise Refused(_("Visa svaren först, så ser ni vad ni tyckte var för sig."))
    return statement, value


def _count_and_forget(row: Assessment, statement: Statement) -> None:
    """The first joint answer keeps the counts and takes away who answered what."""
    if statement.code in row.spreads:
        return
    given = [seat.answers[statement.code] for seat in locked_seats(row) if statement.code in seat.answers]
    row.spreads[statement.code] = spread(given, statement)
    if given:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE riskguide_seat SET answers = answers - %s WHERE assessment_id = %s", [statement.code, row.pk])


@action("assessment.go_on", right=Right.MATTER_SORT)
def open_step3(actor: Member | Job, assessment: Assessment) -> Assessment:
    """A group answers alone first again. Raises Refused until all of step 2 is answered."""
    row = locked_open(actor, assessment.pk)
    if row.step == 3:
        return again(row)
    if n_settled(row.joint, 2) < len(statements(2, row.edition)):
        raise Refused(_("Svara gemensamt på alla påståenden i steg 2 först."))
    row.step = 3
    row.is_shown = not Seat.objects.filter(assessment_id=row.pk).exists()
    row.save(update_fields=["step", "is_shown"])
    return row


@action("assessment.note", right=Right.MATTER_SORT)
def write_note(actor: Member | Job, assessment: Assessment, *, text: str, seen: str) -> Assessment:
    """What the levels do not say. Raises Changed, Refused."""
    row = locked_open(actor, assessment.pk)
    if row.note not in (seen, text):
        raise Changed(_("Någon annan har ändrat anteckningen sedan du öppnade sidan."))
    row.note = text
    row.save(update_fields=["note"])
    return row

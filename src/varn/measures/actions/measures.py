"""Acts on one measure: a new one, a change, how it goes, and that another system follows it up."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.measures.models import Measure
from varn.measures.plans import OWN, State, tidy
from varn.measures.queries import is_own, measures_for
from varn.measures.queries.checking import check_day, check_person, check_texts, checked_duty, people_here
from varn.organisations.models import Person
from varn.organisations.queries.versions import check_unchanged
from varn.organisations.refusals import Refused
from varn.organisations.rights import Job, Member, Right

PLAN_FIELDS = ("what", "why", "phase", "priority", "due_on", "person", "duty_role")
FOLLOW_FIELDS = ("state", "dropped_because", "note", "effect")
ELSEWHERE_FIELDS = ("elsewhere",)


@action("measure.create", right=Right.MEASURE_PLAN)
def create_measure(
    actor: Member | Job,
    *,
    row_id: UUID,
    what: str,
    why: str = "",
    phase: str = "",
    priority: int = 2,
    due_on: date | None = None,
    person: Person | None = None,
    duty_role: str = "",
) -> Measure:
    """One of one's own. A form sent twice has the same `row_id` and gives the same measure. Raises Refused."""
    there = Measure.objects.filter(pk=row_id).first()
    if there is not None:
        return again(there)
    row = Measure(id=row_id, origin_kind=OWN.kind, created_by_id=actor.actor_id if isinstance(actor, Member) else None)
    _set_plan(actor, row, what=what, why=why, phase=phase, priority=priority, due_on=due_on, person=person, duty_role=duty_role)
    row.save()
    return row


@action("measure.edit", right=Right.MEASURE_PLAN)
def edit_measure(
    actor: Member | Job,
    measure: Measure,
    *,
    seen: str,
    what: str,
    why: str,
    phase: str,
    priority: int,
    due_on: date | None,
    person: Person | None,
    duty_role: str,
) -> Measure:
    """Raises Changed or Refused. A day that has passed may stand, but not be chosen."""
    row = _locked(actor, measure)
    check_unchanged(row, PLAN_FIELDS, seen)
    _check_here(row)
    _set_plan(actor, row, what=what, why=why, phase=phase, priority=priority, due_on=due_on, person=person, duty_role=duty_role)
    return _saved(row, PLAN_FIELDS)


@action("measure.follow_up", right=Right.MEASURE_FOLLOW)
def follow_up_measure(
    actor: Member | Job, measure: Measure, *, seen: str, state: str, dropped_because: str = "", note: str = "", effect: str = ""
) -> Measure:
    """How it goes: by whoever is responsible, or plans. Raises Changed or Refused; Http404 for anybody else."""
    row = _locked(actor, measure)
    if not actor.may(Right.MEASURE_PLAN) and not is_own(actor, row):
        raise Http404
    check_unchanged(row, FOLLOW_FIELDS, seen)
    _check_here(row)
    _set_state(row, State(state), tidy(dropped_because), effect)
    row.note = tidy(note)
    _noted(row)
    return _saved(row, (*FOLLOW_FIELDS, "closed_on"))


@action("measure.mark_elsewhere", right=Right.MEASURE_PLAN)
def mark_elsewhere(actor: Member | Job, measure: Measure, *, seen: str, elsewhere: str) -> Measure:
    """Says which other system follows it up, "" to take the mark away: until then it is only shown here. Raises Changed."""
    row = _locked(actor, measure)
    check_unchanged(row, ELSEWHERE_FIELDS, seen)
    row.elsewhere = tidy(elsewhere)
    note(marked=bool(row.elsewhere))
    return _saved(row, ELSEWHERE_FIELDS)


def _locked(actor: Member | Job, measure: Measure) -> Measure:
    """Fresh, locked, and only if the actor may see it."""
    return measures_for(actor).select_related(None).select_for_update(of=("self",)).get(pk=measure.pk)


def _check_here(row: Measure) -> None:
    if row.elsewhere:
        sentence = _("Åtgärden följs upp i ett annat system: %(where)s. Ta bort den markeringen om den ska ändras här.")
        raise Refused(sentence % {"where": row.elsewhere})


def _set_plan(
    actor: Member | Job,
    row: Measure,
    *,
    what: str,
    why: str,
    phase: str,
    priority: int,
    due_on: date | None,
    person: Person | None,
    duty_role: str,
) -> None:
    today = timezone.localdate()
    check_texts(what, why, priority)
    check_day(due_on, today=today, before=row.due_on)
    if person is not None and person.pk != row.person_id:
        check_person(person.pk, people_here(actor, [person.pk], today=today))
    row.duty_role = checked_duty(duty_role, person.pk if person else None)
    row.what, row.why, row.phase, row.priority = tidy(what), tidy(why), phase, priority
    row.due_on, row.person = due_on, person


def _set_state(row: Measure, state: State, reason: str, effect: str) -> None:
    if state is State.DROPPED and not reason:
        raise Refused(_("Skriv varför åtgärden avskrivs, så att den som läser planen förstår."), "dropped_because")
    if effect and state is not State.DONE:
        raise Refused(_("Om det hjälpte går att säga först när åtgärden är klar. Ändra läget, eller lämna frågan tom."), "effect")
    if state != row.state:
        row.closed_on = None if state.is_open else timezone.localdate()
    row.state, row.effect = state, effect
    row.dropped_because = reason if state is State.DROPPED else ""


def _noted(row: Measure) -> None:
    note(state=row.state, **({"effect": row.effect} if row.effect else {}))


def _saved(row: Measure, fields: Sequence[str]) -> Measure:
    row.version += 1
    row.changed_at = timezone.now()
    row.save(update_fields=[*fields, "version", "changed_at"])
    return row

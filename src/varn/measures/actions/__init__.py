"""Planning measures: what the rooms that find gaps call. Acts by noun are the modules beside this one."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from varn.audit.act import Actor, again, note
from varn.audit.actions import action
from varn.measures.models import Measure
from varn.measures.plans import MOST_ROWS, Origin, Planned, tidy
from varn.measures.queries.checking import check_day, check_person, check_texts, checked_duty, people_here
from varn.measures.refusals import RowRefused
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right


@action("measure.plan", right=Right.MEASURE_PLAN)
def plan_measures(actor: Actor, *, origin: Origin, rows: Sequence[Planned]) -> list[Measure]:
    """All or none, in the order of the rows. A row whose id is there already is left as it is, so that the same form
    sent twice plans once. Raises RowRefused, or Refused for too many; IntegrityError for an id that is not ours."""
    if len(rows) > MOST_ROWS:
        raise Refused(_("Högst %(most)s åtgärder kan planeras på en gång. Dela upp dem.") % {"most": MOST_ROWS})
    found = Measure.objects.in_bulk([row.pk for row in rows])
    made = _measures(actor, origin, [row for row in rows if row.pk not in found])
    Measure.objects.bulk_create(made)
    found |= {measure.pk: measure for measure in made}
    measures = [found[row.pk] for row in rows]
    note(origin=origin.kind, n_added=len(made))
    return measures if made else again(measures)


def _measures(actor: Actor, origin: Origin, rows: Sequence[Planned]) -> list[Measure]:
    today = timezone.localdate()
    able = people_here(actor, {row.person for row in rows if row.person}, today=today)
    made = []
    for row in rows:
        try:
            check_person(row.person, able)
            made.append(_measure(actor, origin, row, today))
        except Refused as refusal:
            raise RowRefused(row.pk, refusal.sentence, refusal.field) from None
    return made


def _measure(actor: Actor, origin: Origin, row: Planned, today: date) -> Measure:
    check_texts(row.what, row.why, row.priority)
    check_day(row.due_on, today=today)
    return Measure(
        id=row.pk,
        what=tidy(row.what),
        why=tidy(row.why),
        phase=row.phase or "",
        priority=row.priority,
        due_on=row.due_on,
        person_id=row.person,
        duty_role=checked_duty(row.duty_role, row.person),
        origin_kind=origin.kind,
        origin_id=origin.pk,
        code=row.code,
        edition=row.edition,
        created_on=today,
        created_by_id=actor.actor_id if actor.kind == "member" else None,
    )

"""Acts of a colleague who answers alone: by a link, or as a person here. The trail tells which statement, never the answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.audit.act import note
from varn.audit.actions import action
from varn.organisations.models import CapabilityLink
from varn.organisations.queries.links import live
from varn.organisations.refusals import Refused
from varn.organisations.rights import Guest, Member
from varn.riskguide.assessment.queries.holding import closed_sentence
from varn.riskguide.assessment.statements import by_code, value_in
from varn.riskguide.case import Grade
from varn.riskguide.models import Seat


@dataclass(frozen=True, slots=True)
class Answered:
    """`answers` are all of the seat's own now. `late`: statements that the group had answered together before this came;
    those were not saved."""

    answers: Mapping[str, Grade]
    late: tuple[str, ...]
    edition: str
    step: int


@action("seat.open", right=None)
def open_seat(actor: Guest, link: CapabilityLink) -> Seat:
    """Binds the link to the browser that asks. Raises Refused if another was faster or the seat is gone."""
    used = CapabilityLink.objects.filter(live(timezone.now()), pk=link.pk).update(used_at=timezone.now())
    seat = Seat.objects.filter(pk=link.target_id).first()
    if not used or seat is None:
        raise Refused(_("Länken används redan i en annan webbläsare. Be den som bjöd in dig om en ny."))
    return seat


# As SQL, since every tap asks; the public process may read only these columns. The assessment is read after the seat is
# locked, so that a joint answer that was just set is seen.
_LOCK = """
SELECT person_id, answers FROM riskguide_seat WHERE id = %(seat)s FOR UPDATE;
SELECT asked.edition, asked.step, asked.versions, asked.is_closed FROM riskguide_assessment asked
  JOIN riskguide_seat seat ON seat.assessment_id = asked.id WHERE seat.id = %(seat)s
"""
_SAVE = "UPDATE riskguide_seat SET answers = %s WHERE id = %s"


@action("seat.answer", right=None, refuses_first=True)
def answer(actor: Member | Guest, seat_id: UUID, given: Mapping[str, str]) -> Answered:
    """By statement; "" takes an answer back. Raises Http404 for somebody else's seat, Refused for a closed matter or an
    answer off the scale: then nothing is saved. A guest's seat is the one that their link opens: the page sees to it."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"seat": seat_id})
        seat = cursor.fetchone()
        cursor.nextset()
        asked = cursor.fetchone()
        if seat is None or asked is None or (isinstance(actor, Member) and seat[0] != actor.person_id):
            raise Http404
        edition, step, versions, is_closed = asked
        if is_closed:
            raise Refused(closed_sentence())
        late = tuple(code for code in json.loads(versions) if code in given)
        answers = json.loads(seat[1])
        for code, text in given.items():
            if code not in late:
                _put(answers, code, text, edition, step)
        cursor.execute(_SAVE, [json.dumps(answers), seat_id])
    note(seat=str(seat_id), n_answers=len(given) - len(late), statement=next(iter(given)) if len(given) == 1 else None)
    return Answered(answers, late, edition, step)


def _put(answers: dict[str, Grade], code: str, text: str, edition: str, step: int) -> None:
    statement = by_code(edition).get(code)
    value = value_in(text, statement) if statement and statement.step <= step else None
    if statement is None or (value is None and text):
        raise Refused(_("Svaret finns inte på skalan. Inget sparades. Välj ett av svaren."))
    if value is None:
        answers.pop(code, None)
    else:
        answers[code] = value

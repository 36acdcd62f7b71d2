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
from varn.riskguide.models import Seat


@dataclass(frozen=True, slots=True)
class Answered:
    """`late`: statements that the group had answered together before this came; those were not saved."""

    seat: Seat
    late: tuple[str, ...]


@action("seat.open", right=None)
def open_seat(actor: Guest, link: CapabilityLink) -> Seat:
    """Binds the link to the browser that asks. Raises Refused if another was faster or the seat is gone."""
    used = CapabilityLink.objects.filter(live(timezone.now()), pk=link.pk).update(used_at=timezone.now())
    seat = Seat.objects.filter(pk=link.target_id).first()
    if not used or seat is None:
        raise Refused(_("Länken används redan i en annan webbläsare. Be den som bjöd in dig om en ny."))
    return seat


# As SQL, since every tap asks; the public process may read only these columns.
_SEAT = "SELECT id, organisation_id, assessment_id, person_id, answers FROM riskguide_seat WHERE id = %s FOR UPDATE"
_ASKED = "SELECT edition, step, versions, is_closed FROM riskguide_assessment WHERE id = %s"


@action("seat.answer", right=None)
def answer(actor: Member | Guest, seat_id: UUID, given: Mapping[str, str]) -> Answered:
    """By statement; "" takes an answer back. Raises Http404 for somebody else's seat, Refused for a closed matter or an
    answer off the scale: then nothing is saved."""
    seat = _mine(actor, seat_id)
    edition, step, versions, is_closed = _asked(seat)
    if is_closed:
        raise Refused(closed_sentence())
    late = tuple(code for code in given if code in versions)
    for code, text in given.items():
        if code not in late:
            _put(seat, code, text, edition, step)
    seat.save(update_fields=["answers"])
    note(n_answers=len(given) - len(late), statement=next(iter(given)) if len(given) == 1 else None)
    return Answered(seat, late)


def _mine(actor: Member | Guest, seat_id: UUID) -> Seat:
    """A guest's seat is the one that their link opens, and nobody else's: the page takes it from the link."""
    found = list(Seat.objects.raw(_SEAT, [seat_id]))
    if not found or (isinstance(actor, Member) and found[0].person_id != actor.person_id):
        raise Http404
    return found[0]


def _asked(seat: Seat) -> tuple[str, int, Mapping[str, int], bool]:
    """Read after the seat is locked, so that a joint answer that was just set is seen."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [seat.assessment_id])
        edition, step, versions, is_closed = cursor.fetchone()
    return edition, step, json.loads(versions), is_closed


def _put(seat: Seat, code: str, text: str, edition: str, step: int) -> None:
    statement = by_code(edition).get(code)
    value = value_in(text, statement) if statement and statement.step <= step else None
    if statement is None or (value is None and text):
        raise Refused(_("Svaret finns inte på skalan. Inget sparades. Välj ett av svaren."))
    if value is None:
        seat.answers.pop(code, None)
    else:
        seat.answers[code] = value

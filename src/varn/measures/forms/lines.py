"""Measures as lists, pages, files and paper show them: who answers, who that is today, what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varn.measures.duties import duty_name
from varn.measures.models import Measure
from varn.measures.plans import State, is_overdue
from varn.measures.queries.owners import Known, Owner, owners_of
from varn.organisations.forms.names import name_for
from varn.organisations.rights import Member

SHOWN = 3  # holders of a role who are named


@dataclass(frozen=True, slots=True)
class Line:
    """A measure as a list shows it."""

    measure: Measure
    owner: str
    who_today: str
    is_ownerless: bool
    is_overdue: bool


def lines(actor: Member, measures: Iterable[Measure], *, today: date, known: Known | None = None) -> list[Line]:
    """`known` where the page has asked already."""
    rows = list(measures)
    owners = owners_of(rows, today=today, known=known)
    return [_line(actor, row, owners[row.pk], today) for row in rows]


def _line(actor: Member, row: Measure, owner: Owner, today: date) -> Line:
    is_open = State(row.state).is_open
    return Line(
        row,
        owner_name(actor, row),
        who_today(actor, owner),
        owner.is_missing and is_open and not row.elsewhere,
        is_overdue(State(row.state), row.due_on, today=today) and not row.elsewhere,
    )


def owner_name(actor: Member, row: Measure) -> str:
    """The person or the role that the measure was given to; "" for neither."""
    if row.person is not None:
        return name_for(actor, row.person)
    name = duty_name(row.duty_role)
    return name.in_language(get_language() or "sv") if name else row.duty_role


def who_today(actor: Member, owner: Owner) -> str:
    """Who it is today, where a role has it, or that its person has left."""
    if owner.has_left:
        return _("har slutat")
    if not owner.duty_role:
        return ""
    if not owner.people:
        return _("ingen i Värn har rollen")
    names = [name_for(actor, person) for person in owner.people]
    if len(names) > SHOWN:
        return _("%(names)s och %(n)s till") % {"names": ", ".join(names[:SHOWN]), "n": len(names) - SHOWN}
    return ", ".join(names)


def headings() -> tuple[str, ...]:
    return (
        _("Id"),
        _("Åtgärd"),
        _("Varför"),
        _("Ursprung"),
        _("Ansvarig"),
        _("Prioritet"),
        _("Skede"),
        _("Klart senast"),
        _("Läge"),
        _("Avslutad"),
        _("Hjälpte det?"),
        _("Anteckning"),
        _("Följs upp i"),
    )


def cells(line: Line) -> tuple[str, ...]:
    row = line.measure
    owner = f"{line.owner} ({line.who_today})" if line.who_today else line.owner
    return (
        str(row.pk),
        row.what,
        row.why,
        row.get_origin_kind_display(),
        owner,
        str(row.priority),
        row.get_phase_display(),
        row.due_on.isoformat() if row.due_on else "",
        row.get_state_display(),
        row.closed_on.isoformat() if row.closed_on else "",
        row.get_effect_display(),
        row.note or row.dropped_because,
        row.elsewhere,
    )

"""The plan as paper says it: what fills plan.typ, in the language of whoever asked."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varn.measures.duties import duty_name
from varn.measures.forms.lines import Line, lines
from varn.measures.forms.lists import STATES
from varn.measures.models import Measure
from varn.measures.queries import measures_for
from varn.measures.queries.lists import NOBODY, Wanted, narrowed
from varn.organisations.models import Organisation
from varn.organisations.rights import Member

TEMPLATE = "measures/templates/measures/plan.typ"


def content_of(actor: Member, organisation: Organisation, wanted: Wanted, *, language: str, today: date) -> dict[str, Any]:
    """Within the organisation. The narrowing is said in words: a list that leaves things out must say so."""
    rows = lines(actor, narrowed(measures_for(actor), wanted, today=today), today=today)
    said = _narrowing(wanted, language)
    name = _("Handlingsplan, %(organisation)s") % {"organisation": organisation.name}
    return {
        "title": f"{name}: {wanted.words}" if wanted.words else name,
        "heading": name,
        "organisation": organisation.name,
        "language": language,
        "foot": _("Utskrift ur Värn %(day)s") % {"day": today.isoformat()},
        "page_word": _("Sida"),
        "narrowed": said,
        "empty": _("Ingen åtgärd passar"),
        "summary_heading": _("I korthet"),
        "summary": _summary(rows),
        "table_heading": _("Åtgärderna"),
        "headings": [_("Åtgärd"), _("Ansvarig"), _("Klart senast"), _("Läge"), _("Uppföljning")],
        "rows": [_row(line) for line in rows],
    }


def _narrowing(wanted: Wanted, language: str) -> str:
    parts = [str(dict(STATES).get(wanted.state, ""))]
    if wanted.words:
        parts.append(_("med orden ”%(words)s”") % {"words": wanted.words})
    if wanted.origin:
        parts.append(str(dict(Measure.Origin.choices).get(wanted.origin, wanted.origin)))
    if wanted.responsible == NOBODY:
        parts.append(_("utan ansvarig"))
    elif wanted.responsible:
        duty = duty_name(wanted.responsible)
        parts.append(duty.in_language(language) if duty else _("en ansvarig"))
    return _("Visar: %(what)s") % {"what": ", ".join(part for part in parts if part)}


def _summary(rows: list[Line]) -> list[str]:
    n_late, n_ownerless = sum(line.is_overdue for line in rows), sum(line.is_ownerless for line in rows)
    said = [ngettext("%(n)s åtgärd", "%(n)s åtgärder", len(rows)) % {"n": len(rows)}]
    for state, label in Measure.State.choices:
        if n := sum(line.measure.state == state for line in rows):
            said.append(f"{label}: {n}")
    said.append(ngettext("%(n)s försenad", "%(n)s försenade", n_late) % {"n": n_late})
    said.append(ngettext("%(n)s utan ansvarig", "%(n)s utan ansvarig", n_ownerless) % {"n": n_ownerless})
    return said


def _row(line: Line) -> dict[str, str]:
    row = line.measure
    note = [str(row.get_effect_display()), row.note, row.dropped_because, row.elsewhere]
    return {
        "what": row.what,
        "why": row.why,
        "id": str(row.pk),
        "owner": line.owner or "–",
        "who": _("utan ansvarig") if line.is_ownerless and not line.who_today else line.who_today,
        "due": row.due_on.isoformat() if row.due_on else "–",
        "late": _("försenad") if line.is_overdue else "",
        "state": str(row.get_state_display()),
        "note": " – ".join(part for part in note if part),
    }

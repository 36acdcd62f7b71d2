"""What the room's pages share: addresses, the way back, measures as rows, the warning about names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varn.measures.duties import duty_name
from varn.measures.models import Measure
from varn.measures.origins import PAGES
from varn.measures.plans import State, is_overdue
from varn.measures.queries.owners import Owner, owners_of
from varn.organisations.forms.names import name_for
from varn.organisations.middleware import MemberRequest
from varn.organisations.naming import warning
from varn.organisations.queries.naming import pointed_out
from varn.organisations.rights import Member, Right
from varn.organisations.views.pages import Crumb

SHOWN = 3  # holders of a role who are named


@dataclass(frozen=True, slots=True)
class Line:
    """A measure as a list shows it."""

    measure: Measure
    owner: str
    who_today: str
    is_ownerless: bool
    is_overdue: bool


def to(request: MemberRequest, name: str, *args: object) -> str:
    """The address of a page of this room."""
    return reverse(f"measures:{name}", args=[request.organisation.slug, *args])


def crumbs(request: MemberRequest, *more: Crumb) -> list[Crumb]:
    """The plan for those who see it, else one's own."""
    if request.member.may(Right.MEASURE_READ):
        return [(_("Handlingsplanen"), to(request, "plan")), *more]
    return [(_("Mina åtgärder"), to(request, "mine")), *more]


def lines(actor: Member, measures: Iterable[Measure], *, today: date) -> list[Line]:
    rows = list(measures)
    owners = owners_of(rows, today=today)
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


def origin_url(request: MemberRequest, row: Measure) -> str:
    """The page of what the measure came from; "" where there is none, or not for this reader."""
    page = PAGES.get(row.origin.kind)
    if page is None or row.origin_id is None or not request.member.may(page.right):
        return ""
    try:
        return reverse(page.url_name, args=[request.organisation.slug, row.origin_id])
    except NoReverseMatch:
        return ""


def warn_of_names(request: MemberRequest, *texts: str) -> None:
    """Says what in the saved texts seems to point somebody out."""
    seen = pointed_out(request.member, texts, today=timezone.localdate())
    if sentence := warning(seen, get_language() or "sv"):
        messages.warning(request, sentence)

"""What the room's pages share: addresses, the way back, measures as rows, the warning about names."""

from django.contrib import messages
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varn.measures.models import Measure
from varn.measures.origins import PAGES
from varn.organisations.middleware import MemberRequest
from varn.organisations.naming import warning
from varn.organisations.queries.naming import pointed_out
from varn.organisations.rights import Right
from varn.organisations.views.pages import Crumb


def to(request: MemberRequest, name: str, *args: object) -> str:
    """The address of a page of this room."""
    return reverse(f"measures:{name}", args=[request.organisation.slug, *args])


def crumbs(request: MemberRequest, *more: Crumb) -> list[Crumb]:
    """The plan for those who see it, else one's own."""
    if request.member.may(Right.MEASURE_READ):
        return [(_("Handlingsplanen"), to(request, "plan")), *more]
    return [(_("Mina åtgärder"), to(request, "mine")), *more]


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

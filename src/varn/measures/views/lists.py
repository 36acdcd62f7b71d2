"""Mine, the whole organisation's plan, what we promised and whether it helped, and the plan as a spreadsheet."""

from typing import Any
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from varn.measures.actions.exports import export_plan
from varn.measures.forms.lines import cells, headings, lines
from varn.measures.forms.lists import PlanFilterForm
from varn.measures.models import Measure
from varn.measures.queries import measures_for, own_measures
from varn.measures.queries.lists import Wanted, done_measures, narrowed, promised, without_owner
from varn.measures.queries.owners import Known, known_of_plan
from varn.organisations.forms.names import name_for
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.tenancy.access import needs
from varn.ui.sheets import xlsx_of

PER_PAGE = 25
RECENT = 10  # of one's own that are done
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (38, 50, 50, 18, 30, 14, 18, 12, 12, 12, 18, 50, 30)


@require_safe
@needs(Right.MEASURE_FOLLOW)
def mine(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    own = own_measures(request.member)
    still = narrowed(own, Wanted(), today=today)
    content = {
        "page": (page := Paginator(still, PER_PAGE).get_page(request.GET.get("sida"))),
        "rows": lines(request.member, page, today=today),
        "recent": lines(request.member, own.filter(closed_on__isnull=False).order_by("-closed_on", "pk")[:RECENT], today=today),
        "may_read": request.member.may(Right.MEASURE_READ),
        "may_plan": request.member.may(Right.MEASURE_PLAN),
    }
    return render(request, "measures/mine.html", content)


def filter_form(request: MemberRequest, known: Known) -> PlanFilterForm:
    people = [(str(person.pk), name_for(request.member, person)) for person in known.people]
    return PlanFilterForm(request.GET, people=people, duties=known.held)


@require_safe
@needs(Right.MEASURE_READ)
def plan(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    known = known_of_plan(measures_for(request.member), today=today)
    form = filter_form(request, known)
    wanted = form.wanted()
    everything = measures_for(request.member)
    found = narrowed(everything, wanted, today=today, known=known)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    content = {
        "filter": form,
        "page": page,
        "rows": lines(request.member, page, today=today, known=known),
        "query": kept(request),
        "is_narrowed": wanted.is_narrowed,
        "n_ownerless": everything.filter(without_owner(known)).count(),
        "may_plan": request.member.may(Right.MEASURE_PLAN),
        "row_id": uuid4(),
    }
    return render(request, "measures/plan.html", content)


def row_id_in(request: HttpRequest) -> UUID:
    """The id that the page's form gave the row it makes; a new one where it cannot be read."""
    try:
        return UUID(request.POST.get("row_id", ""))
    except ValueError:
        return uuid4()


def kept(request: HttpRequest) -> str:
    """The filter as it stands in the address, without the page."""
    query = request.GET.copy()
    query.pop("sida", None)
    return query.urlencode()


@require_safe
@needs(Right.MEASURE_READ)
def promises(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    everything = measures_for(request.member)
    chosen = request.GET.get("effekt", "")
    page = Paginator(done_measures(everything, chosen), PER_PAGE).get_page(request.GET.get("sida"))
    whole, *by_origin = promised(everything, today=today)
    content = {
        "whole": whole,
        "by_origin": [(Measure.Origin(row.origin).label, row) for row in by_origin],
        "effects": [("", _("Alla som är klara"), whole.done), *_effects(whole)],
        "chosen": chosen,
        "page": page,
        "rows": lines(request.member, page, today=today),
        "query": kept(request),
    }
    return render(request, "measures/promises.html", content)


def _effects(whole: Any) -> list[tuple[str, str, int]]:
    """Value, words and how many, for each answer to whether it helped."""
    said = [(effect.value, str(effect.label), getattr(whole, effect.value)) for effect in Measure.Effect]
    return [*said, ("unsaid", pgettext("åtgärd", "Ingen har sagt"), whole.unsaid)]


@require_POST
@needs(Right.MEASURE_READ)
def export(request: MemberRequest) -> HttpResponse:
    """What the plan's filter gives, as a spreadsheet; the first column is the id that stays."""
    today = timezone.localdate()
    known = known_of_plan(measures_for(request.member), today=today)
    measures = narrowed(measures_for(request.member), filter_form(request, known).wanted(), today=today, known=known)
    taken = export_plan(request.member, measures)
    rows = [cells(line) for line in lines(request.member, taken, today=today, known=known)]
    book = xlsx_of(_("Handlingsplan"), headings(), rows, widths=WIDTHS)
    headers = {"Content-Disposition": f'attachment; filename="handlingsplan-{today.isoformat()}.xlsx"'}
    return HttpResponse(book, content_type=XLSX, headers=headers)

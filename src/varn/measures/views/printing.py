"""The plan on paper: asked for, made by a job while its page shows how far it is, read as PDF."""

from uuid import UUID, uuid4

from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from varn.measures.actions.printing import ask_printing
from varn.measures.models import Printing
from varn.measures.queries import measures_for
from varn.measures.queries.owners import known_of_plan
from varn.measures.queries.printing import printing_for
from varn.measures.views.lists import filter_form, row_id_in
from varn.measures.views.pages import crumbs, to
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.tenancy.access import needs
from varn.ui.parts import is_part

STEPS = {Printing.State.WAITING: 0, Printing.State.WORKING: 1, Printing.State.READY: 2, Printing.State.FAILED: 2}


@require_POST
@needs(Right.MEASURE_READ)
def print_plan(request: MemberRequest) -> HttpResponse:
    """What the plan's filter gives; the filter stays in the address."""
    known = known_of_plan(measures_for(request.member), today=timezone.localdate())
    wanted, is_english = filter_form(request, known).wanted(), get_language() == "en"
    try:
        row = ask_printing(request.member, row_id=row_id_in(request), wanted=wanted, is_english=is_english)
    except IntegrityError:  # an id that is another organisation's: whoever made it up learns nothing
        row = ask_printing(request.member, row_id=uuid4(), wanted=wanted, is_english=is_english)
    return redirect(to(request, "printing", row.pk))


@require_safe
@needs(Right.MEASURE_READ)
def printing(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = printing_for(request.member, pk)
    content = {"printing": row, "step": STEPS[Printing.State(row.state)], "crumbs": crumbs(request)}
    return render(request, "measures/_printing.html" if is_part(request) else "measures/printing.html", content)


@require_safe
@needs(Right.MEASURE_READ)
def printing_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = printing_for(request.member, pk)
    if row.state != Printing.State.READY or row.pdf is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="handlingsplan-{row.asked_at:%Y-%m-%d}.pdf"'}
    return HttpResponse(bytes(row.pdf), content_type="application/pdf", headers=headers)

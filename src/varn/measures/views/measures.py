"""One measure: read, new, change, follow up, followed up elsewhere."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.measures.actions import measures as acts
from varn.measures.forms.lines import lines
from varn.measures.forms.measures import ElsewhereForm, FollowForm, PlanForm, plan_form
from varn.measures.models import Measure
from varn.measures.queries import is_own, measure_for
from varn.measures.queries.history import history_of
from varn.measures.queries.owners import choosable
from varn.measures.views.pages import crumbs, origin_url, to, warn_of_names
from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.queries.people import is_hidden_from
from varn.organisations.rights import Right
from varn.organisations.views.pages import done, form_page
from varn.tenancy.access import needs


@require_safe
@needs(Right.MEASURE_FOLLOW)
def measure(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = measure_for(request.member, pk)
    may_plan = request.member.may(Right.MEASURE_PLAN)
    content = {
        "line": lines(request.member, [row], today=timezone.localdate())[0],
        "measure": row,
        "history": history_of(request.member, row),
        "origin_url": origin_url(request, row),
        "may_plan": may_plan,
        "may_follow": may_plan or is_own(request.member, row),
        "crumbs": crumbs(request),
    }
    return render(request, "measures/measure.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MEASURE_PLAN)
def new(request: MemberRequest) -> HttpResponse:
    form = _plan_form(request)
    if row := saved(form, lambda: acts.create_measure(request.member, **form.cleaned_data)):
        warn_of_names(request, row.what, row.why)
        return done(request, _("Åtgärden står i planen."), to(request, "measure", row.pk))
    return form_page(
        request,
        form,
        title=_("Vad ska göras?"),
        submit=_("Lägg i planen"),
        back=to(request, "plan"),
        crumbs=crumbs(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MEASURE_PLAN)
def change(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = measure_for(request.member, pk)
    what, back = row.what, to(request, "measure", row.pk)
    form = _plan_form(request, row)
    if changed := saved(form, lambda: acts.edit_measure(request.member, row, **form.cleaned_data)):
        warn_of_names(request, changed.what, changed.why)
        return done(request, _("Åtgärden är ändrad."), back)
    return form_page(request, form, title=_("Ändra åtgärden"), back=back, crumbs=crumbs(request, (what, back)))


def _plan_form(request: MemberRequest, row: Measure | None = None) -> PlanForm:
    named = [row.person_id] if row and row.person_id else []
    more: dict[str, Any] = {"instance": row} if row else {}
    return plan_form(
        request.POST or None,
        people=choosable(request.member, today=timezone.localdate(), named=named),
        is_hidden=partial(is_hidden_from, request.member),
        **more,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MEASURE_FOLLOW)
def follow_up(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = measure_for(request.member, pk)
    if not request.member.may(Right.MEASURE_PLAN) and not is_own(request.member, row):
        raise Http404  # management reads
    what, back = row.what, to(request, "measure", row.pk)
    form = FollowForm(request.POST or None, instance=row)
    if followed := saved(form, lambda: acts.follow_up_measure(request.member, row, **form.cleaned_data)):
        warn_of_names(request, followed.note, followed.dropped_because)
        return done(request, _("Uppföljningen är sparad."), back)
    return form_page(request, form, title=_("Hur går det?"), intro=what, back=back, crumbs=crumbs(request, (what, back)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MEASURE_PLAN)
def elsewhere(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = measure_for(request.member, pk)
    what, back = row.what, to(request, "measure", row.pk)
    form = ElsewhereForm(request.POST or None, instance=row)
    if marked := saved(form, lambda: acts.mark_elsewhere(request.member, row, **form.cleaned_data)):
        sentence = _("Åtgärden visas nu bara här.") if marked.elsewhere else _("Åtgärden följs upp här igen.")
        return done(request, sentence, back)
    title = _("Följs den upp i ett annat system?")
    return form_page(request, form, title=title, intro=what, back=back, crumbs=crumbs(request, (what, back)))

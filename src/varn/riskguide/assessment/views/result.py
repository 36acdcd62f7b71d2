"""What an assessment came to, in words, with the picture of its two dimensions and the answers behind it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from varn.catalogues.riskguide import guide
from varn.measures.plans import Origin, OriginKind
from varn.measures.queries import measures_of
from varn.organisations.middleware import MemberRequest
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right
from varn.riskguide.assessment.actions import running
from varn.riskguide.assessment.chart import chart
from varn.riskguide.assessment.queries import groups, matters
from varn.riskguide.assessment.statements import n_settled, statements
from varn.riskguide.assessment.told import told
from varn.riskguide.assessment.views.pages import done, language, option_text, pointing, refused, to, typed_text
from varn.riskguide.models import Assessment
from varn.tenancy.access import needs

NOTE_LENGTH = 1000


@require_safe
@needs(Right.MATTER_READ)
def assessment(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = matters.assessment_for(request.member, pk)
    return render(request, "riskguide/assessment.html", result_context(request, found))


def result_context(request: MemberRequest, found: Assessment) -> dict[str, Any]:
    """What the page, and the record printed from it, show."""
    past = matters.past_of(found.matter)
    figures = matters.levels_of(found)
    return {
        "assessment": found,
        "matter": found.matter,
        "told": None if found.figures else told(matters.stored(found), language()),
        "figures": figures,
        "past": past,
        "chart": chart([one.figures for one in past if one.assessment.edition == found.edition], guide(found.edition)),
        "has_chart": figures.stage is not None and figures.complexity_sum is not None,
        "answered": answered(found),
        "n_settled": n_settled(found.joint, found.step),
        "n_asked": groups.n_asked(found),
        "may_run": request.member.may(Right.MATTER_SORT) and not found.is_closed,
        "may_report": request.member.may(Right.MATTER_SORT),
        "seat": groups.own_seat_in(request.member, found),
        "closing": matters.closing_of(found.matter),
        "may_plan": request.member.may(Right.MEASURE_PLAN),
        "measures": list(measures_of(request.member, Origin(OriginKind.RISK_ASSESSMENT, found.pk))),
        "source": guide(found.edition).meta.source_note.in_language(language()),
    }


def answered(found: Assessment) -> list[tuple[int, list[tuple[str, str]]]]:
    """By step, each statement with its joint answer."""
    rows = []
    for step in (2, 3):
        texts = [
            (one.text.in_language(language()), option_text(one, found.joint[one.code]))
            for one in statements(step, found.edition)
            if one.code in found.joint
        ]
        if texts:
            rows.append((step, texts))
    return rows


@require_POST
@needs(Right.MATTER_SORT)
def note(request: MemberRequest, pk: UUID) -> HttpResponse:
    found = matters.assessment_for(request.member, pk)
    text, seen = typed_text(request.POST.get("note", "")), typed_text(request.POST.get("seen", ""))
    url = f"{to(request, 'assessment', pk)}#note"
    if len(text) > NOTE_LENGTH:
        context = result_context(request, found) | {
            "typed": text,
            "has_errors": True,
            "errors": [_("Anteckningen är för lång. Korta den till högst %(most)s tecken.") % {"most": NOTE_LENGTH}],
        }
        return render(request, "riskguide/assessment.html", context, status=422)
    try:
        running.write_note(request.member, found, text=text, seen=seen)
    except Refused as refusal:
        context = result_context(request, matters.assessment_for(request.member, pk))
        context |= {"typed": text, "has_errors": True, "errors": [refusal.sentence]}
        return render(request, "riskguide/assessment.html", context, status=409)
    if said := pointing(request, text):
        return refused(request, said, url)
    return done(request, _("Anteckningen är sparad."), url)

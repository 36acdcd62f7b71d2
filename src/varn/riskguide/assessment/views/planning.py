"""Measures from the result: what the guide proposes and why; chosen, changed and given to somebody in one go."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from varn.measures.actions import plan_measures
from varn.measures.duties import assignable
from varn.measures.plans import Origin, OriginKind, Phase
from varn.measures.queries import measures_of
from varn.measures.queries.owners import choosable
from varn.measures.refusals import RowRefused
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import Person
from varn.organisations.refusals import Refused
from varn.organisations.rights import Member, Right
from varn.riskguide.assessment.queries import matters
from varn.riskguide.assessment.views.offers import Offer, offers_of, planned_row, typed
from varn.riskguide.assessment.views.pages import done, language, pointing, to
from varn.riskguide.models import Assessment
from varn.tenancy.access import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MEASURE_PLAN)
def plan(request: MemberRequest, pk: UUID) -> HttpResponse:
    assessment = matters.assessment_for(request.member, pk)
    if assessment.figures:  # cleared: nothing is left to propose from
        return redirect(to(request, "assessment", pk))
    origin = Origin(OriginKind.RISK_ASSESSMENT, assessment.pk)
    offers = list(offers_of(request.member, assessment, set(measures_of(request.member, origin).values_list("pk", flat=True))))
    if request.method == "POST":
        return _planned(request, assessment, origin, offers)
    return _page(request, assessment, offers)


def _planned(request: MemberRequest, assessment: Assessment, origin: Origin, offers: list[Offer]) -> HttpResponse:
    people = _people(request.member)
    sent = [offer if offer.is_planned else typed(offer, request.POST, people) for offer in offers]
    wanted = [offer for offer in sent if offer.is_wanted and not offer.is_planned]
    if not wanted:
        if any(f"want-{offer.key}" in request.POST for offer in offers):  # sent twice: planned by the first
            return redirect(to(request, "assessment", assessment.pk))
        return _page(request, assessment, sent, problem=_("Välj minst en åtgärd."))
    if n_bad := sum(bool(offer.problem) for offer in sent):
        return _page(request, assessment, sent, problem=_bad(n_bad))
    try:
        rows = [planned_row(offer, assessment.edition, people) for offer in wanted]
        plan_measures(request.member, origin=origin, rows=rows)
    except RowRefused as refusal:
        marked = [replace(one, problem=refusal.sentence) if one.key == str(refusal.pk) else one for one in sent]
        return _page(request, assessment, marked, problem=_bad(1))
    except Refused as refusal:
        return _page(request, assessment, sent, problem=refusal.sentence)
    return _done(request, assessment, wanted)


def _done(request: MemberRequest, assessment: Assessment, wanted: list[Offer]) -> HttpResponse:
    said = ngettext("%(n)s åtgärd är planerad.", "%(n)s åtgärder är planerade.", len(wanted)) % {"n": len(wanted)}
    if seen := pointing(request, *(text for one in wanted for text in (one.what, one.why))):
        said = f"{said} {seen}"
    return done(request, said, to(request, "assessment", assessment.pk))


def _bad(n: int) -> str:
    said = ngettext(
        "%(n)s åtgärd behöver rättas. Inget är sparat än.",
        "%(n)s åtgärder behöver rättas. Inget är sparat än.",
        n,
    )
    return said % {"n": n}


def _page(request: MemberRequest, assessment: Assessment, offers: list[Offer], *, problem: str = "") -> HttpResponse:
    first = [one for one in offers if one.priority == 1]
    rest = [one for one in offers if one.priority != 1]
    context: dict[str, Any] = {
        "assessment": assessment,
        "groups": [(phase.value, group) for phase in Phase if (group := [one for one in first if one.phase == phase])],
        "rest": rest,
        "is_rest_open": any(one.problem for one in rest),
        "duties": [(code, name.in_language(language())) for code, name in assignable()],
        "people": list(_people(request.member)),
        "today": timezone.localdate().isoformat(),
        "errors": [problem] if problem else [],
        "has_errors": bool(problem),
    }
    return render(request, "riskguide/plan.html", context, status=422 if problem else 200)


def _people(actor: Member) -> Mapping[str, Person]:
    """By name, with a number after the second of the same name; protected ones are chosen in the action plan instead."""
    found: dict[str, Person] = {}
    for person in choosable(actor, today=timezone.localdate()):
        if person.is_protected:
            continue
        name, n = str(person), 2
        while name in found:
            name, n = f"{person} ({n})", n + 1
        found[name] = person
    return found

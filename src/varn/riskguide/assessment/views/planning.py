"""Measures from the result: what the guide proposes and why; chosen, changed and given to somebody in one go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from varn.catalogues.riskguide import guide
from varn.catalogues.roles import role
from varn.measures.actions import plan_measures
from varn.measures.duties import assignable
from varn.measures.plans import Origin, OriginKind, Phase, Planned
from varn.measures.queries import measures_of
from varn.measures.refusals import RowRefused
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import Person
from varn.organisations.queries.people import candidates
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right
from varn.riskguide.assessment.queries import matters
from varn.riskguide.assessment.views.pages import done, language, pointing, to
from varn.riskguide.forms.rows import id_in
from varn.riskguide.models import Assessment
from varn.riskguide.result import Proposal
from varn.riskguide.wording import measure_reason
from varn.tenancy.access import needs


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposed measure as the page holds it. `owner` is `d:` and a duty role or `p:` and a person, "" for nobody yet."""

    key: str
    code: str
    what: str
    why: str
    how: str
    phase: str
    priority: int
    due_on: str
    owner: str
    is_wanted: bool
    is_precaution: bool
    is_planned: bool = False
    problem: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MEASURE_PLAN)
def plan(request: MemberRequest, pk: UUID) -> HttpResponse:
    assessment = matters.assessment_for(request.member, pk)
    if assessment.figures:  # cleared: nothing is left to propose from
        return redirect(to(request, "assessment", pk))
    offers = list(_offers(request, assessment))
    if request.method != "POST":
        return _page(request, assessment, offers)
    offers = [offer if offer.is_planned else _typed(offer, request.POST) for offer in offers]
    wanted = [offer for offer in offers if offer.is_wanted and not offer.is_planned]
    if not wanted and any(f"want-{offer.key}" in request.POST for offer in offers):  # sent twice: planned by the first
        return redirect(to(request, "assessment", pk))
    if not wanted:
        return _page(request, assessment, offers, problem=_("Välj minst en åtgärd."))
    if problems := {offer.key: said for offer in wanted if (said := _fault(offer))}:
        return _page(request, assessment, _marked(offers, problems), problem=_bad(problems))
    try:
        plan_measures(request.member, origin=_origin(assessment), rows=[_planned(one, assessment) for one in wanted])
    except RowRefused as refusal:
        problems = {str(refusal.pk): refusal.sentence}
        return _page(request, assessment, _marked(offers, problems), problem=_bad(problems))
    except Refused as refusal:
        return _page(request, assessment, offers, problem=refusal.sentence)
    return _planned_page(request, assessment, wanted)


def _planned_page(request: MemberRequest, assessment: Assessment, wanted: list[Offer]) -> HttpResponse:
    said = ngettext("%(n)s åtgärd är planerad.", "%(n)s åtgärder är planerade.", len(wanted)) % {"n": len(wanted)}
    texts = [text for one in wanted for text in (one.what, one.why)]
    if seen := pointing(request, *texts):
        said = f"{said} {seen}"
    return done(request, said, to(request, "assessment", assessment.pk))


def _marked(offers: list[Offer], problems: Mapping[str, str]) -> list[Offer]:
    return [replace(one, problem=problems.get(one.key, "")) for one in offers]


def _bad(problems: Mapping[str, str]) -> str:
    said = ngettext(
        "%(n)s åtgärd behöver rättas. Inget är sparat än.",
        "%(n)s åtgärder behöver rättas. Inget är sparat än.",
        len(problems),
    )
    return said % {"n": len(problems)}


def _origin(assessment: Assessment) -> Origin:
    return Origin(OriginKind.RISK_ASSESSMENT, assessment.pk)


def _offers(request: MemberRequest, assessment: Assessment) -> Iterator[Offer]:
    today = timezone.localdate()
    meets_on = matters.next_meeting(assessment.matter, today=today)
    planned = set(measures_of(request.member, _origin(assessment)).values_list("pk", flat=True))
    for proposal in matters.computed(assessment).proposals:
        key = uuid5(assessment.pk, proposal.measure.id)  # the same form sent twice plans once
        yield _offer(proposal, assessment, key, _due(proposal.measure.due_days, meets_on, today), is_planned=key in planned)


def _offer(proposal: Proposal, assessment: Assessment, key: UUID, due_on: date | None, *, is_planned: bool) -> Offer:
    measure, edition = proposal.measure, guide(assessment.edition)
    return Offer(
        key=str(key),
        code=measure.id,
        what=measure.text.in_language(language()),
        why=measure_reason(proposal, edition, language()),
        how=measure.how.in_language(language()),
        phase=measure.phase.value,
        priority=measure.priority,
        due_on=due_on.isoformat() if due_on else "",
        owner=f"d:{_duty(measure.role)}",
        is_wanted=measure.priority == 1 and not proposal.precaution,
        is_precaution=proposal.precaution,
        is_planned=is_planned,
    )


def _duty(code: str) -> str:
    """The duty role's own id; a measure may say an alias, and one that can rest on nobody gives none."""
    found = role(code)
    return found.id if found.named else ""


def _due(days: int, meets_on: date | None, today: date) -> date | None:
    """Days before the meeting are counted from it, the others from today; a day that has passed is today."""
    if days >= 0:
        return today + timedelta(days=days)
    return max(meets_on + timedelta(days=days), today) if meets_on else None


def _typed(offer: Offer, sent: Mapping[str, str]) -> Offer:
    return replace(
        offer,
        what=str(sent.get(f"what-{offer.key}", offer.what)).strip(),
        why=str(sent.get(f"why-{offer.key}", offer.why)).strip(),
        due_on=str(sent.get(f"due-{offer.key}", "")).strip(),
        owner=str(sent.get(f"owner-{offer.key}", "")),
        is_wanted=f"want-{offer.key}" in sent,
    )


def _fault(offer: Offer) -> str:
    if offer.due_on and _day(offer.due_on) is None:
        return _("Skriv dagen som år-månad-dag, till exempel 2026-12-09.")
    return ""


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _planned(offer: Offer, assessment: Assessment) -> Planned:
    kind, _colon, who = offer.owner.partition(":")
    return Planned(
        pk=UUID(offer.key),
        what=offer.what,
        why=offer.why,
        phase=Phase(offer.phase),
        priority=offer.priority,
        due_on=_day(offer.due_on) if offer.due_on else None,
        person=id_in(who) if kind == "p" else None,
        duty_role=who if kind == "d" and who else None,
        code=offer.code,
        edition=assessment.edition,
    )


def _page(request: MemberRequest, assessment: Assessment, offers: list[Offer], *, problem: str = "") -> HttpResponse:
    first = [one for one in offers if one.priority == 1]
    rest = [one for one in offers if one.priority != 1]
    context: dict[str, Any] = {
        "assessment": assessment,
        "groups": [(phase.value, group) for phase in Phase if (group := [one for one in first if one.phase == phase])],
        "rest": rest,
        "is_rest_open": any(one.problem for one in rest),
        "duties": [(f"d:{code}", name.in_language(language())) for code, name in assignable()],
        "people": [(f"p:{person.pk}", str(person)) for person in _people()],
        "today": timezone.localdate().isoformat(),
        "errors": [problem] if problem else [],
        "has_errors": bool(problem),
    }
    return render(request, "riskguide/plan.html", context, status=422 if problem else 200)


def _people() -> list[Person]:
    return [person for person in candidates(today=timezone.localdate()) if not person.is_protected]

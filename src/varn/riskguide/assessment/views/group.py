"""The group's page: how the independent answers fell, statement by statement, and what the group says together."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varn.catalogues.riskguide import guide
from varn.organisations.middleware import MemberRequest
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right
from varn.riskguide.assessment.actions import running
from varn.riskguide.assessment.actions.running import SettledMeanwhile, Wanted
from varn.riskguide.assessment.queries import groups, matters
from varn.riskguide.assessment.queries.people import who_is
from varn.riskguide.assessment.sofar import so_far
from varn.riskguide.assessment.statements import STEPS, by_code, n_settled, statements
from varn.riskguide.assessment.views.choices import Question, group_question, group_questions, key_of
from varn.riskguide.assessment.views.pages import done, language, option_text, refused, to
from varn.riskguide.forms.rows import number_in
from varn.riskguide.models import Assessment
from varn.tenancy.access import needs
from varn.ui.parts import is_part


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MATTER_READ)
def joint(request: MemberRequest, pk: UUID, step: int) -> HttpResponse:
    """A POST sets one joint answer: `set` is statement:answer:version. A part on GET: only what changed since `s`."""
    if request.method == "POST":
        return _set(request, pk, step)
    assessment = _at(request, pk, step)
    if is_part(request):
        return JsonResponse(_changed(request, assessment, step))
    return _page(request, assessment, step)


def _at(request: MemberRequest, pk: UUID, step: int) -> Assessment:
    assessment = matters.assessment_for(request.member, pk)
    if step not in STEPS or step > assessment.step or assessment.figures:
        raise Http404
    return assessment


def _set(request: MemberRequest, pk: UUID, step: int) -> HttpResponse:
    code, _colon, rest = str(request.POST.get("set", "")).partition(":")
    value, _colon, version = rest.partition(":")
    shown = number_in(version)
    try:
        assessment = running.settle(request.member, pk, Wanted(code, value, -1 if shown is None else shown))
    except SettledMeanwhile as changed:
        return _clashed(request, changed, step)
    except Refused as refusal:
        if is_part(request):
            return JsonResponse({"said": refusal.sentence}, status=422)
        return _page(request, _at(request, pk, step), step, problem=refusal.sentence)
    statement = by_code(assessment.edition)[code]
    if not is_part(request):
        return redirect(f"{to(request, 'joint', pk, statement.step)}#{key_of(statement)}")
    question = group_question(groups.asked_one(assessment, statement), _before(assessment, statement.code))
    said = _("Sparat: %(n)s, %(answer)s.") % {"n": statement.n, "answer": option_text(statement, assessment.joint[code])}
    return JsonResponse({**_parts(request, assessment, step, [question]), "said": said})


def _clashed(request: MemberRequest, changed: SettledMeanwhile, step: int) -> HttpResponse:
    assessment, statement = changed.assessment, changed.statement
    words = {
        "who": who_is(request.member, assessment.signed.get(statement.code)),
        "answer": option_text(statement, assessment.joint[statement.code]),
    }
    said = _("%(who)s satte nyss ”%(answer)s”. Välj på nytt om ni vill ändra det.") % words
    question = group_question(groups.asked_one(assessment, statement), _before(assessment, statement.code), clash=said)
    if is_part(request):
        return JsonResponse({**_parts(request, assessment, step, [question]), "said": said}, status=409)
    return _page(request, _at(request, assessment.pk, step), step, clash=question)


def _before(assessment: Assessment, code: str) -> Any:
    """The statement above, for the heading of its part."""
    asked = statements(int(code[4]), assessment.edition)
    at = next(n for n, one in enumerate(asked) if one.code == code)
    return asked[at - 1] if at else None


def _changed(request: MemberRequest, assessment: Assessment, step: int) -> dict[str, Any]:
    """What the page must put in place: all of it when the answers were shown meanwhile, else the statements that differ."""
    if request.GET.get("state") != state_of(assessment, step):
        return {"group": render_to_string("riskguide/_group.html", _context(request, assessment, step), request)}
    if state_of(assessment, step) == "alone":
        return {"seats": render_to_string("riskguide/_answering.html", _context(request, assessment, step), request)}
    shown = request.GET.get("s", "").split(",")
    questions = list(group_questions(groups.asked(assessment, step)))
    known = dict(enumerate(shown))
    return _parts(request, assessment, step, [one for at, one in enumerate(questions) if known.get(at) != one.stamp])


def _parts(request: MemberRequest, assessment: Assessment, step: int, questions: list[Question]) -> dict[str, Any]:
    context = {"may_set": request.member.may(Right.MATTER_SORT) and not assessment.is_closed}
    return {
        "parts": {one.key: render_to_string("riskguide/_question.html", {**context, "question": one}) for one in questions},
        "now": render_to_string("riskguide/_so_far.html", _now(request, assessment, step)) if questions else None,
    }


def state_of(assessment: Assessment, step: int) -> str:
    """`alone` while each answers unseen, then `shown`; `closed` with the matter."""
    if assessment.is_closed:
        return "closed"
    return "shown" if assessment.is_shown or step < assessment.step else "alone"


def _now(request: MemberRequest, assessment: Assessment, step: int) -> dict[str, Any]:
    return {
        "assessment": assessment,
        "step": step,
        "now": so_far(matters.stored(assessment), step, language()),
        "n_settled": n_settled(assessment.joint, step),
        "n_asked": len(statements(step, assessment.edition)),
        "slug": request.organisation.slug,
        "may_set": request.member.may(Right.MATTER_SORT) and not assessment.is_closed,
    }


def _context(request: MemberRequest, assessment: Assessment, step: int, clash: Question | None = None) -> dict[str, Any]:
    state = state_of(assessment, step)
    context = {**_now(request, assessment, step), "state": state, "organisation": request.organisation}
    seats = list(groups.seats_of(assessment)) if state == "alone" else []
    if state == "alone":
        return {
            **context,
            "seats": groups.n_answered(seats, assessment),
            "own": next((seat for seat in seats if seat.person_id == request.member.person_id), None),
        }
    questions = [clash if clash and clash.key == one.key else one for one in group_questions(groups.asked(assessment, step))]
    return {**context, "questions": questions, "is_group": any(len(one.dots) for q in questions for one in q.choices)}


def _page(
    request: MemberRequest, assessment: Assessment, step: int, *, problem: str = "", clash: Question | None = None
) -> HttpResponse:
    chosen = guide(assessment.edition)
    texts = chosen.step2 if step == 2 else chosen.step3
    context = {
        **_context(request, assessment, step, clash),
        "guide_step": texts.title.in_language(language()),
        "intro": texts.intro.in_language(language()),
        "who": texts.who.in_language(language()),
        "errors": [problem] if problem else [],
        "has_errors": bool(problem or clash),
        "url": to(request, "joint", assessment.pk, step),
    }
    return render(request, "riskguide/joint.html", context, status=422 if problem else 409 if clash else 200)


@require_POST
@needs(Right.MATTER_SORT)
def show(request: MemberRequest, pk: UUID) -> HttpResponse:
    assessment = matters.assessment_for(request.member, pk)
    url = to(request, "joint", pk, assessment.step)
    try:
        running.show_answers(request.member, assessment)
    except Refused as refusal:
        return refused(request, refusal.sentence, url)
    return redirect(url)


@require_POST
@needs(Right.MATTER_SORT)
def go_on(request: MemberRequest, pk: UUID) -> HttpResponse:
    assessment = matters.assessment_for(request.member, pk)
    try:
        running.open_step3(request.member, assessment)
    except Refused as refusal:
        return refused(request, refusal.sentence, to(request, "joint", pk, assessment.step))
    return done(request, _("Steg 3 är öppet. De som är med i gruppen kan svara nu."), to(request, "joint", pk, 3))

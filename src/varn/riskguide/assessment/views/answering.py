"""A colleague answers alone: logged in, or by a link on their own phone. Each tap is saved; nobody else's answer is seen."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varn.catalogues.riskguide import guide
from varn.organisations import linkkinds
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import CapabilityLink
from varn.organisations.queries.links import organisation_of
from varn.organisations.refusals import Refused
from varn.organisations.rights import Guest, Right
from varn.organisations.views.links import claim, held_link
from varn.riskguide.assessment.actions import answering
from varn.riskguide.assessment.actions.answering import Answered
from varn.riskguide.assessment.queries import groups
from varn.riskguide.assessment.queries.holding import SEAT, closed_sentence
from varn.riskguide.assessment.statements import by_code, n_settled, statements
from varn.riskguide.assessment.views.choices import key_of, own_question, own_questions
from varn.riskguide.assessment.views.pages import language, option_text, to
from varn.riskguide.models import Seat
from varn.tenancy.access import link, needs
from varn.tenancy.within import holding, within
from varn.ui.parts import is_part
from varn.ui.views import gone

linkkinds.register(SEAT, url_name="seat")
MAX_SENT = 24  # statements there are


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ORGANISATION_READ)
def answer(request: MemberRequest, pk: UUID) -> HttpResponse:
    url = to(request, "answer", pk)
    if request.method == "POST":
        act = partial(answering.answer, request.member, pk)
        return _save(request, partial(groups.own_seat, request.member, pk), url, act)
    return _page(request, groups.own_seat(request.member, pk), url)


@require_http_methods(["GET", "HEAD", "POST"])
@link
def seat(request: HttpRequest) -> HttpResponse:
    """Before the first press the page only says what it is about; the press binds the link to this browser."""
    found = held_link(request, SEAT)
    if found is None:
        return _expired(request)
    with holding("link", found.token_hash), within(found.organisation_id):
        mine = groups.seat_behind(found)
        if mine is None:
            return _expired(request)
        if found.used_at is None:
            return _bind(request, found, mine)
        if request.method == "POST":
            act = partial(answering.answer, Guest(found.pk, found.organisation_id), mine.pk)
            return _save(request, lambda: mine, request.path, act)
        return _page(request, mine, request.path, found)


def _expired(request: HttpRequest) -> HttpResponse:
    if is_part(request):
        return JsonResponse({"said": _("Länken gäller inte längre. Be den som bjöd in dig om en ny.")}, status=410)
    return gone(request)


def _bind(request: HttpRequest, found: CapabilityLink, mine: Seat) -> HttpResponse:
    if request.method != "POST":
        context = {
            "seat": mine,
            "assessment": mine.assessment,
            "inviting": organisation_of(found),
            "expires_at": found.expires_at,
        }
        return render(request, "riskguide/seat.html", context)
    try:
        answering.open_seat(Guest(found.pk, found.organisation_id), found)
    except Refused:
        return _expired(request)
    return claim(redirect(reverse("seat")), found)


def _save(request: HttpRequest, seat: Callable[[], Seat], url: str, act: Callable[[dict[str, str]], Answered]) -> HttpResponse:
    """`set` is statement:answer, from one button. `seat` is asked for only where the page must be shown again."""
    code, _colon, value = str(request.POST.get("set", "")).partition(":")
    try:
        answered = act({code: value})
    except Refused as refusal:
        if is_part(request):
            return JsonResponse({"said": refusal.sentence}, status=422)
        return _page(request, seat(), url, problem=refusal.sentence)
    late = _("Gruppen har redan svarat tillsammans på det här. Ditt svar sparades inte.") if answered.late else ""
    if is_part(request):
        return JsonResponse(_parts(answered, code, late), status=409 if late else 200)
    return _page(request, seat(), url, problem=late) if late else redirect(f"{url}#{code.replace('.', '-')}")


def _parts(answered: Answered, code: str, late: str) -> dict[str, Any]:
    """A tap changes nothing but how many are answered; the page's script shows which. One that came late is locked."""
    statement = by_code(answered.edition)[code]
    progress = _progress(answered.step, answered.edition, answered.answers)
    done = {"n": progress["n_given"], "label": progress_label(**progress), "is_all": progress["n_given"] == progress["n_asked"]}
    if late:
        asked = statements(statement.step, answered.edition)
        before = asked[statement.n - 2] if statement.n > 1 else None
        question = own_question(statement, None, before, is_locked=True)
        html = render_to_string("riskguide/_question.html", {"question": question, "may_set": True})
        return {"parts": {key_of(statement): html}, "progress": done, "said": late}
    words = {"n": statement.n, "answer": option_text(statement, answered.answers[code]) if code in answered.answers else ""}
    return {"parts": {}, "progress": done, "said": _("Sparat: %(n)s, %(answer)s.") % words}


def progress_label(*, n_given: int, n_asked: int) -> str:
    return _("%(n)s av %(all)s besvarade") % {"n": n_given, "all": n_asked}


def _progress(step: int, edition: str, given: Mapping[str, Any]) -> dict[str, int]:
    return {"n_given": n_settled(given, step), "n_asked": len(statements(step, edition))}


def _page(request: HttpRequest, seat: Seat, url: str, found: CapabilityLink | None = None, *, problem: str = "") -> HttpResponse:
    assessment = seat.assessment
    texts = guide(assessment.edition).step2 if assessment.step == 2 else guide(assessment.edition).step3
    asked = statements(assessment.step, assessment.edition)
    progress = _progress(assessment.step, assessment.edition, seat.answers)
    context = {
        "seat": seat,
        "assessment": assessment,
        "url": url,
        "guide_step": texts.title.in_language(language()),
        "questions": list(own_questions(asked, seat.answers, assessment.versions)),
        "is_all_settled": n_settled(assessment.versions, assessment.step) == len(asked),
        **progress,
        "progress_label": progress_label(**progress),
        "errors": [problem or closed_sentence()] if problem or assessment.is_closed else [],
        "has_errors": bool(problem),
        "may_set": not assessment.is_closed,
        "is_guest": found is not None,
    }
    return render(request, "riskguide/answer.html", context, status=422 if problem else 200)

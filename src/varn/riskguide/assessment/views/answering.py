"""A colleague answers alone: logged in, or by a link on their own phone. Each tap is saved; nobody else's answer is seen."""

from collections.abc import Callable
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
    seat = groups.own_seat(request.member, pk)
    url = to(request, "answer", pk)
    if request.method == "POST":
        return _save(request, seat, url, lambda given: answering.answer(request.member, pk, given))
    return _page(request, seat, url)


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
            guest = Guest(found.pk, found.organisation_id)
            return _save(request, mine, request.path, lambda given: answering.answer(guest, mine.pk, given))
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


def _save(request: HttpRequest, seat: Seat, url: str, act: Callable[[dict[str, str]], Answered]) -> HttpResponse:
    """`set` is statement:answer, from one button."""
    code, _colon, value = str(request.POST.get("set", "")).partition(":")
    try:
        answered = act({code: value})
    except Refused as refusal:
        if is_part(request):
            return JsonResponse({"said": refusal.sentence}, status=422)
        return _page(request, seat, url, problem=refusal.sentence)
    late = _("Gruppen har redan svarat tillsammans på det här. Ditt svar sparades inte.") if answered.late else ""
    if not is_part(request):
        return _page(request, seat, url, problem=late) if late else redirect(f"{url}#{code.replace('.', '-')}")
    return JsonResponse(_parts(seat, answered, code, value, late), status=409 if late else 200)


def _parts(seat: Seat, answered: Answered, code: str, value: str, late: str) -> dict[str, Any]:
    assessment = seat.assessment
    statement = by_code(assessment.edition)[code]
    asked = statements(statement.step, assessment.edition)
    before = asked[statement.n - 2] if statement.n > 1 else None
    given = answered.seat.answers
    question = own_question(statement, given.get(code), before, is_locked=bool(late))
    words = {"n": statement.n, "answer": option_text(statement, given[code]) if code in given else ""}
    return {
        "parts": {key_of(statement): render_to_string("riskguide/_question.html", {"question": question, "may_set": True})},
        "now": render_to_string("riskguide/_own_progress.html", _progress(assessment.step, assessment.edition, given)),
        "said": late or _("Sparat: %(n)s, %(answer)s.") % words,
    }


def _progress(step: int, edition: str, given: dict[str, Any]) -> dict[str, int]:
    return {"n_given": n_settled(given, step), "n_asked": len(statements(step, edition))}


def _page(request: HttpRequest, seat: Seat, url: str, found: CapabilityLink | None = None, *, problem: str = "") -> HttpResponse:
    assessment = seat.assessment
    texts = guide(assessment.edition).step2 if assessment.step == 2 else guide(assessment.edition).step3
    asked = statements(assessment.step, assessment.edition)
    context = {
        "seat": seat,
        "assessment": assessment,
        "url": url,
        "guide_step": texts.title.in_language(language()),
        "questions": list(own_questions(asked, seat.answers, assessment.versions)),
        "is_all_settled": n_settled(assessment.versions, assessment.step) == len(asked),
        **_progress(assessment.step, assessment.edition, seat.answers),
        "errors": [problem or closed_sentence()] if problem or assessment.is_closed else [],
        "has_errors": bool(problem),
        "may_set": not assessment.is_closed,
        "is_guest": found is not None,
    }
    return render(request, "riskguide/answer.html", context, status=422 if problem else 200)

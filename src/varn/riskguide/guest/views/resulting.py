"""The guest's result: in words, with picture, table and measures; saved by a link or as a file only if they ask for it."""

import json
import math
import secrets
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varn.accounts.adapters.throttle import client_address
from varn.accounts.limits import keys
from varn.catalogues.riskguide import guide
from varn.measures.plans import Phase
from varn.riskguide.assessment.chart import chart
from varn.riskguide.assessment.levels import figures_of, result_of
from varn.riskguide.assessment.statements import STEPS, statements
from varn.riskguide.assessment.told import told
from varn.riskguide.assessment.views.pages import language, option_text
from varn.riskguide.guest.drafts import Draft, case_row
from varn.riskguide.guest.operations import DAYS, change, draft_of, keep
from varn.riskguide.guest.pace import SAVED, Pace
from varn.riskguide.guest.queries import is_saved
from varn.riskguide.guest.views.asking import unfinished
from varn.riskguide.guest.views.carrying import carried, field_of, forget, give, opened_token, sealed_token
from varn.riskguide.result import Result
from varn.riskguide.wording import measure_reason
from varn.sealing.boxes import token_hash
from varn.tenancy.access import PUBLIC_ONLY, public

_pace = Pace()


@require_http_methods(["GET", "HEAD", "POST"])
@public(roles=PUBLIC_ONLY)
def guide_result(request: HttpRequest) -> HttpResponse:
    draft, wanted = carried(request), request.POST.get("do", "")
    if wanted == "forget":
        return forget(redirect(reverse("guide")))
    if not draft.is_begun:
        return redirect(reverse("guide_matter"))
    if wanted == "save":
        return _save(request, draft)
    return case_file(draft) if wanted == "file" else _page(request, draft)


def case_file(draft: Draft) -> HttpResponse:
    """What `./varn risk score` reads. The matter's name stands in neither the file nor its name."""
    response = HttpResponse(json.dumps(case_row(draft), indent=1) + "\n", content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="riskguide.json"'
    return response


def _page(request: HttpRequest, draft: Draft, *, problem: str = "", is_clash: bool = False, status: int = 200) -> HttpResponse:
    context = result_context(draft) | {
        "carried": field_of(draft),
        "token": sealed_token(secrets.token_urlsafe(24)),
        "days": DAYS,
        "is_clash": is_clash,
        "errors": [problem] if problem else [],
        "has_errors": bool(problem),
    }
    return render(request, "riskguide/guest/result.html", context, status=status)


def result_context(draft: Draft) -> dict[str, Any]:
    """What the page of a result shows, saved or not."""
    result, edition = result_of(draft.stored), guide(draft.edition)
    figures, advice = figures_of(result), _advice(result, draft)
    urgent = [one for one in advice if one.is_urgent]
    return {
        "draft": draft,
        "told": told(draft.stored, language()),
        "figures": figures,
        "chart": chart([figures], edition),
        "phases": [(phase.value, rows) for phase in Phase if (rows := [one for one in urgent if one.phase == phase])],
        "rest": [one for one in advice if not one.is_urgent],
        "answered": [(step, given) for step in STEPS if (given := _answered(draft, step))],
        "unfinished": unfinished(draft),
        "next_step": next((step for step in STEPS if not draft.is_whole(step)), None),
        "source": edition.meta.source_note.in_language(language()),
    }


@dataclass(frozen=True, slots=True)
class Advice:
    """A measure that the guide proposes, in words. `phase`: before, during or after the decision."""

    what: str
    how: str
    why: str
    phase: str
    is_urgent: bool


def _advice(result: Result, draft: Draft) -> list[Advice]:
    """The most urgent first."""
    edition = guide(draft.edition)
    return [
        Advice(
            what=one.measure.text.in_language(language()),
            how=one.measure.how.in_language(language()),
            why=measure_reason(one, edition, language()),
            phase=one.measure.phase.value,
            is_urgent=one.measure.priority == 1,
        )
        for one in result.proposals
    ]


def _answered(draft: Draft, step: int) -> list[tuple[str, str]]:
    return [
        (one.text.in_language(language()), option_text(one, draft.joint[one.code]))
        for one in statements(step, draft.edition)
        if one.code in draft.joint
    ]


def _save(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Under its own link if it has one that still works, else under a new one, which is shown once."""
    if wait := _wait(request):
        page = _page(request, draft, problem=_too_many(wait), status=429)
        page.headers["Retry-After"] = str(math.ceil(wait))
        return page
    if draft.lookup and "anew" not in request.POST and is_saved(draft.lookup):
        if (changed := change(draft)) is None:
            return _page(request, draft, problem=_clash(), is_clash=True, status=409)
        return give(render(request, "riskguide/guest/saved_again.html", {"draft": changed, "days": DAYS}), changed)
    token = opened_token(request.POST.get("token", "")) or secrets.token_urlsafe(24)
    row = keep(draft, token_hash=token_hash(token), today=timezone.localdate())
    link = settings.PUBLIC_URL + reverse("link_open", args=[token])
    return give(render(request, "riskguide/guest/link.html", {"row": row, "link": link}), draft_of(row))


def _wait(request: HttpRequest) -> float:
    """Seconds until one more may be saved; 0 if now."""
    if settings.NO_LIMITS:
        return 0.0
    today, address = timezone.localdate(), client_address(request)
    tries = [(one, keys(one, account="", address=address, secret=settings.SECRET, today=today)) for one in SAVED]
    return _pace.spend(tries, time.monotonic())


def _too_many(wait: float) -> str:
    said = _("Just nu sparas för mycket på en gång. Inget är sparat. Svaren är kvar: försök igen om %(n)s sekunder.")
    return said % {"n": math.ceil(wait)}


def _clash() -> str:
    return _("Någon annan som har länken har sparat andra svar under tiden. Dina är inte sparade än. Spara dem under en ny länk.")

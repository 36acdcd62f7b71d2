"""The sorting table: one keystroke per matter, saved row by row or all at once."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varn.catalogues.riskguide import guide
from varn.catalogues.riskguide_steps import Level
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.riskguide import actions, queries
from varn.riskguide.actions import ChangedMeanwhile, Choice, OutsideScale
from varn.riskguide.forms.rows import number_in
from varn.riskguide.models import Agenda
from varn.riskguide.outcome import counted
from varn.riskguide.queries import Line
from varn.riskguide.templatetags.riskguide import outcome_cell
from varn.riskguide.views.clashes import Clash, clash_of
from varn.tenancy.access import needs
from varn.ui.parts import is_part
from varn.ui.templatetags.ui import level_label


@require_http_methods(["GET", "POST"])
@needs(Right.MATTER_READ)
def sort(request: MemberRequest, agenda: UUID) -> HttpResponse:
    """The table. A POST saves the rows that the person changed, and lists those that somebody else changed first."""
    found = queries.agenda_for(request.member, agenda)
    if request.method == "GET" or request.method == "HEAD":
        return table_page(request, found)
    try:
        choices = choices_in(request.POST)
        clashed = actions.judge_matters(request.member, found, choices) if choices else []
    except (OutsideScale, ValueError):
        return table_page(
            request, found, problem=_("Ett svar fanns inte på skalan. Inget sparades. Välj låg, måttlig eller hög.")
        )
    if clashed:
        wanted = {choice.row: choice.value for choice in choices}
        clashes = [clash_of(screening, wanted[screening.row]) for screening in clashed]
        return table_page(request, found, clashes=clashes, n_saved=len(choices) - len(clashes))
    return redirect("riskguide:summary", request.organisation.slug, found.pk)


def table_page(
    request: MemberRequest, agenda: Agenda, *, problem: str = "", clashes: list[Clash] | None = None, n_saved: int = 0
) -> HttpResponse:
    lines = queries.lines_of(request.member, agenda)
    language, step = get_language() or "sv", guide().step1
    context = {
        "agenda": agenda,
        "lines": lines,
        "counts": counted(line.outcome.level if line.outcome else None for line in lines),
        "may_sort": request.member.may(Right.MATTER_SORT),
        "who": step.who.in_language(language),
        "prompts": [question.text.in_language(language) for question in step.question],
        "errors": [problem] if problem else [],
        "has_errors": bool(problem or clashes),
        "clashes": clashes or [],
        "n_saved": n_saved,
        "words": {level.value: level_label(level) for level in Level},
        "base_url": reverse("riskguide:sort", args=[request.organisation.slug, agenda.pk]),
        "row_url": reverse("riskguide:row", args=[request.organisation.slug, agenda.pk]),
    }
    return render(request, "riskguide/sort.html", context, status=409 if clashes else 422 if problem else 200)


def off_scale() -> str:
    return _("Ett svar fanns inte på skalan. Inget sparades. Välj låg, måttlig eller hög.")


def choices_in(sent: QueryDict) -> list[Choice]:
    """The rows that the person changed: those whose radio differs from what the page showed.

    Raises ValueError for fields that no page of ours sends."""
    found = []
    for name, shown in sent.items():
        if name.startswith("b") and name[1:].isdecimal():
            choice = _choice(name[1:], str(sent.get(f"m{name[1:]}", "")), str(shown))
            if choice.value and choice.value != choice.base:
                found.append(choice)
    return found


def _choice(row: str, value: str, shown: str) -> Choice:
    base, _colon, version = shown.partition(":")
    at, seen = number_in(row), number_in(version)
    if at is None or seen is None:
        raise ValueError("not a row or a version")
    return Choice(at, value, base, seen)


@require_POST
@needs(Right.MATTER_SORT)
def row(request: MemberRequest, agenda: UUID) -> HttpResponse:
    """One matter: `set` is row:value:shown value:version. Answers the page's script in parts, a plain form by the table."""
    try:
        number, value, shown = str(request.POST.get("set", "")).split(":", 2)
        screening = actions.judge_matter(request.member, agenda, _choice(number, value, shown))
    except ChangedMeanwhile as changed:
        return _clashed(request, agenda, clash_of(changed.screening, value))
    except (OutsideScale, ValueError):
        if is_part(request):
            return JsonResponse({"said": off_scale()}, status=422)
        return table_page(request, queries.agenda_for(request.member, agenda), problem=off_scale())
    if is_part(request):
        return JsonResponse(row_parts(request, queries.line_of(request.member, screening)))
    return redirect(f"{reverse('riskguide:sort', args=[request.organisation.slug, agenda])}#r{screening.row}")


def _clashed(request: MemberRequest, agenda: UUID, clash: Clash) -> HttpResponse:
    if not is_part(request):
        return table_page(request, queries.agenda_for(request.member, agenda), clashes=[clash])
    line = queries.line_of(request.member, clash.screening)
    html = render_to_string("riskguide/_clash.html", {"clash": clash, "line": line, "is_inline": True})
    said = _("%(label)s ändrades nyss av någon annan. Välj vad som ska gälla.") % {"label": line.short}
    return JsonResponse({"row": line.row, "base": line.base, "value": line.value, "outcome": html, "said": said}, status=409)


def row_parts(request: MemberRequest, line: Line) -> dict[str, Any]:
    """What changes on the page when one matter does; its script counts the levels that the page shows."""
    base_url = reverse("riskguide:sort", args=[request.organisation.slug, line.screening.agenda_id])
    return {
        "row": line.row,
        "base": line.base,
        "value": line.value,
        "outcome": outcome_cell(line, base_url, may_sort=True),
        "said": said_of(line),
    }


def said_of(line: Line) -> str:
    """What a screen reader says when a row is saved: «Sparat: § 41 hög.»"""
    if line.outcome is None:
        return _("%(label)s är inte längre bedömt.") % {"label": line.short}
    return _("Sparat: %(label)s %(level)s.") % {"label": line.short, "level": level_label(line.outcome.level).lower()}

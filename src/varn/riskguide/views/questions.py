"""The six questions, for a matter in doubt. Answers can only raise the level."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varn.catalogues.riskguide import guide
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.riskguide import actions, queries
from varn.riskguide.actions import ChangedMeanwhile, OutsideScale
from varn.riskguide.forms.rows import number_in
from varn.riskguide.queries import Line
from varn.riskguide.views.clashes import who_judged
from varn.riskguide.views.sorting import row_parts
from varn.tenancy.access import needs
from varn.ui.parts import is_part


@require_http_methods(["GET", "POST"])
@needs(Right.MATTER_SORT)
def questions(request: MemberRequest, agenda: UUID, row: int) -> HttpResponse:
    found = queries.agenda_for(request.member, agenda)
    line = queries.line_for(request.member, found.pk, row)
    if request.method != "POST":
        return _page(request, line, line.screening.answers)
    given = _answers(request)
    version = number_in(request.POST.get("version"))
    try:
        actions.answer_matter(request.member, found, row=row, answers=given, version=-1 if version is None else version)
    except OutsideScale:
        problem = _("Ett svar fanns inte på skalan. Inget sparades. Välj ett av svaren vid varje fråga.")
        return _page(request, line, line.screening.answers, problem=problem, status=422)
    except ChangedMeanwhile as changed:
        return _page(request, line, given, theirs=changed.screening.answers, who=who_judged(changed.screening), status=409)
    if is_part(request):
        line = queries.line_for(request.member, found.pk, row)
        result = render_to_string("riskguide/_result.html", {"line": line})
        return JsonResponse({**row_parts(request, line), "result": result})
    return redirect(f"{reverse('riskguide:sort', args=[request.organisation.slug, found.pk])}#r{row}")


def _answers(request: MemberRequest) -> dict[str, str]:
    """As sent, unanswered ones left out; a question that the guide does not ask is refused by the act."""
    return {name[2:]: str(value) for name, value in request.POST.items() if name.startswith("q-") and value}


def _page(
    request: MemberRequest,
    line: Line,
    given: dict[str, str],
    *,
    theirs: dict[str, str] | None = None,
    who: str = "",
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    language = get_language() or "sv"
    step = guide(line.screening.edition).step1
    names = {answer.id.value: answer.text.in_language(language) for answer in step.answer}
    options = [*names.items(), ("", _("Obesvarad"))]
    context = {
        "line": line,
        "agenda": line.screening.agenda,
        "asked": [
            {
                "id": question.id,
                "text": question.text.in_language(language),
                "value": given.get(question.id, ""),
                "theirs": names.get(theirs.get(question.id, ""), _("Obesvarad")) if theirs is not None else "",
                "is_other": theirs is not None and theirs.get(question.id, "") != given.get(question.id, ""),
            }
            for question in step.question
        ],
        "options": options,
        "is_clash": theirs is not None,
        "who": who,
        "errors": [problem] if problem else [],
        "has_errors": bool(problem) or theirs is not None,
        "slug": request.organisation.slug,
    }
    template = "riskguide/_questions.html" if is_part(request) else "riskguide/questions.html"
    return render(request, template, context, status=status)

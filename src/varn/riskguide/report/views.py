"""The report of one assessment: what it is, asked for on paper, taken as text or as a case to compute again."""

from uuid import UUID, uuid4

from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varn.organisations.middleware import MemberRequest
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right
from varn.printing.models import Printing
from varn.printing.views import Words, file, progress
from varn.riskguide.assessment.queries import matters
from varn.riskguide.assessment.views.pages import language, pointing, refused, to
from varn.riskguide.forms.rows import id_in
from varn.riskguide.models import Assessment
from varn.riskguide.report.actions import ask_report, take_report
from varn.riskguide.report.content import content_of
from varn.riskguide.report.exported import as_json
from varn.riskguide.report.plain import as_text
from varn.riskguide.report.queries import facts_of, obstacle, report_for
from varn.tenancy.access import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MATTER_SORT)
def report(request: MemberRequest, pk: UUID) -> HttpResponse:
    """A POST asks for the paper."""
    found = matters.assessment_for(request.member, pk)
    problem = ""
    if request.method == "POST":
        try:
            return redirect(to(request, "report_printing", _asked(request, found).pk))
        except Refused as refusal:
            problem = refusal.sentence
    context = {
        "assessment": found,
        "matter": found.matter,
        "obstacle": obstacle(found),
        "warning": pointing(request, found.matter.title, found.note),
        "row_id": uuid4(),
        "has_errors": bool(problem),
    }
    return render(request, "riskguide/report.html", context, status=422 if problem else 200)


def _asked(request: MemberRequest, found: Assessment) -> Printing:
    key, is_english = id_in(request.POST.get("row_id")) or uuid4(), get_language() == "en"
    try:
        return ask_report(request.member, found, row_id=key, is_english=is_english)
    except IntegrityError:  # an id that is another organisation's: whoever made it up learns nothing
        return ask_report(request.member, found, row_id=uuid4(), is_english=is_english)


@require_safe
@needs(Right.MATTER_SORT)
def report_printing(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = report_for(request.member, pk)
    found = matters.assessment_for(request.member, row.subject or pk)
    page = to(request, "report", found.pk)
    crumbs = [(found.matter.title, to(request, "matter", found.matter_id)), (_("Rapporten"), page)]
    urls = {"url": to(request, "report_printing", row.pk), "file_url": to(request, "report_file", row.pk)}
    return progress(request, row, _words(found), crumbs=crumbs, **urls)


def _words(found: Assessment) -> Words:
    again = _(
        "Det gick inte att göra filen. Gå tillbaka till rapporten och försök igen. Händer det igen, säg till den som driver Värn."
    )
    return Words(_("Rapporten på papper"), _("Sätter rapporten"), _("Klart."), obstacle(found) or again)


@require_safe
@needs(Right.MATTER_SORT)
def report_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = report_for(request.member, pk)
    return file(row, f"riskbedomning-{row.asked_at:%Y-%m-%d}")


@require_POST
@needs(Right.MATTER_SORT)
def report_taken(request: MemberRequest, pk: UUID) -> HttpResponse:
    """`kind` is text, or case: the answers as `varn risk score` reads them."""
    found = matters.assessment_for(request.member, pk)
    is_case, today = request.POST.get("kind") == "case", timezone.localdate()
    try:
        take_report(request.member, found, kind="case" if is_case else "text")
    except Refused as refusal:
        return refused(request, refusal.sentence, to(request, "report", pk))
    if is_case:
        said, kind, ending = as_json(matters.stored(found)), "application/json", "json"
    else:
        facts = facts_of(request.member, found, language=language(), today=today)
        said, kind, ending = as_text(content_of(facts, language())), "text/plain; charset=utf-8", "txt"
    headers = {"Content-Disposition": f'attachment; filename="riskbedomning-{today.isoformat()}.{ending}"'}
    return HttpResponse(said, content_type=kind, headers=headers)

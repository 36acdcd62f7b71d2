"""A matter through time: sorted, assessed, assessed again, closed, and put in the file or cleared."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import Matter
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right
from varn.riskguide.assessment.actions import ending, running
from varn.riskguide.assessment.forms.ending import ClearForm, CloseForm, FileForm
from varn.riskguide.assessment.queries import matters
from varn.riskguide.assessment.views.pages import done, pointing, refused, to
from varn.riskguide.assessment.views.result import result_context
from varn.riskguide.forms.rows import id_in
from varn.riskguide.models import Closing
from varn.riskguide.queries import line_of
from varn.tenancy.access import needs


@require_safe
@needs(Right.MATTER_READ)
def matter(request: MemberRequest, matter: UUID) -> HttpResponse:
    found = matters.matter_for(request.member, matter)
    past = matters.past_of(found)
    lines = [line_of(request.member, screening) for screening in matters.screenings_of_matter(found)]
    closing = matters.closing_of(found)
    context = {
        "matter": found,
        "lines": lines,
        "is_sorted": any(line.outcome for line in lines),
        "past": past,
        "is_assessed": any(one.figures.step2 for one in past),
        "ongoing": past[-1].assessment if past and not past[-1].assessment.is_closed else None,
        "closing": closing,
        "may_run": request.member.may(Right.MATTER_SORT),
        "row_id": uuid4(),
        "level": matters.level_of(found),
    }
    return render(request, "riskguide/matter.html", context)


@require_POST
@needs(Right.MATTER_SORT)
def start(request: MemberRequest, matter: UUID) -> HttpResponse:
    """Alone: straight to the statements. In a group: first whom to ask."""
    found = matters.matter_for(request.member, matter)
    is_group = request.POST.get("how") == "group"
    key = id_in(request.POST.get("row_id")) or uuid4()
    try:
        assessment = running.start_assessment(request.member, key=key, matter=found, is_group=is_group)
    except Refused as refusal:
        return refused(request, refusal.sentence, to(request, "matter", matter))
    return redirect(to(request, "seats", assessment.pk) if is_group else to(request, "joint", assessment.pk, 2))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MATTER_SORT)
def close(request: MemberRequest, matter: UUID) -> HttpResponse:
    found = matters.matter_for(request.member, matter)
    form = CloseForm(request.POST or None, today=timezone.localdate())

    def act() -> Closing:
        sent = form.cleaned_data
        return ending.close_matter(
            request.member,
            key=sent["row_id"],
            matter=found,
            outcome=sent["outcome"],
            measures_helped=sent["measures_helped"],
            lesson=sent["lesson"],
            closed_on=sent["closed_on"],
        )

    if (closing := saved(form, act)) is not None:
        if said := pointing(request, closing.lesson):
            return refused(request, said, to(request, "matter", matter))
        return done(request, _("Ärendet är avslutat. Välj vad som ska hända med materialet."), to(request, "matter", matter))
    words = {"title": _("Hur gick det?"), "submit": _("Avsluta ärendet")}
    return _form_page(request, found, form, intro=_("Det som hände sparas på ärendet, så att ni kan lära av det."), **words)


def _form_page(request: MemberRequest, matter: Matter, form: BaseForm, **words: Any) -> HttpResponse:
    context = {"matter": matter, "form": form, "back": to(request, "matter", matter.pk), **words}
    return render(request, "riskguide/ending.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.MATTER_SORT)
def reopen(request: MemberRequest, matter: UUID) -> HttpResponse:
    found = matters.matter_for(request.member, matter)
    return _ended(request, found, lambda closing: ending.reopen_matter(request.member, closing), _("Ärendet är öppet igen."))


def _ended(request: MemberRequest, matter: Matter, act: Callable[[Closing], object], sentence: str) -> HttpResponse:
    url = to(request, "matter", matter.pk)
    try:
        act(matters.closing_for(request.member, matter))
    except Refused as refusal:
        return refused(request, refusal.sentence, url)
    return done(request, sentence, url)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MATTER_SORT)
def to_file(request: MemberRequest, matter: UUID) -> HttpResponse:
    """The report gets its number in the register; the preview beside it is how it reads."""
    found = matters.matter_for(request.member, matter)
    closing = matters.closing_for(request.member, found)
    form = FileForm(request.POST or None, today=timezone.localdate(), proposed=found.register_number)
    if form.is_valid():
        sent = form.cleaned_data
        if saved(form, lambda: ending.file_matter(request.member, closing, **sent)) is not None:
            return done(request, _("Materialet är lagt till akten."), to(request, "matter", matter))
    intro = _("Materialet blir en allmän handling. Läs först hur det ser ut om det trycks i tidningen.")
    preview = to(request, "printed", matter)
    return _form_page(request, found, form, title=_("Lägg till akten"), submit=_("Lägg till akten"), intro=intro, preview=preview)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MATTER_SORT)
def clear(request: MemberRequest, matter: UUID) -> HttpResponse:
    found = matters.matter_for(request.member, matter)
    closing = matters.closing_for(request.member, found)
    form = ClearForm(request.POST or None)
    if saved(form, lambda: ending.clear_matter(request.member, closing, rule=form.cleaned_data["rule"])) is not None:
        return done(request, _("Materialet är rensat. Nivåer och utfall står kvar som siffror."), to(request, "matter", matter))
    intro = _("Svar, anteckningar och vem som bedömde tas bort. Utgåva, nivåer och utfall står kvar som siffror.")
    words = {"title": _("Rensa arbetsmaterialet"), "submit": _("Rensa"), "danger": True}
    return _form_page(request, found, form, intro=intro, **words)


@require_safe
@needs(Right.MATTER_READ)
def printed(request: MemberRequest, matter: UUID) -> HttpResponse:
    """All there is about the matter, as a reader of a newspaper would meet it."""
    found = matters.matter_for(request.member, matter)
    closing = matters.closing_of(found)
    lines = [line_of(request.member, screening) for screening in matters.screenings_of_matter(found)]
    assessments = [result_context(request, past.assessment) for past in matters.past_of(found)]
    texts = [found.title, *(line.screening.note for line in lines)]
    texts += [one["assessment"].note for one in assessments] + ([closing.lesson] if closing else [])
    context = {
        "matter": found,
        "closing": closing,
        "lines": lines,
        "assessments": assessments,
        "warning": pointing(request, *texts),
    }
    return render(request, "riskguide/printed.html", context)

"""The list of agendas, and making or editing one: paste, look through, save."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.catalogues.riskguide import guide
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import Body
from varn.organisations.queries.bodies import bodies_for
from varn.organisations.rights import Right
from varn.riskguide import actions, queries
from varn.riskguide.agenda import Agenda as Reading
from varn.riskguide.assessment.queries.matters import ongoing
from varn.riskguide.forms.agenda import AgendaForm, MeetingForm
from varn.riskguide.forms.rows import id_in, number_in, rows_in
from varn.riskguide.models import Agenda
from varn.riskguide.outcome import Counts
from varn.riskguide.rows import MAX_ROWS, Row, paired, rows_of
from varn.riskguide.views.editor import Editor, editor_page
from varn.tenancy.access import needs

PER_PAGE = 25


@require_safe
@needs(Right.MATTER_READ)
def agendas(request: MemberRequest) -> HttpResponse:
    page = Paginator(queries.agendas_for(request.member), PER_PAGE).get_page(request.GET.get("sida"))
    counts = queries.counts_of(page)
    context = {
        "page": page,
        "rows": [(agenda, counts.get(agenda.pk, Counts())) for agenda in page],
        "ongoing": ongoing(request.member),
        "may_sort": request.member.may(Right.MATTER_SORT),
        "today": timezone.localdate(),
    }
    return render(request, "riskguide/agendas.html", context)


@require_http_methods(["GET", "POST"])
@needs(Right.MATTER_SORT)
def new(request: MemberRequest) -> HttpResponse:
    """Takes the text or the file, and shows what was read."""
    bodies = list(bodies_for(request.member))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    length = int(request.META.get("CONTENT_LENGTH") or 0) if request.method == "POST" else 0
    form = AgendaForm(*sent, bodies=bodies, today=timezone.localdate(), sent_bytes=length, initial=_meeting(request))
    if form.is_valid() and form.reading:
        return editor_page(request, _first_look(request, form, form.reading))
    context = {"form": form, "bodies": bodies, "privacy_note": guide().meta.privacy_note}
    return render(request, "riskguide/new.html", context, status=422 if form.errors else 200)


def _meeting(request: MemberRequest) -> dict[str, Any]:
    """Body and day of an agenda that more is pasted into."""
    pk = id_in(request.GET.get("dagordning"))
    agenda = queries.agendas_for(request.member).filter(pk=pk).first() if pk else None
    return {"body": agenda.body_id, "meets_on": agenda.meets_on} if agenda else {}


def _first_look(request: MemberRequest, form: AgendaForm, reading: Reading) -> Editor:
    """The editor with what was read; body and day as the agenda says where the person did not."""
    body = form.cleaned_data.get("body") or _body_named(form.bodies.values(), reading.body)
    day = form.cleaned_data.get("meets_on") or reading.meets_on
    meeting = _meeting_form(request, {"body": str(body.pk) if body else "", "meets_on": day}, is_sent=False)
    existing = queries.agenda_of(request.member, body.pk, day) if body and day else None
    rows = rows_of(reading)
    if existing:
        rows, missing = _with_saved(existing, rows)
        return Editor(meeting, rows, key=uuid4(), agenda=existing, is_offered=True, missing=missing, reading=reading)
    return Editor(meeting, rows, key=uuid4(), reading=reading)


def _body_named(bodies: Any, name: str) -> Body | None:
    wanted = name.casefold()
    return next((body for body in bodies if wanted and body.name.casefold() == wanted), None)


def _meeting_form(request: MemberRequest, values: Any, *, is_sent: bool) -> MeetingForm:
    today, bodies = timezone.localdate(), bodies_for(request.member)
    if is_sent:
        return MeetingForm(values, bodies=bodies, today=today)
    return MeetingForm(initial=values, bodies=bodies, today=today)


def _with_saved(agenda: Agenda, rows: Sequence[Row]) -> tuple[list[Row], frozenset[int]]:
    """The new rows knowing which saved ones they are, then the saved ones that the new text lacks."""
    saved = {row.saved: row for row in queries.rows_saved(agenda) if row.saved is not None}
    found = paired(rows, saved)
    missing = frozenset(saved) - {row.saved for row in found}
    return [*found, *(saved[n] for n in sorted(missing))], missing


@require_http_methods(["GET", "POST"])
@needs(Right.MATTER_SORT)
def preview(request: MemberRequest) -> HttpResponse:
    """The rows of an agenda that is not saved yet. A GET comes after logging in again: the same number of empty rows,
    which the page's own script fills with what was typed."""
    if request.method != "POST":
        n = min(number_in(request.GET.get("rader")) or 0, MAX_ROWS)
        if not n:
            return redirect("riskguide:new", request.organisation.slug)
        meeting = _meeting_form(request, {}, is_sent=False)
        return editor_page(request, Editor(meeting, [Row("")] * n, key=uuid4(), is_returned=True))
    meeting = _meeting_form(request, request.POST, is_sent=True)
    key, offered = id_in(request.POST.get("key")) or uuid4(), id_in(request.POST.get("agenda"))
    done = queries.agendas_for(request.member).filter(pk=key).first()
    if done:  # the same form sent twice
        return redirect("riskguide:sort", request.organisation.slug, done.pk)
    rows = rows_in(request.POST)
    existing = _existing(request, meeting)
    if existing and existing.pk != offered:
        rows, missing = _with_saved(existing, rows)
        return editor_page(request, Editor(meeting, rows, key, existing, is_offered=True, missing=missing, is_stopped=True), 409)
    editor = Editor(meeting, rows, key, existing, is_offered=bool(existing))
    return _go_on(request, editor)


@require_http_methods(["GET", "POST"])
@needs(Right.MATTER_SORT)
def edit(request: MemberRequest, agenda: UUID) -> HttpResponse:
    """The same rows, of an agenda that is saved."""
    saved = queries.agenda_for(request.member, agenda)
    if request.method != "POST":
        meeting = _meeting_form(request, {"body": saved.body_id, "meets_on": saved.meets_on}, is_sent=False)
        return editor_page(request, Editor(meeting, queries.rows_saved(saved), saved.pk, saved))
    meeting = _meeting_form(request, request.POST, is_sent=True)
    other = _existing(request, meeting)
    if other and other.pk != saved.pk:
        meeting.add_error("meets_on", _("Det finns redan en annan dagordning för det organet den dagen. Välj en annan dag."))
    return _go_on(request, Editor(meeting, rows_in(request.POST), saved.pk, saved))


def _existing(request: MemberRequest, meeting: MeetingForm) -> Agenda | None:
    if not meeting.is_valid():
        return None
    return queries.agenda_of(request.member, meeting.cleaned_data["body"].pk, meeting.cleaned_data["meets_on"])


def _go_on(request: MemberRequest, editor: Editor) -> HttpResponse:
    """Saves, or shows the page again with one more row or with what is wrong."""
    if "add" in request.POST:
        return editor_page(request, editor.with_empty_row())
    if not editor.meeting.is_valid():
        return editor_page(request, editor, 422)
    try:
        agenda = _saved(request, editor)
    except actions.RowsRefused as refused:
        return editor_page(request, editor.with_faults(refused.faults), 422)
    return redirect("riskguide:sort", request.organisation.slug, agenda.pk)


def _saved(request: MemberRequest, editor: Editor) -> Agenda:
    """Where somebody, perhaps the same person by a double click, saved a moment ago: what they made, or once more upon it.

    With a new key, since the form's may be taken by a row that is not this organisation's: whoever made it up learns nothing.
    """
    try:
        return _save(request, editor)
    except IntegrityError:
        return _just_made(request, editor) or _save(request, replace(editor, key=uuid4()))


def _save(request: MemberRequest, editor: Editor) -> Agenda:
    body, meets_on = editor.meeting.cleaned_data["body"], editor.meeting.cleaned_data["meets_on"]
    if editor.agenda:
        agenda = actions.update_agenda(request.member, editor.agenda, body=body, meets_on=meets_on, rows=editor.rows)
        messages.success(request, _("Dagordningen är uppdaterad. Bedömningarna är kvar."))
        return agenda
    return actions.create_agenda(request.member, key=editor.key, body=body, meets_on=meets_on, rows=editor.rows)


def _just_made(request: MemberRequest, editor: Editor) -> Agenda | None:
    """The new agenda of the same form, or of the same body and day."""
    if editor.agenda:
        return None
    return queries.agendas_for(request.member).filter(pk=editor.key).first() or _existing(request, editor.meeting)

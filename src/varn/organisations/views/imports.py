"""Pages of an import of people before and after what would change: file, sheet, columns, words, who is who, done."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varn.organisations.actions import imports as acts
from varn.organisations.forms.imports import ColumnsForm, SameForm, SheetForm, UploadForm, ValuesForm
from varn.organisations.forms.importwords import LEFT_OUT, note_text
from varn.organisations.importplan import Question, planned
from varn.organisations.importvalues import Answers, Unknown, all_unknown, read_list
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import PeopleImport
from varn.organisations.queries import imports as reads
from varn.organisations.rights import Member, Right
from varn.organisations.views.importsteps import after, before_plan, crumbs_of, onward, open_import, page, the_import
from varn.organisations.views.pages import done, refused, to
from varn.tenancy.access import needs

ASKED_AT_ONCE = 100  # questions on one page
INVITED_AT_ONCE = 300


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_start(request: MemberRequest) -> HttpResponse:
    """A file and the register it comes from."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        draft = acts.start_import(request.member, given["tables"], source_name=given["source"], today=timezone.localdate())
        return onward(request, draft)
    content = {
        "form": form,
        "sources": reads.sources_for(request.member),
        "waiting": reads.waiting_for(request.member),
        "crumbs": crumbs_of(request),
    }
    return page(request, "start", content, form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_sheet(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Which sheet, when several have headings."""
    draft = open_import(request, pk)
    form = SheetForm(request.POST or None, sheets=draft.table["sheets"])
    if form.is_valid():
        return after(request, draft, lambda: acts.choose_sheet(request.member, draft, index=form.cleaned_data["sheet"]))
    return page(request, "sheet", {"form": form, "draft": draft, "crumbs": crumbs_of(request, draft)}, form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_columns(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What each column is."""
    draft = open_import(request, pk)
    if len(draft.table["sheets"]) > 1:
        return redirect(to(request, "import_sheet", draft.pk))
    table = reads.draft_of(draft)
    form = ColumnsForm(request.POST or None, draft=table, mapping=reads.columns_of(draft, table))
    if form.is_valid():
        return after(request, draft, lambda: acts.map_columns(request.member, draft, fields=form.chosen()))
    content = {
        "form": form,
        "draft": draft,
        "n_rows": len(table.table.rows),
        "n_removed": table.n_removed,
        "notes": [note_text(note) for note in table.table.notes],
        "left_out": [(column.header, LEFT_OUT[column.left_out]) for column in form.columns if column.left_out],
        "crumbs": crumbs_of(request, draft),
    }
    return page(request, "columns", content, form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_values(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What bodies, parties and roles mean that have no match here. What was answered before may be changed."""
    draft = open_import(request, pk)
    if step := before_plan(draft):
        return redirect(to(request, step, draft.pk))
    known = reads.known_names(request.member)
    unknown = _all_unknown(request.member, draft)
    if unknown.n > ASKED_AT_ONCE * 2:
        return refused(request, _too_much(unknown), to(request, "import_columns", draft.pk))
    form = ValuesForm(request.POST or None, unknown=unknown, known=known)
    for name, (noun, key) in form.keys.items():
        form.fields[name].initial = draft.choices.get(noun, {}).get(key, form.fields[name].initial)
    if not unknown:
        return redirect(to(request, "import_changes", draft.pk))
    if form.is_valid():
        return after(request, draft, lambda: acts.answer_values(request.member, draft, answers=form.answers()))
    return page(request, "values", {"form": form, "draft": draft, "crumbs": crumbs_of(request, draft)}, form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_same(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Who is who, where only the name or an address that nobody has confirmed says so."""
    draft = open_import(request, pk)
    if step := before_plan(draft):
        return redirect(to(request, step, draft.pk))
    said = draft.choices.get("same", {})
    every = _all_questions(request.member, draft)
    if not every:
        return redirect(to(request, "import_changes", draft.pk))
    questions = sorted(every, key=lambda question: question.key in said)[:ASKED_AT_ONCE]  # those left first
    if "all-same" in request.POST:
        alone = {q.key: q.proposals[0].person_id for q in every if len(q.proposals) == 1}
        return after(request, draft, lambda: acts.answer_same(request.member, draft, same=alone))
    form = SameForm(request.POST or None, questions=questions)
    for name, key in form.keys.items():
        form.fields[name].initial = (said[key] or SameForm.NEW) if key in said else None
    if form.is_valid():
        return after(request, draft, lambda: acts.answer_same(request.member, draft, same=form.answers()))
    numbers = {"n_questions": len(every), "n_shown": len(questions)}
    content = {"form": form, "draft": draft, **numbers, "crumbs": crumbs_of(request, draft)}
    return page(request, "same", content, form.errors)


@require_POST
@needs(Right.PERSON_IMPORT)
def import_discard(request: MemberRequest, pk: UUID) -> HttpResponse:
    acts.discard_import(request.member, the_import(request, pk))
    return done(request, _("Filens innehåll är borttaget. Inget mer ändras."), to(request, "import_start"))


@require_safe
@needs(Right.PERSON_IMPORT)
def import_done(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What was taken in, and who of the new may be invited."""
    row = the_import(request, pk)
    if row.confirmed_at is None:
        return onward(request, row)
    people = reads.invitable(row)
    content = {
        "draft": row,
        "counts": row.outcome["counts"],
        "people": people[:INVITED_AT_ONCE],
        "n_more": max(0, people.count() - INVITED_AT_ONCE),
        "crumbs": crumbs_of(request),
    }
    return render(request, "organisations/import_done.html", content)


@require_POST
@needs(Right.PERSON_MANAGE)
def import_invite(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Invites the people ticked."""
    row = the_import(request, pk)
    ticked = set(request.POST.getlist("person"))
    people = [person for person in reads.invitable(row)[:INVITED_AT_ONCE] if str(person.pk) in ticked]
    back = to(request, "import_done", row.pk)
    if not people:
        return refused(request, _("Kryssa för dem som ska bjudas in."), back)
    problems = acts.invite_people(request.member, row, people=people)
    if problems:
        return refused(request, " ".join(problems), back)
    n = len(people)
    return done(request, ngettext("%(n)s person är inbjuden.", "%(n)s personer är inbjudna.", n) % {"n": n}, back)


def _too_much(unknown: Unknown) -> str:
    sentence = _(
        "Filen har %(bodies)s organ, %(parties)s partier och %(roles)s roller som inte finns här. Är kolumnerna rätt valda? "
        "Annars: lägg till organen och partierna först, eller dela upp filen."
    )
    return sentence % {"bodies": len(unknown.bodies), "parties": len(unknown.parties), "roles": len(unknown.roles)}


def _all_unknown(actor: Member, draft: PeopleImport) -> Unknown:
    """Also what was answered."""
    table = reads.draft_of(draft)
    return all_unknown(table.table, reads.columns_of(draft, table), reads.known_names(actor))


def _all_questions(actor: Member, draft: PeopleImport) -> Sequence[Question]:
    """Also those that were answered."""
    table = reads.draft_of(draft)
    read = read_list(table.table, reads.columns_of(draft, table), Answers.of(draft.choices), reads.known_names(actor))
    people, current = reads.known_people(actor, draft.source.name)
    return planned(read, current, people, {}, today=timezone.localdate()).questions

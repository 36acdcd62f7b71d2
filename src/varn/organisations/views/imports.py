"""Pages of an import of people: file, sheet, columns, words, who is who, changes, done. Nothing is saved on the way."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varn.organisations.actions import imports as acts
from varn.organisations.changes import Changed as ChangedMandate
from varn.organisations.forms.imports import ColumnsForm, SameForm, SheetForm, TakeForm, UploadForm, ValuesForm
from varn.organisations.forms.importwords import LEFT_OUT, changed_text, move_text, note_text, problem_text, seat_text
from varn.organisations.importplan import Plan, Question, ends_something, planned, stamp
from varn.organisations.importvalues import Answers, Unknown, all_unknown, read_list
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import PeopleImport
from varn.organisations.queries import imports as reads
from varn.organisations.refusals import Changed, Refused
from varn.organisations.rights import Right
from varn.organisations.views.pages import UNPROCESSABLE, Crumb, done, refused, settings_crumbs, to
from varn.tenancy.access import needs

SHOWN = 200  # rows of each kind on the page; what is to be ticked is always shown whole up to TICKED
TICKED = 1_000
INVITED_AT_ONCE = 300


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_start(request: MemberRequest) -> HttpResponse:
    """A file and the register it comes from."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        draft = acts.start_import(request.member, given["tables"], source_name=given["source"], today=timezone.localdate())
        return _onward(request, draft)
    content = {
        "form": form,
        "sources": reads.sources_for(request.member),
        "waiting": reads.waiting_for(request.member),
        "crumbs": _crumbs(request),
    }
    return _page(request, "start", content, form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_sheet(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Which sheet, when several have headings."""
    draft = _open(request, pk)
    form = SheetForm(request.POST or None, sheets=draft.table["sheets"])
    if form.is_valid():
        return _after(request, draft, lambda: acts.choose_sheet(request.member, draft, index=form.cleaned_data["sheet"]))
    return _page(request, "sheet", {"form": form, "draft": draft, "crumbs": _crumbs(request, draft)}, form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_columns(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What each column is."""
    draft = _open(request, pk)
    if len(draft.table["sheets"]) > 1:
        return redirect(to(request, "import_sheet", draft.pk))
    table = reads.draft_of(draft)
    form = ColumnsForm(request.POST or None, draft=table, mapping=reads.columns_of(draft, table))
    if form.is_valid():
        return _after(request, draft, lambda: acts.map_columns(request.member, draft, fields=form.chosen()))
    content = {
        "form": form,
        "draft": draft,
        "n_rows": len(table.table.rows),
        "n_removed": table.n_removed,
        "notes": [note_text(note) for note in table.table.notes],
        "left_out": [(column.header, LEFT_OUT[column.left_out]) for column in form.columns if column.left_out],
        "crumbs": _crumbs(request, draft),
    }
    return _page(request, "columns", content, form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_values(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What bodies, parties and roles mean that have no match here. What was answered before may be changed."""
    draft = _open(request, pk)
    if step := _before_plan(draft):
        return redirect(to(request, step, draft.pk))
    known = reads.known_names()
    unknown = _all_unknown(draft)
    form = ValuesForm(request.POST or None, unknown=unknown, known=known)
    for name, (noun, key) in form.keys.items():
        form.fields[name].initial = draft.choices.get(noun, {}).get(key, form.fields[name].initial)
    if not unknown:
        return redirect(to(request, "import_changes", draft.pk))
    if form.is_valid():
        return _after(request, draft, lambda: acts.answer_values(request.member, draft, answers=form.answers()))
    return _page(request, "values", {"form": form, "draft": draft, "crumbs": _crumbs(request, draft)}, form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_same(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Who is who, where only the name or an address that nobody has confirmed says so."""
    draft = _open(request, pk)
    if step := _before_plan(draft):
        return redirect(to(request, step, draft.pk))
    questions = _all_questions(draft)
    if not questions:
        return redirect(to(request, "import_changes", draft.pk))
    if "all-same" in request.POST:
        alone = {q.key: q.proposals[0].person_id for q in questions if len(q.proposals) == 1}
        return _after(request, draft, lambda: acts.answer_same(request.member, draft, same=alone))
    form = SameForm(request.POST or None, questions=questions)
    said = draft.choices.get("same", {})
    for name, key in form.keys.items():
        form.fields[name].initial = (said[key] or SameForm.NEW) if key in said else None
    if form.is_valid():
        return _after(request, draft, lambda: acts.answer_same(request.member, draft, same=form.answers()))
    content = {"form": form, "draft": draft, "n_questions": len(questions), "crumbs": _crumbs(request, draft)}
    return _page(request, "same", content, form.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_changes(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What would change; a POST takes it in, with the ends that are ticked."""
    draft = _import(request, pk)
    if draft.confirmed_at is not None:
        return redirect(to(request, "import_done", draft.pk))
    today = timezone.localdate()
    if step := _before_plan(draft):
        return redirect(to(request, step, draft.pk))
    plan = reads.plan_of(draft, today=today)
    if step := _before_changes(plan):
        return redirect(to(request, step, draft.pk))
    form = TakeForm(request.POST or None, plan=plan, initial=_first_choices(plan, today))
    if form.is_valid():
        try:
            acts.confirm_import(
                request.member,
                draft,
                seen=form.cleaned_data["seen"],
                ticks=form.ticks(yesterday=today - timedelta(days=1)),
                today=today,
            )
            return redirect(to(request, "import_done", draft.pk))
        except Changed as changed:
            plan = reads.plan_of(draft, today=today)
            form = TakeForm(plan=plan, initial=_first_choices(plan, today))
            return _changes_page(request, draft, plan, form, problems=[changed.sentence])
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    return _changes_page(request, draft, plan, form)


@require_POST
@needs(Right.PERSON_IMPORT)
def import_discard(request: MemberRequest, pk: UUID) -> HttpResponse:
    acts.discard_import(request.member, _import(request, pk))
    return done(request, _("Filens innehåll är borttaget. Inget mer ändras."), to(request, "import_start"))


@require_safe
@needs(Right.PERSON_IMPORT)
def import_done(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What was taken in, and who of the new may be invited."""
    row = _import(request, pk)
    if row.confirmed_at is None:
        return _onward(request, row)
    people = reads.invitable(row)
    content = {
        "draft": row,
        "counts": row.outcome["counts"],
        "people": people[:INVITED_AT_ONCE],
        "n_more": max(0, people.count() - INVITED_AT_ONCE),
        "crumbs": _crumbs(request),
    }
    return render(request, "organisations/import_done.html", content)


@require_POST
@needs(Right.PERSON_MANAGE)
def import_invite(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Invites the people ticked."""
    row = _import(request, pk)
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


def _import(request: MemberRequest, pk: UUID) -> PeopleImport:
    return reads.import_for(request.member, pk)


def _open(request: MemberRequest, pk: UUID) -> PeopleImport:
    """404 once confirmed: its rows are gone."""
    return get_object_or_404(reads.imports_for(request.member).filter(confirmed_at__isnull=True), pk=pk)


def _before_plan(draft: PeopleImport) -> str:
    """The step that must come first, or ""."""
    if len(draft.table["sheets"]) > 1:
        return "import_sheet"
    return "" if "columns" in draft.choices else "import_columns"


def _before_changes(plan: Plan) -> str:
    if plan.read.unknown:
        return "import_values"
    return "import_same" if plan.questions else ""


def _onward(request: MemberRequest, draft: PeopleImport) -> HttpResponse:
    return redirect(to(request, _before_plan(draft) or "import_changes", draft.pk))


def _after(request: MemberRequest, draft: PeopleImport, act: Callable[[], PeopleImport]) -> HttpResponse:
    """Acts and goes on to the next step; back to the start when somebody else confirmed or dropped the import."""
    try:
        return _onward(request, act())
    except Refused as refusal:
        return refused(request, refusal.sentence, to(request, "import_start"))


def _all_unknown(draft: PeopleImport) -> Unknown:
    """Also what was answered."""
    table = reads.draft_of(draft)
    return all_unknown(table.table, reads.columns_of(draft, table), reads.known_names())


def _all_questions(draft: PeopleImport) -> Sequence[Question]:
    """Also those that were answered."""
    table = reads.draft_of(draft)
    read = read_list(table.table, reads.columns_of(draft, table), Answers.of(draft.choices), reads.known_names())
    people, current = reads.known_people(draft.source.name)
    return planned(read, current, people, {}, today=timezone.localdate()).questions


def _first_choices(plan: Plan, today: date) -> dict[str, object]:
    """Until somebody chooses: what ends ended yesterday, what is new began today, or with the term the first time."""
    return {
        "seen": stamp(plan),
        "last_day": today - timedelta(days=1),
        "starts_on": today if reads.has_mandates() else None,
    }


def _changes_page(
    request: MemberRequest, draft: PeopleImport, plan: Plan, form: TakeForm, *, problems: Sequence[str] = ()
) -> HttpResponse:
    delta = plan.delta
    faults = plan.problems
    ticked = {group: form.ticked(group) for group in form.GROUPS}
    content = {
        "form": form,
        "draft": draft,
        "plan": plan,
        "errors": problems,
        "stopping": [problem_text(p) for p in faults if p.stops_row][:SHOWN],
        "n_stopping": sum(p.stops_row for p in faults),
        "mild": [problem_text(p) for p in faults if not p.stops_row][:SHOWN],
        "n_mild": sum(not p.stops_row for p in faults),
        "new": [(seat_text(n.row), n.person_id is None, n.row.is_protected) for n in delta.new[:SHOWN]],
        "new_bodies": sorted(plan.read.new_bodies),
        "new_parties": sorted(plan.read.new_parties.values()),
        "left": [(m.mandate_id, seat_text(m), m.mandate_id in ticked["left"]) for m in delta.left[:TICKED]],
        "moved": [(m.before.mandate_id, move_text(m), m.before.mandate_id in ticked["moved"]) for m in delta.moved[:TICKED]],
        "ends": [(c.mandate.mandate_id, _ends_text(c), c.mandate.mandate_id in ticked["ends"]) for c in plan.ends[:TICKED]],
        "edits": [changed_text(c, c.changes) for c in plan.edits[:SHOWN]],
        "held": [seat_text(m) for m in delta.held[:SHOWN]],
        "leaders": ", ".join(f"{row.name} ({row.party})" for row in plan.group_leaders[:SHOWN]),
        "shown": SHOWN,
        "crumbs": _crumbs(request, draft),
    }
    return _page(request, "changes", content, form.errors or problems)


def _ends_text(changed: ChangedMandate) -> str:
    return changed_text(changed, filter(ends_something, changed.changes))


def _page(request: MemberRequest, name: str, content: dict[str, object], errors: object) -> HttpResponse:
    more = {"has_errors": bool(errors)}
    return render(request, f"organisations/import_{name}.html", content | more, status=UNPROCESSABLE if errors else 200)


def _crumbs(request: MemberRequest, draft: PeopleImport | None = None) -> list[Crumb]:
    start: list[Crumb] = [(_("Importera personer"), to(request, "import_start"))] if draft else []
    return settings_crumbs(request, (_("Personer"), to(request, "people")), *start)

"""The page of an import that says what would change, the lists behind it, and the POST that takes it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.organisations.actions import imports as acts
from varn.organisations.forms.imports import TakeForm
from varn.organisations.forms.importwords import KIND_LABELS, leader_text, line_text, seat_text
from varn.organisations.importplan import Plan, fingerprint_of_plan
from varn.organisations.importpreview import TICKED, Kind, lines_of, n_by_body
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import PeopleImport
from varn.organisations.queries import imports as reads
from varn.organisations.refusals import Changed, Refused
from varn.organisations.rights import Member, Right
from varn.organisations.views.importsteps import before_changes, before_plan, crumbs_of, page, the_import
from varn.organisations.views.pages import to
from varn.tenancy.access import needs

SHOWN = 200  # lines of a kind on the page; of more it shows how many each body has, and the list is a page of its own
TICKED_SINGLY = 1_000  # of more than so many a whole body is ticked at once
PER_PAGE = 200


@dataclass(frozen=True, slots=True)
class Group:
    """All lines of a kind. `lines`: (key, text, ticked), empty where `bodies` (name, how many, ticked) stand instead."""

    kind: Kind
    n: int
    lines: list[tuple[str, str, bool]]
    bodies: list[tuple[str, int, bool]]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_IMPORT)
def import_changes(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What would change; a POST takes it in, with what is ticked."""
    draft = the_import(request, pk)
    if draft.confirmed_at is not None:
        return redirect(to(request, "import_done", draft.pk))
    today = timezone.localdate()
    if step := before_plan(draft):
        return redirect(to(request, step, draft.pk))
    form = TakeForm(request.POST) if request.method == "POST" else None
    problems: list[str] = []
    if form is not None and form.is_valid():
        try:
            acts.confirm_import(
                request.member,
                draft,
                seen=form.cleaned_data["seen"],
                ticks=partial(form.ticks, yesterday=today - timedelta(days=1)),
                today=today,
            )
            return redirect(to(request, "import_done", draft.pk))
        except Changed as changed:
            form, problems = None, [changed.sentence]
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    plan = reads.plan_of(request.member, draft, today=today)
    if step := before_changes(plan):
        return redirect(to(request, step, draft.pk))
    shown = form or TakeForm(plan=plan, initial=_first_choices(request.member, plan, today))
    return _changes_page(request, draft, plan, shown, problems=problems)


@require_safe
@needs(Right.PERSON_IMPORT)
def import_list(request: MemberRequest, pk: UUID, kind: str) -> HttpResponse:
    """Every line of a kind, page by page; of one body where the address says which."""
    draft = the_import(request, pk)
    if kind not in set(Kind):
        raise Http404
    if draft.confirmed_at is not None or before_plan(draft):
        return redirect(to(request, "import_changes", draft.pk))
    body = request.GET.get("organ", "")
    plan = reads.plan_of(request.member, draft, today=timezone.localdate())
    lines = [one for one in lines_of(plan, Kind(kind)) if body in ("", one.body)]
    shown = Paginator(lines, PER_PAGE).get_page(request.GET.get("sida"))
    kept = request.GET.copy()
    kept.pop("sida", None)
    crumbs = [*crumbs_of(request, draft), (_("Vad ska ändras?"), to(request, "import_changes", draft.pk))]
    content = {
        "title": KIND_LABELS[Kind(kind)],
        "body": body,
        "page": shown,
        "lines": [(one.body, line_text(one)) for one in shown],
        "query": kept.urlencode(),
        "crumbs": crumbs,
    }
    return render(request, "organisations/import_list.html", content)


def _first_choices(actor: Member, plan: Plan, today: date) -> dict[str, object]:
    """Until somebody chooses: what ends ended yesterday, what is new began today, or with the term the first time."""
    return {
        "seen": fingerprint_of_plan(plan),
        "last_day": today - timedelta(days=1),
        "starts_on": today if reads.has_mandates(actor) else None,
    }


def _changes_page(
    request: MemberRequest, draft: PeopleImport, plan: Plan, form: TakeForm, *, problems: Sequence[str] = ()
) -> HttpResponse:
    groups = {kind.name.lower(): _group(plan, kind, form) for kind in Kind}
    replacing = form.replacing()
    content = {
        "form": form,
        "draft": draft,
        "plan": plan,
        "errors": problems,
        "groups": groups,
        "new_bodies": sorted(plan.read.new_bodies),
        "new_parties": sorted(plan.read.new_parties.values()),
        "named": [leader_text(one) for one in plan.leaders if one.before is None],
        "replaced": [(one.party, leader_text(one), one.party in replacing) for one in plan.leaders if one.before],
        "unclear": [seat_text(row) for row in plan.unclear_leaders[:SHOWN]],
        "crumbs": crumbs_of(request, draft),
    }
    return page(request, "changes", content, form.errors or problems)


def _group(plan: Plan, kind: Kind, form: TakeForm) -> Group:
    lines = lines_of(plan, kind)
    name = next((name for name, ticked in TICKED.items() if ticked is kind), "")
    keys = form.ticked(name, plan) if name else set()
    if len(lines) <= (TICKED_SINGLY if name else SHOWN):
        return Group(kind, len(lines), [(one.key, line_text(one), one.key in keys) for one in lines], [])
    ticked = {one.body for one in lines} - {one.body for one in lines if one.key not in keys}
    return Group(kind, len(lines), [], [(body, n, body in ticked) for body, n in n_by_body(lines)])

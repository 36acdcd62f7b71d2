"""What the pages of an import share: the import itself, which step comes first, the way on."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from varn.organisations.importplan import Plan
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import PeopleImport
from varn.organisations.queries import imports as reads
from varn.organisations.refusals import Refused
from varn.organisations.views.pages import UNPROCESSABLE, Crumb, refused, settings_crumbs, to


def the_import(request: MemberRequest, pk: UUID) -> PeopleImport:
    return reads.import_for(request.member, pk)


def open_import(request: MemberRequest, pk: UUID) -> PeopleImport:
    """404 once confirmed: its rows are gone."""
    return get_object_or_404(reads.imports_for(request.member).filter(confirmed_at__isnull=True), pk=pk)


def before_plan(draft: PeopleImport) -> str:
    """The step that must come first, or ""."""
    if len(draft.table["sheets"]) > 1:
        return "import_sheet"
    return "" if "columns" in draft.choices else "import_columns"


def before_changes(plan: Plan) -> str:
    if plan.read.unknown:
        return "import_values"
    return "import_same" if plan.questions else ""


def onward(request: MemberRequest, draft: PeopleImport) -> HttpResponse:
    return redirect(to(request, before_plan(draft) or "import_changes", draft.pk))


def after(request: MemberRequest, draft: PeopleImport, act: Callable[[], PeopleImport]) -> HttpResponse:
    """Acts and goes on to the next step; back to the start when somebody else confirmed or dropped the import."""
    try:
        return onward(request, act())
    except Refused as refusal:
        return refused(request, refusal.sentence, to(request, "import_start"))


def page(request: MemberRequest, name: str, content: dict[str, object], errors: object) -> HttpResponse:
    more = {"has_errors": bool(errors)}
    return render(request, f"organisations/import_{name}.html", content | more, status=UNPROCESSABLE if errors else 200)


def crumbs_of(request: MemberRequest, draft: PeopleImport | None = None) -> list[Crumb]:
    start: list[Crumb] = [(_("Importera personer"), to(request, "import_start"))] if draft else []
    return settings_crumbs(request, (_("Personer"), to(request, "people")), *start)

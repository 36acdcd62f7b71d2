"""The plan on paper: asked for, made by a job while its page shows how far it is, read as PDF."""

from uuid import UUID, uuid4

from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from varn.measures.actions.printing import ask_printing
from varn.measures.queries import measures_for
from varn.measures.queries.owners import known_of_plan
from varn.measures.queries.printing import plan_for
from varn.measures.views.lists import filter_form, row_id_in
from varn.measures.views.pages import crumbs, to
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.printing.views import Words, file, progress
from varn.tenancy.access import needs


@require_POST
@needs(Right.MEASURE_READ)
def print_plan(request: MemberRequest) -> HttpResponse:
    """What the plan's filter gives; the filter stays in the address."""
    known = known_of_plan(measures_for(request.member), today=timezone.localdate())
    wanted, is_english = filter_form(request, known).wanted(), get_language() == "en"
    try:
        row = ask_printing(request.member, row_id=row_id_in(request), wanted=wanted, is_english=is_english)
    except IntegrityError:  # an id that is another organisation's: whoever made it up learns nothing
        row = ask_printing(request.member, row_id=uuid4(), wanted=wanted, is_english=is_english)
    return redirect(to(request, "printing", row.pk))


@require_safe
@needs(Right.MEASURE_READ)
def printing(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = plan_for(request.member, pk)
    urls = {"url": to(request, "printing", row.pk), "file_url": to(request, "printing_file", row.pk)}
    return progress(request, row, _words(row.n_rows), crumbs=crumbs(request), **urls)


def _words(n: int) -> Words:
    return Words(
        _("Handlingsplanen på papper"),
        ngettext("Sätter %(n)s åtgärd", "Sätter %(n)s åtgärder", n) % {"n": n},
        ngettext("Klart. %(n)s åtgärd.", "Klart. %(n)s åtgärder.", n) % {"n": n},
        _(
            "Det gick inte att göra filen. Gå tillbaka till planen och försök igen. "
            "Händer det igen, säg till den som driver Värn."
        ),
    )


@require_safe
@needs(Right.MEASURE_READ)
def printing_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = plan_for(request.member, pk)
    return file(row, f"handlingsplan-{row.asked_at:%Y-%m-%d}")

"""What was foreseen and what happened: counts, and the matters to learn from. No score."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.riskguide.assessment.queries import outcomes
from varn.riskguide.models import Closing
from varn.tenancy.access import needs

LEVELS = ("high", "moderate", "low", "")


@require_safe
@needs(Right.MATTER_READ)
def forecast(request: MemberRequest) -> HttpResponse:
    return _page(request, shows_matters=True)


@require_safe
@needs(Right.TOTALS_READ)
def totals(request: MemberRequest) -> HttpResponse:
    """The counts alone, for those who read totals and no matters."""
    return _page(request, shows_matters=False)


def _page(request: MemberRequest, *, shows_matters: bool) -> HttpResponse:
    rows = outcomes.ended(request.member)
    table = outcomes.table_of(rows)
    misses = outcomes.misses_of(rows)
    names = list(Closing.Outcome.choices)
    context = {
        "names": [label for _value, label in names],
        "table": [
            (level, [(label, table.get((level, value), 0)) for value, label in names])
            for level in LEVELS
            if level or any(table.get(("", value)) for value, _label in names)
        ],
        "n": len(rows),
        "n_misses": len(misses),
        "misses": misses if shows_matters else [],
        "shows_matters": shows_matters,
    }
    return render(request, "riskguide/forecast.html", context)

"""Start pages: what is mine today."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from varn.organisations.middleware import MemberRequest
from varn.organisations.queries import memberships_of
from varn.organisations.rights import Right
from varn.tenancy.access import account, needs
from varn.web.queries import coming_agendas, own_seats, totals_for, trail_head, upkeep_for


@require_safe
@account
def own_start(request: HttpRequest) -> HttpResponse:
    """The first page after log-in: straight to one's organisation, or a choice between them."""
    mine = list(memberships_of(cast(UUID, request.user.pk), today=timezone.localdate()))
    if len(mine) == 1:
        return redirect("start", mine[0][0].slug)
    return render(request, "web/own_start.html", {"mine": [organisation for organisation, _member in mine]})


@require_safe
@needs(Right.OWN_READ)
def start(request: MemberRequest) -> HttpResponse:
    """The organisation's start page: each part is there for those who have its right."""
    member, today = request.member, timezone.localdate()
    parts = {
        "may": {right.name.lower(): True for right in member.rights},
        "coming": coming_agendas(member, today=today),
        "upkeep": upkeep_for(member, today=today),
        "totals": totals_for(member, today=today),
        "head": trail_head(member),
        "seats": own_seats(member, today=today),
        "today": today,
    }
    return render(request, "web/start.html", parts)

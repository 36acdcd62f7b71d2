"""Start pages: what is mine today."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from varn.accounts.models import Account
from varn.organisations.middleware import MemberRequest
from varn.organisations.queries import memberships_of
from varn.organisations.queries.grants import n_to_confirm
from varn.organisations.queries.links import waiting_invitations
from varn.organisations.rights import Right
from varn.riskguide.assessment.queries.groups import waiting_seats
from varn.tenancy.access import account, needs
from varn.web.queries import (
    coming_agendas,
    duty_today,
    high_matters,
    own_measures_near,
    own_seats,
    own_turns,
    totals_for,
    trail_head,
    upkeep_for,
)


@require_safe
@account
def own_start(request: HttpRequest) -> HttpResponse:
    """The first page after log-in: straight to one's organisation, or a choice between them. An invitation that was
    accepted while nobody was logged in waits here."""
    user = cast(Account, request.user)
    mine = list(memberships_of(user.pk, today=timezone.localdate()))
    n_waiting = len(waiting_invitations(user.email))
    if len(mine) == 1 and not n_waiting:
        return redirect("start", mine[0][0].slug)
    content = {"mine": [organisation for organisation, _member in mine], "n_waiting": n_waiting}
    return render(request, "web/own_start.html", content)


@require_safe
@needs(Right.OWN_READ)
def start(request: MemberRequest) -> HttpResponse:
    """The organisation's start page: each part is there for those who have its right."""
    member, today = request.member, timezone.localdate()
    coming, seats = coming_agendas(member, today=today), own_seats(member, today=today)
    parts = {
        "may": {right.name.lower(): True for right in member.rights},
        "held": {role.value: True for role in member.roles},
        "asked": waiting_seats(member),
        "n_to_confirm": n_to_confirm(member, today=today),
        "measures": own_measures_near(member, today=today),
        "coming": coming,
        "high": high_matters(coming),
        "me": member.person_id,
        "turns": own_turns(member, today=today),
        "duties": duty_today(member, today=today),
        "upkeep": upkeep_for(member, today=today),
        "totals": totals_for(member, today=today),
        "head": trail_head(member),
        "seats": seats,
        "parties": dict.fromkeys(seat.party for seat in seats if seat.party),
        "today": today,
    }
    return render(request, "web/start.html", parts)

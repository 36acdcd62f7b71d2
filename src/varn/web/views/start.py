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
from varn.web.today import tasks_for
from varn.web.tools import STEPS, tools_for


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
    """The organisation's start page for this role."""
    return render(request, "web/start.html", {"tasks": tasks_for(request.member, today=timezone.localdate())})

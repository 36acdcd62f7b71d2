"""The five steps of the toolbox: what there is in each, for this role."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.tenancy.access import needs
from varn.web.tools import STEPS


@require_safe
@needs(Right.ORGANISATION_READ)
def step(request: MemberRequest, step: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    return render(request, f"web/step_{step}.html", {"may": {right.name.lower(): True for right in request.member.rights}})

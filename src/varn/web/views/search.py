"""Search over what exists and is not sealed: people, matters, bodies, each by its right."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.tenancy.access import needs
from varn.web.queries import found_for

LONGEST = 100


@require_safe
@needs(Right.ORGANISATION_READ)
def search(request: MemberRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
    found = found_for(request.member, words, today=timezone.localdate())
    return render(request, "web/search.html", {"words": words, "found": found})

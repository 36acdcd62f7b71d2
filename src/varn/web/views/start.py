"""Start pages: what is mine today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varn.tenancy.access import public


@require_safe
@public()
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "web/start.html")

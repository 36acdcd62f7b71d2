"""Quick exit: forgets everything the browser keeps from here and shows a page that says nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varn.tenancy.access import public


@require_safe
@public()
def leave(request: HttpRequest) -> HttpResponse:
    """Not to another site: a request from here would tell it where the visitor came from."""
    response = render(request, "web/leave.html")
    response["Clear-Site-Data"] = '"cookies", "storage"'  # not "cache": it takes seconds, and our pages are not kept
    response["Referrer-Policy"] = "no-referrer"
    return response

"""Error pages: what went wrong, what to do now, and a human's number. They read nothing from the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(request, 403, "403_csrf.html")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400)


def gone(request: HttpRequest) -> HttpResponse:
    """A link that was used, has expired, was revoked or never was: the same page for all four."""
    return _error(request, 410)


def fault(request: HttpRequest) -> HttpResponse:
    """500; or 503 while the database is away, since then nothing is wrong with what the visitor did."""
    is_away = isinstance(sys.exc_info()[1], InterfaceError | OperationalError)
    return _error(request, 503 if is_away else 500)


def _error(request: HttpRequest, status: int, template: str = "") -> HttpResponse:
    return HttpResponse(render_to_string(template or f"{status}.html"), status=status)  # no request: no context processor

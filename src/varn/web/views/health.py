"""What a monitor or a robot asks."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from varn.tenancy.access import public


@require_safe
@public()
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@public()
def ready(request: HttpRequest) -> HttpResponse:
    """The process and its database answer; 503 through the fault page while the database is away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@public(is_cacheable=True)
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /l/\nDisallow: /logga-in/\n", content_type="text/plain")

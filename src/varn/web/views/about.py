"""Pages about Värn itself: public, the same for everyone."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from varn.tenancy.access import public


@require_safe
@public(is_cacheable=True)
def hub(request: HttpRequest) -> HttpResponse:
    """The first page: what to do now, and what Värn is."""
    return render(request, "web/hub.html", {"member_url": settings.MEMBER_URL, "public_url": settings.PUBLIC_URL})


@require_safe
@public(is_cacheable=True)
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html")


@require_safe
@public(is_cacheable=True)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that DOS-lagen (2018:1937) asks for."""
    return render(request, "web/accessibility.html")

"""The same headers on every answer, errors and static files included."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# One constant policy: no inline script or style anywhere, nothing from another host.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",  # under no-referrer a form's POST would send Origin: null, which Django refuses
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
if settings.IS_SECURE:
    HEADERS["Strict-Transport-Security"] = "max-age=31536000"  # a year


class HeadersMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class KeptPagesMiddleware:
    """Keeps public pages that are the same bytes for everyone, for a minute, in this process.

    A view says so itself (`public(is_cacheable=True)`); a page that sets a cookie, or was asked for with a query, is never kept.
    """

    SECONDS = 60.0
    MOST = 500

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.kept: dict[tuple[str, bool], tuple[float, bytes, dict[str, str]]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or request.META.get("QUERY_STRING"):
            return self.get_response(request)
        request.get_host()  # a forged Host is refused here too
        key = (request.path, "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""))
        found = self.kept.get(key)
        if found and found[0] > time.monotonic():
            return HttpResponse(found[1], headers=found[2])
        response = self.get_response(request)
        if getattr(response, "is_kept_page", False) and not response.cookies:
            self._keep(key, response)
        return response

    def _keep(self, key: tuple[str, bool], response: HttpResponse) -> None:
        if len(self.kept) >= self.MOST:
            self.kept.clear()
        response.headers["Vary"] = "Accept-Encoding"  # of what Django varies on, only this: the page knows no visitor
        headers = dict(response.headers)
        self.kept[key] = (time.monotonic() + self.SECONDS, response.content, headers)

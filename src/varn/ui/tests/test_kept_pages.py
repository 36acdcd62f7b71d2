"""Kept pages: one copy for those who take gzip, one for those who do not."""

import gzip
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from varn.ui.middleware import KeptPagesMiddleware

TEXT = b"<p>Det som sker</p>" * 50


def page(request: HttpRequest) -> HttpResponse:
    page.asked += 1  # type: ignore[attr-defined]
    response = HttpResponse(TEXT)
    response.is_kept_page = True  # type: ignore[attr-defined]
    response.headers["Vary"] = "Cookie"
    return response


def test_each_visitor_gets_what_their_browser_reads_and_the_view_is_asked_once_for_each() -> None:
    page.asked = 0  # type: ignore[attr-defined]
    kept = KeptPagesMiddleware(cast(Any, GZipMiddleware(page)))
    ask = RequestFactory().get
    for _ in range(3):
        packed = kept(ask("/", headers={"accept-encoding": "gzip, br"}))
        plain = kept(ask("/"))
        assert gzip.decompress(packed.content) == plain.content == TEXT
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert page.asked == 2  # type: ignore[attr-defined]

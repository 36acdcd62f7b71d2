"""Counts attempts against the limits, and answers 429 with the time when it is worth trying again."""

import math
from collections.abc import Iterable
from datetime import datetime
from typing import cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from varn.accounts.limits import Limit, keys
from varn.accounts.models import Tally


def spend(request: HttpRequest, limits: Iterable[Limit], account: str) -> list[str]:
    """Counts one attempt and returns the keys, for `take_back` if it turns out well. Counted before it is tried, so
    that a burst is no way round. Raises ImmediateHttpResponse (429) when there have been too many."""
    if settings.NO_LIMITS:
        return []
    now = timezone.now()
    spent = []
    for limit in limits:
        key = keys(limit, account=account, address=client_address(request), secret=settings.SECRET, today=now.date())
        n, ends_at = Tally.objects.add(key, seconds=limit.seconds, now=now)
        spent.append(key)
        if n > limit.n_most:
            take_back(spent[:-1])  # what is refused does not fill the wider counts
            raise ImmediateHttpResponse(too_many(request, ends_at, now))
    return spent


def take_back(spent: Iterable[str]) -> None:
    for key in spent:
        Tally.objects.take_back(key)


def client_address(request: HttpRequest) -> str:
    """Behind a proxy the address the proxy saw (ALLAUTH_TRUSTED_PROXY_COUNT), else the connection's own."""
    return cast(str | None, get_client_ip(request)) or ""


def too_many(request: HttpRequest, ends_at: datetime, now: datetime) -> HttpResponse:
    seconds = max(1, math.ceil((ends_at - now).total_seconds()))
    page = render(request, "accounts/too_many.html", {"ends_at": ends_at, "n_minutes": math.ceil(seconds / 60)}, status=429)
    page.headers["Retry-After"] = str(seconds)
    return page

"""Who visits; and keeps an account that must have a second factor, and has none yet, at the pages that add one."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from varn.accounts.adapters.account import MUST_ADD_FACTOR, ONE_FACTOR
from varn.accounts.models import Account
from varn.tenancy.access import Access

ADDING = frozenset(
    [
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_view_recovery_codes",
    ]
)


class VisitorMiddleware:
    """Sets `request.user`, as Django's own would, but by the account that came with the session: no question more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _visitor(request))  # type: ignore[assignment]  # opened by who asks
        return self.get_response(request)


def _visitor(request: HttpRequest) -> Account | AnonymousUser:
    """Nobody for an account that is shut, or whose password was changed since the session began."""
    account: Account | None = request.session.account  # type: ignore[attr-defined]  # varn.accounts.sessions
    if account is None or not account.is_active:
        return AnonymousUser()
    if not constant_time_compare(request.session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()):
        request.session.flush()
        return AnonymousUser()
    return account


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        """Public pages do not ask who reads them: the session is not even opened for those."""
        access: Access | None = getattr(view, "access", None)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if access is None or access.kind == "public" or name in ADDING or not request.session.get(MUST_ADD_FACTOR):
            return None
        return redirect("mfa_index") if request.user.is_authenticated else None


def must_add_factor(request: HttpRequest) -> bool:
    """Asked when a role that demands a second factor is met: True, from now on, for a log-in by one factor."""
    if request.session.get(ONE_FACTOR) != str(request.user.pk):
        return False
    request.session[MUST_ADD_FACTOR] = True
    return True

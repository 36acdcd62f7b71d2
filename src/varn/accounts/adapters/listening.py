"""What allauth tells us while somebody logs in or changes their account, and what follows from it."""

from typing import Any

from allauth.account import signals as account_signals
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.db.models import F
from django.http import HttpRequest

from varn.accounts import hooks
from varn.accounts.adapters.account import MUST_ADD_FACTOR, ONE_FACTOR, SECOND_FACTOR
from varn.accounts.adapters.factors import factors_of
from varn.accounts.adapters.openid import OpenIdProvider
from varn.accounts.models import Account
from varn.sealing.boxes import token_hash


def connect() -> None:
    """Once, when the process starts."""
    OpenIDConnectProvider.oauth2_adapter_class = OpenIdProvider
    account_signals.authentication_step_completed.connect(new_cookie)
    account_signals.user_logged_in.connect(forget_when)
    mfa_signals.authenticator_used.connect(second_factor_shown)
    mfa_signals.authenticator_added.connect(factor_added)
    mfa_signals.authenticator_removed.connect(factor_removed)
    for signal in (account_signals.password_changed, account_signals.password_set, account_signals.password_reset):
        signal.connect(password_changed)
    account_signals.email_changed.connect(email_changed)


def new_cookie(request: HttpRequest, **kwargs: Any) -> None:
    """After each step: whoever knew the cookie before knows nothing."""
    request.session.cycle_key()


def forget_when(user: Account, **kwargs: Any) -> None:
    """Which day and hour somebody came by their OpenID provider is not kept."""
    SocialAccount.objects.filter(user_id=user.pk).update(last_login=F("date_joined"), extra_data={})


def second_factor_shown(request: HttpRequest, user: Account, authenticator: Authenticator, **kwargs: Any) -> None:
    Authenticator.objects.filter(pk=authenticator.pk).update(last_used_at=None)
    request.session[SECOND_FACTOR] = str(user.pk)
    _no_longer_bound(request)


def factor_added(request: HttpRequest, user: Account, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    request.session[SECOND_FACTOR] = str(user.pk)
    request.session.cycle_key()
    # It was shown just now: the recovery codes, which come next, do not ask for it again.
    record_authentication(request, user, "mfa", type=authenticator.type, reauthenticated=True)
    _no_longer_bound(request)
    hooks.tell(user.pk, hooks.FACTOR_ADDED)


def factor_removed(request: HttpRequest, user: Account, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    if not factors_of(user).exists():
        request.session.pop(SECOND_FACTOR, None)
        request.session[ONE_FACTOR] = str(user.pk)
        request.session[MUST_ADD_FACTOR] = hooks.requirements_of(user.pk).second_factor
    hooks.tell(user.pk, hooks.FACTOR_REMOVED)


def password_changed(request: HttpRequest, user: Account, **kwargs: Any) -> None:
    """Every other log-in ends at once."""
    key = request.session.session_key if request.user.is_authenticated else None
    user.log_out_everywhere(but=token_hash(key) if key else None)
    hooks.tell(user.pk, hooks.PASSWORD_CHANGED)


def email_changed(user: Account, from_email_address: object, **kwargs: Any) -> None:
    """Not when an account's first address is confirmed."""
    if from_email_address is not None:
        hooks.tell(user.pk, hooks.EMAIL_CHANGED)


def _no_longer_bound(request: HttpRequest) -> None:
    for name in (ONE_FACTOR, MUST_ADD_FACTOR):
        request.session.pop(name, None)

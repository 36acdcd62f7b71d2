"""Log-in and one's own account. Only these of allauth's views answer, each with its access declared here."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_http_methods

from varn.accounts.views import own, steps
from varn.tenancy.access import LOGGED_IN, account, public

READ, POST, FORM = ["GET", "HEAD"], ["POST"], ["GET", "HEAD", "POST"]
_anyone = public(roles=LOGGED_IN)


def step(route: str, view: Callable[..., Any], name: str, methods: list[str] = FORM) -> URLPattern:
    """A page on the way in: anyone."""
    return path(f"logga-in/{route}", _anyone(require_http_methods(methods)(steps.answered(view))), name=name)


def mine(route: str, view: Callable[..., Any], name: str, methods: list[str] = FORM) -> URLPattern:
    """A page about oneself."""
    return path(f"konto/{route}", account(require_http_methods(methods)(steps.answered(view))), name=name)


def openid(route: str, view: Callable[..., Any], name: str, methods: list[str]) -> URLPattern:
    route = rf"^logga-in/(?P<provider_id>oidc)/{route}$"
    return re_path(route, _anyone(require_http_methods(methods)(steps.answered(view))), name=name)


urlpatterns = [
    step("", steps.LogIn.as_view(), "account_login"),
    path("logga-ut/", _anyone(require_http_methods(POST)(steps.answered(account_views.logout))), name="account_logout"),
    step("kod/", steps.RequestCode.as_view(), "account_request_login_code"),
    step("kod/bekrafta/", account_views.confirm_login_code, "account_confirm_login_code"),
    step("steg-2/", steps.SecondStep.as_view(), "mfa_authenticate"),
    step("passkey/", steps.LogInByPasskey.as_view(), "mfa_login_webauthn"),
    step("e-post/", account_views.email_verification_sent, "account_email_verification_sent"),
    step("glomt/", steps.Forgotten.as_view(), "account_reset_password"),
    step("glomt/kod/", account_views.confirm_password_reset_code, "account_confirm_password_reset_code"),
    step("glomt/nytt/", account_views.complete_password_reset, "account_complete_password_reset"),
    step("glomt/klart/", account_views.password_reset_from_key_done, "account_password_reset_completed", READ),
    step("inget-konto/", steps.how_to_get_an_account, "account_signup", READ),  # allauth's mails name it: not a sign-up
    step("avbrutet/", steps.openid_cancelled, "socialaccount_login_cancelled", READ),
    openid("start/", steps.openid_start, "openid_connect_login", POST),
    openid("svar/", steps.openid_answer, "openid_connect_callback", ["GET"]),
    mine("", own.overview, "own_account", READ),
    mine("sprak/", own.language, "own_language", POST),
    mine("losenord/", account_views.password_change, "account_change_password"),
    mine("losenord/valj/", account_views.password_set, "account_set_password"),
    mine("e-post/", account_views.email, "account_email"),
    mine("koppling/ta-bort/", own.disconnect, "own_disconnect", POST),
    mine("inloggningar/", own.log_ins, "own_log_ins", READ),
    mine("inloggningar/namn/", own.name_device, "own_name_device", POST),
    mine("inloggningar/avsluta/", own.end_log_in, "own_end_log_in", POST),
    mine("inloggningar/avsluta-alla/", own.end_all, "own_end_all", POST),
    mine("inloggningar/delad/", own.share, "own_share", POST),
    mine("bekrafta/", account_views.reauthenticate, "account_reauthenticate"),
    mine("bekrafta/kod/", mfa_views.reauthenticate, "mfa_reauthenticate"),
    mine("bekrafta/passkey/", steps.PasskeyAgain.as_view(), "mfa_reauthenticate_webauthn"),
    mine("tva-steg/", steps.FactorsIndex.as_view(), "mfa_index", READ),
    mine("tva-steg/app/", steps.ActivateApp.as_view(), "mfa_activate_totp"),
    mine("tva-steg/app/ta-bort/", totp_views.deactivate_totp, "mfa_deactivate_totp"),
    mine("tva-steg/reservkoder/", recovery_views.view_recovery_codes, "mfa_view_recovery_codes", ["GET"]),
    mine("tva-steg/reservkoder/nya/", recovery_views.generate_recovery_codes, "mfa_generate_recovery_codes"),
    mine("tva-steg/passkey/", steps.AddPasskey.as_view(), "mfa_add_webauthn"),
    mine("tva-steg/passkey/<int:pk>/", steps.NamePasskey.as_view(), "mfa_edit_webauthn"),
    mine("tva-steg/passkey/<int:pk>/ta-bort/", steps.RemovePasskey.as_view(), "mfa_remove_webauthn"),
]

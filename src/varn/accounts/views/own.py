"""One's own account: overview, log-ins, language of mails, the link to an OpenID provider."""

from typing import cast

from allauth.account.internal.flows.logout import logout
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from varn.accounts import hooks
from varn.accounts.forms.login import DeviceForm
from varn.accounts.models import Account
from varn.accounts.queries import log_ins_of, openid_of, own_factors
from varn.accounts.sessions import SHARED
from varn.sealing.boxes import token_hash


def overview(request: HttpRequest) -> HttpResponse:
    account = _account(request)
    return render(
        request,
        "accounts/own_account.html",
        {
            "account": account,
            "factors": own_factors(account),
            "n_log_ins": len(log_ins_of(account, request.session.session_key)),
            "languages_of_mail": Account.Language.choices,
            "openid": openid_of(account),
            "openid_name": settings.OIDC_NAME,
        },
    )


def language(request: HttpRequest) -> HttpResponse:
    """POST. Anything but a known language changes nothing."""
    account = _account(request)
    if request.POST.get("language") in Account.Language.values:
        account.language = request.POST["language"]
        account.save(update_fields=["language"])
        messages.success(request, _("Sparat."))
    return redirect("own_account")


def disconnect(request: HttpRequest) -> HttpResponse:
    """POST. Takes away the link to the OpenID provider."""
    raise_if_reauthentication_required(request, app="allauth.socialaccount")
    linked = openid_of(_account(request))
    if linked is not None:
        linked.delete()
        messages.success(request, _("Kopplingen är borttagen."))
    return redirect("own_account")


def log_ins(request: HttpRequest) -> HttpResponse:
    found = log_ins_of(_account(request), request.session.session_key)
    return render(request, "accounts/log_ins.html", {"log_ins": found, "is_shared": request.session.get(SHARED, False)})


def name_device(request: HttpRequest) -> HttpResponse:
    """POST. The person's own name for a device."""
    row = get_object_or_404(_account(request).sessions, lookup=_lookup(request))
    form = DeviceForm(request.POST)
    if form.is_valid():
        row.device = form.cleaned_data["device"]
        row.save(update_fields=["device"])
    return redirect("own_log_ins")


def end_log_in(request: HttpRequest) -> HttpResponse:
    """POST. Ends one log-in; this one too, then as by «log out»."""
    lookup = _lookup(request)
    row = get_object_or_404(_account(request).sessions, lookup=lookup)
    if lookup == token_hash(cast(str, request.session.session_key)):
        logout(request)
        return redirect("account_login")
    row.delete()
    messages.success(request, _("Den enheten är utloggad."))
    return redirect("own_log_ins")


def end_all(request: HttpRequest) -> HttpResponse:
    """POST. Everywhere, this device included."""
    account = _account(request)
    account.log_out_everywhere(but=token_hash(cast(str, request.session.session_key)))
    hooks.tell(account.pk, hooks.LOGGED_OUT_EVERYWHERE)
    logout(request)
    return redirect("account_login")


def share(request: HttpRequest) -> HttpResponse:
    """POST. This computer is a shared one after all."""
    request.session[SHARED] = True
    messages.success(request, _("Du loggas ut när webbläsaren stängs, och efter en halvtimme utan klick."))
    return redirect("own_log_ins")


def _lookup(request: HttpRequest) -> str:
    """Which log-in a form is about; "" for what no form of ours sends (PostgreSQL raises on a NUL byte)."""
    sent = request.POST.get("lookup", "")
    return sent if sent.isalnum() else ""


def _account(request: HttpRequest) -> Account:
    return cast(Account, request.user)

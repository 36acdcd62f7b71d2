"""allauth's views, as far as we let them answer: our templates, our context, nothing stored of a half-done request."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account_views
from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.base import views as mfa_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal import auth
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from requests import RequestException

from varn.accounts import hooks
from varn.accounts.adapters.factors import has_other_factor, was_sealed_elsewhere
from varn.accounts.adapters.openid import OpenIdProvider
from varn.accounts.adapters.throttle import spend
from varn.accounts.limits import PASSKEY
from varn.accounts.queries import own_factors
from varn.accounts.sessions import SHARED

View = Callable[..., HttpResponse]


def answered(view: View) -> View:
    """What allauth's own middleware does for exceptions, without keeping the request (its address, cookie and
    password) in the session until the person has shown again who they are: they press the button anew."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ImmediateHttpResponse as answer:
            return answer.response  # type: ignore[no-any-return]
        except ReauthenticationRequired:
            methods = get_adapter().get_reauthentication_methods(request.user)
            page = methods[0]["url"] if methods else reverse("account_login")
            after = request.get_full_path() if request.method == "GET" else reverse("own_account")
            return HttpResponseRedirect(f"{page}?{urlencode({'next': after})}")
        except RequestException:
            return render(request, "socialaccount/authentication_error.html", status=503)

    return inner


def data_of(options: object) -> str:
    """For a data attribute: what the browser is asked to sign."""
    return json.dumps(options)


class WhereMixin:
    """Tells on every way in which address is whose: the same for known and unknown."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return found | {
            "staff_url": settings.STAFF_URL if settings.STAFF_URL != settings.MEMBER_URL else "",
            "member_url": settings.MEMBER_URL,
            "openid_name": settings.OIDC_NAME if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] else "",
        }


class LogIn(WhereMixin, account_views.LoginView):  # type: ignore[misc]
    pass


class RequestCode(WhereMixin, account_views.RequestLoginCodeView):  # type: ignore[misc]
    pass


class Forgotten(WhereMixin, account_views.PasswordResetView):  # type: ignore[misc]
    pass


class SecondStep(mfa_views.AuthenticateView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        account = self.stage.login.user
        factors, is_elsewhere = own_factors(account), was_sealed_elsewhere(account)
        return found | {"factors": factors, "is_elsewhere": is_elsewhere, "options": data_of(found["js_data"]["request_options"])}


class FactorsIndex(mfa_views.IndexView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account = self.request.user
        return {
            **super().get_context_data(**kwargs),
            "factors": own_factors(account),
            "is_required": hooks.requirements_of(account.pk).second_factor,
        }


class ActivateApp(totp_views.ActivateTOTPView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        secret = found["form"].secret
        return found | {"seed": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))}


class AddPasskey(webauthn_views.AddWebAuthnView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """allauth's own would ask for a key that cannot log in by itself, and let its script change that."""
        found: dict[str, Any] = super(webauthn_views.AddWebAuthnView, self).get_context_data(**kwargs)
        return found | {"options": data_of(auth.begin_registration(self.request.user, True))}


class NamePasskey(webauthn_views.EditWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")


class RemovePasskey(webauthn_views.RemoveWebAuthnView):  # type: ignore[misc]
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        account = self.request.user
        if hooks.requirements_of(account.pk).second_factor and not has_other_factor(account, self.get_object()):
            messages.error(self.request, _("Ditt uppdrag kräver tvåstegsinloggning. Lägg till ett annat sätt först."))
            return HttpResponseRedirect(reverse("mfa_index"))
        answer: HttpResponse = super().form_valid(form)
        return answer


class PasskeyAgain(webauthn_views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"options": data_of(found["js_data"]["request_options"])}

    def form_invalid(self, form: Any) -> HttpResponse:
        return HttpResponseRedirect(self.request.get_full_path())


class LogInByPasskey(webauthn_views.LoginWebAuthnView):  # type: ignore[misc]
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        spend(request, PASSKEY, "")  # each begins a session
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.session[SHARED] = form.cleaned_data["shared"]
        answer: HttpResponse = super().form_valid(form)
        return answer


def openid_start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """POST. Off to the provider; whatever else the address carries is left out."""
    request.GET = QueryDict(urlencode({key: request.POST[key] for key in ("process", "next") if key in request.POST}))
    return _openid(OAuth2LoginView, request, provider_id)


def openid_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """GET. Back from the provider."""
    return _openid(OAuth2CallbackView, request, provider_id)


def _openid(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(OpenIdProvider(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer


def how_to_get_an_account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/no_account.html")


def openid_cancelled(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", {"was_cancelled": True})

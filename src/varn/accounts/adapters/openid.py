"""Where allauth's OpenID Connect asks us: only people who have an account, and only the subject is kept."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override


class OpenIdAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Called with the provider's answer before anything is saved: the answer goes no further."""
        sociallogin.account.extra_data = {}
        sociallogin.user.email = ""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        sociallogin.token = None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        raise ImmediateHttpResponse(render(request, "socialaccount/signup_closed.html", status=403))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        return reverse("own_account")


class OpenIdProvider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """One address, in one language, built from the settings: the provider knows no other."""
        with override(settings.LANGUAGE_CODE):
            return str(settings.OWN_URL) + reverse("openid_connect_callback", args=[self.provider_id])

"""Where django-allauth asks us: no open sign-up, sealed seeds."""

import base64

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from varn.sealing.boxes import seal, unseal

_PURPOSE = "second factor"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # people join by invitation


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seeds are sealed by the process that checks them: a dump holds none."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text.encode(), secret=settings.SECRET, purpose=_PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), secret=settings.SECRET, purpose=_PURPOSE).decode()


class OpenIdAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

"""Second factors: codes from an app, recovery codes, passkeys. allauth's forms in our words and under our limits."""

import struct
from typing import Any

from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy as _

from varn.accounts.adapters.throttle import spend, take_back
from varn.accounts.forms.login import code_field
from varn.accounts.limits import ONE_CODE, PASSKEY, SECOND_FACTOR

# What a made-up answer makes fido2 raise.
MALFORMED = (TypeError, ValueError, KeyError, AttributeError, IndexError, struct.error, InvalidSignature)
_HELP = _("Sex siffror från appen, eller en av dina reservkoder.")


class _LimitedMixin(forms.Form):
    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        account = str(self.user.pk)
        spent = spend(context.request, SECOND_FACTOR, account)
        code = str(super().clean_code())  # type: ignore[misc]  # the form mixed in has it
        take_back(spent)
        if self.authenticator.type == Authenticator.Type.TOTP:
            self._use_up(account, code)
        return code

    def _use_up(self, account: str, code: str) -> None:
        """A code that was seen over a shoulder opens nothing, in any process."""
        try:
            spend(context.request, ONE_CODE, f"{account} {normalize_user_code(code)}")
        except ImmediateHttpResponse as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AuthenticateForm(_LimitedMixin, base.AuthenticateForm):  # type: ignore[misc]
    code = code_field(_("Kod"), help_text=_HELP)


class ReauthenticateForm(_LimitedMixin, base.ReauthenticateForm):  # type: ignore[misc]
    code = code_field(_("Kod"), help_text=_HELP)


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    code = code_field(_("Kod från appen"), help_text=_("Sex siffror."))

    def clean_code(self) -> str:
        spent = spend(context.request, SECOND_FACTOR, str(self.user.pk))
        code = str(super().clean_code())
        take_back(spent)
        return code


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """Always one that checks who holds it (PIN, finger, face) and that logs in by itself."""

    name = forms.CharField(label=_("Namn på passkeyn"), max_length=60, required=False, help_text=_("Till exempel ”Min telefon”."))
    passwordless = None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class NamePasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    name = forms.CharField(label=_("Namn på passkeyn"), max_length=60)


class _PasskeyMixin(forms.Form):
    user: Any

    def clean_credential(self) -> Authenticator:
        spent = spend(context.request, PASSKEY, "")
        try:
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]  # the form mixed in has it
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        take_back(spent)
        return authenticator


class UsePasskeyForm(_PasskeyMixin, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class UsePasskeyAgainForm(_PasskeyMixin, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class LogInByPasskeyForm(_PasskeyMixin, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    shared = forms.BooleanField(required=False, widget=forms.HiddenInput)

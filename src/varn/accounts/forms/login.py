"""What people type to log in and to change their password or e-mail. allauth's forms in our words."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.internal.flows.manage_email import sync_user_email_address
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from varn.accounts import hooks
from varn.accounts.adapters.account import account_here
from varn.accounts.adapters.throttle import spend
from varn.accounts.limits import MAIL
from varn.accounts.sessions import SHARED

MOST_CHARACTERS = 256  # hashing more costs us, not who guesses


def email_field(autocomplete: str = "email") -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false"})
    return forms.EmailField(label=_("E-postadress"), max_length=254, widget=widget)


def password_field(label: Any, *, autocomplete: str = "current-password", help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=MOST_CHARACTERS, widget=widget, help_text=help_text)


def code_field(label: Any, *, help_text: Any = "") -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "size": 12, "spellcheck": "false"}
    return forms.CharField(label=label, max_length=32, widget=forms.TextInput(attrs=attrs), help_text=help_text)


def shared_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("Det här är en delad dator"),
        help_text=_("Då loggas du ut när webbläsaren stängs, och efter en halvtimme utan klick."),
        required=False,
    )


_NEW_PASSWORD_HELP = _("Minst 12 tecken. Tre eller fyra ord efter varandra är lätt att minnas och svårt att gissa.")


class LoginForm(allauth.LoginForm):  # type: ignore[misc]
    """Remembers for the session whether the computer is shared."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field("username webauthn")
        self.fields["password"] = password_field(_("Lösenord"))
        self.fields["shared"] = shared_field()
        self.order_fields(["login", "password", "shared"])

    def login(self, request: Any, redirect_url: str | None = None) -> Any:
        request.session[SHARED] = self.cleaned_data["shared"]
        return super().login(request, redirect_url=redirect_url)


class _MailedForm(forms.Form):
    """Sends a code. An unknown address gets the same answer and another mail."""

    email = email_field("username")

    def clean_email(self) -> str:
        from allauth.core import context

        email = str(self.cleaned_data["email"]).lower()
        spend(context.request, MAIL, email)
        hooks.expect(email)
        self.account = account_here(email)
        if self.account is not None:
            sync_user_email_address(self.account)  # an account that an invitation made: the code confirms its address
        return email


class RequestCodeForm(_MailedForm):
    shared = shared_field()

    def clean(self) -> dict[str, Any]:
        """allauth's view reads `_user`; the choice waits in the session for the log-in."""
        from allauth.core import context

        self._user = getattr(self, "account", None)
        context.request.session[SHARED] = self.cleaned_data.get("shared", False)
        return self.cleaned_data


class ForgottenForm(_MailedForm):
    def save(self, request: Any) -> str:
        from allauth.account.internal.flows.password_reset_by_code import PasswordResetVerificationProcess

        PasswordResetVerificationProcess.initiate(request=request, user=self.account, email=self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class ConfirmCodeForm(allauth.ConfirmLoginCodeForm):  # type: ignore[misc]
    code = code_field(_("Kod från mejlet"), help_text=_("Åtta siffror."))


class ConfirmEmailForm(allauth.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    code = code_field(_("Kod från mejlet"), help_text=_("Åtta siffror."))


class ConfirmResetForm(allauth.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    code = code_field(_("Kod från mejlet"), help_text=_("Åtta siffror."))


class _NewPasswordMixin(forms.Form):
    """One field, no repetition: whoever mistypes has «forgotten password», and a password manager never does."""

    password1 = password_field(_("Nytt lösenord"), autocomplete="new-password", help_text=_NEW_PASSWORD_HELP)
    user: Any

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        try:
            password_validation.validate_password(password, self.user)
        except ValidationError as error:
            raise ValidationError(list(error.messages)) from error
        return password

    def save(self) -> None:
        self.user.set_password(self.cleaned_data["password1"])
        self.user.save(update_fields=["password"])


class NewPasswordForm(_NewPasswordMixin):
    def __init__(self, *args: Any, user: Any = None, temp_key: str = "", **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)


class SetPasswordForm(NewPasswordForm):
    pass


class ChangePasswordForm(NewPasswordForm):
    oldpassword = password_field(_("Nuvarande lösenord"))
    field_order = ("oldpassword", "password1")

    def clean_oldpassword(self) -> str:
        from allauth.account.adapter import get_adapter

        if not get_adapter().reauthenticate(self.user, self.cleaned_data["oldpassword"]):
            raise get_adapter().validation_error("enter_current_password")
        return str(self.cleaned_data["oldpassword"])


class NewEmailForm(allauth.AddEmailForm):  # type: ignore[misc]
    email = email_field()

    def clean_email(self) -> str:
        from allauth.core import context

        email = str(super().clean_email())
        spend(context.request, MAIL, email)
        return email


class PasswordAgainForm(allauth.ReauthenticateForm):  # type: ignore[misc]
    password = password_field(_("Lösenord"))


class DeviceForm(forms.Form):
    device = forms.CharField(label=_("Namn på enheten"), max_length=60, required=False)

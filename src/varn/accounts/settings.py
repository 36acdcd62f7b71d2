"""django-allauth's settings. They stand here, beside the adapters they name."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PASSWORD_HASHERS = ["varn.accounts.adapters.hashing.PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "own_start"
LOGOUT_REDIRECT_URL = "hub"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("VARN_PROXY_TLS") == "1" else 0
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": False}

ACCOUNT_ADAPTER = "varn.accounts.adapters.account.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True  # one address; the new one takes over when it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_RATE_LIMITS = False  # ours: adapters/throttle.py
ACCOUNT_FORMS = {
    "login": "varn.accounts.forms.login.LoginForm",
    "request_login_code": "varn.accounts.forms.login.RequestCodeForm",
    "confirm_login_code": "varn.accounts.forms.login.ConfirmCodeForm",
    "confirm_email_verification_code": "varn.accounts.forms.login.ConfirmEmailForm",
    "confirm_password_reset_code": "varn.accounts.forms.login.ConfirmResetForm",
    "reset_password": "varn.accounts.forms.login.ForgottenForm",
    "reset_password_from_key": "varn.accounts.forms.login.NewPasswordForm",
    "change_password": "varn.accounts.forms.login.ChangePasswordForm",
    "set_password": "varn.accounts.forms.login.SetPasswordForm",
    "add_email": "varn.accounts.forms.login.NewEmailForm",
    "reauthenticate": "varn.accounts.forms.login.PasswordAgainForm",
}

MFA_ADAPTER = "varn.accounts.adapters.factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "varn.accounts.forms.factors.AuthenticateForm",
    "reauthenticate": "varn.accounts.forms.factors.ReauthenticateForm",
    "activate_totp": "varn.accounts.forms.factors.ActivateForm",
    "add_webauthn": "varn.accounts.forms.factors.AddPasskeyForm",
    "edit_webauthn": "varn.accounts.forms.factors.NamePasskeyForm",
    "authenticate_webauthn": "varn.accounts.forms.factors.UsePasskeyForm",
    "reauthenticate_webauthn": "varn.accounts.forms.factors.UsePasskeyAgainForm",
    "login_webauthn": "varn.accounts.forms.factors.LogInByPasskeyForm",
}

SOCIALACCOUNT_ADAPTER = "varn.accounts.adapters.openid.OpenIdAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
OIDC_ID = "oidc"
OIDC_NAME = os.environ.get("VARN_OIDC_NAME", "")


def _openid() -> list[dict[str, object]]:
    """One provider (Entra ID, or a broker for BankID and Freja), or none."""
    issuer = os.environ.get("VARN_OIDC_ISSUER", "")
    if not issuer:
        return []
    missing = [n for n in ("VARN_OIDC_CLIENT_ID", "VARN_OIDC_CLIENT_SECRET_FILE", "VARN_OIDC_NAME") if not os.environ.get(n)]
    if missing:
        raise ImproperlyConfigured(f"VARN_OIDC_ISSUER also needs {', '.join(missing)}")
    try:
        secret = Path(os.environ["VARN_OIDC_CLIENT_SECRET_FILE"]).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured("VARN_OIDC_CLIENT_SECRET_FILE: the file cannot be read") from error
    # Trusted to say whose e-mail is whose: links an existing account by the address the provider has verified.
    trusted = os.environ.get("VARN_OIDC_TRUST_EMAIL") == "1"
    return [
        {
            "provider_id": OIDC_ID,
            "name": OIDC_NAME,
            "client_id": os.environ["VARN_OIDC_CLIENT_ID"],
            "secret": secret,
            "settings": {
                "server_url": issuer,
                "oauth_pkce_enabled": True,
                "scope": ["openid", "email"],
                "email_authentication": trusted,
            },
        }
    ]


SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": _openid(), "OAUTH_PKCE_ENABLED": True}}

"""django-allauth's settings. They stand here, beside the adapter they name."""

ACCOUNT_ADAPTER = "varn.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "varn.accounts.adapters.SecondFactorAdapter"
SOCIALACCOUNT_ADAPTER = "varn.accounts.adapters.OpenIdAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True

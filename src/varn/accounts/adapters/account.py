"""Where allauth's log-in asks us: who may log in here, how mail goes out, where people land."""

import logging
import time
from smtplib import SMTPException
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from varn.accounts import hooks
from varn.accounts.adapters.throttle import spend, take_back
from varn.accounts.limits import PASSWORD
from varn.accounts.models import Account
from varn.accounts.sessions import BEGUN
from varn.tenancy.access import ProcessRole

logger = logging.getLogger("varn.accounts")

# In the session: this account's id while it is logged in by one factor only, and whether it must add another first.
ONE_FACTOR, MUST_ADD_FACTOR = "one_factor", "must_add_factor"
SECOND_FACTOR = "second_factor"  # the id of the account that showed a second factor in this session


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": _("Det är redan din adress."),
        "email_password_mismatch": _("E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen."),
        "email_taken": _("Adressen används redan av ett annat konto."),
        "enter_current_password": _("Det är inte ditt nuvarande lösenord."),
        "incorrect_code": _("Koden stämmer inte. Kontrollera siffrorna, eller begär en ny kod."),
        "incorrect_password": _("Lösenordet stämmer inte."),
        "too_many_login_attempts": _("Det har varit för många försök. Begär en ny kod."),
        "rate_limited": _("Vänta en stund innan du försöker igen."),
    }

    # ---- who may log in, here

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # people join by invitation

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self.spent = spend(request, PASSWORD, credentials.get("email", ""))

    def _rollback_login_failed_rl_usage(self) -> None:
        take_back(self.spent)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """A closed account, or one that logs in at another address, gets the same answer as a wrong password."""
        account = cast(Account | None, super().authenticate(request, **credentials))
        return account if account is not None and may_log_in_here(account) else None

    def reauthenticate(self, user: Account, password: str) -> bool:
        return self.authenticate(self.request, email=user.email, password=password) == user

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """The last gate, for ways in without a password (code, passkey, OpenID)."""
        return None if may_log_in_here(user) else self.respond_user_inactive(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        from allauth.account.internal.stagekit import clear_login

        clear_login(request)
        messages.error(request, _("Det gick inte att logga in här. Kontrollera att du är på rätt adress."))
        return redirect("account_login")

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        session = request.session
        session[BEGUN] = int(time.time())
        if session.get(SECOND_FACTOR) != str(user.pk):
            session[ONE_FACTOR] = str(user.pk)
            session[MUST_ADD_FACTOR] = hooks.requirements_of(user.pk).second_factor
        hooks.tell(user.pk, hooks.LOGGED_IN)

    # ---- where to

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index" if request.session.get(MUST_ADD_FACTOR) else settings.LOGIN_REDIRECT_URL)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse(settings.LOGOUT_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("own_account")

    def get_email_verification_redirect_url(self, email_address: object) -> str:
        return reverse("own_account")

    def is_safe_url(self, url: str | None) -> bool:
        """Only a path here: none of the other processes' addresses either."""
        return bool(url) and str(url).startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_ajax(self, request: HttpRequest) -> bool:
        return bool(request.headers.get("Accept") == "application/json")  # our own script, for passkeys

    # ---- mail: plain text in the reader's language, addresses from the settings

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        language = language_of(email)
        with override(language):
            content = {
                "url": settings.OWN_URL,
                "email": email,
                "member_url": settings.MEMBER_URL,
                "staff_url": settings.STAFF_URL,
            }
            content |= {name: value for name, value in context.items() if name in {"code", "event"}}
            subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", content).split())
            body = render_to_string(f"{template_prefix}_message.txt", content).strip() + "\n"
        try:
            EmailMessage(subject, body, self.get_from_email(), [email], headers={"Auto-Submitted": "auto-generated"}).send()
        except (OSError, SMTPException) as error:
            logger.error("mail not sent: %s", type(error).__name__)
            raise ImmediateHttpResponse(render(self.request, "accounts/mail_failed.html", status=503)) from error

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """What changed about the account, without address or browser of whoever did it."""
        try:
            self.send_mail("account/email/notice", email or user.email, {"event": template_prefix.rpartition("/")[2]})
        except ImmediateHttpResponse:
            return  # the change itself is done

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""


def may_log_in_here(account: Account) -> bool:
    """False for a closed account, and for one whose address is another process's."""
    if not account.is_active:
        return False
    return settings.ROLE == "all" or hooks.requirements_of(account.pk).role is ProcessRole(settings.ROLE)


def account_here(email: str) -> Account | None:
    """The account with this confirmed e-mail, if it may log in here."""
    found = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    return next((account for account in found if may_log_in_here(account)), None)


def language_of(email: str) -> str:
    """The account's choice; for an unknown address the language of the page."""
    chosen = Account.objects.filter(email=email.lower()).values_list("language", flat=True).first()
    return chosen or get_language() or settings.LANGUAGE_CODE


def log_in(request: HttpRequest, account: Account) -> HttpResponse:
    """Logs the account in after another proof than a password (an invitation's link), through all its steps:
    the second factor is asked for if there is one. Returns where to go next."""
    from allauth.account.internal.flows.login import perform_login
    from allauth.account.models import Login

    return cast(HttpResponse, perform_login(request, Login(user=account, email=account.email)))

"""Reads: one's own factors and log-ins."""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from varn.accounts.adapters.factors import factors_of
from varn.accounts.models import Account, Session
from varn.sealing.boxes import token_hash


@dataclass(frozen=True, slots=True)
class LogIn:
    """One device on which the account is logged in."""

    lookup: str
    device: str
    started_on: date
    seen_on: date
    is_this: bool


def log_ins_of(account: Account, session_key: str | None) -> list[LogIn]:
    """This one first, then the latest seen."""
    here = token_hash(session_key) if session_key else ""
    live = Session.objects.filter(account=account, expires_at__gt=timezone.now()).order_by("-seen_on", "lookup")
    found = [LogIn(row.lookup, row.device, row.started_on, row.seen_on, row.lookup == here) for row in live]
    return sorted(found, key=lambda one: not one.is_this)


@dataclass(frozen=True, slots=True)
class Factors:
    """`passkeys`: id and name. `n_recovery_codes`: unused ones, None without any set."""

    has_app: bool
    passkeys: list[tuple[int, str]]
    n_recovery_codes: int | None

    @property
    def any(self) -> bool:
        return self.has_app or bool(self.passkeys)


def own_factors(account: Account) -> Factors:
    rows = list(factors_of(account))
    codes = Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return Factors(
        has_app=any(row.type == Authenticator.Type.TOTP for row in rows),
        passkeys=[(row.pk, row.wrap().name) for row in rows if row.type == Authenticator.Type.WEBAUTHN],
        n_recovery_codes=len(codes.wrap().get_unused_codes()) if codes else None,
    )


def openid_of(account: Account) -> SocialAccount | None:
    return SocialAccount.objects.filter(user_id=account.pk).first()

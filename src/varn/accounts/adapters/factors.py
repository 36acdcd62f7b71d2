"""Where allauth's second factors ask us: seeds sealed by the process that checks them, passkeys for our own address."""

import base64
import secrets
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varn.accounts import hooks
from varn.accounts.models import Account
from varn.sealing.boxes import Unreadable, seal, unseal

_PURPOSE = "second factor"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy("Ditt uppdrag kräver tvåstegsinloggning. Lägg till ett annat sätt först."),
        "cannot_generate_recovery_codes": gettext_lazy("Lägg till en app eller en passkey först."),
        "incorrect_code": gettext_lazy("Koden stämmer inte. Vänta på nästa kod i appen och försök igen."),
        "unverified_email": gettext_lazy("Bekräfta din e-postadress först."),
    }

    def encrypt(self, text: str) -> str:
        return sealed_seed(text, secret=settings.SECRET)

    def decrypt(self, encrypted_text: str) -> str:
        """What another process sealed matches nothing here: the factor fails, it is not skipped."""
        try:
            return _opened(encrypted_text)
        except Unreadable:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_issuer(self) -> str:
        return "Värn"

    def build_totp_svg(self, url: str) -> str:
        """On white, or a phone cannot read it in dark mode."""
        import qrcode  # type: ignore[import-untyped]
        from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        account = cast(Account, authenticator.user)
        return has_other_factor(account, authenticator) or not hooks.requirements_of(account.pk).second_factor

    def generate_authenticator_name(self, user: Account, type: str) -> str:
        return _("Passkey {number}").format(number=Authenticator.objects.filter(user=user, type=type).count() + 1)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.OWN_URL).hostname or "", "name": "Värn"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, object]:
        return {"id": user.pk.hex.encode(), "display_name": user.email, "name": user.email}


def sealed_seed(seed: str, *, secret: bytes) -> str:
    return base64.b64encode(seal(seed.encode(), secret=secret, purpose=_PURPOSE)).decode()


def _opened(sealed: str) -> str:
    """Raises Unreadable for what another process sealed."""
    raw = base64.b64decode(sealed)
    return unseal(raw, secret=settings.SECRET, purpose=_PURPOSE, older=settings.OLD_SECRETS).decode()


def was_sealed_elsewhere(account: Account) -> bool:
    """True for an account whose app was added at another address: its codes never match here."""
    for app in Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP):
        try:
            _opened(app.data["secret"])
        except Unreadable:
            return True
    return False


def has_other_factor(account: Account, authenticator: Authenticator) -> bool:
    return bool(factors_of(account).exclude(pk=authenticator.pk).exists())


def factors_of(account: Account) -> Any:  # allauth's queryset has no types
    """Apps and passkeys; recovery codes are no factor of their own."""
    return Authenticator.objects.filter(user_id=account.pk).exclude(type=Authenticator.Type.RECOVERY_CODES)


def set_totp(account: Account, seed: str, *, secret: bytes | None = None) -> None:
    """Gives the account an app's seed (32 letters of base32), in place of an older one: for set-up and the demo.
    `secret`: of the process that is to check it; without it, this process's."""
    Authenticator.objects.update_or_create(
        user_id=account.pk,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": sealed_seed(seed, secret=secret or settings.SECRET)}},
    )


def drop_second_factors(account: Account) -> int:
    """For an administrator who has met the person: all factors and sessions end, a new one must be added."""
    n_dropped, _by_kind = Authenticator.objects.filter(user_id=account.pk).delete()
    account.log_out_everywhere()
    hooks.tell(account.pk, hooks.FACTOR_REMOVED)
    return int(n_dropped)

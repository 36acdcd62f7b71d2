"""How many attempts are let through, counted per account and address. Pure.

No address and no e-mail is kept: a count stands under an HMAC whose key changes every day. The narrow limits hold for
one account from one network, so that neither a town hall behind one address nor an account somebody else tries to
shut is locked out; the wide ones slow down guessing from many places.
"""

from dataclasses import dataclass
from datetime import date
from ipaddress import IPv6Address, IPv6Network, ip_address

from varn.sealing.boxes import keyed_hash


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `n_most` in `seconds`, for each account (`by` has "account"), each network ("network") or each pair."""

    code: str
    by: frozenset[str]
    n_most: int
    seconds: int


_PAIR, _ACCOUNT, _NETWORK = frozenset({"account", "network"}), frozenset({"account"}), frozenset({"network"})

# NIST SP 800-63B-4 §3.2.2 allows at most 100 failures in a row on an account.
PASSWORD = (
    Limit("password", _PAIR, 10, 600),
    Limit("password", _ACCOUNT, 100, 3600),
    Limit("password", _NETWORK, 300, 600),
)
# Six digits, three of a million right at any moment: 50 a day is a chance of 1 in 6,700 for who has the password.
SECOND_FACTOR = (Limit("factor", _PAIR, 10, 900), Limit("factor", _ACCOUNT, 50, 86_400))
MAIL = (Limit("mail", _PAIR, 5, 900), Limit("mail", _ACCOUNT, 20, 3600), Limit("mail", _NETWORK, 100, 600))
PASSKEY = (Limit("passkey", _NETWORK, 300, 600),)
ONE_CODE = (Limit("code", _ACCOUNT, 1, 120),)  # a TOTP code opens once


def keys(limit: Limit, *, account: str, address: str, secret: bytes, today: date) -> str:
    """64 hex digits under which this limit counts today."""
    parts = {"account": account.lower(), "network": network(address)}
    subject = "|".join(f"{name}={parts[name]}" for name in sorted(limit.by))
    return keyed_hash(f"{limit.code}/{limit.seconds}:{subject}", secret=secret, purpose=f"limits {today.isoformat()}")


def network(address: str) -> str:
    """The address, or the /64 an IPv6 address lies in: one household has all of those."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed, 64), strict=False).network_address)
    return str(parsed)

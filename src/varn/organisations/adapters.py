"""What the accounts' room asks this one (`accounts.hooks`), and how invitations become people with accounts."""

from uuid import UUID

from django.utils import timezone

from varn.accounts.hooks import EVENTS, LOGGED_IN, Requirements
from varn.accounts.models import Account
from varn.audit.actions import action
from varn.organisations.actions.invitations import join_by_invitation
from varn.organisations.queries import memberships_of
from varn.organisations.queries.links import waiting_invitations
from varn.organisations.rights import STAFF, STRONG, Job, Member
from varn.tenancy.access import ProcessRole


def requirements_of(account_id: UUID) -> Requirements:
    """By the strictest of the account's roles today, in any organisation."""
    roles = {role for _, member in memberships_of(account_id, today=timezone.localdate()) for role in member.roles}
    return Requirements(bool(roles & STRONG), ProcessRole.STAFF if roles & STAFF else ProcessRole.MEMBER)


def told(account_id: UUID, code: str) -> None:
    """Notes what happened to an account in the trail of each organisation it belongs to."""
    if code == LOGGED_IN:
        adopt_invitations(Account.objects.values_list("email", flat=True).get(pk=account_id))
    for _, member in list(memberships_of(account_id, today=timezone.localdate())):
        _NOTED[code](member)


def adopt_invitations(email: str) -> int:
    """Ties the people that this address has accepted invitations for to its account. How many were.

    Call it only when the address is about to be proved (a code is sent to it) or has been (log-in).
    """
    joined = [
        join_by_invitation(Job(organisation_id), invitation_id) for organisation_id, invitation_id in waiting_invitations(email)
    ]
    return sum(invitation is not None for invitation in joined)


def _nothing(actor: Member) -> None:
    """The entry in the trail is all."""


_NOTED = {code: action(code, right=None)(_nothing) for code in EVENTS}

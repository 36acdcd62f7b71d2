"""Reads of capability links and invitations, for the administrator and for whoever holds a link."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from varn.organisations.models import CapabilityLink, Invitation, Organisation, Person
from varn.organisations.rights import Member, Right
from varn.tenancy.within import holding

INVITATION = "invitation"


def live(now: datetime) -> Q:
    return Q(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


def link_by_hash(token_hash: str, *, now: datetime) -> CapabilityLink | None:
    """The link if it still opens something; None for used, expired, revoked and made-up alike."""
    with holding("link", token_hash):
        return CapabilityLink.objects.filter(live(now), token_hash=token_hash).first()


def used_link_by_hash(token_hash: str, *, now: datetime) -> CapabilityLink | None:
    """A link that was used up and would otherwise still open something: for whoever used it, who may come back."""
    with holding("link", token_hash):
        used = CapabilityLink.objects.filter(token_hash=token_hash, used_at__isnull=False, revoked_at__isnull=True)
        return used.filter(expires_at__gt=now).first()


def organisation_of(link: CapabilityLink) -> Organisation:
    return Organisation.objects.get(pk=link.organisation_id)


def invitations_of(person: Person, *, now: datetime) -> QuerySet[Invitation]:
    """A person's invitations, the latest first, with `is_live`: its link still opens."""
    links = CapabilityLink.objects.filter(live(now), kind=INVITATION, target_id=OuterRef("pk"))
    return Invitation.objects.filter(person=person).annotate(is_live=Exists(links)).order_by("-invited_on", "-pk")


def invitation_for(actor: Member, pk: UUID) -> Invitation:
    """One invitation, for those who manage people."""
    rows = Invitation.objects.select_related("person")
    return get_object_or_404(rows if actor.may(Right.PERSON_MANAGE) else rows.none(), pk=pk)


def waiting_invitations(email: str) -> list[tuple[UUID, UUID]]:
    """(organisation, invitation) that this address has accepted and not yet joined by, in any organisation."""
    with holding("invitee", email.strip().lower()):
        mine = Invitation.objects.filter(email__iexact=email.strip(), accepted_at__isnull=False, joined_at__isnull=True)
        return list(mine.values_list("organisation_id", "pk"))


def invitation_behind(link: CapabilityLink) -> Invitation | None:
    """What an invitation's link opens, inside `holding` and `within`; None once revoked."""
    return Invitation.objects.filter(pk=link.target_id, revoked_at__isnull=True).first()


def used_since(token_hash: str, moment: datetime) -> bool:
    """True if the link with this hash was used at `moment` or later."""
    with holding("link", token_hash):
        return CapabilityLink.objects.filter(token_hash=token_hash, used_at__gte=moment).exists()

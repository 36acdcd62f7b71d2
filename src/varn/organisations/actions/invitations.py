"""Acts on invitations and capability links.

The token of a link is made where it is sent, in the worker: it is never in a job's arguments, and only its hash is kept.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from varn.accounts.models import Account
from varn.audit.act import note
from varn.audit.actions import action
from varn.organisations.invitationmail import SUBJECT, invitation_text
from varn.organisations.models import AccessGrant, CapabilityLink, Invitation, Organisation, Person
from varn.organisations.queries import on
from varn.organisations.queries.links import INVITATION, live
from varn.organisations.refusals import Refused
from varn.organisations.rights import STAFF, Guest, Job, Member, Right
from varn.sealing.boxes import token_hash

DAYS = 14
SEND = "varn.organisations.jobs.send_invitation"


@action("invitation.invite", right=Right.PERSON_MANAGE)
def invite_person(actor: Member | Job, person: Person) -> Invitation:
    """A link by mail, for 14 days; earlier ones are revoked. Raises Refused without an address, or once joined or gone."""
    row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    today = timezone.localdate()
    if row.account_id is not None:
        raise Refused(_("Personen har redan gått med."))
    if not row.email:
        raise Refused(_("Personen har ingen e-postadress. Fyll i den först."))
    if row.ends_on is not None and row.ends_on < today:
        raise Refused(_("Personen har slutat. Ångra avslutet först."))
    if Person.objects.filter(email__iexact=row.email, account__isnull=False).exclude(pk=row.pk).exists():
        raise Refused(_("En annan person här har redan gått med från den adressen. Kontrollera om det är samma person."))
    earlier = Invitation.objects.filter(person=row, joined_at__isnull=True)
    _revoke_links(earlier)
    earlier.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
    invitation = Invitation.objects.create(
        person=row,
        email=row.email,
        invited_by_id=actor.person_id if isinstance(actor, Member) else None,
        invited_on=today,
        is_for_staff=AccessGrant.objects.filter(on(today), person=row, role__in=STAFF).exists(),
    )
    _send_later(invitation)
    return invitation


@action("invitation.resend", right=Right.PERSON_MANAGE)
def resend_invitation(actor: Member | Job, invitation: Invitation) -> Invitation:
    """A new link; the earlier one stops working. Raises Refused if the invitation was accepted or revoked."""
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.accepted_at is not None or row.revoked_at is not None:
        raise Refused(_("Inbjudan är redan besvarad eller återkallad. Bjud in på nytt om det behövs."))
    _revoke_links(Invitation.objects.filter(pk=row.pk))
    row.invited_on = timezone.localdate()
    row.save(update_fields=["invited_on"])
    _send_later(row)
    return row


@action("invitation.revoke", right=Right.PERSON_MANAGE)
def revoke_invitation(actor: Member | Job, invitation: Invitation) -> Invitation:
    """Raises Refused if the person has joined."""
    row = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if row.joined_at is not None:
        raise Refused(_("Personen har redan gått med. Avsluta behörigheten i stället."))
    _revoke_links(Invitation.objects.filter(pk=row.pk))
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
    return row


@action("link.open", right=Right.PERSON_MANAGE)
def open_link(actor: Member | Job, *, kind: str, target_id: UUID, token: str, expires_at: datetime) -> CapabilityLink:
    """Opens a link whose token (at least 128 bits) the caller made and hands over; only its hash is kept."""
    note(kind=kind)
    return CapabilityLink.objects.create(kind=kind, target_id=target_id, token_hash=token_hash(token), expires_at=expires_at)


@action("invitation.send", right=None)
def send_invitation(actor: Job, invitation_id: UUID) -> Invitation | None:
    """Mails a fresh link. None if there is nothing to send any more. A mail that fails rolls the link back with it."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("person", "invited_by").filter(pk=invitation_id).first()
    )
    if invitation is None or invitation.accepted_at or invitation.revoked_at:
        return None
    _revoke_links(Invitation.objects.filter(pk=invitation.pk))
    token = secrets.token_urlsafe(24)  # 192 bits
    expires_at = timezone.now() + timedelta(days=DAYS)
    CapabilityLink.objects.create(kind=INVITATION, target_id=invitation.pk, token_hash=token_hash(token), expires_at=expires_at)
    text = invitation_text(
        organisation=Organisation.objects.get(pk=actor.organisation_id).name,
        inviter=str(invitation.invited_by) if invitation.invited_by and not invitation.invited_by.is_protected else "",
        url=f"{settings.PUBLIC_URL}/l/{token}",
        last_day=timezone.localdate(expires_at),
    )
    EmailMessage(SUBJECT, text, to=[invitation.email]).send()
    return invitation


@action("invitation.accept", right=None)
def accept_invitation(actor: Guest, link: CapabilityLink) -> Invitation:
    """Uses the link up, in the public process. Raises Refused if somebody was faster or the invitation was revoked."""
    now = timezone.now()
    used = CapabilityLink.objects.filter(live(now), pk=link.pk).update(used_at=now)
    accepted = Invitation.objects.filter(pk=link.target_id, revoked_at__isnull=True).update(accepted_at=now)
    if not used or not accepted:
        raise Refused(_("Inbjudan gäller inte längre."))
    return Invitation.objects.get(pk=link.target_id)


@action("invitation.join", right=None)
def join_by_invitation(actor: Job, invitation_id: UUID) -> Invitation | None:
    """Ties the person to the account with the invitation's address, which is made if there is none. None if it no longer applies.

    Called when the address asks for a code or logs in: whoever reads its mail gets in, nobody else.
    """
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("person").filter(pk=invitation_id).first()
    if invitation is None or invitation.joined_at or invitation.revoked_at or not invitation.accepted_at:
        return None
    account, _made = Account.objects.get_or_create(email=invitation.email.lower(), defaults={"password": make_password(None)})
    if invitation.person.account_id or Person.objects.filter(account=account).exists():
        return None  # joined already, or a second row for the same person: the administrator sees it waiting
    Person.objects.filter(pk=invitation.person_id).update(account=account)
    invitation.joined_at = timezone.now()
    invitation.save(update_fields=["joined_at"])
    return invitation


def _send_later(invitation: Invitation) -> None:
    app.configure_task(SEND).defer(organisation_id=str(invitation.organisation_id), invitation_id=str(invitation.pk))


def _revoke_links(invitations: QuerySet[Invitation]) -> None:
    CapabilityLink.objects.filter(
        kind=INVITATION, target_id__in=invitations.values("pk"), used_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=timezone.now())

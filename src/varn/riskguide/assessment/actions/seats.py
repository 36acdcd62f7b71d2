"""Acts on who is asked: colleagues here, and others by a link of their own.

A link that is mailed is made in the worker, where it is sent; one that is handed over by other means is made by the page that
shows it, once. Only the hash is kept.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.models import CapabilityLink, Organisation, Person
from varn.organisations.refusals import Refused
from varn.organisations.rights import Job, Member, Right
from varn.riskguide.assessment.queries.holding import SEAT, links_of, locked_open
from varn.riskguide.assessment.seatmail import SUBJECT, seat_text
from varn.riskguide.models import Assessment, Seat
from varn.sealing.boxes import token_hash

DAYS = 14
MAX_SEATS = 30
SEND = "varn.riskguide.jobs.send_seat"


@action("seat.invite", right=Right.MATTER_SORT)
def invite_people(actor: Member | Job, assessment: Assessment, people: Sequence[Person]) -> list[Seat]:
    """Those who have no seat yet get one, and a mail where there is an address. Raises Refused."""
    row = locked_open(actor, assessment.pk)
    seated = set(Seat.objects.filter(assessment_id=row.pk).values_list("person_id", flat=True))
    new = [person for person in people if person.pk not in seated]
    _check_room(row, len(new))
    seats = Seat.objects.bulk_create([Seat(assessment=row, person=person, email=person.email) for person in new])
    for seat in seats:
        if seat.email and seat.person_id != actor.actor_id:
            _send_later(seat)
    _hide_again(row, seats)
    note(n_people=len(new))
    return seats


@action("seat.invite_by_link", right=Right.MATTER_SORT)
def invite_by_link(actor: Member | Job, assessment: Assessment, *, key: UUID, name: str, email: str, token: str) -> Seat:
    """Somebody by name. With an address the worker mails the link, else `token` opens it. Raises Refused."""
    row = locked_open(actor, assessment.pk)
    if found := Seat.objects.filter(pk=key).first():
        return again(found)
    _check_room(row, 1)
    seat = Seat.objects.create(pk=key, assessment=row, name=name, email=email)
    if email:
        _send_later(seat)
    else:
        _open_link(seat, token)
    _hide_again(row, [seat])
    return seat


@action("seat.renew", right=Right.MATTER_SORT)
def renew_link(actor: Member | Job, seat: Seat, *, token: str) -> Seat:
    """A new link, to be handed over; the earlier one stops working, and the next browser to open the new one has the seat."""
    locked_open(actor, seat.assessment_id)
    _revoke(seat)
    _open_link(seat, token)
    return seat


@action("seat.remove", right=Right.MATTER_SORT)
def remove_seat(actor: Member | Job, seat: Seat) -> Assessment:
    """Takes somebody out of the group, with their answers. Raises Refused."""
    row = locked_open(actor, seat.assessment_id)
    _revoke(seat)
    Seat.objects.filter(pk=seat.pk).delete()
    if not row.is_shown and not Seat.objects.filter(assessment_id=row.pk).exists():
        row.is_shown = True  # alone again
        row.save(update_fields=["is_shown"])
    return row


@action("seat.send", right=None)
def send_seat(actor: Job, seat_id: UUID) -> Seat | None:
    """Mails how to answer; None where the seat is gone or the matter closed. A mail that fails rolls the link back with it."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("assessment", "person").filter(pk=seat_id).first()
    if seat is None or seat.assessment.is_closed or not seat.email:
        return None
    _revoke(seat)
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    if seat.person is not None and seat.person.account_id is not None:
        url, last_day = _own_url(organisation, seat), None
    else:
        token = secrets.token_urlsafe(24)  # 192 bits
        url, last_day = f"{settings.PUBLIC_URL}/l/{token}", timezone.localdate(_open_link(seat, token).expires_at)
    text = seat_text(organisation=organisation.name, title=seat.assessment.title, url=url, last_day=last_day)
    EmailMessage(SUBJECT, text, to=[seat.email]).send()
    return seat


def _own_url(organisation: Organisation, seat: Seat) -> str:
    return settings.MEMBER_URL + reverse("riskguide:answer", args=[organisation.slug, seat.pk])


def _check_room(row: Assessment, n: int) -> None:
    if Seat.objects.filter(assessment_id=row.pk).count() + n > MAX_SEATS:
        raise Refused(_("Högst %(most)s personer kan svara. Ta bort någon först.") % {"most": MAX_SEATS})


def _hide_again(row: Assessment, seats: Sequence[Seat]) -> None:
    """Who started alone and then asks others, before any joint answer of the step, lets them answer unseen."""
    if seats and row.is_shown and not any(code.startswith(f"step{row.step}.") for code in row.joint):
        row.is_shown = False
        row.save(update_fields=["is_shown"])


def _open_link(seat: Seat, token: str) -> CapabilityLink:
    expires_at = timezone.now() + timedelta(days=DAYS)
    return CapabilityLink.objects.create(kind=SEAT, target_id=seat.pk, token_hash=token_hash(token), expires_at=expires_at)


def _revoke(seat: Seat) -> None:
    links_of(Seat.objects.filter(pk=seat.pk)).update(revoked_at=timezone.now())


def _send_later(seat: Seat) -> None:
    app.configure_task(SEND).defer(organisation_id=str(seat.organisation_id), seat_id=str(seat.pk))

"""Acts on contact ways, office hours and the duty list."""

from datetime import date, time
from uuid import UUID

from django.utils.translation import gettext as _

from varn.audit.act import again
from varn.audit.actions import action
from varn.organisations.models import ContactWay, DutyTurn, OfficeHours, Person
from varn.organisations.queries.versions import check_unchanged
from varn.organisations.refusals import Refused
from varn.organisations.rights import Job, Member, Right

WAY_FIELDS = ("label_sv", "label_en", "phone", "email", "hours", "position")
HOURS_FIELDS = ("opens_at", "closes_at", "eve_closes_at")
TURN_FIELDS = ("way", "person", "deputy", "starts_on", "ends_on")


@action("contact.create", right=Right.CONTACT_MANAGE)
def create_way(
    actor: Member | Job,
    *,
    row_id: UUID,
    label_sv: str,
    label_en: str,
    hours: str,
    phone: str = "",
    email: str = "",
    position: int = 0,
) -> ContactWay:
    """A form sent twice has the same `row_id` and gives the same way. Raises Refused without phone and e-mail."""
    there = ContactWay.objects.filter(pk=row_id).first()
    if there is not None:
        return again(there)
    _check_reachable(phone, email)
    return ContactWay.objects.create(
        id=row_id, label_sv=label_sv, label_en=label_en, hours=hours, phone=phone, email=email, position=position
    )


@action("contact.edit", right=Right.CONTACT_MANAGE)
def edit_way(
    actor: Member | Job,
    way: ContactWay,
    *,
    seen: str,
    label_sv: str,
    label_en: str,
    hours: str,
    phone: str,
    email: str,
    position: int,
) -> ContactWay:
    """Raises Changed or Refused."""
    row = ContactWay.objects.select_for_update(of=("self",)).get(pk=way.pk)
    check_unchanged(row, WAY_FIELDS, seen)
    _check_reachable(phone, email)
    row.label_sv, row.label_en, row.hours = label_sv, label_en, hours
    row.phone, row.email, row.position = phone, email, position
    row.save(update_fields=WAY_FIELDS)
    return row


@action("contact.remove", right=Right.CONTACT_MANAGE)
def remove_way(actor: Member | Job, way: ContactWay) -> ContactWay:
    """Its duty turns go with it."""
    ContactWay.objects.filter(pk=way.pk).delete()
    return way


@action("hours.set", right=Right.CONTACT_MANAGE)
def set_office_hours(
    actor: Member | Job, *, seen: str, opens_at: time, closes_at: time, eve_closes_at: time | None = None
) -> OfficeHours:
    """Raises Changed or Refused. `seen` is the version of the row, or of an unsaved one where there was none."""
    row = OfficeHours.objects.select_for_update(of=("self",)).first() or OfficeHours()
    check_unchanged(row, HOURS_FIELDS, seen)
    if closes_at <= opens_at:
        raise Refused(_("Ni stänger före ni öppnar. Kontrollera tiderna."), "closes_at")
    row.opens_at, row.closes_at, row.eve_closes_at = opens_at, closes_at, eve_closes_at
    row.save()
    return row


@action("duty.create", right=Right.CONTACT_MANAGE)
def create_turn(
    actor: Member | Job,
    *,
    row_id: UUID,
    way: ContactWay,
    person: Person,
    starts_on: date,
    ends_on: date,
    deputy: Person | None = None,
) -> DutyTurn:
    """A form sent twice has the same `row_id` and gives the same turn. Overlaps are shown, not refused."""
    there = DutyTurn.objects.filter(pk=row_id).first()
    if there is not None:
        return again(there)
    _check_turn(person, deputy, starts_on, ends_on)
    return DutyTurn.objects.create(id=row_id, way=way, person=person, deputy=deputy, starts_on=starts_on, ends_on=ends_on)


@action("duty.edit", right=Right.CONTACT_MANAGE)
def edit_turn(
    actor: Member | Job,
    turn: DutyTurn,
    *,
    seen: str,
    way: ContactWay,
    person: Person,
    starts_on: date,
    ends_on: date,
    deputy: Person | None,
) -> DutyTurn:
    """Raises Changed or Refused."""
    row = DutyTurn.objects.select_for_update(of=("self",)).get(pk=turn.pk)
    check_unchanged(row, TURN_FIELDS, seen)
    _check_turn(person, deputy, starts_on, ends_on)
    row.way, row.person, row.deputy, row.starts_on, row.ends_on = way, person, deputy, starts_on, ends_on
    row.save(update_fields=TURN_FIELDS)
    return row


@action("duty.remove", right=Right.CONTACT_MANAGE)
def remove_turn(actor: Member | Job, turn: DutyTurn) -> DutyTurn:
    DutyTurn.objects.filter(pk=turn.pk).delete()
    return turn


def _check_reachable(phone: str, email: str) -> None:
    if not phone and not email:
        raise Refused(_("Ange telefon eller e-post, annars går det inte att nå någon."), "phone")


def _check_turn(person: Person, deputy: Person | None, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused(_("Sista dagen är före den första. Kontrollera datumen."), "ends_on")
    if deputy == person:
        raise Refused(_("Den som har jouren kan inte vara sin egen ersättare. Välj någon annan."), "deputy")

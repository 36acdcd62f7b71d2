"""Acts on people: take in, change, end, hand out as a list."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.models import AccessGrant, CapabilityLink, DutyTurn, Invitation, Mandate, Person, WaitingGrant
from varn.organisations.queries.administrators import check_administrator_remains
from varn.organisations.queries.grants import check_addresses_may_change
from varn.organisations.queries.hanging import check_nothing_hangs
from varn.organisations.queries.links import INVITATION
from varn.organisations.queries.versions import check_unchanged
from varn.organisations.rights import Job, Member, Right

PERSON_FIELDS = ("given_name", "family_name", "email", "phone", "is_protected")


@action("person.create", right=Right.PERSON_MANAGE)
def create_person(
    actor: Member | Job,
    *,
    row_id: UUID,
    given_name: str,
    family_name: str,
    email: str = "",
    phone: str = "",
    is_protected: bool = False,
) -> Person:
    """A form sent twice has the same `row_id` and gives the same person."""
    there = Person.objects.filter(pk=row_id).first()
    if there is not None:
        return again(there)
    return Person.objects.create(
        id=row_id, given_name=given_name, family_name=family_name, email=email, phone=phone, is_protected=is_protected
    )


@action("person.edit", right=Right.PERSON_MANAGE)
def edit_person(
    actor: Member | Job,
    person: Person,
    *,
    seen: str,
    given_name: str,
    family_name: str,
    email: str,
    phone: str,
    is_protected: bool,
) -> Person:
    """Raises Changed or Refused. An invitation to an address that no longer is the person's is revoked."""
    row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    check_unchanged(row, PERSON_FIELDS, seen)
    if email.lower() != row.email.lower():
        check_addresses_may_change([row], today=timezone.localdate())
        _revoke_invitations(row)
    if is_protected != row.is_protected:
        note(protected=is_protected)
    row.given_name, row.family_name, row.email, row.phone = given_name, family_name, email, phone
    row.is_protected = is_protected
    row.save(update_fields=PERSON_FIELDS)
    return row


@action("person.end", right=Right.PERSON_MANAGE)
def end_person(actor: Member | Job, person: Person, *, last_day: date, today: date) -> Person:
    """Ends mandates, access and duty turns the same day; what is the person's own stays theirs to read.

    Raises Refused for the last administrator.
    """
    row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    check_administrator_remains(without=row, today=today)
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    counts = {}
    for name, rows in (("n_mandates", Mandate.objects), ("n_roles", AccessGrant.objects)):
        mine = rows.filter(later, person=row)
        counts[name] = mine.filter(starts_on__lte=last_day).update(ends_on=last_day)
        mine.filter(starts_on__gt=last_day).delete()
    DutyTurn.objects.filter(person=row, starts_on__gt=last_day).delete()
    DutyTurn.objects.filter(person=row, ends_on__gt=last_day).update(ends_on=last_day)
    DutyTurn.objects.filter(deputy=row, starts_on__gt=last_day).update(deputy=None)
    WaitingGrant.objects.filter(person=row).delete()
    _revoke_invitations(row)
    row.ends_on = last_day
    row.save(update_fields=["ends_on"])
    note(**counts)
    return row


@action("person.reopen", right=Right.PERSON_MANAGE)
def reopen_person(actor: Member | Job, person: Person) -> Person:
    """Takes back an ending. Mandates and access that ended with it are entered anew."""
    row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    row.ends_on = None
    row.save(update_fields=["ends_on"])
    return row


@action("person.delete", right=Right.PERSON_MANAGE)
def delete_person(actor: Member | Job, person: Person) -> Person:
    """Somebody entered by mistake. Raises Refused while anything hangs on them: then they are ended."""
    row = Person.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
    if row is None:
        return again(person)
    check_nothing_hangs(row)
    _revoke_invitations(row)
    Person.objects.filter(pk=row.pk).delete()
    return person


@action("person.export", right=Right.PERSON_MANAGE)
def export_people(actor: Member | Job, people: Sequence[Person]) -> tuple[list[tuple[str, ...]], int]:
    """Rows for a file of these people (`queries.people.with_seats`): family name, given name, seats, parties, e-mail, phone.

    Protected people are counted, never written; the count comes second.
    """
    shown = [person for person in people if not person.is_protected]
    n_left_out = len(people) - len(shown)
    note(n_rows=len(shown), n_left_out=n_left_out)
    rows: list[tuple[str, ...]] = [
        (
            person.family_name,
            person.given_name,
            "; ".join(f"{seat.body.name}: {seat.get_role_display()}" for seat in person.current_seats),  # type: ignore[attr-defined]
            "; ".join(sorted({seat.party.abbreviation for seat in person.current_seats if seat.party})),  # type: ignore[attr-defined]
            person.email,
            person.phone,
        )
        for person in shown
    ]
    return rows, n_left_out


def _revoke_invitations(person: Person) -> None:
    now = timezone.now()
    ids = list(Invitation.objects.filter(person=person, joined_at__isnull=True).values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=ids, revoked_at__isnull=True).update(revoked_at=now)
    CapabilityLink.objects.filter(kind=INVITATION, target_id__in=ids, revoked_at__isnull=True).update(revoked_at=now)

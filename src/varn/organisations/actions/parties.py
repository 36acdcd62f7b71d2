"""Acts on parties and those they name."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.actions.refusing import Refusing
from varn.organisations.models import Party, Person
from varn.organisations.queries.hanging import check_nothing_hangs
from varn.organisations.queries.versions import check_unchanged
from varn.organisations.rights import Job, Member, Right

PARTY_FIELDS = ("name", "abbreviation", "group_leader", "safety_contact")


@action("party.create", right=Right.BODY_MANAGE)
def create_party(
    actor: Member | Job,
    *,
    row_id: UUID,
    name: str,
    abbreviation: str,
    today: date,
    group_leader: Person | None = None,
    safety_contact: Person | None = None,
) -> Party:
    """A form sent twice has the same `row_id` and gives the same party. Raises Refused if the abbreviation is taken."""
    there = Party.objects.filter(pk=row_id).first()
    if there is not None:
        return again(there)
    _note_named(Party(), group_leader, safety_contact)
    with Refusing(organisations_party_abbreviation=_taken()):
        return Party.objects.create(
            id=row_id,
            name=name,
            abbreviation=abbreviation,
            group_leader=group_leader,
            group_leader_since=today if group_leader else None,
            safety_contact=safety_contact,
            safety_contact_since=today if safety_contact else None,
        )


@action("party.edit", right=Right.BODY_MANAGE)
def edit_party(
    actor: Member | Job,
    party: Party,
    *,
    seen: str,
    name: str,
    abbreviation: str,
    group_leader: Person | None,
    safety_contact: Person | None,
    today: date,
) -> Party:
    """Whoever is named anew is so from today. Raises Changed or Refused."""
    row = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    check_unchanged(row, PARTY_FIELDS, seen)
    _note_named(row, group_leader, safety_contact)
    if group_leader != row.group_leader:
        row.group_leader_since = today if group_leader else None
    if safety_contact != row.safety_contact:
        row.safety_contact_since = today if safety_contact else None
    row.name, row.abbreviation = name, abbreviation
    row.group_leader, row.safety_contact = group_leader, safety_contact
    with Refusing(organisations_party_abbreviation=_taken()):
        row.save(update_fields=[*PARTY_FIELDS, "group_leader_since", "safety_contact_since"])
    return row


@action("party.name_leader", right=Right.BODY_MANAGE)
def name_group_leader(actor: Member | Job, party: Party, *, person: Person, today: date) -> Party:
    """Somebody becomes the party's group leader, from today."""
    row = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    _note_named(row, person, row.safety_contact)
    row.group_leader, row.group_leader_since = person, today
    row.save(update_fields=["group_leader", "group_leader_since"])
    return row


@action("party.delete", right=Right.BODY_MANAGE)
def delete_party(actor: Member | Job, party: Party) -> Party:
    """One entered by mistake; whom it had named is noted. Raises Refused while anything hangs on it."""
    row = Party.objects.select_for_update(of=("self",)).filter(pk=party.pk).first()
    if row is None:
        return again(party)
    check_nothing_hangs(row)
    _note_named(row, None, None)
    Party.objects.filter(pk=row.pk).delete()
    return party


def _note_named(party: Party, group_leader: Person | None, safety_contact: Person | None) -> None:
    """Who becomes and who ceases to be what the party names: these duties open something, so the trail says whose they were."""
    for duty, now in (("group_leader", group_leader), ("safety_contact", safety_contact)):
        before = getattr(party, f"{duty}_id")
        if before and (now is None or now.pk != before):
            note(**{f"{duty}_before": str(before)})
        if now and now.pk != before:
            note(**{duty: str(now.pk)})


def _taken() -> str:
    return _("Det finns redan ett parti med den beteckningen. Välj en annan, eller ändra det som finns.")

"""Acts on mandates. A last day ends what follows from the mandate, by date: no job has to run."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.actions.refusing import Refusing
from varn.organisations.models import Body, Mandate, Party, Person
from varn.organisations.queries.versions import check_unchanged
from varn.organisations.refusals import Refused
from varn.organisations.rights import Job, Member, Right

MANDATE_FIELDS = ("body", "party", "role", "starts_on", "ends_on", "full_time_percent", "is_covered_by_18a")


@action("mandate.create", right=Right.PERSON_MANAGE)
def create_mandate(
    actor: Member | Job,
    person: Person,
    *,
    row_id: UUID,
    body: Body,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    party: Party | None = None,
    full_time_percent: int = 0,
    is_covered_by_18a: bool = False,
) -> Mandate:
    """A form sent twice has the same `row_id` and gives the same mandate. Raises Refused if there is one already."""
    there = Mandate.objects.filter(pk=row_id).first()
    if there is not None:
        return again(there)
    mandate = Mandate(
        id=row_id,
        person=person,
        body=body,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        party=party,
        full_time_percent=full_time_percent,
        is_covered_by_18a=is_covered_by_18a,
    )
    note(person=str(person.pk))
    _check_days(starts_on, ends_on)
    with Refusing(organisations_mandate_once=_already()):
        mandate.save(force_insert=True)
    return mandate


@action("mandate.edit", right=Right.PERSON_MANAGE)
def edit_mandate(
    actor: Member | Job,
    mandate: Mandate,
    *,
    seen: str,
    body: Body,
    role: str,
    starts_on: date,
    ends_on: date | None,
    party: Party | None,
    full_time_percent: int,
    is_covered_by_18a: bool,
) -> Mandate:
    """Raises Changed or Refused."""
    row = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    check_unchanged(row, MANDATE_FIELDS, seen)
    note(person=str(row.person_id))
    row.body, row.party, row.role = body, party, role
    row.starts_on, row.ends_on = starts_on, ends_on
    row.full_time_percent, row.is_covered_by_18a = full_time_percent, is_covered_by_18a
    _check_days(starts_on, ends_on)
    with Refusing(organisations_mandate_once=_already()):
        row.save(update_fields=MANDATE_FIELDS)
    return row


@action("mandate.end", right=Right.PERSON_MANAGE)
def end_mandate(actor: Member | Job, mandate: Mandate, *, last_day: date) -> Mandate:
    """Raises Refused if the last day is before the first."""
    row = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    note(person=str(row.person_id))
    _check_days(row.starts_on, last_day)
    row.ends_on = last_day
    row.save(update_fields=["ends_on"])
    return row


def _already() -> str:
    return _("Personen har redan det uppdraget från samma dag. Ändra det i stället.")


def _check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("Sista dagen är före den första. Kontrollera datumen."), "ends_on")

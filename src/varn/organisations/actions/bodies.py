"""Acts on bodies: councils, boards and committees."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from varn.audit.act import again
from varn.audit.actions import action
from varn.organisations.actions.refusing import Refusing
from varn.organisations.models import Body
from varn.organisations.queries.hanging import check_nothing_hangs
from varn.organisations.queries.versions import check_unchanged
from varn.organisations.refusals import Refused
from varn.organisations.rights import Job, Member, Right

BODY_FIELDS = ("name", "kind", "is_authority", "term_starts_on", "term_ends_on")


@action("body.create", right=Right.BODY_MANAGE)
def create_body(
    actor: Member | Job,
    *,
    row_id: UUID,
    name: str,
    kind: str,
    is_authority: bool,
    term_starts_on: date,
    term_ends_on: date,
) -> Body:
    """A form sent twice has the same `row_id` and gives the same body. Raises Refused if the name is taken."""
    there = Body.objects.filter(pk=row_id).first()
    if there is not None:
        return again(there)
    _check_term(term_starts_on, term_ends_on)
    with Refusing(organisations_body_name=_name_taken()):
        return Body.objects.create(
            id=row_id,
            name=name,
            kind=kind,
            is_authority=is_authority,
            term_starts_on=term_starts_on,
            term_ends_on=term_ends_on,
        )


@action("body.edit", right=Right.BODY_MANAGE)
def edit_body(
    actor: Member | Job,
    body: Body,
    *,
    seen: str,
    name: str,
    kind: str,
    is_authority: bool,
    term_starts_on: date,
    term_ends_on: date,
) -> Body:
    """Raises Changed or Refused."""
    row = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    check_unchanged(row, BODY_FIELDS, seen)
    _check_term(term_starts_on, term_ends_on)
    row.name, row.kind, row.is_authority = name, kind, is_authority
    row.term_starts_on, row.term_ends_on = term_starts_on, term_ends_on
    with Refusing(organisations_body_name=_name_taken()):
        row.save(update_fields=BODY_FIELDS)
    return row


@action("body.delete", right=Right.BODY_MANAGE)
def delete_body(actor: Member | Job, body: Body) -> Body:
    """One entered by mistake. Raises Refused while anything hangs on it."""
    row = Body.objects.select_for_update(of=("self",)).filter(pk=body.pk).first()
    if row is None:
        return again(body)
    check_nothing_hangs(row)
    Body.objects.filter(pk=row.pk).delete()
    return body


def _name_taken() -> str:
    return _("Det finns redan ett organ med det namnet. Välj ett annat namn, eller ändra det som finns.")


def _check_term(starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise Refused(_("Mandattiden slutar före den börjar. Kontrollera datumen."), "term_ends_on")

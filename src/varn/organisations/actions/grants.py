"""Acts on access roles. Roles that follow from mandates and parties are never granted."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.actions.refusing import Refusing
from varn.organisations.models import AccessGrant, Organisation, Person
from varn.organisations.queries import on
from varn.organisations.queries.administrators import check_administrator_remains
from varn.organisations.refusals import Refused
from varn.organisations.rights import Job, Member, Right, Role, grantable
from varn.organisations.terms import OrganisationKind


@action("access.grant", right=Right.PERSON_MANAGE)
def grant_access(actor: Member | Job, person: Person, *, role: Role, starts_on: date, ends_on: date | None = None) -> AccessGrant:
    """A role sent twice is granted once. Raises Refused for a role that cannot be granted here, or to somebody who has left."""
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    if role not in grantable(OrganisationKind(organisation.kind)):
        raise Refused(_("Den behörigheten kan inte ges i den här organisationen. Välj en annan."), "role")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("Sista dagen är före den första. Kontrollera datumen."), "ends_on")
    if person.ends_on is not None and (ends_on is None or ends_on > person.ends_on):
        raise Refused(_("Personen har slutat eller slutar före den dagen. Ångra avslutet först."), "ends_on")
    note(role=role.value, person=str(person.pk))  # the row itself may go, and then only this says who had it
    there = AccessGrant.objects.filter(on(starts_on), person=person, role=role).first()
    if there is not None and there.ends_on == ends_on:
        return again(there)
    if there is not None:
        raise Refused(_("Personen har redan den behörigheten den dagen. Avsluta den först, eller välj en senare dag."), "role")
    with Refusing(organisations_grant_once=_("Personen har redan den behörigheten från samma dag.")):
        return AccessGrant.objects.create(person=person, role=role, starts_on=starts_on, ends_on=ends_on)


@action("access.end", right=Right.PERSON_MANAGE)
def end_access(actor: Member | Job, grant: AccessGrant, *, today: date) -> AccessGrant:
    """The role is gone at once: its last day was yesterday, and one that began today is taken away.

    Raises Refused for the last administrator.
    """
    row = AccessGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    note(role=row.role, person=str(row.person_id))
    if row.role == Role.ADMINISTRATOR:
        check_administrator_remains(without=row.person, today=today)
    if row.starts_on >= today:
        AccessGrant.objects.filter(pk=row.pk).delete()
        return row
    if row.ends_on is None or row.ends_on >= today:
        row.ends_on = today - timedelta(1)
        row.save(update_fields=["ends_on"])
    return row

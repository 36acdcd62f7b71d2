"""Acts on access roles. Roles that follow from mandates and parties are never granted; strong ones need two persons."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.actions.refusing import Refusing
from varn.organisations.models import AccessGrant, Organisation, Person, WaitingGrant
from varn.organisations.queries import on
from varn.organisations.queries.administrators import check_administrator_remains
from varn.organisations.queries.grants import hindrance_for, in_words, proposal_of, version_of_waiting, waiting_for
from varn.organisations.refusals import Changed, Refused
from varn.organisations.rights import NEED_TWO, Job, Member, Right, Role, grantable
from varn.organisations.terms import OrganisationKind
from varn.organisations.twopersons import Hindrance

TELL = "varn.organisations.jobs.tell_confirmers"


@action("access.grant", right=Right.PERSON_MANAGE)
def grant_access(actor: Member | Job, person: Person, *, role: Role, starts_on: date, ends_on: date | None = None) -> AccessGrant:
    """A role sent twice is granted once. Raises Refused for a role that cannot be granted here, or to somebody who has left.

    A member cannot grant a strong role alone (`propose_access`); set-up and whoever runs the installation can.
    """
    if role in NEED_TWO and isinstance(actor, Member):
        raise Refused(_("Den behörigheten kräver två personer. Föreslå den, så bekräftar någon annan."), "role")
    _check(actor, person, role, starts_on, ends_on)
    note(role=role.value, person=str(person.pk))  # the row itself may go, and then only this says who had it
    there = _held(person, role, starts_on, ends_on)
    return again(there) if there else _grant(person, role, starts_on, ends_on)


@action("access.propose", right=Right.PERSON_MANAGE)
def propose_access(
    actor: Member, person: Person, *, role: Role, starts_on: date, today: date, ends_on: date | None = None
) -> WaitingGrant:
    """A strong role that waits for a second person, and gives nothing until then. Sent twice it waits once.

    Raises Refused as `grant_access` does.
    """
    _check(actor, person, role, starts_on, ends_on)
    if person.account_id is None and not person.email:
        raise Refused(_("Fyll i personens e-postadress först: den som bekräftar ska se vart inbjudan går."), "role")
    note(role=role.value, person=str(person.pk))
    if _held(person, role, starts_on, ends_on):
        raise Refused(_("Personen har redan den behörigheten. Avsluta den först, eller välj en annan."), "role")
    there = waiting_for(actor, today=today).filter(person=person, role=role).first()
    if there is not None and (there.starts_on, there.ends_on) == (starts_on, ends_on):
        return again(there)
    if there is not None:
        raise Refused(_("Behörigheten väntar redan på att bekräftas, med andra datum. Ta tillbaka den först."), "role")
    WaitingGrant.objects.filter(person=person, role=role).delete()  # one that nobody confirmed in time
    with Refusing(organisations_waiting_grant_once=_("Behörigheten väntar redan på att bekräftas.")):
        waiting = WaitingGrant.objects.create(
            person=person, role=role, starts_on=starts_on, ends_on=ends_on, proposed_by_id=actor.person_id, proposed_on=today
        )
    app.configure_task(TELL).defer(organisation_id=str(actor.organisation_id), waiting_id=str(waiting.pk))
    return waiting


@action("access.confirm", right=Right.ACCESS_CONFIRM)
def confirm_access(actor: Member | Job, waiting: WaitingGrant, *, seen: str, today: date) -> AccessGrant:
    """The second person: from now on the role is given, at the earliest from today.

    Raises Changed if it is no longer what `seen` (`version_of_waiting`) showed, Refused if it is gone or this actor may not.
    A job is whoever runs the installation.
    """
    row = WaitingGrant.objects.select_for_update(of=("self",)).select_related("person").filter(pk=waiting.pk).first()
    if row is None:
        raise Refused(_("Behörigheten är redan bekräftad eller tillbakatagen."))
    if version_of_waiting(row) != seen:
        raise Changed(_("Uppgifterna har ändrats sedan du öppnade sidan. Läs dem igen innan du bekräftar."))
    _check_second(actor, row, today)
    starts_on, role = max(row.starts_on, today), Role(row.role)
    _check(actor, row.person, role, starts_on, row.ends_on)
    note(role=role.value, person=str(row.person_id), proposed_by=str(row.proposed_by_id))
    WaitingGrant.objects.filter(pk=row.pk).delete()
    return _held(row.person, role, starts_on, row.ends_on) or _grant(row.person, role, starts_on, row.ends_on)


@action("access.withdraw", right=Right.ACCESS_CONFIRM)
def withdraw_access(actor: Member | Job, waiting: WaitingGrant) -> WaitingGrant:
    """Nobody gets the role. Anyone who may confirm roles may say no, whoever proposed it too."""
    note(role=waiting.role, person=str(waiting.person_id), proposed_by=str(waiting.proposed_by_id))
    n_gone, _by_kind = WaitingGrant.objects.filter(pk=waiting.pk).delete()
    return waiting if n_gone else again(waiting)


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


def _check(actor: Member | Job, person: Person, role: Role, starts_on: date, ends_on: date | None) -> None:
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    if role not in grantable(OrganisationKind(organisation.kind)):
        raise Refused(_("Den behörigheten kan inte ges i den här organisationen. Välj en annan."), "role")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("Sista dagen är före den första. Kontrollera datumen."), "ends_on")
    if person.ends_on is not None and (ends_on is None or ends_on > person.ends_on):
        raise Refused(_("Personen har slutat eller slutar före den dagen. Ångra avslutet först."), "ends_on")


def _held(person: Person, role: Role, starts_on: date, ends_on: date | None) -> AccessGrant | None:
    """The same grant, made before. Raises Refused for another one on that day."""
    there = AccessGrant.objects.filter(on(starts_on), person=person, role=role).first()
    if there is not None and there.ends_on != ends_on:
        raise Refused(_("Personen har redan den behörigheten den dagen. Avsluta den först, eller välj en senare dag."), "role")
    return there


def _grant(person: Person, role: Role, starts_on: date, ends_on: date | None) -> AccessGrant:
    with Refusing(organisations_grant_once=_("Personen har redan den behörigheten från samma dag.")):
        return AccessGrant.objects.create(person=person, role=role, starts_on=starts_on, ends_on=ends_on)


def _check_second(actor: Member | Job, row: WaitingGrant, today: date) -> None:
    if isinstance(actor, Member):
        why = hindrance_for(actor, row, today=today)
    else:
        why = Hindrance.EXPIRED if today > proposal_of(row).last_day else None
    if why is not None:
        raise Refused(in_words(why))

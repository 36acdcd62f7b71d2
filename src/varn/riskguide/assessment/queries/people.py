"""Reads of a name for a page."""

from uuid import UUID

from django.utils.translation import gettext as _

from varn.audit.act import Actor
from varn.organisations.models import Person
from varn.organisations.rights import Right


def who_is(actor: Actor, person_id: str | None) -> str:
    """A colleague's name, for those who read matters; not that of somebody protected or gone."""
    people = Person.objects.all() if actor.may(Right.MATTER_READ) else Person.objects.none()
    try:
        person = people.filter(pk=UUID(person_id or "")).first()
    except ValueError:
        person = None
    if person is None:
        return _("Någon annan")
    return _("En kollega") if person.is_protected else str(person)

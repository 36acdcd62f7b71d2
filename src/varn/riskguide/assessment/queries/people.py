"""Reads of a name for a page."""

from uuid import UUID

from django.utils.translation import gettext as _

from varn.organisations.models import Person


def who_is(person_id: str | None) -> str:
    """A colleague's name; not that of somebody protected or gone."""
    try:
        person = Person.objects.filter(pk=UUID(person_id or "")).first()
    except ValueError:
        person = None
    if person is None:
        return _("Någon annan")
    return _("En kollega") if person.is_protected else str(person)

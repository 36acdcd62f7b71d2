"""What a measure must be before it is saved. Each check raises Refused with a sentence."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from varn.audit.act import Actor
from varn.catalogues.roles import role
from varn.measures.plans import MOST_WHAT, MOST_WHY, PRIORITIES, tidy
from varn.organisations.models import Person
from varn.organisations.queries.people import former_on
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right


def check_texts(what: str, why: str, priority: int) -> None:
    if not tidy(what):
        raise Refused(_("Skriv vad som ska göras."), "what")
    for name, text, most in (("what", what, MOST_WHAT), ("why", why, MOST_WHY)):
        if len(tidy(text)) > most:
            raise Refused(_("Texten är för lång. Korta den till högst %(most)s tecken.") % {"most": most}, name)
    if priority not in PRIORITIES:
        raise Refused(_("Välj prioritet 1, 2 eller 3."), "priority")


def check_day(due_on: date | None, *, today: date, before: date | None = None) -> None:
    """A day that has passed may stand, but not be chosen."""
    if due_on is not None and due_on < today and due_on != before:
        raise Refused(_("Dagen har redan passerat. Välj i dag eller en senare dag."), "due_on")


def checked_duty(code: str | None, person: UUID | None) -> str:
    """The role's own id, "" for none; measures of a catalogue may say an alias."""
    if not code:
        return ""
    if person is not None:
        raise Refused(_("Välj en person eller en roll, inte båda."), "duty_role")
    try:
        return role(code).id
    except KeyError:
        raise Refused(_("Den rollen finns inte. Välj en i listan."), "duty_role") from None


def check_person(person: UUID | None, able: Collection[UUID]) -> None:
    """`able`: as `people_here` gives them."""
    if person is not None and person not in able:
        raise Refused(_("Personen har slutat eller finns inte. Välj någon annan."), "person")


def people_here(actor: Actor, ids: Collection[UUID], *, today: date) -> frozenset[UUID]:
    """Those of them who are in the organisation and have not left, for those who plan."""
    if not ids or not actor.may(Right.MEASURE_PLAN):
        return frozenset()
    return frozenset(Person.objects.filter(pk__in=ids).exclude(former_on(today)).values_list("pk", flat=True))

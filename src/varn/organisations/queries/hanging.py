"""What hangs on a row that somebody wants to delete: rows that point at it, in any room, found by Django's own register."""

from collections.abc import Container
from typing import Any

from django.db.models import ForeignKey, ManyToOneRel, Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varn.organisations.models import Body, Party, Person
from varn.organisations.refusals import Refused

# What goes with the row: how another register names a person, and an invitation that nobody has accepted.
_GOES_ALONG = frozenset({"registerkey.person", "invitation.person"})


def hanging_on(row: Model, *, apart: Container[str] = _GOES_ALONG) -> list[str]:
    """In words, each kind once, with how many; empty when the row may go. `apart`: "model.field", what goes along."""
    counts: dict[str, int] = {}
    for field in _keys_to(type(row)):
        if f"{field.model._meta.model_name}.{field.name}" in apart:
            continue
        kind = field.model._meta.label_lower
        counts[kind] = counts.get(kind, 0) + field.model._default_manager.filter(**{field.name: row}).count()
    found = [_in_words(kind, n) for kind, n in counts.items() if n]
    if isinstance(row, Person) and row.account_id:
        found.append(_("ett konto"))
    return list(dict.fromkeys(found))


def _keys_to(model: type[Model]) -> list[ForeignKey[Any, Any]]:
    """Every key from another table, also those without a name on this side (`related_name="+"`)."""
    relations = model._meta.get_fields(include_hidden=True)
    return [relation.field for relation in relations if isinstance(relation, ManyToOneRel)]


def _in_words(kind: str, n: int) -> str:
    words = {
        "organisations.mandate": ngettext("%(n)s uppdrag", "%(n)s uppdrag", n),
        "organisations.accessgrant": ngettext("%(n)s behörighet", "%(n)s behörigheter", n),
        "organisations.waitinggrant": ngettext("%(n)s behörighet som väntar", "%(n)s behörigheter som väntar", n),
        "organisations.dutyturn": ngettext("%(n)s jourpass", "%(n)s jourpass", n),
        "organisations.party": ngettext("%(n)s parti som har utsett personen", "%(n)s partier som har utsett personen", n),
        "organisations.matter": ngettext("%(n)s ärende", "%(n)s ärenden", n),
        "riskguide.agenda": ngettext("%(n)s dagordning", "%(n)s dagordningar", n),
    }
    return words[kind] % {"n": n} if kind in words else _("uppgifter i andra delar av Värn")


def why_not_deleted(row: Person | Body | Party) -> str:
    """A sentence that says what hangs on it and what to do instead; "" when it may go."""
    found = hanging_on(row)
    if not found:
        return ""
    what = ", ".join(found)
    if isinstance(row, Person):
        sentence = _(
            "Det går bara att ta bort den som har lagts in av misstag. På personen hänger: %(what)s. Låt personen sluta."
        )
    elif isinstance(row, Body):
        sentence = _(
            "Det går bara att ta bort ett organ som har lagts in av misstag. På organet hänger: %(what)s. "
            "Avsluta det: ändra dagen då mandattiden slutar."
        )
    else:
        sentence = _(
            "Det går bara att ta bort ett parti som har lagts in av misstag. På partiet hänger: %(what)s. "
            "Avsluta uppdragen, och låt partiet stå kvar för dem som har varit."
        )
    return sentence % {"what": what}


def check_nothing_hangs(row: Person | Body | Party) -> None:
    """Raises Refused with the same sentence."""
    if sentence := why_not_deleted(row):
        raise Refused(sentence)

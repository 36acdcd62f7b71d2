"""Which of the names in a text belong to somebody whom it is no secret to name: bodies, parties, people in office."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from varn.audit.act import Actor
from varn.organisations.models import Body, Mandate, Organisation, Party, Person
from varn.organisations.naming import Seen, names_in_text, seen_in
from varn.organisations.queries import on


def pointed_out(actor: Actor, texts: Iterable[str], *, today: date) -> list[Seen]:
    """What these texts of the actor's seem to say about a private person; see `organisations.naming.warning`."""
    whole = ".\n".join(text for text in texts if text)
    if not seen_in(whole):
        return []
    return seen_in(whole, known=_known(actor, names_in_text(whole), today=today))


def _known(actor: Actor, names: list[str], *, today: date) -> list[str]:
    """Bodies and parties are few; people are asked for by the names that the text has. A protected person is nobody's to name."""
    known = [Organisation.objects.get(pk=actor.organisation_id).name]
    known += [*Body.objects.values_list("name", flat=True), *Party.objects.values_list("name", flat=True)]
    said = Q(pk__in=[])
    for name in names:
        given, _, family = name.partition(" ")
        said |= Q(given_name__iexact=given, family_name__iexact=family.split(" ")[-1]) | Q(
            given_name__iexact=given, family_name__iexact=family
        )
    seated = Exists(Mandate.objects.filter(on(today), person=OuterRef("pk")))
    known += [str(person) for person in Person.objects.filter(said & seated, is_protected=False)] if names else []
    return known

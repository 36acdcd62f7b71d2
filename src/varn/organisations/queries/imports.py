"""Reads of imports: drafts that wait, sources, and what an import would change as things are now."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from varn.organisations.changes import Delta, KnownMandate
from varn.organisations.columns import Field, Mapping
from varn.organisations.importdraft import Draft, mapped, read, suggested
from varn.organisations.importplan import KnownPerson, Plan, planned
from varn.organisations.importvalues import Answers, Known, read_list
from varn.organisations.leaders import KnownLeader
from varn.organisations.models import Body, ImportSource, Invitation, Mandate, Party, PeopleImport, Person, RegisterKey
from varn.organisations.queries.people import BY_NAME
from varn.organisations.rights import Job, Member, Right
from varn.organisations.terms import MandateRole


def imports_for(actor: Member | Job) -> QuerySet[PeopleImport]:
    """Files of the organisation that were read and not dropped, the latest first."""
    if not actor.may(Right.PERSON_IMPORT):
        return PeopleImport.objects.none()
    return PeopleImport.objects.select_related("source", "started_by").order_by("-started_on", "pk")


def waiting_for(actor: Member | Job) -> QuerySet[PeopleImport]:
    """Those nobody has confirmed, without their rows."""
    return imports_for(actor).filter(confirmed_at__isnull=True).defer("table", "choices")


def import_for(actor: Member | Job, pk: UUID) -> PeopleImport:
    """One import; 404 whether missing, dropped, another organisation's or not for this actor."""
    return get_object_or_404(imports_for(actor), pk=pk)


def sources_for(actor: Member | Job) -> QuerySet[ImportSource]:
    if not actor.may(Right.PERSON_IMPORT):
        return ImportSource.objects.none()
    return ImportSource.objects.order_by("name")


def draft_of(row: PeopleImport) -> Draft:
    """The table of the chosen sheet. Raises IndexError once the import is confirmed: its rows are gone."""
    return read(row.table["sheets"][0])


def columns_of(row: PeopleImport, draft: Draft) -> Mapping:
    """As chosen for this file, else as the source's columns were read last time, else by their headings."""
    chosen: list[str] | None = row.choices.get("columns")
    if chosen is None:
        return suggested(draft, row.source.mapping.get("columns", {}))
    return mapped(draft, [Field(name) if name else None for name in chosen])


def known_names(actor: Member | Job) -> Known:
    """The organisation's bodies and parties; none without the right."""
    if not actor.may(Right.PERSON_IMPORT):
        return Known(bodies={}, parties={})
    return Known(
        bodies={str(pk): name for pk, name in Body.objects.order_by("name").values_list("pk", "name")},
        parties={
            str(pk): (short, name) for pk, short, name in Party.objects.order_by("name").values_list("pk", "abbreviation", "name")
        },
    )


def _known_leaders() -> dict[str, KnownLeader]:
    """Group leaders by their party's abbreviation."""
    led = Party.objects.filter(group_leader__isnull=False).select_related("group_leader")
    return {party.abbreviation: KnownLeader(str(party.group_leader_id), str(party.group_leader)) for party in led}


def plan_of(actor: Member | Job, row: PeopleImport, *, today: date) -> Plan:
    """What the import would change if it were confirmed now. While words are unknown there is nothing to compare with."""
    draft = draft_of(row)
    read_people = read_list(draft.table, columns_of(row, draft), Answers.of(row.choices), known_names(actor))
    if read_people.unknown:
        return Plan(read_people, Delta(), ())
    people, current = known_people(actor, row.source.name)
    return planned(read_people, current, people, row.choices.get("same", {}), today=today, leaders=_known_leaders())


def known_people(actor: Member | Job, source: str) -> tuple[list[KnownPerson], list[KnownMandate]]:
    """Everybody in the organisation, and every mandate over time, as this source has called them; none without the right."""
    if not actor.may(Right.PERSON_IMPORT):
        return [], []
    keys: dict[UUID, set[str]] = defaultdict(set)
    for person_id, key in RegisterKey.objects.filter(source=source).values_list("person_id", "key"):
        keys[person_id].add(key)
    people = {person.pk: person for person in Person.objects.select_related("account").order_by("pk")}
    known = [
        KnownPerson(str(pk), str(person), person.email, _is_confirmed(person), frozenset(keys[pk]))
        for pk, person in people.items()
    ]
    mandates = [
        _known_mandate(seat, people[seat.person_id], frozenset(keys[seat.person_id]))
        for seat in Mandate.objects.select_related("body", "party").order_by("pk")
    ]
    return known, mandates


def _is_confirmed(person: Person) -> bool:
    """An account's address is one that somebody has opened a link from."""
    return person.account is not None and bool(person.email) and person.account.email.lower() == person.email.lower()


def _known_mandate(seat: Mandate, person: Person, keys: frozenset[str]) -> KnownMandate:
    return KnownMandate(
        mandate_id=str(seat.pk),
        person_id=str(person.pk),
        given_name=person.given_name,
        family_name=person.family_name,
        body=seat.body.name,
        role=MandateRole(seat.role),
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
        party=seat.party.abbreviation if seat.party else "",
        email=person.email,
        email_is_confirmed=_is_confirmed(person),
        phone=person.phone,
        full_time_percent=seat.full_time_percent,
        is_covered_by_18a=seat.is_covered_by_18a,
        is_protected=person.is_protected,
        person_keys=keys,
    )


def has_mandates(actor: Member | Job) -> bool:
    return actor.may(Right.PERSON_IMPORT) and Mandate.objects.exists()


def invitable(row: PeopleImport) -> QuerySet[Person]:
    """Those whom a confirmed import brought in, with an address and neither account nor invitation."""
    ids: list[Any] = row.outcome.get("new_people", [])
    invited = Invitation.objects.filter(revoked_at__isnull=True).values("person_id")
    return Person.objects.filter(pk__in=ids, account__isnull=True).exclude(email="").exclude(pk__in=invited).order_by(*BY_NAME)

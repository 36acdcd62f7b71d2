"""Acts on imports of people: a file comes in, is explained step by step, and is confirmed once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.actions.invitations import invite_person
from varn.organisations.actions.parties import name_group_leader
from varn.organisations.actions.taking import Taking
from varn.organisations.importdraft import stored
from varn.organisations.importplan import Plan, fingerprint_of_plan
from varn.organisations.importvalues import CREATE
from varn.organisations.models import ImportSource, PeopleImport, Person
from varn.organisations.queries.imports import columns_of, draft_of, imports_for, invitable, plan_of
from varn.organisations.refusals import Changed, Refused
from varn.organisations.rights import Member, Right
from varn.organisations.spreadsheet import Table

ANSWERED = ("bodies", "parties", "roles")


@action("import.start", right=Right.PERSON_IMPORT)
def start_import(actor: Member, tables: Sequence[Table], *, source_name: str, today: date) -> PeopleImport:
    """Keeps the sheets that were read, without what is never imported, until somebody confirms or drops them."""
    source = ImportSource.objects.filter(name__iexact=source_name).first() or ImportSource.objects.create(name=source_name)
    note(n_rows=sum(len(table.rows) for table in tables))
    return PeopleImport.objects.create(
        source=source,
        started_by_id=actor.person_id,
        started_on=today,
        table={"sheets": [stored(table) for table in tables]},
        choices={name: source.mapping.get(name, {}) for name in ANSWERED},
    )


@action("import.choose_sheet", right=Right.PERSON_IMPORT)
def choose_sheet(actor: Member, draft: PeopleImport, *, index: int) -> PeopleImport:
    """Keeps one sheet; the others are gone. Raises Refused when the import is confirmed."""
    row = _open(actor, draft)
    if len(row.table["sheets"]) > 1:
        row.table = {"sheets": [row.table["sheets"][index]]}
        row.save(update_fields=["table"])
    return row


@action("import.map_columns", right=Right.PERSON_IMPORT)
def map_columns(actor: Member, draft: PeopleImport, *, fields: Sequence[str]) -> PeopleImport:
    """What each column is, by a `columns.Field` or "", in order; remembered for the source. Raises Refused."""
    row = _open(actor, draft)
    row.choices = {**row.choices, "columns": list(fields)}
    row.save(update_fields=["choices"])
    _remember(row, columns=columns_of(row, draft_of(row)).remembered())
    return row


@action("import.answer_values", right=Right.PERSON_IMPORT)
def answer_values(actor: Member, draft: PeopleImport, *, answers: Mapping[str, Mapping[str, str]]) -> PeopleImport:
    """What bodies, parties and roles mean, by `name_key`. What is to be made is not remembered before it is. Raises Refused."""
    row = _open(actor, draft)
    row.choices = {**row.choices, **{name: {**row.choices.get(name, {}), **answers.get(name, {})} for name in ANSWERED}}
    row.save(update_fields=["choices"])
    _remember(row, **_lasting(row))
    return row


@action("import.answer_same", right=Right.PERSON_IMPORT)
def answer_same(actor: Member, draft: PeopleImport, *, same: Mapping[str, str]) -> PeopleImport:
    """Who is who: person key to person id, or "" for a new person. Raises Refused."""
    row = _open(actor, draft)
    row.choices = {**row.choices, "same": {**row.choices.get("same", {}), **same}}
    row.save(update_fields=["choices"])
    return row


@action("import.discard", right=Right.PERSON_IMPORT)
def discard_import(actor: Member, draft: PeopleImport) -> None:
    """Also when somebody else was faster."""
    note(n_rows=imports_for(actor).filter(pk=draft.pk).delete()[0])


@dataclass(frozen=True, slots=True)
class Ticks:
    """What somebody agrees to end: mandate ids; and `leaders`, parties whose group leader is to be replaced.

    `starts_on` None: the first day of each body's term.
    """

    left: Collection[str]
    moved: Collection[str]
    ends: Collection[str]
    last_day: date
    starts_on: date | None
    leaders: Collection[str] = ()


@action("import.confirm", right=Right.PERSON_IMPORT)
def confirm_import(actor: Member, draft: PeopleImport, *, seen: str, ticks: Callable[[Plan], Ticks], today: date) -> PeopleImport:
    """Takes in what the page showed (`seen`: the plan's fingerprint) in one transaction. Confirmed twice it changes nothing.

    `ticks` says what was agreed of that plan. Raises Changed when it would no longer be the same, Refused when something is
    unanswered or a day is impossible.
    """
    _one_at_a_time(actor)
    row = imports_for(actor).select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if row is None:
        raise Refused(_("Importen är redan borttagen. Läs in filen på nytt om den behövs."))
    if row.confirmed_at is not None:
        return again(row)
    plan = plan_of(actor, row, today=today)
    if plan.read.unknown or plan.questions or fingerprint_of_plan(plan) != seen:
        raise Changed(_("Något har ändrats sedan sidan visades. Se efter igen innan du för in ändringarna."))
    agreed = ticks(plan)
    taking = Taking(plan, row.source.name, today=today, chosen=agreed.starts_on, last_day=agreed.last_day)
    counts = taking.take(left=agreed.left, moved=agreed.moved, ends=agreed.ends)
    leaders = taking.leaders(agreed.leaders)
    for party, person in leaders:
        name_group_leader(actor, party, person=person, today=today)
    counts["n_leaders"] = len(leaders)
    note(**counts)
    _remember(row, **_lasting(row, made=taking.made_bodies, parties=taking.made_parties))
    row.table, row.choices, row.confirmed_at = {}, {}, timezone.now()
    row.outcome = {"counts": counts, "new_people": [str(pk) for pk in taking.new_people]}
    row.save(update_fields=["table", "choices", "confirmed_at", "outcome"])
    return row


@action("import.invite", right=Right.PERSON_MANAGE)
def invite_people(actor: Member, draft: PeopleImport, *, people: Sequence[Person]) -> list[str]:
    """Invites those of a confirmed import that nobody has invited. Returns sentences about those who could not be."""
    wanted = {person.pk for person in people}
    problems = []
    n_invited = 0
    for person in invitable(draft):
        if person.pk not in wanted:
            continue
        try:
            invite_person(actor, person)
            n_invited += 1
        except Refused as refusal:
            problems.append(f"{person}: {refusal.sentence}")
    note(n_invited=n_invited, n_refused=len(problems))
    return problems


def _open(actor: Member, draft: PeopleImport) -> PeopleImport:
    """The row, locked. Raises Refused when somebody has confirmed or dropped it."""
    row = imports_for(actor).select_for_update(of=("self",)).filter(pk=draft.pk, confirmed_at__isnull=True).first()
    if row is None:
        raise Refused(_("Importen är redan införd eller borttagen."))
    return row


def _one_at_a_time(actor: Member) -> None:
    """Two imports confirmed at once wait for each other: the second is compared with what the first has made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {actor.organisation_id}"])


def _remember(row: PeopleImport, **parts: Mapping[str, str]) -> None:
    source = ImportSource.objects.select_for_update().get(pk=row.source_id)
    for name, part in parts.items():
        source.mapping = {**source.mapping, name: {**source.mapping.get(name, {}), **part}}
    source.save(update_fields=["mapping"])


def _lasting(
    row: PeopleImport, *, made: Mapping[str, str] | None = None, parties: Mapping[str, str] | None = None
) -> dict[str, dict[str, Any]]:
    """The answers that hold next time: ids, never "create"."""
    new = {"bodies": made or {}, "parties": parties or {}, "roles": {}}
    return {
        name: {**{key: value for key, value in row.choices.get(name, {}).items() if not value.startswith(CREATE)}, **new[name]}
        for name in ANSWERED
    }

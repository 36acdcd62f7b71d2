"""Writes what a confirmed import changes. Called by the act that confirms; it is no act of its own."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import CharField
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.sql import SQL, Identifier

from varn.organisations.actions.refusing import Refusing
from varn.organisations.changes import PERSON_FIELDS, Changed, Moved, NewMandate, PersonSaid
from varn.organisations.importplan import Plan, ends_something, first_day
from varn.organisations.models import Body, CapabilityLink, Invitation, Mandate, Party, Person, RegisterKey
from varn.organisations.names import name_key
from varn.organisations.queries.grants import check_addresses_may_change
from varn.organisations.queries.links import INVITATION
from varn.organisations.refusals import Refused
from varn.organisations.terms import BodyKind, Term, term_on
from varn.tenancy.within import current_organisation

_AUTHORITIES = frozenset({BodyKind.EXECUTIVE_BOARD, BodyKind.COMMITTEE, BodyKind.JOINT_COMMITTEE})
_PLAIN_FIELDS = ("starts_on", "ends_on", "full_time_percent", "is_covered_by_18a")

Addition = NewMandate | Moved


class Taking:
    """One import being taken in. `chosen`: first day where the file has none (None: the term's first day).

    Afterwards `new_people`, `made_bodies` and `made_parties` (name key to id) say what was made.
    """

    def __init__(self, plan: Plan, source: str, *, today: date, chosen: date | None, last_day: date) -> None:
        self.plan, self.source, self.today = plan, source, today
        self.chosen, self.last_day = chosen, last_day
        self.new_people: list[UUID] = []
        self.made_bodies: dict[str, str] = {}
        self.made_parties: dict[str, str] = {}
        self.people: dict[str, Person] = {}  # by id as text, and new ones by person key
        self.fresh: list[Person] = []  # not saved before all is known of them
        self.told: dict[UUID, Person] = {}  # known ones of whom something is new
        self.readdressed: list[Person] = []
        self.keys: list[tuple[Person, str]] = []

    def take(self, *, left: Collection[str], moved: Collection[str], ends: Collection[str]) -> dict[str, int]:
        """Only what is ticked ends. Raises Refused for an impossible day. Returns counts for the trail."""
        delta = self.plan.delta
        moves = [m for m in delta.moved if m.before.mandate_id in moved]
        additions: list[Addition] = [*delta.new, *moves]
        leaving = [m.mandate_id for m in delta.left if m.mandate_id in left]
        self.make_bodies(additions)
        self.make_parties(additions, delta.changed)
        self.load_people(additions, delta.changed)
        n_dropped = self.end([*leaving, *(m.before.mandate_id for m in moves)])
        n_changed = self.change(delta.changed, ends)
        self.say(additions)
        self.add(additions)
        self.remember_keys()
        return {
            "n_new": len(delta.new),
            "n_people": len(self.new_people),
            "n_moved": len(moves),
            "n_left": len(leaving),
            "n_changed": n_changed,
            "n_bodies": len(self.made_bodies),
            "n_parties": len(self.made_parties),
            "n_never_began": n_dropped,
        }

    def leaders(self, replacing: Collection[str]) -> list[tuple[Party, Person]]:
        """Whom each party is to be led by: those who replace nobody, and those who do where somebody agreed (by party)."""
        changes = [one for one in self.plan.leaders if one.before is None or one.party in replacing]
        known = {str(row.pk): row for row in Person.objects.filter(pk__in=[one.person_id for one in changes if one.person_id])}
        found = []
        for one in changes:
            party, person = self.parties.get(one.party), known.get(one.person_id or "") or self.people.get(one.row.person_key)
            if party is not None and person is not None:
                found.append((party, person))
        return found

    def make_bodies(self, additions: Iterable[Addition]) -> None:
        """Only those that somebody gets a seat in."""
        used = {item.row.body for item in additions}
        for name, kind in self.plan.read.new_bodies.items():
            if name in used:
                term = term_on(BodyKind(kind), self.today)
                body = Body.objects.create(
                    name=name,
                    kind=kind,
                    is_authority=kind in _AUTHORITIES,
                    term_starts_on=term.starts_on,
                    term_ends_on=term.ends_on,
                )
                self.made_bodies[name_key(name)] = str(body.pk)
        self.bodies = {body.name: body for body in Body.objects.all()}

    def make_parties(self, additions: Iterable[Addition], changed: Iterable[Changed]) -> None:
        used = {item.row.party for item in additions} | {item.row.party for item in changed}
        for short, name in self.plan.read.new_parties.items():
            if short in used:
                party = Party.objects.create(abbreviation=short, name=name)
                self.made_parties[name_key(short)] = str(party.pk)
        self.parties: dict[str, Party | None] = {party.abbreviation: party for party in Party.objects.all()}
        self.parties[""] = None

    def load_people(self, additions: Iterable[Addition], changed: Iterable[Changed]) -> None:
        """Known people, locked, and new ones, made: one for all rows with the same person key."""
        additions = list(additions)
        ids = {id_ for item in additions if (id_ := _person_id(item))} | {item.mandate.person_id for item in changed}
        rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
        self.people = {str(person.pk): person for person in rows}
        new: dict[str, Person] = {}
        for item in additions:
            if _person_id(item) is None:
                new.setdefault(item.row.person_key, Person(given_name=item.said.given_name, family_name=item.said.family_name))
        self.people |= new
        self.fresh = list(new.values())
        self.new_people = [person.pk for person in self.fresh]

    def person(self, item: Addition) -> Person:
        return self.people[_person_id(item) or item.row.person_key]

    def end(self, ids: Collection[str]) -> int:
        """Gives the mandates their last day. One that has not begun goes altogether; returns how many did."""
        ended, never = [], []
        for seat in self.locked(ids):
            if self.last_day >= seat.starts_on:
                seat.ends_on = min(filter(None, (seat.ends_on, self.last_day)))
                ended.append(seat)
            elif seat.starts_on > self.today:
                never.append(seat.pk)
            else:
                sentence = _("%(name)s: sista dagen är före uppdragets första dag, %(day)s. Välj en senare dag.")
                raise Refused(sentence % {"name": seat.person, "day": seat.starts_on.isoformat()}, "last_day")
        _save_many(ended, ["ends_on"])
        Mandate.objects.filter(pk__in=never).delete()
        return len(never)

    def locked(self, ids: Collection[str]) -> Iterable[Mandate]:
        return Mandate.objects.select_for_update(of=("self",)).select_related("person").filter(pk__in=ids).order_by("pk")

    def change(self, changed: Iterable[Changed], ends: Collection[str]) -> int:
        """What the file says otherwise, save the ends that nobody ticked. Returns how many mandates or people changed."""
        items = {item.mandate.mandate_id: item for item in changed}
        seats = []
        n_changed = 0
        for seat in self.locked(items.keys()):
            item = items[str(seat.pk)]
            changes = [c for c in item.changes if not ends_something(c) or item.mandate.mandate_id in ends]
            self.tell(self.people[item.mandate.person_id], {c.field: c.after for c in changes if c.field in PERSON_FIELDS})
            n_changed += any(c.field != "person_keys" for c in changes)
            for change in changes:
                if change.field == "party":
                    seat.party = self.parties[change.after]
                elif change.field in _PLAIN_FIELDS:
                    setattr(seat, change.field, change.after)
            if any(c.field not in PERSON_FIELDS for c in changes):
                seats.append(seat)
        with Refusing(organisations_mandate_once=_twice()):
            _save_many(seats, ["party", *_PLAIN_FIELDS])
        return n_changed

    def say(self, additions: Iterable[Addition]) -> None:
        """What all rows of a person together say. Somebody who had left and has a seat again is back."""
        for item in additions:
            person = self.person(item)
            self.tell(person, {**_told(item.said), "ends_on": None})

    def tell(self, person: Person, said: dict[str, Any]) -> None:
        self.keys += [(person, key) for key in said.pop("person_keys", ())]
        new = {field: value for field, value in said.items() if getattr(person, field) != value}
        if new and not person._state.adding:
            self.told[person.pk] = person
            if new.get("email", person.email).lower() != person.email.lower():
                self.readdressed.append(person)
        for field, value in new.items():
            setattr(person, field, value)

    def add(self, additions: Iterable[Addition]) -> None:
        """Saves what was told, then the new mandates."""
        check_addresses_may_change(self.readdressed, today=self.today)
        _revoke_invitations(self.readdressed)
        _save_many(list(self.told.values()), [*sorted(PERSON_FIELDS - {"person_keys"}), "ends_on"])
        Person.objects.bulk_create(self.fresh, batch_size=1000)
        people = list({person.pk: person for person in self.people.values()}.values())
        last_days: dict[tuple[UUID, UUID, str], list[date]] = defaultdict(list)
        known = Mandate.objects.filter(person__in=[p.pk for p in people], ends_on__isnull=False)
        for seat in known:
            if seat.ends_on:
                last_days[seat.person_id, seat.body_id, seat.role].append(seat.ends_on)
        seats = [self.seat(item, last_days) for item in additions]
        with Refusing(organisations_mandate_once=_twice()):
            Mandate.objects.bulk_create(seats, batch_size=1000)

    def seat(self, item: Addition, last_days: dict[tuple[UUID, UUID, str], list[date]]) -> Mandate:
        row, person, body = item.row, self.person(item), self.bodies[item.row.body]
        chosen = self.last_day + timedelta(days=1) if isinstance(item, Moved) else self.chosen
        return Mandate(
            person=person,
            body=body,
            party=self.parties[row.party],
            role=row.role,
            starts_on=first_day(
                row, chosen=chosen, term=self.term_of(body), earlier=last_days[person.pk, body.pk, str(row.role)]
            ),
            ends_on=row.ends_on,
            full_time_percent=row.full_time_percent or 0,
            is_covered_by_18a=bool(row.is_covered_by_18a),
        )

    def term_of(self, body: Body) -> Term:
        """As entered, or the ordinary one when that is over."""
        if body.term_starts_on <= self.today <= body.term_ends_on:
            return Term(body.term_starts_on, body.term_ends_on)
        return term_on(BodyKind(body.kind), self.today)

    def remember_keys(self) -> None:
        keys = {key: person for person, key in self.keys}
        known = set(RegisterKey.objects.filter(source=self.source, key__in=keys).values_list("key", flat=True))
        new = [RegisterKey(person=person, source=self.source, key=key) for key, person in keys.items() if key not in known]
        RegisterKey.objects.bulk_create(new, batch_size=1000)


def _person_id(item: Addition) -> str | None:
    return item.before.person_id if isinstance(item, Moved) else item.person_id


def _told(said: PersonSaid) -> dict[str, Any]:
    """What the file says, and nothing of what it is silent about."""
    fields = {name: getattr(said, name) for name in PERSON_FIELDS}
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _revoke_invitations(people: Collection[Person]) -> None:
    """They went to an address that is no longer the person's."""
    now = timezone.now()
    ids = (
        list(Invitation.objects.filter(person__in=people, joined_at__isnull=True).values_list("pk", flat=True)) if people else []
    )
    if ids:
        Invitation.objects.filter(pk__in=ids, revoked_at__isnull=True).update(revoked_at=now)
        CapabilityLink.objects.filter(kind=INVITATION, target_id__in=ids, revoked_at__isnull=True).update(revoked_at=now)


def _save_many(rows: Sequence[Person] | Sequence[Mandate], names: Sequence[str]) -> None:
    """These fields of any number of rows, in one statement. Django's `bulk_update` makes an expression for each row and
    field: minutes for 50,000."""
    if not rows:
        return
    fields = [type(rows[0])._meta.get_field(name) for name in names]
    kinds = [SQL("text" if isinstance(field, CharField) else str(field.db_type(connection))) for field in fields]
    columns = [Identifier(str(field.column)) for field in fields]  # type: ignore[union-attr]
    statement = SQL(
        "UPDATE {table} SET {sets} FROM unnest({arrays}) AS told (id, {columns})"
        " WHERE {table}.id = told.id AND {table}.organisation_id = %s"
    ).format(
        table=Identifier(rows[0]._meta.db_table),
        sets=SQL(", ").join(SQL("{0} = told.{0}").format(column) for column in columns),
        arrays=SQL(", ").join(SQL("%s::{}[]").format(kind) for kind in [SQL("uuid"), *kinds]),
        columns=SQL(", ").join(columns),
    )
    told = [[getattr(row, field.attname) for row in rows] for field in fields]  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(statement, [[row.pk for row in rows], *told, current_organisation()])


def _twice() -> str:
    return _("Två rader ger samma uppdrag från samma dag. Rätta i filen och läs in den på nytt.")

"""The whole of an import before anything is saved: what the file says, against what is known, and what must be asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from .changes import Change, Changed, Delta, KnownMandate, NewMandate, PersonSaid, Proposal
from .delta import delta
from .fingerprint import fingerprint_of
from .importvalues import ReadList
from .leaders import KnownLeader, LeaderChange, leader_changes
from .names import name_key
from .peoplerow import PersonRow, RowProblem
from .terms import Term


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody in the organisation. `person_keys`: what this source has called them before."""

    person_id: str
    name: str
    email: str = ""
    email_is_confirmed: bool = False
    person_keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """Is the person of these rows somebody who is known?"""

    row: PersonRow
    proposals: tuple[Proposal, ...]

    @property
    def key(self) -> str:
        return self.row.person_key


@dataclass(frozen=True, slots=True)
class Plan:
    """`delta` is final when nothing is unknown and no question is open."""

    read: ReadList
    delta: Delta
    questions: tuple[Question, ...]
    leaders: tuple[LeaderChange, ...] = ()
    unclear_leaders: tuple[PersonRow, ...] = ()

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        return tuple(sorted((*self.read.people.problems, *self.delta.problems), key=lambda p: p.row_number))

    @property
    def ends(self) -> tuple[Changed, ...]:
        """Changes that end a mandate, or put its beginning off: to be ticked, like everything that ends."""
        return tuple(c for c in self.delta.changed if any(map(ends_something, c.changes)))

    @property
    def edits(self) -> tuple[Changed, ...]:
        """What else changes, to be shown; that an id is remembered is not."""
        shown = (
            (c, tuple(x for x in c.changes if x.field != "person_keys" and not ends_something(x))) for c in self.delta.changed
        )
        return tuple(replace(c, changes=changes) for c, changes in shown if changes)

    @property
    def n_unchanged(self) -> int:
        only_keys = sum(all(x.field == "person_keys" for x in c.changes) for c in self.delta.changed)
        return len(self.delta.unchanged) + only_keys

    @property
    def is_empty(self) -> bool:
        return self.delta.is_empty and not self.leaders


def ends_something(change: Change) -> bool:
    """A last day that is set or comes earlier, a first day that comes later."""
    if change.field == "ends_on":
        return change.after is not None and (change.before is None or change.after < change.before)
    return change.field == "starts_on" and change.before is not None and change.after > change.before


def _is_edit(change: Change) -> bool:
    return change.field != "person_keys" and not ends_something(change)


def planned(
    read: ReadList,
    current: Sequence[KnownMandate],
    people: Sequence[KnownPerson],
    same: Mapping[str, str],
    *,
    today: date,
    leaders: Mapping[str, KnownLeader] | None = None,
) -> Plan:
    """`same`: person_key to person id, or "" where somebody has said that it is a new person. `leaders`: by party.

    `people` are all of the organisation; those without a mandate are found here, the others by the delta.
    """
    seated = {m.person_id for m in current}
    found = _found([p for p in people if p.person_id not in seated], read.people.rows)
    said = {key: person for key, person in same.items() if person}
    change = delta(current, read.people.rows, today=today, unread=read.people.unread, confirmed=found | said)
    named, unclear = leader_changes(read.people.rows, change.people, leaders or {}, today=today)
    return Plan(read, change, tuple(_questions(change.new, people, current, same)), named, unclear)


def _found(people: Iterable[KnownPerson], rows: Sequence[PersonRow]) -> dict[str, str]:
    """People without a mandate whom the source or a confirmed address tells: person_key to person id."""
    by_key: dict[str, str] = {}
    by_email: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in people:
        by_key.update(dict.fromkeys(person.person_keys, person.person_id))
        if person.email_is_confirmed:
            by_email[person.email.casefold()].append(person)
    found = {}
    for row in rows:
        matches = by_email.get(row.email, []) if row.email and not row.email_is_shared else []
        if row.person_key in by_key:
            found[row.person_key] = by_key[row.person_key]
        elif len(matches) == 1 and not (row.register_id and any(k.startswith("id:") for k in matches[0].person_keys)):
            found[row.person_key] = matches[0].person_id
    return found


def _questions(
    new: Iterable[NewMandate], people: Sequence[KnownPerson], current: Sequence[KnownMandate], same: Mapping[str, str]
) -> Iterable[Question]:
    """Same name, or an address that nobody has confirmed: once per person of the file, until answered."""
    by_name: dict[str, list[KnownPerson]] = defaultdict(list)
    by_email: dict[str, list[KnownPerson]] = defaultdict(list)
    bodies: dict[str, list[str]] = defaultdict(list)
    for person in people:
        by_name[name_key(person.name)].append(person)
        if person.email:
            by_email[person.email.casefold()].append(person)
    for mandate in current:
        bodies[mandate.person_id].append(mandate.body)
    asked: set[str] = set()
    for item in new:
        key = item.row.person_key
        if item.person_id is not None or key in same or key in asked:
            continue
        email = item.row.email if not item.row.email_is_shared else ""
        alike = {p.person_id: p for p in (*by_name[name_key(item.row.name)], *(by_email[email] if email else ()))}
        if alike:
            asked.add(key)
            yield Question(
                item.row, tuple(Proposal(id_, p.name, tuple(dict.fromkeys(bodies[id_]))) for id_, p in sorted(alike.items()))
            )


def fingerprint_of_plan(plan: Plan) -> str:
    """Changes whenever what would be done changes."""
    return fingerprint_of(_lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    change = plan.delta
    yield from (f"new {item.person_id} {_plain(item.row)} {_plain(item.said)}" for item in change.new)
    yield from (f"moved {item.before.mandate_id} {_plain(item.row)} {_plain(item.said)}" for item in change.moved)
    yield from (f"left {item.mandate_id}" for item in change.left)
    yield from (_changed_line(c.mandate, x) for c in change.changed for x in c.changes)
    yield from (f"body {name} {kind}" for name, kind in plan.read.new_bodies.items())
    yield from (f"party {short}" for short in plan.read.new_parties)
    yield from (f"leader {one.party} {one.row.person_key} {one.person_id} {one.before}" for one in plan.leaders)


def _changed_line(mandate: KnownMandate, change: Change) -> str:
    return f"changed {mandate.mandate_id} {change.field} {_sorted(change.before)} {_sorted(change.after)}"


def _plain(row: PersonRow | PersonSaid) -> list[object]:
    return [_sorted(getattr(row, field.name)) for field in fields(row)]


def _sorted(value: object) -> object:
    """A set has no order of its own: it would differ from process to process."""
    return sorted(value) if isinstance(value, frozenset) else value


def first_day(row: PersonRow, *, chosen: date | None, term: Term, earlier: Sequence[date]) -> date:
    """When a new mandate begins: as the file says, else the day chosen, else the term's first day.

    Never after its own last day, nor before a mandate of the same person, body and role is over (`earlier`: last days).
    """
    if row.starts_on:
        return row.starts_on
    day = max([chosen or term.starts_on, *(last + timedelta(days=1) for last in earlier)])
    return min(day, row.ends_on) if row.ends_on else day

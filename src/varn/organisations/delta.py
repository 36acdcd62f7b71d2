"""What would change if a people list were taken in: computed, shown and confirmed before anything is saved.

A person is found by what this source is remembered to call them (id, or what was confirmed last time), then by a
confirmed e-mail. A name alone is only ever a proposal. Who is missing is said to have left, for somebody to confirm,
and only in bodies that the list covers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from .changes import Change, Changed, Delta, KnownMandate, Moved, NewMandate, PersonSaid, Proposal
from .names import name_key
from .peoplerow import PersonRow, Problem, RowProblem, UnreadRow
from .terms import MandateRole


def delta(
    current: Sequence[KnownMandate],
    rows: Sequence[PersonRow],
    *,
    today: date,
    unread: Sequence[UnreadRow] = (),
    confirmed: Mapping[str, str] | None = None,
) -> Delta:
    """Compare. `confirmed`: `person_key` to person id, where somebody has said yes to a proposal.

    `current` holds ended mandates too, so that somebody who comes back is recognised.
    """
    people = _People(current, rows, confirmed or {})
    matched, loose, problems = _matched(people, rows, today)
    missing = _missing(current, matched, rows, unread, today)
    moved, loose = _moved(people, missing, loose, today)
    gone = {m.before.mandate_id for m in moved}
    left = [m for m in missing if m.mandate_id not in gone]
    held = [m for m in left if _may_be_unread(m, people, unread)]
    pairs = [(known, row, _changes(known, row, people)) for known, row in matched]
    return Delta(
        new=tuple(
            NewMandate(r, p, people.said_of(r), people.proposals(r) if p is None else ()) for p, r in loose if not _over(r, today)
        ),
        moved=tuple(moved),
        left=tuple(m for m in left if m not in held),
        changed=tuple(Changed(known, row, changes) for known, row, changes in pairs if changes),
        unchanged=tuple(known for known, _, changes in pairs if not changes),
        held=tuple(held),
        over=tuple(r for _, r in loose if _over(r, today)),
        problems=tuple(problems),
        people={key: id_ for key, id_ in people.ids.items() if id_ is not None},
    )


class _People:
    """Finds the person that a row means, and what its rows together say of the person."""

    def __init__(self, current: Sequence[KnownMandate], rows: Sequence[PersonRow], confirmed: Mapping[str, str]) -> None:
        self.by_key = dict(confirmed)
        self.by_email: dict[str, set[str]] = defaultdict(set)
        self.by_name: dict[str, dict[str, list[KnownMandate]]] = defaultdict(lambda: defaultdict(list))
        self.has_id: set[str] = set()
        for known in current:
            for key in sorted(known.person_keys):
                self.by_key.setdefault(key, known.person_id)
                if key.startswith("id:"):
                    self.has_id.add(known.person_id)
            if known.email_is_confirmed and known.email:
                self.by_email[known.email.casefold()].add(known.person_id)
            self.by_name[name_key(known.name)][known.person_id].append(known)
        self.said: dict[str, dict[str, Any]] = defaultdict(dict)
        self.ids = {row.person_key: self._find(row) for row in rows}
        for row in rows:
            self._note(row)

    def _find(self, row: PersonRow) -> str | None:
        if found := self.by_key.get(row.person_key):
            return found
        candidates = self.by_email.get(row.email, set()) if row.email and not row.email_is_shared else set()
        if len(candidates) != 1:
            return None
        person = next(iter(candidates))
        other_id = bool(row.register_id) and person in self.has_id  # the register says it is somebody else
        return None if other_id else person

    def of(self, row: PersonRow) -> str | None:
        return self.ids[row.person_key]

    def _note(self, row: PersonRow) -> None:
        """The first row that says something of a person counts; protection counts wherever it stands."""
        said = self.said[self.of(row) or row.person_key]
        for field in ("given_name", "family_name", "phone"):
            if value := getattr(row, field):
                said.setdefault(field, value)
        said.setdefault("family_name", "")
        if row.email and not row.email_is_shared:
            said.setdefault("email", row.email)
        if row.is_protected is not None:
            said["is_protected"] = row.is_protected or said.get("is_protected", False)
        said["person_keys"] = said.get("person_keys", frozenset()) | {row.person_key}

    def said_of(self, row: PersonRow) -> PersonSaid:
        return PersonSaid(**self.said[self.of(row) or row.person_key])

    def proposals(self, row: PersonRow) -> tuple[Proposal, ...]:
        found = self.by_name.get(name_key(row.name), {})
        return tuple(
            Proposal(person, mandates[0].name, tuple(dict.fromkeys(m.body for m in mandates)))
            for person, mandates in sorted(found.items())
        )


_Place = tuple[str, str, MandateRole]


def _place(person: str, body: str, role: MandateRole) -> _Place:
    return person, name_key(body), role


def _matched(
    people: _People, rows: Sequence[PersonRow], today: date
) -> tuple[list[tuple[KnownMandate, PersonRow]], list[tuple[str | None, PersonRow]], list[RowProblem]]:
    """Rows with their known mandate; the rest with their person, if known; rows that repeat another's mandate."""
    known: dict[_Place, list[KnownMandate]] = defaultdict(list)
    for by_person in people.by_name.values():
        for m in (m for mandates in by_person.values() for m in mandates):
            known[_place(m.person_id, m.body, m.role)].append(m)
    first: dict[tuple[object, ...], PersonRow] = {}
    matched: list[tuple[KnownMandate, PersonRow]] = []
    loose: list[tuple[str | None, PersonRow]] = []
    problems: list[RowProblem] = []
    for row in rows:
        person = people.of(row)
        place = _place(person or row.person_key, row.body, row.role)
        mandate = _same_mandate(known.get(place, []), row, today)
        earlier = first.setdefault((place, mandate.mandate_id if mandate else row.starts_on), row)
        if earlier is not row:
            params: dict[str, str | int] = {"first_row": earlier.row_number}
            problems.append(RowProblem(row.row_number, "", Problem.SAME_PERSON_TWICE, params))
        elif mandate:
            matched.append((mandate, row))
        else:
            loose.append((person, row))
    return matched, loose, problems


def _same_mandate(candidates: Iterable[KnownMandate], row: PersonRow, today: date) -> KnownMandate | None:
    """The one that starts the same day, else the latest that the row's days do not come after or before."""
    ordered = sorted(candidates, key=lambda m: (m.starts_on == row.starts_on, m.starts_on or date.min), reverse=True)
    return next((m for m in ordered if m.starts_on == row.starts_on or _overlap(m, row, today)), None)


def _overlap(known: KnownMandate, row: PersonRow, today: date) -> bool:
    if known.is_over(today) and not (row.starts_on or row.ends_on):
        return False  # a list without days is of those who have a seat now: this one is back
    starts_after = row.starts_on and known.ends_on and row.starts_on > known.ends_on
    ends_before = row.ends_on and known.starts_on and row.ends_on < known.starts_on
    return not starts_after and not ends_before


def _missing(
    current: Sequence[KnownMandate],
    matched: Sequence[tuple[KnownMandate, PersonRow]],
    rows: Sequence[PersonRow],
    unread: Sequence[UnreadRow],
    today: date,
) -> list[KnownMandate]:
    """Mandates that are not over, of bodies in the list, without a row."""
    seen = {known.mandate_id for known, _ in matched}
    bodies = {name_key(body) for body in (*(r.body for r in rows), *(u.body for u in unread))}
    return [m for m in current if m.mandate_id not in seen and name_key(m.body) in bodies and not m.is_over(today)]


def _moved(
    people: _People, missing: Sequence[KnownMandate], loose: Sequence[tuple[str | None, PersonRow]], today: date
) -> tuple[list[Moved], list[tuple[str | None, PersonRow]]]:
    """Pairs within a body first, then where a person has exactly one gone and one new mandate."""
    free: dict[str, list[KnownMandate]] = defaultdict(list)
    mine: dict[str, list[PersonRow]] = defaultdict(list)
    for known in missing:
        free[known.person_id].append(known)
    for person, row in loose:
        if person is not None and not _over(row, today):
            mine[person].append(row)
    moved = []
    for narrow in (True, False):
        for person, rows in mine.items():
            for row in tuple(rows):
                gone = [m for m in free[person] if not narrow or name_key(m.body) == name_key(row.body)]
                if len(gone) == 1 and (narrow or len(rows) == 1):
                    free[person].remove(gone[0])
                    rows.remove(row)
                    moved.append(Moved(gone[0], row, people.said_of(row)))
    placed = {id(m.row) for m in moved}
    return moved, [(person, row) for person, row in loose if id(row) not in placed]


def _over(row: PersonRow, today: date) -> bool:
    return row.ends_on is not None and row.ends_on < today


def _may_be_unread(known: KnownMandate, people: _People, unread: Sequence[UnreadRow]) -> bool:
    """True if a row with a fault may be this person's, by what the list otherwise says of them."""
    said = people.said.get(known.person_id, {})
    given, family = said.get("given_name", known.given_name), said.get("family_name", known.family_name)
    name, email = name_key(f"{given} {family}"), said.get("email", known.email.casefold())
    return any(
        f"id:{r.register_id}" in known.person_keys
        or (r.email and r.email == email)
        or name in map(name_key, r.names)
        or not (r.names or r.email or r.register_id)
        for r in unread
    )


def _changes(known: KnownMandate, row: PersonRow, people: _People) -> tuple[Change, ...]:
    """What the file says otherwise; what it does not say is not a change."""
    said = dict(people.said[known.person_id])
    said["person_keys"] = known.person_keys | said["person_keys"]
    if said.get("email") == known.email.casefold():
        said.pop("email", None)
    for field in ("party", "starts_on", "ends_on", "full_time_percent", "is_covered_by_18a"):
        if (value := getattr(row, field)) not in (None, ""):
            said[field] = value
    if row.is_open_ended and known.ends_on:
        said["ends_on"] = None
    return tuple(Change(field, getattr(known, field), value) for field, value in said.items() if getattr(known, field) != value)

"""The rule for taking a people list in, without a database: what `actions` do, small enough to be tried."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from .changes import PERSON_FIELDS, Delta, KnownMandate, PersonSaid
from .peoplerow import PersonRow


def applied(current: Sequence[KnownMandate], change: Delta, *, today: date) -> tuple[KnownMandate, ...]:
    """What `current` would be with everything confirmed and every new person made.

    A mandate that is left or moved ends the day before `today`; one that had not begun then is dropped.
    """
    made = [(n.row, n.person_id or f"new {n.row.person_key}", n.said) for n in change.new]
    made += [(m.row, m.before.person_id, m.said) for m in change.moved]
    people: dict[str, dict[str, Any]] = defaultdict(dict)
    for item in change.changed:
        people[item.mandate.person_id].update({c.field: c.after for c in item.changes if c.field in PERSON_FIELDS})
    for _, person, said in made:
        people[person].update(_told(said), person_keys=_keys_of(person, current) | said.person_keys)
    fresh = [_mandate(row, person, f"{person} {i} {today}") for i, (row, person, _) in enumerate(made)]
    return tuple(replace(m, **people.get(m.person_id, {})) for m in (*_kept(current, change, today), *fresh))


def _kept(current: Sequence[KnownMandate], change: Delta, today: date) -> list[KnownMandate]:
    ended = {m.mandate_id for m in change.left} | {m.before.mandate_id for m in change.moved}
    new_values = {c.mandate.mandate_id: {x.field: x.after for x in c.changes} for c in change.changed}
    last = today - timedelta(days=1)
    kept = [replace(m, **new_values.get(m.mandate_id, {})) for m in current]
    kept = [replace(m, ends_on=last) if m.mandate_id in ended else m for m in kept]
    return [m for m in kept if m.ends_on is None or m.starts_on is None or m.starts_on <= m.ends_on]


def _told(said: PersonSaid) -> dict[str, Any]:
    return {field: value for field, value in asdict(said).items() if value not in (None, "")}


def _keys_of(person: str, current: Sequence[KnownMandate]) -> frozenset[str]:
    return frozenset(k for m in current if m.person_id == person for k in m.person_keys)


def _mandate(row: PersonRow, person: str, mandate_id: str) -> KnownMandate:
    return KnownMandate(
        mandate_id=mandate_id,
        person_id=person,
        given_name=row.given_name,
        family_name=row.family_name,
        body=row.body,
        role=row.role,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        party=row.party,
        full_time_percent=row.full_time_percent,
        is_covered_by_18a=row.is_covered_by_18a,
    )

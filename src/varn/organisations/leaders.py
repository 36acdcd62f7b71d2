"""Group leaders that a people list names: whom each party would get, and whom that person would replace. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .peoplerow import PersonRow


@dataclass(frozen=True, slots=True)
class KnownLeader:
    person_id: str
    name: str


@dataclass(frozen=True, slots=True)
class LeaderChange:
    """`party` is its abbreviation. `person_id` None: a person who is new with the list. `before`: whom it replaces."""

    party: str
    row: PersonRow
    person_id: str | None
    before: KnownLeader | None = None


def leader_changes(
    rows: Iterable[PersonRow], people: Mapping[str, str], leaders: Mapping[str, KnownLeader], *, today: date
) -> tuple[tuple[LeaderChange, ...], tuple[PersonRow, ...]]:
    """What would change, by party, and the rows that say nothing clear: without a party, or one of two for the same.

    `people`: person key to the id of somebody known; `leaders`: party to its leader now. Who is named in a seat that has
    ended is not named any more.
    """
    named: dict[str, dict[str, PersonRow]] = defaultdict(dict)
    for row in rows:
        if row.is_group_leader and not (row.ends_on and row.ends_on < today):
            named[row.party].setdefault(people.get(row.person_key, row.person_key), row)
    changes: list[LeaderChange] = []
    unclear: list[PersonRow] = []
    for party, found in sorted(named.items()):
        if not party or len(found) > 1:
            unclear += found.values()
            continue
        row = next(iter(found.values()))
        person_id, before = people.get(row.person_key), leaders.get(party)
        if before is None or before.person_id != person_id:
            changes.append(LeaderChange(party, row, person_id, before))
    return tuple(changes), tuple(unclear)

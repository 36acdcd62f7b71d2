"""What a file calls bodies, parties and roles, made what Värn calls them; what it does not know is asked about.

An answer is an id of what exists, "skip", or for a body "create:<kind>" and for a party "create".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .columns import Field
from .columns import Mapping as Columns
from .names import name_key
from .partynames import party_words
from .peoplelist import read_people
from .peoplerow import PeopleList, PersonRow, Problem, RowProblem, UnreadRow
from .spreadsheet import Table
from .terms import MandateRole

SKIP = "skip"
CREATE = "create"
# What `peoplewords.role_of` reads as each role.
_ROLE_WORDS = {
    MandateRole.MEMBER: "ledamot",
    MandateRole.DEPUTY: "ersättare",
    MandateRole.CHAIR: "ordförande",
    MandateRole.FIRST_VICE_CHAIR: "1:e vice ordförande",
    MandateRole.SECOND_VICE_CHAIR: "2:e vice ordförande",
    MandateRole.AUDITOR: "revisor",
    MandateRole.OTHER: "adjungerad",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What exists: body id to name; party id to (abbreviation, name)."""

    bodies: Mapping[str, str]
    parties: Mapping[str, tuple[str, str]]

    def body(self, text: str) -> str | None:
        key = name_key(text)
        return next((id_ for id_, name in self.bodies.items() if name_key(name) == key), None)

    def party(self, text: str) -> str | None:
        keys = {name_key(word) for word in (text, *party_words(text))}
        return next((id_ for id_, words in self.parties.items() if keys & set(map(name_key, words))), None)


@dataclass(frozen=True, slots=True)
class Answers:
    """By `name_key` of what the file says."""

    bodies: Mapping[str, str] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Answers":
        return cls(*(dict(kept.get(name) or {}) for name in ("bodies", "parties", "roles")))


@dataclass(frozen=True, slots=True)
class Unknown:
    """As the file writes them, each once."""

    bodies: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        return len(self.bodies) + len(self.parties) + len(self.roles)

    def __bool__(self) -> bool:
        return self.n > 0


@dataclass(frozen=True, slots=True)
class ReadList:
    """The list in Värn's words. `new_bodies`: name to kind; `new_parties`: abbreviation to name."""

    people: PeopleList
    unknown: Unknown
    new_bodies: Mapping[str, str]
    new_parties: Mapping[str, str]


def read_list(table: Table, columns: Columns, answers: Answers, known: Known) -> ReadList:
    """Reads the table and puts the answers in. Rows of a body that is skipped are left out whole."""
    people = read_people(_with_roles(table, columns, answers.roles), columns)
    bodies = _Bodies(known, answers.bodies)
    parties = _Parties(known, answers.parties)
    rows = [_renamed(row, body, parties.of(row.party)) for row in people.rows if (body := bodies.of(row.body))]
    unread = [replace(row, body=its) for row in people.unread if (its := _body_of_unread(row, bodies)) is not None]
    roles = _unknown_roles(people.problems, answers.roles)
    return ReadList(
        replace(people, rows=tuple(map(_never_less_protected, rows)), unread=tuple(unread)),
        Unknown(tuple(bodies.unknown.values()), tuple(parties.unknown.values()), roles),
        bodies.made,
        parties.made,
    )


def all_unknown(table: Table, columns: Columns, known: Known) -> Unknown:
    """What has no match here, also what was answered; bodies and parties of rows with an unknown role too."""
    unknown = read_list(table, columns, Answers(), known).unknown
    if not unknown.roles:
        return unknown
    roles = unknown.roles
    passing = Answers(roles={name_key(text): MandateRole.OTHER for text in roles})
    return replace(read_list(table, columns, passing, known).unknown, roles=roles)


def _body_of_unread(row: UnreadRow, bodies: "_Bodies") -> str | None:
    return (bodies.of(row.body) or None) if row.body else ""


def _renamed(row: PersonRow, body: str, party: str) -> PersonRow:
    """A row is copied only where it must be: there may be fifty thousand."""
    return row if (row.body, row.party) == (body, party) else replace(row, body=body, party=party)


def _never_less_protected(row: PersonRow) -> PersonRow:
    """A file may protect somebody, never take protection away: that is done by hand, person by person."""
    return replace(row, is_protected=None) if row.is_protected is False else row


class _Bodies:
    def __init__(self, known: Known, answers: Mapping[str, str]) -> None:
        self.names: dict[str, str] = {name_key(name): name for name in known.bodies.values()}
        self.made: dict[str, str] = {}
        self.unknown: dict[str, str] = {}
        self.known, self.answers = known, answers

    def of(self, text: str) -> str:
        """Its name here; "" when it is to be skipped; as written while nobody has answered."""
        key = name_key(text)
        if key in self.names:
            return self.names[key]
        answer = self.answers.get(key, "")
        kind = answer.removeprefix(f"{CREATE}:")
        if answer == SKIP or answer in self.known.bodies:
            self.names[key] = self.known.bodies.get(answer, "")
        elif kind != answer:
            self.names[key] = self.unknown_as_new(text, kind)
        else:
            self.names[key] = self.unknown[key] = text
        return self.names[key]

    def unknown_as_new(self, text: str, kind: str) -> str:
        self.made[text] = kind
        return text


class _Parties:
    def __init__(self, known: Known, answers: Mapping[str, str]) -> None:
        self.found: dict[str, str] = {"": ""}
        self.made: dict[str, str] = {}
        self.unknown: dict[str, str] = {}
        self.known, self.answers = known, answers

    def of(self, text: str) -> str:
        """Its abbreviation here, or of the one to be made."""
        key = name_key(text)
        if key not in self.found:
            self.found[key] = self._find(key, text)
        return self.found[key]

    def _find(self, key: str, text: str) -> str:
        answer = self.known.party(text) or self.answers.get(key, "")
        if answer in self.known.parties:
            return self.known.parties[answer][0]
        if answer == SKIP:
            return ""
        short, long = party_words(text)
        if answer == CREATE:
            self.made.setdefault(short, long)
        else:
            self.unknown[key] = text
        return short


def _with_roles(table: Table, columns: Columns, roles: Mapping[str, str]) -> Table:
    """Role cells that somebody has explained, in words that are read."""
    index = columns.index(Field.ROLE)
    words = {key: _ROLE_WORDS[MandateRole(role)] for key, role in roles.items() if role in set(MandateRole)}
    if index is None or not words:
        return table

    def cells(before: Sequence[str]) -> tuple[str, ...]:
        return (*before[:index], words.get(name_key(before[index]), before[index]), *before[index + 1 :])

    return replace(table, rows=tuple(replace(row, cells=cells(row.cells)) for row in table.rows))


def _unknown_roles(problems: Iterable[RowProblem], answers: Mapping[str, str]) -> tuple[str, ...]:
    texts = (str(p.params["text"]) for p in problems if p.code is Problem.UNKNOWN_ROLE)
    return tuple({name_key(text): text for text in texts if name_key(text) not in answers}.values())

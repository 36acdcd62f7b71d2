"""Entries as people read them: names looked up when they are shown, since the trail itself holds none."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varn.audit.chain import Broken
from varn.audit.models import Entry
from varn.catalogues.text import Text
from varn.organisations.rights import Member
from varn.web.queries import people_by_id
from varn.web.trailwords import ACTORS, BREAKS, GONE, PROTECTED, PURPOSES, in_words, texts

PERSON = "organisations.person"
# What an act notes that is somebody's id.
PEOPLE = frozenset({"person", "proposed_by", "group_leader", "group_leader_before", "safety_contact", "safety_contact_before"})


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in words. `detail`: pairs of what and how much."""

    pk: UUID
    at: datetime
    who: str
    who_id: UUID | None
    did: str
    target: str
    target_id: UUID | None
    detail: Sequence[tuple[str, str]]
    code: str

    @property
    def detail_in_short(self) -> str:
        return ", ".join(f"{name}: {value}" for name, value in self.detail)


def rows_of(actor: Member, entries: Sequence[Entry]) -> list[Row]:
    """Two queries for any number of entries less than a page; names of protected people are not shown."""
    targets = {entry.target_id for entry in entries if entry.target_kind == PERSON}
    names = _names(actor, {entry.actor_id for entry in entries} | targets | {pk for entry in entries for pk in _people_in(entry)})
    return [_row(entry, names) for entry in entries]


def cells(row: Row) -> tuple[str, ...]:
    """A row of the file, under `headings()`."""
    at = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")
    who_id, target_id = str(row.who_id or ""), str(row.target_id or "")
    return (at, row.who, row.did, row.target, target_id, row.detail_in_short, who_id)


def headings() -> tuple[str, ...]:
    return (
        _("Tid"),
        _("Vem"),
        _("Händelse"),
        _("Gäller"),
        _("Id för det som det gäller"),
        _("Uppgifter"),
        _("Id för den som handlade"),
    )


def said(text: Text) -> str:
    return text.in_language(get_language() or "sv")


def break_in_words(broken: Broken) -> str:
    return said(BREAKS[broken.kind]).format(position=broken.position)


def _row(entry: Entry, names: dict[UUID, str]) -> Row:
    language = get_language() or "sv"
    target = in_words("target", entry.target_kind, language)
    if entry.target_kind == PERSON and entry.target_id:
        target = f"{target}: {names.get(entry.target_id, said(GONE))}"
    return Row(
        pk=entry.pk,
        at=entry.at,
        who=_who(entry, names),
        who_id=entry.actor_id,
        did=in_words("code", entry.code, language),
        target=target,
        target_id=entry.target_id,
        detail=[(in_words("detail", name, language), _value(name, value, names)) for name, value in sorted(entry.detail.items())],
        code=entry.code,
    )


def _who(entry: Entry, names: dict[UUID, str]) -> str:
    if entry.actor_kind == "member" and entry.actor_id:
        return names.get(entry.actor_id, said(GONE))
    text = ACTORS.get(entry.actor_kind)
    return said(text) if text else entry.actor_kind


def _people_in(entry: Entry) -> Iterator[UUID]:
    """Whom the act was about, where its target is a role, a seat or a party of theirs."""
    for name in PEOPLE & entry.detail.keys():
        with suppress(ValueError):
            yield UUID(str(entry.detail[name]))


def _value(name: str, value: object, names: dict[UUID, str]) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if name == "purpose" and value in PURPOSES:
        return said(PURPOSES[str(value)])
    if name in PEOPLE:
        return next((shown for pk, shown in names.items() if str(pk) == value), said(GONE))
    if name == "code" and value in texts("code"):
        return said(texts("code")[str(value)])
    return "–" if value is None else str(value)


def _names(actor: Member, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    return {pk: said(PROTECTED) if person.is_protected else str(person) for pk, person in people_by_id(actor, ids).items()}

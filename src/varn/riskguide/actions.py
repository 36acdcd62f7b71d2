"""Writes: an agenda's matters, and how each is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from varn.audit.act import Actor, note
from varn.audit.actions import action
from varn.catalogues.riskguide import guide
from varn.catalogues.riskguide_steps import Level, Sorting
from varn.organisations.actions.matters import MatterName, register_matters, rename_matters
from varn.organisations.models import Body, Matter
from varn.organisations.queries.matters import matters_numbered, matters_of
from varn.organisations.refusals import Changed
from varn.organisations.registernumbers import register_key
from varn.organisations.rights import Right
from varn.riskguide.models import Agenda, Screening
from varn.riskguide.queries import agendas_for, line_for
from varn.riskguide.rows import Fault, Kind, Row, RowFault, faults, joined
from varn.tenancy.queries import columns_of, row_of, rows_of

EDITION = "1.0.0"


class RowsRefused(Exception):
    """Rows that cannot be saved; `faults` says which and why."""

    def __init__(self, found: Sequence[RowFault]) -> None:
        super().__init__(len(found))
        self.faults = tuple(found)


class OutsideScale(ValueError):
    """A judgement or an answer that the guide's edition does not have, or a question it does not ask."""


class ChangedMeanwhile(Changed):
    """Somebody else changed the matter after the page was made; `screening` is what they set."""

    def __init__(self, screening: Screening) -> None:
        super().__init__(gettext("Någon annan har ändrat uppgifterna sedan du öppnade sidan."))
        self.screening = screening
        self.judged_by = screening.judged_by  # read while inside the organisation, since the page says who it was


@dataclass(frozen=True, slots=True)
class Choice:
    """A person's level for one row: "" unsets it. `base` and `version` are what their page showed."""

    row: int
    value: str
    base: str
    version: int


@action("agenda.create", right=Right.MATTER_SORT)
def create_agenda(actor: Actor, *, key: UUID, body: Body, meets_on: date, rows: Sequence[Row]) -> Agenda:
    """`key` becomes the agenda's id: the same form sent twice makes one. Raises RowsRefused; IntegrityError for a
    key, or a body and day, that exists."""
    _check(rows)
    agenda = Agenda.objects.create(pk=key, body=body, meets_on=meets_on, created_by_id=_person(actor))
    _place(actor, agenda, joined(rows))
    return agenda


@action("agenda.update", right=Right.MATTER_SORT)
def update_agenda(actor: Actor, agenda: Agenda, *, body: Body, meets_on: date, rows: Sequence[Row]) -> Agenda:
    """Keeps what is judged: a saved row goes only when its row says so. Raises RowsRefused."""
    agenda = agendas_for(actor).select_for_update(of=("self",)).get(pk=agenda.pk)
    _check(rows)
    agenda.body, agenda.meets_on = body, meets_on
    leaving = {row.saved for row in rows if row.saved is not None and row.kind is not Kind.MATTER}
    n_removed, _ = agenda.screenings.filter(row__in=leaving).delete()
    _place(actor, agenda, joined(rows))
    note(n_removed=n_removed)
    return agenda


@action("matter.judge", right=Right.MATTER_SORT, refuses_first=True)
def judge_matter(actor: Actor, agenda_id: UUID, choice: Choice) -> Screening:
    """One keystroke. Raises ChangedMeanwhile, OutsideScale."""
    screening = _judge(actor, agenda_id, choice)
    note(row=screening.row, level=choice.value)
    return screening


@action("matter.judge", right=Right.MATTER_SORT)
def judge_matters(actor: Actor, agenda: Agenda, choices: Sequence[Choice]) -> list[Screening]:
    """The whole table at once. Saves what nobody else has changed and returns the others, untouched."""
    _locked(actor, agenda.pk, [choice.row for choice in choices])  # in order, so that two tables at once do not wait for ever
    clashes = []
    for choice in choices:
        try:
            _judge(actor, agenda.pk, choice)
        except ChangedMeanwhile as changed:
            clashes.append(changed.screening)
    note(agenda=str(agenda.pk), n_rows=len(choices) - len(clashes), n_clashes=len(clashes))
    return clashes


@action("matter.answer", right=Right.MATTER_SORT)
def answer_matter(actor: Actor, agenda: Agenda, *, row: int, answers: Mapping[str, str], version: int) -> Screening:
    """The six questions: replaces the answers; a question left out is unanswered. Raises ChangedMeanwhile, OutsideScale."""
    screening = _locked(actor, agenda.pk, [row])[row]
    questions = {question.id for question in guide(screening.edition).step1.question}
    if not questions.issuperset(answers) or any(answer not in list(Sorting) for answer in answers.values()):
        raise OutsideScale
    if screening.version != version and screening.judged_by_id != _person(actor) and screening.answers != answers:
        raise ChangedMeanwhile(screening)
    screening.answers = dict(answers)
    _sign(screening, actor)
    note(row=row, n_answers=len(answers))
    return screening


def _check(rows: Sequence[Row]) -> None:
    if found := faults(rows):
        raise RowsRefused(found)


def _person(actor: Actor) -> UUID | None:
    return actor.actor_id if actor.kind == "member" else None


def _place(actor: Actor, agenda: Agenda, rows: Sequence[Row]) -> None:
    """Puts the rows on the agenda: saved ones updated, new ones added; those not mentioned stay, last."""
    wanted = [row for row in rows if row.kind is Kind.MATTER]
    saved = {screening.row: screening for screening in agenda.screenings.select_related("matter")}
    matters = _matters(actor, agenda, wanted, saved)
    placed: list[Screening] = []
    for position, (row, matter) in enumerate(zip(wanted, matters, strict=True)):
        screening = saved.pop(row.saved, None) if row.saved is not None else None
        if screening is None:
            screening = Screening(agenda=agenda, row=agenda.next_row, edition=EDITION)
            agenda.next_row += 1
        screening.matter, screening.position = matter, position
        screening.number, screening.title, screening.note = row.number, row.title, row.note
        placed.append(screening)
    n_added = sum(screening._state.adding for screening in placed)
    for position, screening in enumerate(saved.values(), len(wanted)):
        screening.position = position
    Screening.objects.bulk_create(  # updates those that exist, in a tenth of the time that bulk_update takes
        [*placed, *saved.values()],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["matter", "position", "number", "title", "note"],
    )
    agenda.set_aside = [{"number": row.number, "title": row.title} for row in rows if row.kind is Kind.ASIDE]
    agenda.save(update_fields=["body", "meets_on", "set_aside", "next_row"])
    note(n_rows=len(wanted), n_added=n_added, n_aside=len(agenda.set_aside))


def _matters(actor: Actor, agenda: Agenda, rows: Sequence[Row], saved: Mapping[int, Screening]) -> list[Matter]:
    """Each row's matter, called as the row says: the latest agenda knows what a matter is called."""
    found = _found(actor, rows, saved)
    _no_doubles(rows, found, saved)
    names = [_name(row, matter) for row, matter in zip(rows, found, strict=True)]
    renamed = [(matter, name) for matter, name in zip(found, names, strict=True) if matter and not _is_called(matter, name)]
    if renamed:
        rename_matters(actor, renamed)
    new = [name for matter, name in zip(found, names, strict=True) if matter is None]
    registered = iter(register_matters(actor, agenda.body, new) if new else ())
    return [matter or next(registered) for matter in found]


def _found(actor: Actor, rows: Sequence[Row], saved: Mapping[int, Screening]) -> list[Matter | None]:
    """The matter that each row is: by register number, else the one a person confirmed, else the row's own; None if new."""
    by_number = matters_numbered(actor, (row.register_number for row in rows))
    confirmed = matters_of(actor, (row.same for row in rows if row.same))
    found: list[Matter | None] = []
    for at, row in enumerate(rows):
        matter = by_number.get(register_key(row.register_number))
        if matter is None and row.same:
            matter = confirmed.get(row.same)
            if matter is None:
                raise RowsRefused([RowFault(at, Fault.NO_SUCH_MATTER, "same")])
        if matter is None and row.saved is not None and row.saved in saved:
            matter = saved[row.saved].matter
        found.append(matter)
    return found


def _no_doubles(rows: Sequence[Row], matters: Sequence[Matter | None], saved: Mapping[int, Screening]) -> None:
    """A matter stands once on an agenda, counting the saved rows that nobody mentioned."""
    mentioned = {row.saved for row in rows}
    first = {screening.matter_id: -1 for n, screening in saved.items() if n not in mentioned}
    for at, matter in enumerate(matters):
        if matter and first.setdefault(matter.pk, at) != at:
            raise RowsRefused([RowFault(at, Fault.SAME_MATTER, "same", other=max(first[matter.pk], 0))])


def _name(row: Row, matter: Matter | None) -> MatterName:
    """A new row without a register number leaves the one that its matter has; a saved row may take it away."""
    is_silent = matter is not None and row.saved is None and not row.register_number
    return MatterName(row.title, matter.register_number if matter and is_silent else row.register_number)


def _is_called(matter: Matter, name: MatterName) -> bool:
    return (matter.title, matter.register_number) == (name.title, name.register_number)


# As SQL, since every keystroke asks: the ORM takes some five times as long.
_LOCK = f"""
SELECT {columns_of(Screening)} FROM riskguide_screening WHERE agenda_id = %s AND "row" = ANY(%s) ORDER BY "row" FOR UPDATE
"""  # noqa: S608  # our own columns' names
# Sets a level, unless somebody else set another than this person saw.
_JUDGE = f"""
UPDATE riskguide_screening
   SET own_judgement = %(value)s, version = version + 1,
       judged_by_id = CASE WHEN %(value)s = '' AND answers = '{{}}' THEN NULL ELSE %(person)s::uuid END,
       judged_at = CASE WHEN %(value)s = '' AND answers = '{{}}' THEN NULL ELSE %(now)s::timestamptz END
 WHERE agenda_id = %(agenda)s AND "row" = %(row)s AND own_judgement <> %(value)s
   AND (version = %(version)s OR own_judgement = %(base)s OR judged_by_id IS NOT DISTINCT FROM %(person)s::uuid)
RETURNING {columns_of(Screening)}
"""  # noqa: S608  # our own columns' names


def _locked(actor: Actor, agenda_id: UUID, rows: Sequence[int]) -> dict[int, Screening]:
    """The rows, locked. Raises Http404 for one that the agenda does not have (or no longer has)."""
    found = {screening.row: screening for screening in rows_of(Screening, _LOCK, [agenda_id, list(rows)])}
    for row in set(rows) - set(found):
        line_for(actor, agenda_id, row)  # raises Http404
    return found


def _judge(actor: Actor, agenda_id: UUID, choice: Choice) -> Screening:
    """Raises ChangedMeanwhile, OutsideScale; Http404 for a row that the agenda does not have (or no longer has)."""
    if choice.value not in {"", *Level}:
        raise OutsideScale
    asked = {"value": choice.value, "base": choice.base, "version": choice.version, "row": choice.row}
    asked |= {"agenda": agenda_id, "person": _person(actor), "now": timezone.now()}
    if saved := row_of(Screening, _JUDGE, asked):
        return saved
    screening = _locked(actor, agenda_id, [choice.row])[choice.row]
    if screening.own_judgement == choice.value:
        return screening
    if saved := row_of(Screening, _JUDGE, asked):  # it was as wanted a moment ago, and then changed again
        return saved
    raise ChangedMeanwhile(screening)


def _sign(screening: Screening, actor: Actor) -> None:
    screening.version += 1
    is_open = not screening.own_judgement and not screening.answers
    screening.judged_by_id = None if is_open else _person(actor)
    screening.judged_at = None if is_open else timezone.now()
    screening.save(update_fields=["own_judgement", "answers", "version", "judged_by", "judged_at"])

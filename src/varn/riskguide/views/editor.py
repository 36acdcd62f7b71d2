"""The page where an agenda's rows are looked through, whether just read or long saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from varn.catalogues.riskguide import guide
from varn.organisations.middleware import MemberRequest
from varn.organisations.registernumbers import register_key
from varn.organisations.rights import Member
from varn.riskguide import queries
from varn.riskguide.agenda import Agenda as Reading
from varn.riskguide.agenda import NoteCode
from varn.riskguide.forms.agenda import MeetingForm
from varn.riskguide.forms.rows import EditRow, problems_by_row, problems_of
from varn.riskguide.models import Agenda
from varn.riskguide.rows import MAX_SKIPPED, Kind, Row, RowFault


@dataclass(frozen=True, slots=True)
class Editor:
    """`agenda`: the saved one that is updated. `is_offered`: it was found by body and day, and the person is told.
    `missing`: saved rows that the new text lacks. `is_stopped`: nothing was saved until the person has seen the offer.
    `is_returned`: the person logged in again and the page's script brings back what was typed."""

    meeting: MeetingForm
    rows: Sequence[Row]
    key: UUID
    agenda: Agenda | None = None
    is_offered: bool = False
    missing: frozenset[int] = frozenset()
    is_stopped: bool = False
    is_returned: bool = False
    reading: Reading | None = None
    faults: Sequence[RowFault] = field(default=())
    has_new_row: bool = False

    def with_empty_row(self) -> "Editor":
        return replace(self, rows=[*self.rows, Row("")], has_new_row=True)

    def with_faults(self, faults: Sequence[RowFault]) -> "Editor":
        return replace(self, faults=faults)


def editor_page(request: MemberRequest, editor: Editor, status: int = 200) -> HttpResponse:
    rows = _edit_rows(request.member, editor)
    n = len(rows)
    context = {
        "editor": editor,
        "form": editor.meeting,
        "problems": problems_of(editor.faults),
        "has_errors": bool(editor.faults) or bool(editor.meeting.errors),
        "n_rows": n,
        "rows": [row for row in rows if not row.row.was_skipped],
        "skipped": [row for row in rows if row.row.was_skipped],
        "n_matters": sum(row.row.kind is Kind.MATTER for row in rows),
        "n_aside": sum(row.row.kind is Kind.ASIDE for row in rows),
        "n_more_skipped": max(0, len(editor.reading.skipped) - MAX_SKIPPED) if editor.reading else 0,
        "notes": {note.code.value: note.count for note in editor.reading.notes} if editor.reading else {},
        "note_codes": NoteCode,
        "action": _action(request, editor, n),
        "n_judged": sum(bool(row.level) for row in rows),
        "privacy_note": guide().meta.privacy_note,
        "last_row": n - 1,
    }
    return render(request, "riskguide/edit.html", context, status=status)


def _action(request: MemberRequest, editor: Editor, n: int) -> str:
    """Where the form goes. The number of rows stands in the address, so that a log-in in between leads back to as many."""
    slug = request.organisation.slug
    if editor.agenda and not editor.is_offered:
        return reverse("riskguide:edit", args=[slug, editor.agenda.pk])
    return f"{reverse('riskguide:preview', args=[slug])}?rader={n}"


def _edit_rows(actor: Member, editor: Editor) -> list[EditRow]:
    rows = list(editor.rows)
    known, like = queries.known_by_number(actor, rows), queries.proposed(actor, rows)
    levels = queries.judged_rows(editor.agenda) if editor.agenda else {}
    problems = problems_by_row(editor.faults)
    return [
        EditRow(
            at=at,
            row=row,
            problems=problems.get(at, ()),
            known=known.get(register_key(row.register_number)) if row.saved is None else None,
            like=like.get(at),
            level=levels.get(row.saved, "") if row.saved is not None else "",
            is_missing=row.saved in editor.missing,
        )
        for at, row in enumerate(rows)
    ]

"""After sorting: matters by level with the next step, on a page, on paper and as text for one's own notes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varn.catalogues.riskguide import guide
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.riskguide import queries
from varn.riskguide.notes import Note, as_text
from varn.riskguide.outcome import counted
from varn.riskguide.queries import Line
from varn.tenancy.access import needs

ORDER = ("high", "moderate", "low", "")


@require_safe
@needs(Right.MATTER_READ)
def summary(request: MemberRequest, agenda: UUID) -> HttpResponse:
    found = queries.agenda_for(request.member, agenda)
    lines = queries.lines_of(request.member, found)
    language = get_language() or "sv"
    context = {
        "agenda": found,
        "groups": [(level, group) for level in ORDER if (group := [line for line in lines if _level(line) == level])],
        "counts": counted(line.outcome.level if line.outcome else None for line in lines),
        "text": as_text(found.body.name, found.meets_on, [_note(line) for line in lines], language),
        "who": guide().step2.who.in_language(language),
        "step2_intro": guide().step2.intro.in_language(language),
        "may_sort": request.member.may(Right.MATTER_SORT),
        "privacy_note": guide().meta.privacy_note.in_language(language),
    }
    return render(request, "riskguide/summary.html", context)


def _level(line: Line) -> str:
    return line.outcome.level.value if line.outcome else ""


def _note(line: Line) -> Note:
    outcome = line.outcome
    register_number = line.screening.matter.register_number
    if outcome is None:
        return Note(line.label, register_number)
    return Note(line.label, register_number, outcome.level, outcome.next_step, outcome.reason)

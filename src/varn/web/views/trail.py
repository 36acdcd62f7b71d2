"""The auditor's pages: the trail, one entry, the chain, and the trail as a file. Reading writes nothing."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.audit.models import Entry
from varn.audit.queries import Choice, entries_for, entry_for, heads_for, link_of, older_than, state, verify
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.tenancy.access import needs
from varn.ui.sheets import csv_of, xlsx_of
from varn.web.actions import MOST, TooMany, export_trail
from varn.web.forms import ExportForm, TrailFilter
from varn.web.views.trailrows import break_in_words, cells, headings, rows_of

WIDTHS = (20, 34, 50, 24, 38, 50, 38)  # of the file's columns, in characters
PER_PAGE = 30
N_CHECKED = 500  # links that the list checks at each reading; the chain's own page checks them all
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_safe
@needs(Right.TRAIL_READ)
def trail(request: MemberRequest) -> HttpResponse:
    """Newest first. A page begins after the entry that was shown last, so new ones move nothing."""
    form = TrailFilter(request.GET)
    entries = _page(request, _choice(request, form))
    rows, after = entries[:PER_PAGE], entries[PER_PAGE:]
    content = {
        "form": form,
        "rows": rows_of(request.member, rows),
        "query": _kept(request),
        "is_narrowed": bool(_kept(request)),
        "is_first": "efter" not in request.GET,
        "last": rows[-1].pk if after else None,
        "may_export": request.member.may(Right.TRAIL_EXPORT),
        **_chain(),
    }
    return render(request, "web/trail.html", content)


@require_safe
@needs(Right.TRAIL_READ)
def trail_entry(request: MemberRequest, pk: UUID) -> HttpResponse:
    entry = entry_for(request.member, pk)
    link = link_of(entry)
    content = {
        "row": rows_of(request.member, [entry])[0],
        "position": link.position if link else None,
        "hash": bytes(link.hash).hex() if link else "",
    }
    return render(request, "web/trail_entry.html", content)


@require_safe
@needs(Right.TRAIL_READ)
def trail_chain(request: MemberRequest) -> HttpResponse:
    """The day's heads, to hold against what came by mail; with `kontrollera=1` the whole chain is checked."""
    shown = Paginator(heads_for(request.member), PER_PAGE).get_page(request.GET.get("sida"))
    content: dict[str, Any] = {"page": shown, **_chain()}
    if request.GET.get("kontrollera") == "1":
        broken = verify(now=timezone.now())
        content |= {"is_all_checked": True, "broken": break_in_words(broken) if broken else ""}
    content["hashes"] = [(head.day, head.position, bytes(head.hash).hex()) for head in content["page"]]
    return render(request, "web/trail_chain.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.TRAIL_EXPORT)
def trail_export(request: MemberRequest) -> HttpResponse:
    """What the list's filter gives, as a file, for a stated purpose. The filter stays in the address."""
    narrowed = TrailFilter(request.GET)
    choice = _choice(request, narrowed)
    form = ExportForm(request.POST if request.method == "POST" else None)
    if choice is not None and form.is_valid():
        try:
            return _file(request, export_trail(request.member, choice, **form.cleaned_data), form.cleaned_data["file_format"])
        except TooMany:
            form.add_error(None, _("Det blir fler än %(most)s poster. Gå tillbaka och välj en kortare tid.") % {"most": MOST})
    n_entries = 0 if choice is None else entries_for(request.member, choice)[: MOST + 1].count()
    content = {"form": form, "n_entries": n_entries, "is_too_many": n_entries > MOST, "most": MOST, "query": _kept(request)}
    return render(request, "web/trail_export.html", content | {"filter_errors": narrowed.errors})


def _choice(request: MemberRequest, form: TrailFilter) -> Choice | None:
    return form.choice(request.member, today=timezone.localdate()) if form.is_valid() else None


def _page(request: MemberRequest, choice: Choice | None) -> list[Entry]:
    """One more than a page, to see whether there are more."""
    if choice is None:
        return []
    entries = entries_for(request.member, choice)
    if after := _entry(request, request.GET.get("efter", "")):
        entries = older_than(entries, after.at, after.pk)
    return list(entries[: PER_PAGE + 1])


def _entry(request: MemberRequest, text: str) -> Entry | None:
    try:
        return entries_for(request.member).filter(pk=UUID(text)).first()
    except ValueError:
        return None


def _kept(request: MemberRequest) -> str:
    """The filter as it stands in the address, without the page and what is empty."""
    kept = request.GET.copy()
    for name in [name for name, value in kept.items() if name not in TrailFilter.base_fields or not value]:
        del kept[name]
    return kept.urlencode()


def _chain() -> dict[str, Any]:
    chain = state(now=timezone.now(), n_links=N_CHECKED)
    return {"chain": chain, "broken": break_in_words(chain.broken) if chain.broken else ""}


def _file(request: MemberRequest, entries: list[Entry], file_format: str) -> HttpResponse:
    rows = [cells(row) for row in rows_of(request.member, entries)]
    content = csv_of(headings(), rows) if file_format == "csv" else xlsx_of(_("Logg"), headings(), rows, widths=WIDTHS)
    name = f"logg-{request.organisation.slug}-{timezone.localdate().isoformat()}.{file_format}"
    return HttpResponse(
        content, content_type=TYPES[file_format], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )

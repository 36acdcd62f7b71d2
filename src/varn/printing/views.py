"""What every room's pages of a file on paper share; each room has the addresses, the rights and the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from varn.organisations.views.pages import Crumb
from varn.printing.models import Printing
from varn.ui.parts import is_part

STEPS = {Printing.State.WAITING: 0, Printing.State.WORKING: 1, Printing.State.READY: 2, Printing.State.FAILED: 2}


@dataclass(frozen=True, slots=True)
class Words:
    """What a room says of its file: `title` heads the page, `working`, `ready` and `failed` say how it goes."""

    title: str
    working: str
    ready: str
    failed: str


def progress(
    request: HttpRequest, row: Printing, words: Words, *, url: str, file_url: str, crumbs: Sequence[Crumb]
) -> HttpResponse:
    """The page, or as a part only how far it is. `url` is the page's own."""
    content = {
        "printing": row,
        "step": STEPS[Printing.State(row.state)],
        "words": words,
        "url": url,
        "file_url": file_url,
        "crumbs": crumbs,
    }
    return render(request, "printing/_printing.html" if is_part(request) else "printing/printing.html", content)


def file(row: Printing, name: str) -> HttpResponse:
    """The file itself; 404 until it is made. `name` without its ending."""
    if row.state != Printing.State.READY or row.pdf is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(bytes(row.pdf), content_type="application/pdf", headers=headers)

"""What a guest saved, for whoever holds its link: read, go on with, take as a file, delete at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from varn.organisations import linkkinds
from varn.organisations.views.links import forget, held_hash
from varn.riskguide.guest.operations import draft_of, remove
from varn.riskguide.guest.queries import is_saved, saved_by
from varn.riskguide.guest.views.carrying import give
from varn.riskguide.guest.views.resulting import case_file, result_context
from varn.tenancy.access import link
from varn.ui.views import gone

KIND = "guide"
linkkinds.register(KIND, url_name="guide_saved", opens=is_saved)


@require_http_methods(["GET", "HEAD", "POST"])
@link
def guide_saved(request: HttpRequest) -> HttpResponse:
    digest = held_hash(request, KIND)
    row = saved_by(digest) if digest else None
    if row is None:
        return gone(request)
    wanted = request.POST.get("do", "")
    if wanted == "delete":
        remove(row.lookup)
        return forget(request, render(request, "riskguide/guest/deleted.html"), KIND)
    draft = draft_of(row)
    if wanted == "go_on":
        return give(redirect(reverse("guide_result")), draft)
    if wanted == "file":
        return case_file(draft)
    return render(request, "riskguide/guest/saved.html", result_context(draft) | {"row": row})

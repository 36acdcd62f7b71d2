"""Days in one's own calendar: a file for one measure, and a link that a calendar follows by itself."""

import secrets
from collections.abc import Iterable
from hashlib import blake2b
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varn.measures.actions.feeds import create_feed, revoke_feed
from varn.measures.calendars import Event, calendar_of
from varn.measures.models import Measure
from varn.measures.plans import State
from varn.measures.queries import measure_for
from varn.measures.queries.feeds import dated, feed_by_hash, feed_of, holder_of, slug_of
from varn.measures.reminding import CALENDAR
from varn.measures.views.pages import crumbs, to
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import STAFF, Member, Right
from varn.organisations.views.pages import done
from varn.sealing.boxes import token_hash
from varn.tenancy.access import feed, needs
from varn.tenancy.within import within
from varn.ui.views import gone

TYPE = "text/calendar; charset=utf-8; method=PUBLISH"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MEASURE_FOLLOW)
def calendar(request: MemberRequest) -> HttpResponse:
    """One's own link: made by the button, shown once, since only its hash is kept."""
    link = ""
    if request.method == "POST":
        token = secrets.token_urlsafe(24)  # 192 bits
        create_feed(request.member, token=token, is_english=get_language() == "en")
        link = settings.MEMBER_URL + reverse("measure_feed", args=[token])
    content = {"link": link, "feed": feed_of(request.member), "crumbs": crumbs(request)}
    return render(request, "measures/calendar.html", content)


@require_POST
@needs(Right.MEASURE_FOLLOW)
def calendar_revoke(request: MemberRequest) -> HttpResponse:
    revoke_feed(request.member)
    return done(request, _("Kalenderlänken gäller inte längre."), to(request, "calendar"))


@require_safe
@needs(Right.MEASURE_FOLLOW)
def measure_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The measure's day, as it stands now."""
    row = measure_for(request.member, pk)
    if row.due_on is None:
        raise Http404
    language = get_language() or "sv"
    body = calendar_of(
        _events(request.member, [row], request.organisation.slug, language),
        name=CALENDAR.in_language(language),
        language=language,
    )
    return HttpResponse(body, content_type=TYPE, headers={"Content-Disposition": 'attachment; filename="atgard.ics"'})


@require_safe
@feed
def measure_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the link's holder has left to do. Revoked, made-up and left behind give the same page."""
    found = feed_by_hash(token_hash(token))
    if found is None:
        return gone(request)
    language = "en" if found.is_english else "sv"
    with within(found.organisation_id):
        member = holder_of(found, today=timezone.localdate())
        if member is None:
            return gone(request)
        events = _events(member, dated(member), slug_of(member), language)
    body = calendar_of(events, name=CALENDAR.in_language(language), language=language, is_feed=True)
    etag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    response = HttpResponse(body, content_type=TYPE, headers={"ETag": etag})
    return get_conditional_response(request, etag, None, response) or response


def _events(actor: Member, measures: Iterable[Measure], slug: str, language: str) -> list[Event]:
    base = settings.STAFF_URL if actor.roles & STAFF else settings.MEMBER_URL
    with override(language):
        return [
            Event(
                row.pk,
                row.what,
                row.why,
                base + reverse("measures:measure", args=[slug, row.pk]),
                row.due_on,
                row.version,
                row.changed_at,
                is_cancelled=not State(row.state).is_open,
            )
            for row in measures
            if row.due_on is not None
        ]

"""Who is asked: colleagues here and others by a link, how far each has come, and taking somebody out again."""

import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right
from varn.riskguide.assessment.actions import seats as acts
from varn.riskguide.assessment.forms.seats import LinkSeatForm, PersonSeatForm
from varn.riskguide.assessment.queries import groups, matters
from varn.riskguide.assessment.views.pages import done, refused, to
from varn.riskguide.models import Assessment, Seat
from varn.tenancy.access import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MATTER_SORT)
def seats(request: MemberRequest, pk: UUID) -> HttpResponse:
    assessment = matters.assessment_for(request.member, pk)
    people = list(groups.invitable(request.member, assessment, today=timezone.localdate()))
    kind = request.POST.get("kind", "")
    person = PersonSeatForm(request.POST if kind == "person" else None, people=people, prefix="p")
    by_link = LinkSeatForm(request.POST if kind == "link" else None, prefix="l")
    if kind == "person":
        made = saved(person, lambda: acts.invite_people(request.member, assessment, [person.cleaned_data["person"]]))
        if made is not None:
            return done(request, _("%(name)s är tillfrågad.") % {"name": person.cleaned_data["person"]}, to(request, "seats", pk))
    if kind == "link":
        return _by_link(request, assessment, person, by_link)
    return _page(request, assessment, person, by_link)


def _by_link(request: MemberRequest, assessment: Assessment, person: PersonSeatForm, form: LinkSeatForm) -> HttpResponse:
    token = secrets.token_urlsafe(24)  # 192 bits
    seat = saved(form, lambda: _invite(request, assessment, form, token))
    if seat is None:
        return _page(request, assessment, person, form)
    if seat.email:
        return done(request, _("Länken skickas nu till %(email)s.") % {"email": seat.email}, to(request, "seats", assessment.pk))
    if not groups.is_link_of(seat, token):
        sentence = _("%(name)s är redan tillagd. Gör en ny länk om du inte hann spara den.") % {"name": seat}
        return done(request, sentence, to(request, "seats", assessment.pk))
    return _link_page(request, assessment, seat, token)


def _invite(request: MemberRequest, assessment: Assessment, form: LinkSeatForm, token: str) -> Seat:
    sent = form.cleaned_data
    return acts.invite_by_link(
        request.member, assessment, key=sent["row_id"], name=sent["name"], email=sent["email"], token=token
    )


def _link_page(request: MemberRequest, assessment: Assessment, seat: Seat, token: str) -> HttpResponse:
    """The one time that a link is shown."""
    context = {
        "assessment": assessment,
        "seat": seat,
        "link": f"{settings.PUBLIC_URL}/l/{token}",
        "days": acts.DAYS,
        "back": to(request, "seats", assessment.pk),
    }
    return render(request, "riskguide/seat_link.html", context)


def _page(request: MemberRequest, assessment: Assessment, person: PersonSeatForm, by_link: LinkSeatForm) -> HttpResponse:
    is_bad = person.errors or by_link.errors
    context: dict[str, Any] = {
        "assessment": assessment,
        "seats": groups.n_answered(groups.seats_of(assessment), assessment),
        "person_form": person,
        "link_form": by_link,
        "bad_form": person if person.errors else by_link,
        "has_errors": bool(is_bad),
        "n_asked": groups.n_asked(assessment),
        "days": acts.DAYS,
    }
    return render(request, "riskguide/seats.html", context, status=422 if is_bad else 200)


@require_POST
@needs(Right.MATTER_SORT)
def renew(request: MemberRequest, pk: UUID) -> HttpResponse:
    seat = groups.seat_for(request.member, pk)
    token = secrets.token_urlsafe(24)
    try:
        acts.renew_link(request.member, seat, token=token)
    except Refused as refusal:
        return refused(request, refusal.sentence, to(request, "seats", seat.assessment_id))
    return _link_page(request, seat.assessment, seat, token)


@require_POST
@needs(Right.MATTER_SORT)
def remove(request: MemberRequest, pk: UUID) -> HttpResponse:
    seat = groups.seat_for(request.member, pk)
    url = to(request, "seats", seat.assessment_id)
    try:
        acts.remove_seat(request.member, seat)
    except Refused as refusal:
        return refused(request, refusal.sentence, url)
    return redirect(url)

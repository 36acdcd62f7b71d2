"""Pages about bodies and parties."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.organisations.actions import bodies as body_acts
from varn.organisations.actions import parties as party_acts
from varn.organisations.forms.bodies import PartyForm, body_form, party_form
from varn.organisations.forms.names import name_for
from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import Party
from varn.organisations.queries.bodies import bodies_for, body_for, parties_for, party_for, with_n_seats
from varn.organisations.queries.hanging import why_not_deleted
from varn.organisations.queries.people import candidates, is_hidden_from
from varn.organisations.rights import Right
from varn.organisations.views.pages import Crumb, act_page, deletion_page, done, form_page, settings_crumbs, to
from varn.tenancy.access import needs


@require_safe
@needs(Right.BODY_MANAGE)
def bodies(request: MemberRequest) -> HttpResponse:
    found = with_n_seats(bodies_for(request.member), today=timezone.localdate())
    return render(request, "organisations/bodies.html", {"bodies": found, "crumbs": settings_crumbs(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.BODY_MANAGE)
def body_create(request: MemberRequest) -> HttpResponse:
    form = body_form(request.POST or None, today=timezone.localdate())
    if body := saved(form, lambda: body_acts.create_body(request.member, **form.cleaned_data)):
        return done(request, _("%(name)s är tillagd.") % {"name": body}, to(request, "bodies"))
    return form_page(request, form, title=_("Lägg till ett organ"), back=to(request, "bodies"), crumbs=_body_crumbs(request))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.BODY_MANAGE)
def body(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = body_for(request.member, pk)
    name = row.name
    form = body_form(request.POST or None, instance=row, today=timezone.localdate())
    return act_page(
        request,
        form,
        lambda: body_acts.edit_body(request.member, row, **form.cleaned_data),
        said=_("Uppgifterna är sparade."),
        title=name,
        back=to(request, "bodies"),
        crumbs=_body_crumbs(request),
        delete_url=to(request, "body_delete", row.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.BODY_MANAGE)
def body_delete(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = body_for(request.member, pk)
    return deletion_page(
        request,
        title=_("Ta bort %(name)s?") % {"name": row},
        why_not=why_not_deleted(row),
        act=lambda: body_acts.delete_body(request.member, row),
        back=to(request, "body", row.pk),
        after=to(request, "bodies"),
        crumbs=_body_crumbs(request),
    )


@require_safe
@needs(Right.BODY_MANAGE)
def parties(request: MemberRequest) -> HttpResponse:
    rows = [
        (row, *(name_for(request.member, who) if who else "" for who in (row.group_leader, row.safety_contact)))
        for row in parties_for(request.member)
    ]
    content = {"parties": rows, "crumbs": settings_crumbs(request)}
    return render(request, "organisations/parties.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.BODY_MANAGE)
def party_create(request: MemberRequest) -> HttpResponse:
    form = _party_form(request, Party())
    if row := saved(form, lambda: party_acts.create_party(request.member, today=timezone.localdate(), **form.cleaned_data)):
        return done(request, _("%(name)s är tillagt.") % {"name": row}, to(request, "parties"))
    return form_page(request, form, title=_("Lägg till ett parti"), back=to(request, "parties"), crumbs=_party_crumbs(request))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.BODY_MANAGE)
def party(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = party_for(request.member, pk)
    name = row.name
    form = _party_form(request, row)
    return act_page(
        request,
        form,
        lambda: party_acts.edit_party(request.member, row, today=timezone.localdate(), **form.cleaned_data),
        said=_("Uppgifterna är sparade."),
        title=name,
        back=to(request, "parties"),
        crumbs=_party_crumbs(request),
        delete_url=to(request, "party_delete", row.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.BODY_MANAGE)
def party_delete(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = party_for(request.member, pk)
    return deletion_page(
        request,
        title=_("Ta bort %(name)s?") % {"name": row},
        why_not=why_not_deleted(row),
        act=lambda: party_acts.delete_party(request.member, row),
        back=to(request, "party", row.pk),
        after=to(request, "parties"),
        crumbs=_party_crumbs(request),
    )


def _party_form(request: MemberRequest, row: Party) -> PartyForm:
    named = [pk for pk in (row.group_leader_id, row.safety_contact_id) if pk]
    party_id = None if row._state.adding else row.pk
    people = candidates(request.member, today=timezone.localdate(), named=named, party_id=party_id)
    return party_form(request.POST or None, instance=row, people=people, is_hidden=partial(is_hidden_from, request.member))


def _body_crumbs(request: MemberRequest) -> list[Crumb]:
    return settings_crumbs(request, (_("Organ"), to(request, "bodies")))


def _party_crumbs(request: MemberRequest) -> list[Crumb]:
    return settings_crumbs(request, (_("Partier"), to(request, "parties")))

"""Pages about people: the list, one person, taking in, changing and ending."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from varn.organisations.actions import people as acts
from varn.organisations.forms.people import LastDayForm, PeopleFilterForm, PersonForm
from varn.organisations.forms.rolewords import ROLE_HINTS, ROLE_LABELS
from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import Mandate
from varn.organisations.queries import roles_of
from varn.organisations.queries.bodies import bodies_for, parties_for
from varn.organisations.queries.grants import waiting_grants_of
from varn.organisations.queries.hanging import why_not_deleted
from varn.organisations.queries.links import invitations_of
from varn.organisations.queries.people import (
    filtered,
    grants_of,
    n_filtered,
    parties_led_by,
    people_for,
    person_for,
    seats_of,
    with_seats,
)
from varn.organisations.rights import DERIVED, Right, Role
from varn.organisations.terms import OrganisationKind
from varn.organisations.views.pages import Crumb, act_page, deletion_page, done, form_page, settings_crumbs, to
from varn.tenancy.access import needs
from varn.ui.sheets import xlsx_of

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filter_form(request: MemberRequest) -> PeopleFilterForm:
    return PeopleFilterForm(
        request.GET,
        kind=OrganisationKind(request.organisation.kind),
        bodies=bodies_for(request.member),
        parties=parties_for(request.member),
    )


@require_safe
@needs(Right.PERSON_READ)
def people(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    form = filter_form(request)
    wanted = form.wanted()
    everyone = people_for(request.member)
    pages = Paginator(with_seats(filtered(everyone, wanted, today=today), today=today), PER_PAGE)
    pages.count = n_filtered(everyone, wanted, today=today)
    kept = request.GET.copy()
    kept.pop("sida", None)
    content = {
        "filter": form,
        "page": pages.get_page(request.GET.get("sida")),
        "seat_words": {role.value: str(role.label).lower() for role in Mandate.Role},
        "query": kept.urlencode(),
        "is_narrowed": any(value for name, value in kept.items() if name != "q"),
        "may_manage": request.member.may(Right.PERSON_MANAGE),
        "crumbs": settings_crumbs(request),
    }
    return render(request, "organisations/people.html", content)


@require_POST
@needs(Right.PERSON_MANAGE)
def people_export(request: MemberRequest) -> HttpResponse:
    """The people that the list's filter gives, as a spreadsheet."""
    today = timezone.localdate()
    found = filtered(people_for(request.member), filter_form(request).wanted(), today=today)
    rows, n_left_out = acts.export_people(request.member, list(with_seats(found, today=today)))
    headings = (_("Efternamn"), _("Förnamn"), _("Uppdrag"), _("Parti"), _("E-post"), _("Telefon"))
    below = _("{n} personer med skyddade personuppgifter är inte med.").format(n=n_left_out) if n_left_out else ""
    book = xlsx_of(_("Personer"), headings, rows, widths=(22, 18, 60, 10, 36, 18), below=below)
    headers = {"Content-Disposition": f'attachment; filename="personer-{today.isoformat()}.xlsx"'}
    return HttpResponse(book, content_type=XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def person_create(request: MemberRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if person := saved(form, lambda: acts.create_person(request.member, **form.cleaned_data)):
        return done(request, _("%(name)s är tillagd.") % {"name": person}, to(request, "person", person.pk))
    return form_page(request, form, title=_("Lägg till en person"), back=to(request, "people"), crumbs=people_crumbs(request))


@require_safe
@needs(Right.PERSON_READ)
def person(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = person_for(request.member, pk)
    today = timezone.localdate()
    may_manage = request.member.may(Right.PERSON_MANAGE)
    content = {
        "person": row,
        "today": today,
        "seats": seats_of(row),
        "parties": parties_led_by(row),
        "may_manage": may_manage,
        "crumbs": people_crumbs(request),
    }
    if may_manage:
        roles = roles_of(row.pk, today=today)
        content |= {
            "waiting": [(waiting, *words(Role(waiting.role))) for waiting in waiting_grants_of(row, today=today)],
            "grants": [(grant, *words(Role(grant.role))) for grant in grants_of(row)],
            "derived": [words(role) for role in Role if role in roles & DERIVED],
            "keys": row.register_keys.order_by("source"),
            "invitations": invitations_of(row, now=timezone.now()),
            "has_left": row.ends_on is not None and row.ends_on < today,
        }
    return render(request, "organisations/person.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def person_edit(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = person_for(request.member, pk)
    name, back = str(row), to(request, "person", row.pk)
    form = PersonForm(request.POST or None, instance=row)
    return act_page(
        request,
        form,
        lambda: acts.edit_person(request.member, row, **form.cleaned_data),
        said=_("Uppgifterna är sparade."),
        title=_("Ändra uppgifter"),
        back=back,
        crumbs=people_crumbs(request, (name, back)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def person_end(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = person_for(request.member, pk)
    back = to(request, "person", row.pk)
    today = timezone.localdate()
    form = LastDayForm(request.POST or None, initial={"last_day": today})
    if saved(form, lambda: acts.end_person(request.member, row, last_day=form.cleaned_data["last_day"], today=today)):
        return done(request, _("Sista dagen är sparad."), back)
    return form_page(
        request,
        form,
        title=_("%(name)s slutar") % {"name": row},
        intro=_(
            "Uppdrag, behörigheter och jourpass upphör efter den dagen. Personen kan fortfarande logga in och läsa det som är "
            "hens eget, men inget annat."
        ),
        submit=_("Avsluta"),
        danger=True,
        back=back,
        crumbs=people_crumbs(request, (str(row), back)),
    )


@require_POST
@needs(Right.PERSON_MANAGE)
def person_reopen(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = acts.reopen_person(request.member, person_for(request.member, pk))
    sentence = _("Avslutet är ångrat. Lägg till de uppdrag och behörigheter som personen ska ha.")
    return done(request, sentence, to(request, "person", row.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def person_delete(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = person_for(request.member, pk)
    back = to(request, "person", row.pk)
    return deletion_page(
        request,
        title=_("Ta bort %(name)s?") % {"name": row},
        why_not=why_not_deleted(row),
        act=lambda: acts.delete_person(request.member, row),
        back=back,
        after=to(request, "people"),
        crumbs=people_crumbs(request, (str(row), back)),
    )


def people_crumbs(request: MemberRequest, *more: Crumb) -> list[Crumb]:
    return settings_crumbs(request, (_("Personer"), to(request, "people")), *more)


def words(role: Role) -> tuple[object, object]:
    """A role's name and what it opens."""
    return ROLE_LABELS[role], ROLE_HINTS[role]

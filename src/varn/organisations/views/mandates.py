"""Pages that give, change and end mandates."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varn.organisations.actions import mandates as acts
from varn.organisations.forms.people import PROBABLY_COVERED_PERCENT, LastDayForm, MandateForm, mandate_form
from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import Mandate, Person
from varn.organisations.queries.bodies import bodies_for, mandate_for, parties_for
from varn.organisations.queries.people import person_for
from varn.organisations.rights import Right
from varn.organisations.views.pages import Crumb, done, form_page, to
from varn.organisations.views.people import people_crumbs
from varn.tenancy.access import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def mandate_create(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = person_for(request.member, pk)
    form = _form(request, Mandate())
    if mandate := saved(form, lambda: acts.create_mandate(request.member, person, **form.cleaned_data)):
        return _done(request, person, mandate, _("Uppdraget är tillagt."))
    return form_page(request, form, title=_("Lägg till uppdrag"), back=_back(request, person), crumbs=_crumbs(request, person))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def mandate_edit(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = mandate_for(request.member, pk)
    person = row.person
    form = _form(request, row)
    if mandate := saved(form, lambda: acts.edit_mandate(request.member, row, **form.cleaned_data)):
        return _done(request, person, mandate, _("Uppdraget är ändrat."))
    return form_page(request, form, title=_("Ändra uppdrag"), back=_back(request, person), crumbs=_crumbs(request, person))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def mandate_end(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = mandate_for(request.member, pk)
    form = LastDayForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if saved(form, lambda: acts.end_mandate(request.member, row, last_day=form.cleaned_data["last_day"])):
        return done(request, _("Sista dagen är sparad."), _back(request, row.person))
    return form_page(
        request,
        form,
        title=_("Avsluta uppdraget %(role)s i %(body)s") % {"role": row.get_role_display(), "body": row.body},
        intro=_("Det som följer av uppdraget upphör efter den dagen."),
        submit=_("Avsluta"),
        danger=True,
        back=_back(request, row.person),
        crumbs=_crumbs(request, row.person),
    )


def _form(request: MemberRequest, row: Mandate) -> MandateForm:
    return mandate_form(
        request.POST or None, instance=row, bodies=bodies_for(request.member), parties=parties_for(request.member)
    )


def _done(request: MemberRequest, person: Person, mandate: Mandate, sentence: str) -> HttpResponse:
    if mandate.full_time_percent >= PROBABLY_COVERED_PERCENT and not mandate.is_covered_by_18a:
        sentence += " " + _(
            "Uppdraget är på %(percent)s procent. Överväg om det omfattas av kommunallagen 4 kap. 18 a §; "
            "riktmärket 40 procent är inte verifierat."
        ) % {"percent": mandate.full_time_percent}
    return done(request, sentence, _back(request, person))


def _back(request: MemberRequest, person: Person) -> str:
    return to(request, "person", person.pk)


def _crumbs(request: MemberRequest, person: Person) -> list[Crumb]:
    return people_crumbs(request, (str(person), _back(request, person)))

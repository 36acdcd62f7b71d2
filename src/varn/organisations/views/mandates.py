"""Pages that give, change and end mandates and access roles."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from varn.organisations.actions import grants as grant_acts
from varn.organisations.actions import mandates as acts
from varn.organisations.forms.people import PROBABLY_COVERED_PERCENT, GrantForm, LastDayForm, MandateForm, mandate_form
from varn.organisations.forms.rolewords import ROLE_LABELS
from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import AccessGrant, Mandate, Person
from varn.organisations.queries.bodies import bodies_for, mandate_for, parties_for
from varn.organisations.queries.people import grant_for, person_for
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right, Role
from varn.organisations.terms import OrganisationKind
from varn.organisations.views.pages import Crumb, confirm_page, done, form_page, to
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


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def grant_create(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = person_for(request.member, pk)
    kind = OrganisationKind(request.organisation.kind)
    form = GrantForm(request.POST or None, kind=kind, initial={"starts_on": timezone.localdate()})
    if saved(form, lambda: _grant(request, person, form)):
        return done(request, _("Behörigheten är given."), _back(request, person))
    return form_page(
        request,
        form,
        title=_("Ge behörighet"),
        intro=_(
            "Roller som följer av uppdrag och partier (förtroendevald, ordförande, gruppledare, trygghetskontakt) ges inte här."
        ),
        back=_back(request, person),
        crumbs=_crumbs(request, person),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def grant_end(request: MemberRequest, pk: UUID) -> HttpResponse:
    grant = grant_for(request.member, pk)
    problem = ""
    if request.method == "POST":
        try:
            grant_acts.end_access(request.member, grant, today=timezone.localdate())
        except Refused as refusal:
            problem = refusal.sentence
        else:
            return _after_ending(request, grant)
    return confirm_page(
        request,
        title=_("Avsluta behörigheten %(role)s?") % {"role": ROLE_LABELS[Role(grant.role)]},
        text=_("%(name)s förlorar den genast. Det som personen själv har gjort finns kvar.") % {"name": grant.person},
        label=_("Avsluta"),
        back=_back(request, grant.person),
        crumbs=_crumbs(request, grant.person),
        problem=problem,
    )


def _after_ending(request: MemberRequest, grant: AccessGrant) -> HttpResponse:
    """Whoever gave up the right to be here goes to what is still theirs."""
    is_own = grant.person_id == request.member.person_id and grant.role == Role.ADMINISTRATOR
    url = to(request, "own") if is_own else _back(request, grant.person)
    return done(request, _("Behörigheten är avslutad."), url)


def _grant(request: MemberRequest, person: Person, form: GrantForm) -> AccessGrant:
    given = form.cleaned_data
    return grant_acts.grant_access(
        request.member, person, role=Role(given["role"]), starts_on=given["starts_on"], ends_on=given["ends_on"]
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

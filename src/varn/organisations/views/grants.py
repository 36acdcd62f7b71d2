"""Pages that give and end access roles, and that let a second person confirm the strong ones."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.organisations.actions import grants as acts
from varn.organisations.forms.names import name_for
from varn.organisations.forms.people import GrantForm
from varn.organisations.forms.rolewords import ROLE_HINTS, ROLE_LABELS
from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import AccessGrant, Person, WaitingGrant
from varn.organisations.queries.grants import (
    confirmers_of,
    hindrance_for,
    in_words,
    proposal_of,
    version_of_waiting,
    waiting_for,
    waiting_grant_for,
)
from varn.organisations.queries.people import grant_for, person_for
from varn.organisations.refusals import Refused
from varn.organisations.rights import NEED_TWO, Member, Right, Role
from varn.organisations.terms import OrganisationKind
from varn.organisations.views.pages import UNPROCESSABLE, Crumb, confirm_page, done, form_page, settings_crumbs, to
from varn.organisations.views.people import people_crumbs
from varn.tenancy.access import needs


@dataclass(frozen=True, slots=True)
class Waiting:
    """A role that waits, as its pages show it. `why_not` is empty for those who may confirm it."""

    row: WaitingGrant
    label: str | Promise
    hint: str | Promise
    proposer: str
    last_day: date
    why_not: str
    confirmers: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.PERSON_MANAGE)
def grant_create(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = person_for(request.member, pk)
    kind = OrganisationKind(request.organisation.kind)
    form = GrantForm(request.POST or None, kind=kind, initial={"starts_on": timezone.localdate()})
    if given := saved(form, lambda: _given(request, person, form)):
        if isinstance(given, WaitingGrant):
            return done(request, _("Behörigheten väntar på att någon annan bekräftar den."), to(request, "waiting_grants"))
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
            acts.end_access(request.member, grant, today=timezone.localdate())
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


def _given(request: MemberRequest, person: Person, form: GrantForm) -> AccessGrant | WaitingGrant:
    given = form.cleaned_data
    role, days = Role(given["role"]), {"starts_on": given["starts_on"], "ends_on": given["ends_on"]}
    if role in NEED_TWO:
        return acts.propose_access(request.member, person, role=role, today=timezone.localdate(), **days)
    return acts.grant_access(request.member, person, role=role, **days)


@require_safe
@needs(Right.ACCESS_CONFIRM)
def waiting_grants(request: MemberRequest) -> HttpResponse:
    """Strong roles that wait for a second person; whose turn it is."""
    today = timezone.localdate()
    rows = [_shown(request.member, row, today) for row in waiting_for(request.member, today=today)]
    return render(request, "organisations/waiting_grants.html", {"rows": rows, "crumbs": settings_crumbs(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ACCESS_CONFIRM)
def waiting_grant(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One that waits: who proposed what, and for those who may, the button that confirms it."""
    today = timezone.localdate()
    row = waiting_grant_for(request.member, pk, today=today)
    problem = ""
    if request.method == "POST":
        try:
            acts.confirm_access(request.member, row, seen=request.POST.get("seen", ""), today=today)
        except Refused as refusal:
            problem = refusal.sentence
        else:
            sentence = _("Behörigheten är bekräftad. %(name)s har den nu.") % {"name": row.person}
            return done(request, sentence, to(request, "waiting_grants"))
        row = waiting_grant_for(request.member, pk, today=today)  # as it is now, to be read again
    content = {
        "waits": _shown(request.member, row, today),
        "seen": version_of_waiting(row),
        "has_errors": bool(problem),
        "errors": [problem] if problem else [],
        "crumbs": _waiting_crumbs(request),
    }
    return render(request, "organisations/waiting_grant.html", content, status=UNPROCESSABLE if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.ACCESS_CONFIRM)
def waiting_withdraw(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = waiting_grant_for(request.member, pk, today=timezone.localdate())
    back = to(request, "waiting_grants")
    if request.method == "POST":
        acts.withdraw_access(request.member, row)
        return done(request, _("Behörigheten ges inte."), back)
    return confirm_page(
        request,
        title=_("Låta bli att ge behörigheten %(role)s?") % {"role": ROLE_LABELS[Role(row.role)]},
        text=_("%(name)s får den inte. Den kan föreslås på nytt.") % {"name": row.person},
        label=_("Ge den inte"),
        back=back,
        crumbs=_waiting_crumbs(request),
    )


def _shown(actor: Member, row: WaitingGrant, today: date) -> Waiting:
    why = hindrance_for(actor, row, today=today)
    role = Role(row.role)
    return Waiting(
        row=row,
        label=ROLE_LABELS[role],
        hint=ROLE_HINTS[role],
        proposer=name_for(actor, row.proposed_by),
        last_day=proposal_of(row).last_day,
        why_not=in_words(why) if why else "",
        confirmers=[name_for(actor, one) for one in confirmers_of(row, today=today)],
    )


def _waiting_crumbs(request: MemberRequest) -> list[Crumb]:
    return settings_crumbs(request, (_("Behörigheter som väntar"), to(request, "waiting_grants")))


def _back(request: MemberRequest, person: Person) -> str:
    return to(request, "person", person.pk)


def _crumbs(request: MemberRequest, person: Person) -> list[Crumb]:
    return people_crumbs(request, (str(person), _back(request, person)))

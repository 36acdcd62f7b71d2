"""One's own page: what the organisation holds about me, and who my contacts are. A former member has it too."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from varn.organisations.forms.rolewords import ROLE_HINTS, ROLE_LABELS
from varn.organisations.middleware import MemberRequest
from varn.organisations.queries.people import grants_of, myself, parties_of, seats_of
from varn.organisations.rights import Right, Role
from varn.tenancy.access import needs


@require_safe
@needs(Right.OWN_READ)
def own(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    person = myself(request.member)
    content = {
        "person": person,
        "today": today,
        "seats": seats_of(person),
        "grants": [(grant, ROLE_LABELS[Role(grant.role)]) for grant in grants_of(person)],
        "roles": [(ROLE_LABELS[role], ROLE_HINTS[role]) for role in Role if role in request.member.roles],
        "keys": person.register_keys.order_by("source"),
        "parties": parties_of(person, today=today),
        "is_former": not request.member.may(Right.ORGANISATION_READ),
    }
    return render(request, "organisations/own.html", content)

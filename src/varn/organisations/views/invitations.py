"""What the administrator does with invitations. Whether somebody has an account elsewhere is never told."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from varn.organisations.actions import invitations as acts
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import Invitation
from varn.organisations.queries.links import invitation_for
from varn.organisations.queries.people import person_for
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right
from varn.organisations.views.pages import done, refused, to
from varn.tenancy.access import needs


@require_POST
@needs(Right.PERSON_MANAGE)
def invitation_send(request: MemberRequest, pk: UUID) -> HttpResponse:
    person = person_for(request.member, pk)
    return _after(
        request, person.pk, lambda: acts.invite_person(request.member, person), _("Inbjudan skickas nu. Den gäller i 14 dagar.")
    )


@require_POST
@needs(Right.PERSON_MANAGE)
def invitation_resend(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = invitation_for(request.member, pk)
    sentence = _("En ny länk skickas nu. Den förra gäller inte längre.")
    return _after(request, row.person_id, lambda: acts.resend_invitation(request.member, row), sentence)


@require_POST
@needs(Right.PERSON_MANAGE)
def invitation_revoke(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = invitation_for(request.member, pk)
    return _after(request, row.person_id, lambda: acts.revoke_invitation(request.member, row), _("Inbjudan är återkallad."))


def _after(request: MemberRequest, person_id: UUID, act: Callable[[], Invitation], sentence: str) -> HttpResponse:
    url = to(request, "person", person_id)
    try:
        act()
    except Refused as refusal:
        return refused(request, refusal.sentence, url)
    return done(request, sentence, url)

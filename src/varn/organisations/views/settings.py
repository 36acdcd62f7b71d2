"""The first page of the settings: only what this visitor may do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.organisations.views.pages import to
from varn.tenancy.access import needs


@require_safe
@needs(Right.ORGANISATION_READ)
def settings(request: MemberRequest) -> HttpResponse:
    """Links by right; somebody with none of them sees what they may do instead."""
    choices = [
        (Right.PERSON_READ, "people", _("Personer"), _("Vilka som har uppdrag och behörighet, från och med när och till när.")),
        (
            Right.ACCESS_CONFIRM,
            "waiting_grants",
            _("Behörigheter som väntar"),
            _("De som två personer ska ge: en föreslår, en annan bekräftar."),
        ),
        (Right.PERSON_IMPORT, "import_start", _("Importera personer"), _("Läs in förtroendevalda från ett annat register.")),
        (Right.BODY_MANAGE, "bodies", _("Organ"), _("Fullmäktige, styrelser och nämnder med mandattider.")),
        (Right.BODY_MANAGE, "parties", _("Partier"), _("Gruppledare och trygghetskontakter.")),
        (
            Right.CONTACT_MANAGE,
            "contacts",
            _("Kontaktvägar och jour"),
            _("Det som står överst på varje sida, och jourlistan."),
        ),
    ]
    links = [(to(request, name), label, hint) for right, name, label, hint in choices if request.member.may(right)]
    return render(request, "organisations/settings.html", {"links": links, "own_url": to(request, "own")})

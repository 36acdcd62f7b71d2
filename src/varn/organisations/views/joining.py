"""Answering an invitation: in the public process by link, and for somebody already logged in.

The public pages never tell whether there is an account; the account itself is made at log-in, elsewhere.
"""

from datetime import timedelta
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.accounts.models import Account
from varn.organisations import linkkinds
from varn.organisations.actions.invitations import accept_invitation
from varn.organisations.adapters import adopt_invitations
from varn.organisations.models import CapabilityLink
from varn.organisations.queries.links import (
    INVITATION,
    invitation_behind,
    organisation_of,
    used_since,
    waiting_invitations,
)
from varn.organisations.refusals import Refused
from varn.organisations.rights import Guest
from varn.organisations.views.links import forget, held_hash, held_link
from varn.organisations.views.pages import done
from varn.tenancy.access import PUBLIC_ONLY, account, link, public
from varn.tenancy.within import holding, within
from varn.ui.views import gone

linkkinds.register(INVITATION, url_name="invitation")
AT_ONCE = timedelta(minutes=1)  # a form sent twice by a double click is one answer


@require_http_methods(["GET", "HEAD", "POST"])
@link
def invitation(request: HttpRequest) -> HttpResponse:
    found = held_link(request, INVITATION)
    if found is None:
        return _again(request)
    with holding("link", found.token_hash), within(found.organisation_id):
        invited = invitation_behind(found)
        if invited is None:
            return gone(request)
        if request.method == "POST":
            return _accept(request, found)
        content = {"inviting": organisation_of(found), "email": invited.email, "expires_at": found.expires_at}
        return render(request, "organisations/invitation.html", content)


def _accept(request: HttpRequest, found: CapabilityLink) -> HttpResponse:
    try:
        accepted = accept_invitation(Guest(found.pk, found.organisation_id), found)
    except Refused:
        return gone(request)
    return forget(request, redirect(_done_url(accepted.is_for_staff)), INVITATION)


def _again(request: HttpRequest) -> HttpResponse:
    digest = held_hash(request, INVITATION) if request.method == "POST" else None
    if digest and used_since(digest, timezone.now() - AT_ONCE):
        return redirect(_done_url(is_for_staff=False))
    return gone(request)


def _done_url(is_for_staff: bool) -> str:
    return reverse("invitation_done") + ("?arbete=1" if is_for_staff else "")


@require_safe
@public(roles=PUBLIC_ONLY)
def invitation_done(request: HttpRequest) -> HttpResponse:
    """How to log in, the same for everyone."""
    origin = settings.STAFF_URL if request.GET.get("arbete") == "1" else settings.MEMBER_URL
    prefix = "/en" if get_language() == "en" else ""
    return render(request, "organisations/invitation_done.html", {"login_url": f"{origin}{prefix}/logga-in/kod/"})


@require_http_methods(["GET", "HEAD", "POST"])
@account
def invitation_join(request: HttpRequest) -> HttpResponse:
    """For somebody already logged in: joins what their address has accepted."""
    email = cast(Account, request.user).email
    if request.method == "POST":
        n_joined = adopt_invitations(email)
        return done(request, _("Du har gått med.") if n_joined else _("Det fanns ingen inbjudan att svara på."), "/")
    return render(request, "organisations/join.html", {"n_waiting": len(waiting_invitations(email))})

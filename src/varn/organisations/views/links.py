"""`/l/<token>`: opens one thing for whoever holds the link, without the token ever standing in a page's address.

GET and HEAD only set a sealed cookie for the page's own path, for 20 minutes, and send the visitor there. Used, expired,
revoked and made-up links give the same page. The link is used up by the act behind the page's form.
"""

import base64
import binascii
import json
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from varn.organisations.linkkinds import kind_of
from varn.organisations.models import CapabilityLink
from varn.organisations.queries.links import link_by_hash
from varn.sealing.boxes import Unreadable, seal, token_hash, unseal
from varn.tenancy.access import link
from varn.ui.views import gone

SECONDS = 20 * 60
_PREFIX = "__Secure-" if settings.IS_SECURE else ""


@require_safe
@link
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    digest = token_hash(token)
    found = link_by_hash(digest, now=timezone.now())
    kind = kind_of(found.kind) if found else None
    if found is None or kind is None:
        return gone(request)
    response = HttpResponseRedirect(reverse(kind.url_name))
    response.headers["Referrer-Policy"] = "no-referrer"
    until = int(time.time()) + SECONDS
    for language, _label in settings.LANGUAGES:  # the page in each language is a path of its own
        with translation.override(language):
            path = reverse(kind.url_name)
        response.set_cookie(
            cookie_name(found.kind, language),
            _sealed(digest, until, path),
            max_age=SECONDS,
            path=path,
            secure=settings.IS_SECURE,
            httponly=True,
            samesite="Lax",  # Strict would not be sent when the link is followed from a web mail
        )
    return response


def cookie_name(kind: str, language: str) -> str:
    return f"{_PREFIX}varn_link_{kind}_{language}"


def held_hash(request: HttpRequest, kind: str) -> str | None:
    """The hash of the link's token that this page's cookie holds; None without one, or after 20 minutes."""
    cookie = request.COOKIES.get(cookie_name(kind, translation.get_language() or "sv"), "")
    try:
        plain = unseal(base64.urlsafe_b64decode(cookie), secret=settings.SECRET, purpose=_purpose(request.path))
    except (Unreadable, binascii.Error, ValueError):
        return None
    content = json.loads(plain)
    return str(content["hash"]) if content["until"] > time.time() else None


def held_link(request: HttpRequest, kind: str) -> CapabilityLink | None:
    """The link if it still opens something."""
    digest = held_hash(request, kind)
    found = link_by_hash(digest, now=timezone.now()) if digest else None
    return found if found is not None and found.kind == kind else None


def forget(request: HttpRequest, response: HttpResponse, kind: str) -> HttpResponse:
    """Takes the cookie of this page away."""
    response.delete_cookie(cookie_name(kind, translation.get_language() or "sv"), path=request.path)
    return response


def _sealed(digest: str, until: int, path: str) -> str:
    plain = json.dumps({"hash": digest, "until": until}).encode()
    return base64.urlsafe_b64encode(seal(plain, secret=settings.SECRET, purpose=_purpose(path))).decode()


def _purpose(path: str) -> str:
    return f"link {path}"

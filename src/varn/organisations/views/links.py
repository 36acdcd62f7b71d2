"""`/l/<token>`: opens one thing for whoever holds the link, without the token ever standing in a page's address.

GET and HEAD only set a sealed cookie for the page's own path, for 20 minutes, and send the visitor there. Used, expired,
revoked and made-up links give the same page. The link is used up by the act behind the page's form.

Some are for coming back to: `claim` lets the browser that used the link up, and no other, open it until it expires.
"""

import base64
import binascii
import json
import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from varn.organisations.linkkinds import LinkKind, kind_of, kind_outside
from varn.organisations.models import CapabilityLink
from varn.organisations.queries.links import link_by_hash, used_link_by_hash
from varn.sealing.boxes import Unreadable, seal, token_hash, unseal
from varn.tenancy.access import link
from varn.ui.views import gone

SECONDS = 20 * 60
CLAIM_PATH = "/l/"
_PREFIX = "__Secure-" if settings.IS_SECURE else ""


@require_safe
@link
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    digest = token_hash(token)
    found = link_by_hash(digest, now=timezone.now()) or _claimed(request, digest)
    kind = kind_of(found.kind) if found else kind_outside(digest)
    if kind is None:
        return gone(request)
    response = HttpResponseRedirect(reverse(kind.url_name))
    response.headers["Referrer-Policy"] = "no-referrer"
    if found is not None and found.used_at is not None:
        _give(response, kind, digest, until=_end(found), is_claimed=True)
    else:
        _give(response, kind, digest, until=int(time.time()) + SECONDS)
    return response


def claim(response: HttpResponse, found: CapabilityLink) -> HttpResponse:
    """Call when the link has been used up: this browser may come back by it, and stay, until it expires."""
    until = _end(found)
    if kind := kind_of(found.kind):
        _give(response, kind, found.token_hash, until=until, is_claimed=True)
    _set(response, _claim_name(found.token_hash), CLAIM_PATH, {"hash": found.token_hash, "until": until})
    return response


def _end(found: CapabilityLink) -> int:
    return int(found.expires_at.timestamp())


def _claimed(request: HttpRequest, digest: str) -> CapabilityLink | None:
    """The used link that this browser used up."""
    content = _content(request.COOKIES.get(_claim_name(digest), ""), CLAIM_PATH)
    return used_link_by_hash(digest, now=timezone.now()) if content and content["hash"] == digest else None


def _claim_name(digest: str) -> str:
    return f"{_PREFIX}varn_claim_{digest[:12]}"


def _give(response: HttpResponse, kind: LinkKind, digest: str, *, until: int, is_claimed: bool = False) -> None:
    """The page's cookie, for each language, since the page in each is a path of its own."""
    content = {"hash": digest, "until": until, "claimed": is_claimed}
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            path = reverse(kind.url_name)
        _set(response, cookie_name(kind.kind, language), path, content)


def _set(response: HttpResponse, name: str, path: str, content: dict[str, Any]) -> None:
    response.set_cookie(
        name,
        base64.urlsafe_b64encode(seal(json.dumps(content).encode(), secret=settings.SECRET, purpose=_purpose(path))).decode(),
        max_age=content["until"] - int(time.time()),
        path=path,
        secure=settings.IS_SECURE,
        httponly=True,
        samesite="Lax",  # Strict would not be sent when the link is followed from a web mail
    )


def cookie_name(kind: str, language: str) -> str:
    return f"{_PREFIX}varn_link_{kind}_{language}"


def held_hash(request: HttpRequest, kind: str) -> str | None:
    """The hash of the link's token that this page's cookie holds; None without one, or after its time."""
    content = _held(request, kind)
    return str(content["hash"]) if content else None


def held_link(request: HttpRequest, kind: str) -> CapabilityLink | None:
    """The link if it still opens something for this browser."""
    content = _held(request, kind)
    if content is None:
        return None
    ask = used_link_by_hash if content.get("claimed") else link_by_hash
    found = ask(str(content["hash"]), now=timezone.now())
    return found if found is not None and found.kind == kind else None


def _held(request: HttpRequest, kind: str) -> dict[str, Any] | None:
    return _content(request.COOKIES.get(cookie_name(kind, translation.get_language() or "sv"), ""), request.path)


def _content(cookie: str, path: str) -> dict[str, Any] | None:
    try:
        plain = unseal(base64.urlsafe_b64decode(cookie), secret=settings.SECRET, purpose=_purpose(path))
    except (Unreadable, binascii.Error, ValueError):
        return None
    content: dict[str, Any] = json.loads(plain)
    return content if content["until"] > time.time() else None


def forget(request: HttpRequest, response: HttpResponse, kind: str) -> HttpResponse:
    """Takes the cookie of this page away."""
    response.delete_cookie(cookie_name(kind, translation.get_language() or "sv"), path=request.path)
    return response


def _purpose(path: str) -> str:
    return f"link {path}"

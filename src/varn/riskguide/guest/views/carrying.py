"""How a guest's answers travel: sealed, in a field of each form and in a cookie of the guide's pages for 20 minutes.

The field comes first, so that two tabs are two matters and a page that was left open for hours loses nothing; the cookie is
for the pages that are only read.
"""

import base64
import binascii
import json
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from varn.catalogues.riskguide import guide
from varn.riskguide.guest.drafts import Draft, as_text, from_text
from varn.sealing.boxes import Unreadable, seal, unseal

FIELD = "carried"
SECONDS = 20 * 60
_PURPOSE, _COOKIE_PURPOSE, _TOKEN_PURPOSE = "guest draft", "guest draft cookie", "guest token"
_NAME = f"{'__Secure-' if settings.IS_SECURE else ''}varn_guide"


def carried(request: HttpRequest) -> Draft:
    """What the form or the cookie holds; an empty draft of today's edition without either."""
    plain = _opened(request.POST.get(FIELD, ""), _PURPOSE) or _from_cookie(request)
    return from_text(plain) if plain else Draft(guide().meta.version)


def field_of(draft: Draft) -> str:
    return _closed(as_text(draft), _PURPOSE)


def give(response: HttpResponse, draft: Draft) -> HttpResponse:
    """For each language, since the pages in each have a path of their own."""
    content = json.dumps({"until": int(time.time()) + SECONDS, "draft": as_text(draft)}, ensure_ascii=False)
    for language, _label in settings.LANGUAGES:
        response.set_cookie(
            _cookie(language),
            _closed(content, _COOKIE_PURPOSE),
            max_age=SECONDS,
            path=_path(language),
            secure=settings.IS_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    for language, _label in settings.LANGUAGES:
        response.delete_cookie(_cookie(language), path=_path(language))
    return response


def sealed_token(token: str) -> str:
    """The token of a link that is not saved yet: it is made when the page opens, so that a form sent twice saves once."""
    return _closed(token, _TOKEN_PURPOSE)


def opened_token(text: str) -> str:
    """Empty for what was not sealed here."""
    return _opened(text, _TOKEN_PURPOSE)


def _from_cookie(request: HttpRequest) -> str:
    plain = _opened(request.COOKIES.get(_cookie(translation.get_language() or "sv"), ""), _COOKIE_PURPOSE)
    content = json.loads(plain) if plain else {"until": 0}
    return str(content["draft"]) if content["until"] > time.time() else ""


def _cookie(language: str) -> str:
    return f"{_NAME}_{language}"


def _path(language: str) -> str:
    with translation.override(language):
        return reverse("guide_matter")


def _closed(plain: str, purpose: str) -> str:
    return base64.urlsafe_b64encode(seal(plain.encode(), secret=settings.SECRET, purpose=purpose)).decode()


def _opened(text: str, purpose: str) -> str:
    try:
        return unseal(base64.urlsafe_b64decode(text), secret=settings.SECRET, purpose=purpose).decode()
    except (Unreadable, binascii.Error, ValueError):
        return ""

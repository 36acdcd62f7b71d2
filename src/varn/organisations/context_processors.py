"""What every page's frame shows: contact ways, the five steps, the visitor's own links."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varn.organisations.middleware import MemberRequest
from varn.organisations.models import Organisation

Shell = dict[str, object]


def shell(request: HttpRequest) -> Shell:
    """Reads the database only inside an organisation."""
    frame: Shell = {"languages": _languages(request), "quick_exit": True}
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        frame["logout_url"] = reverse("account_logout")
        frame["account_links"] = [{"label": _("Mitt konto"), "url": _url("own_account")}]
    organisation = getattr(request, "organisation", None)
    if organisation is not None:
        frame |= {"organisation": organisation, "strip": _strip(organisation), "steps": _steps(request)}
    return frame


def _url(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return "/"


def _languages(request: HttpRequest) -> list[dict[str, object]]:
    path = request.path if request.resolver_match else "/"
    return [
        {"code": code, "label": label, "url": translate_url(path, code), "current": get_language() == code}
        for code, label in settings.LANGUAGES
    ]


def _strip(organisation: Organisation) -> list[dict[str, object]]:
    return []


def _steps(request: MemberRequest | HttpRequest) -> list[dict[str, object]]:
    return []

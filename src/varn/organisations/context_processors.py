"""What every page's frame shows: contact ways, the five steps, the visitor's own links."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varn.organisations.dutyhours import Hours
from varn.organisations.models import ContactWay, Organisation
from varn.organisations.queries.contacts import open_hours_of, ways_now
from varn.organisations.rights import Member, Right

Shell = dict[str, object]

IN_THE_STRIP = 2  # of the organisation's ways, beside 112 and 114 14
STEP_OF = {
    "atgarder": "utveckling",
    "kontakt": "stod",
    "logg": "uppfoljning",
    "riskguide": "utveckling",
}  # by the first part of a page's address
SETTINGS = (Right.ACCESS_CONFIRM, Right.BODY_MANAGE, Right.CONTACT_MANAGE, Right.PERSON_READ)


def shell(request: HttpRequest) -> Shell:
    """Reads the database only inside an organisation: one query."""
    organisation: Organisation | None = getattr(request, "organisation", None)
    member: Member | None = getattr(request, "member", None)
    frame: Shell = {
        "languages": _languages(request),
        "quick_exit": True,
        "home_url": _url("hub"),
        "about_url": _url("about"),
        "accessibility_url": _url("accessibility"),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        frame["logout_url"] = _url("account_logout")
        frame["account_links"] = _account_links(request, organisation, member)
    if organisation is not None:
        contact_url = _url("organisations:contact", organisation.slug)
        frame |= {"organisation": organisation, "strip": _strip(organisation), "contact_url": contact_url}
        if member is not None:
            frame["home_url"] = _url("start", organisation.slug) or "/"
        if member is not None and member.may(Right.ORGANISATION_READ):
            frame["steps"] = _steps(request, organisation)
            frame["search_url"] = _url("search", organisation.slug)
    return frame


def _url(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _link(request: HttpRequest, label: str, url: str) -> dict[str, object]:
    return {"label": label, "url": url, "current": request.path == url}


def _account_links(request: HttpRequest, organisation: Organisation | None, member: Member | None) -> list[dict[str, object]]:
    links = [(_("Mitt konto"), _url("own_account"))]
    if organisation is not None and member is not None:
        links.append((_("Mina uppgifter"), _url("organisations:own", organisation.slug)))
        if any(member.may(right) for right in SETTINGS):
            links.append((_("Inställningar"), _url("organisations:settings", organisation.slug)))
    return [_link(request, label, url) for label, url in links if url]


def _languages(request: HttpRequest) -> list[dict[str, object]]:
    """The same page in the other language; the start page where there is none to read (an error). Acts without a page
    of their own always redirect, so an address that was sent a form can be read too."""
    path = request.path if request.resolver_match else "/"
    query = request.META.get("QUERY_STRING", "") if request.method == "GET" else ""
    return [
        {
            "code": code,
            "label": label,
            "url": translate_url(path, code) + (f"?{query}" if query else ""),
            "current": get_language() == code,
        }
        for code, label in settings.LANGUAGES
    ]


def _strip(organisation: Organisation) -> list[dict[str, object]]:
    """112, the police, then the organisation's ways: those that answer now first, the others with their hours.
    A phone has room for the first of them; the rest are on the contact page, which the menu and the foot lead to."""
    ways = ways_now(timezone.localtime())
    if not ways:
        return []  # the frame's own: 112 and 114 14
    lines: list[dict[str, object]] = [
        {"label": _("Fara nu"), "value": "112", "href": "tel:112", "urgent": True},
        {"label": _("Polisen"), "value": "114 14", "href": "tel:11414"},
    ]
    lines += [
        strip_line(way, is_answering) | {"extra": place > 0} for place, (way, is_answering) in enumerate(ways[:IN_THE_STRIP])
    ]
    if len(ways) > IN_THE_STRIP:
        contact = _url("organisations:contact", organisation.slug)
        lines.append({"label": "", "value": _("Fler kontaktvägar"), "href": contact, "extra": True})
    return lines


def strip_line(way: ContactWay, is_answering: bool) -> dict[str, object]:
    """One way as the strip shows it: what it is, number or address, when."""
    label = way.label_en if get_language() == "en" else way.label_sv
    digits = "".join(sign for sign in way.phone if sign.isdigit() or sign == "+")
    href = f"tel:{digits}" if way.phone else f"mailto:{way.email}"
    return {"label": label, "value": way.phone or way.email, "href": href, "note": _when(way, is_answering)}


def _when(way: Any, is_answering: bool) -> str:
    if way.hours == Hours.ALWAYS:
        return _("dygnet runt")
    if is_answering:
        return _("svarar nu")
    if way.hours == Hours.OUT_OF_HOURS:
        return _("övrig tid")
    hours = open_hours_of(way)
    return _("vardagar %(opens)s–%(closes)s") % {"opens": f"{hours.opens_at:%H.%M}", "closes": f"{hours.closes_at:%H.%M}"}


def _steps(request: HttpRequest, organisation: Organisation) -> list[dict[str, object]]:
    names = (
        ("vagledning", _("Vägledning")),
        ("utbildning", _("Utbildning")),
        ("stod", _("Stöd")),
        ("uppfoljning", _("Uppföljning")),
        ("utveckling", _("Utveckling")),
    )
    place = STEP_OF.get(request.path.removeprefix(_url("start", organisation.slug)).split("/")[0])
    links = [(step, _link(request, label, _url("step", organisation.slug, step))) for step, label in names]
    return [link | {"current": "page" if link["current"] else step == place} for step, link in links if link["url"]]

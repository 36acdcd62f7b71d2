"""What these pages share: addresses, and the words of an answer."""

import unicodedata

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from varn.organisations.middleware import MemberRequest
from varn.organisations.naming import warning
from varn.organisations.queries.naming import pointed_out
from varn.riskguide.assessment.statements import Statement
from varn.riskguide.case import UNKNOWN, Grade


def to(request: MemberRequest, name: str, *args: object) -> str:
    """The address of a page of the risk guide in this organisation."""
    return reverse(f"riskguide:{name}", args=[request.organisation.slug, *args])


def done(request: HttpRequest, sentence: str, url: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(url)


def refused(request: HttpRequest, sentence: str, url: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(url)


def pointing(request: MemberRequest, *texts: str) -> str:
    """A warning where the texts seem to name a private person; "" where they do not."""
    return warning(pointed_out(request.member, texts, today=timezone.localdate()), language())


def typed_text(sent: object) -> str:
    """What somebody typed: lines as lines, whatever the browser ends them with, and no control characters."""
    lines = str(sent).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = ("".join(sign for sign in line if unicodedata.category(sign)[0] != "C") for line in lines)
    return "\n".join(kept).strip()


def language() -> str:
    return get_language() or "sv"


def option_text(statement: Statement, value: Grade) -> str:
    """What an answer is called on a page."""
    return _("Vet inte") if value == UNKNOWN else statement.options[value].in_language(language())

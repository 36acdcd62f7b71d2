"""What the room's pages share: the form page, the page that asks for confirmation, the way back."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from varn.organisations.forms.rows import saved
from varn.organisations.middleware import MemberRequest
from varn.organisations.refusals import Refused

Crumb = tuple[str, str]  # label, address

UNPROCESSABLE = 422


def to(request: MemberRequest, name: str, *args: object) -> str:
    """The address of a page of this organisation."""
    return reverse(f"organisations:{name}", args=[request.organisation.slug, *args])


def settings_crumbs(request: MemberRequest, *more: Crumb) -> list[Crumb]:
    return [(_("Inställningar"), to(request, "settings")), *more]


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    title: str,
    back: str,
    crumbs: list[Crumb],
    submit: str = "",
    intro: str = "",
    danger: bool = False,
    delete_url: str = "",
) -> HttpResponse:
    """One form. Status 422 when what was sent had errors; what was typed is kept. `delete_url`: for what was made by mistake."""
    content = {
        "form": form,
        "title": title,
        "back": back,
        "crumbs": crumbs,
        "submit": submit or _("Spara"),
        "intro": intro,
        "danger": danger,
        "delete_url": delete_url,
    }
    return render(request, "organisations/form.html", content, status=UNPROCESSABLE if form.errors else 200)


def act_page(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[], object],
    *,
    said: str,
    title: str,
    back: str,
    crumbs: list[Crumb],
    intro: str = "",
    delete_url: str = "",
) -> HttpResponse:
    """One form and its act: once done, `said` on the page one came from (`back`); else the form, with what is wrong."""
    if saved(form, act):
        return done(request, said, back)
    return form_page(request, form, title=title, back=back, crumbs=crumbs, intro=intro, delete_url=delete_url)


def confirm_page(
    request: HttpRequest, *, title: str, text: str, label: str, back: str, crumbs: list[Crumb], problem: str = ""
) -> HttpResponse:
    """Asks before something that cannot be undone; `problem` says why it was refused."""
    content = {"title": title, "text": text, "label": label, "back": back, "crumbs": crumbs, "problem": problem}
    return render(
        request,
        "organisations/confirm.html",
        content | {"has_errors": bool(problem), "errors": [problem] if problem else []},
        status=UNPROCESSABLE if problem else 200,
    )


def deletion_page(
    request: HttpRequest, *, title: str, why_not: str, act: Callable[[], object], back: str, after: str, crumbs: list[Crumb]
) -> HttpResponse:
    """Deletes what was entered by mistake, once confirmed. `why_not`: what hangs on it; then there is nothing to confirm.
    `back` is the row's own page, `after` the list."""
    problem = ""
    if request.method == "POST":
        try:
            act()
            return done(request, _("Det är borttaget."), after)
        except Refused as refusal:
            problem = refusal.sentence
    content = {"title": title, "why_not": why_not, "back": back, "crumbs": crumbs}
    more = {"has_errors": bool(problem), "errors": [problem] if problem else []}
    return render(request, "organisations/deletion.html", content | more, status=UNPROCESSABLE if problem else 200)


def done(request: HttpRequest, sentence: str, url: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(url)


def refused(request: HttpRequest, sentence: str, url: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(url)

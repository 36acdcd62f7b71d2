"""The guide's first page and its three steps, one page each. Nothing is stored: what is answered goes along to the next page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from varn.catalogues.riskguide import guide
from varn.riskguide.assessment.statements import STEPS, Statement, statements
from varn.riskguide.assessment.views.pages import language, option_text
from varn.riskguide.guest.drafts import TITLE_LENGTH, Draft, OffScale, with_matter, with_step
from varn.riskguide.guest.operations import DAYS
from varn.riskguide.guest.views.carrying import carried, field_of, give
from varn.tenancy.access import PUBLIC_ONLY, public
from varn.ui.templatetags.ui import Problem


@require_safe
@public(roles=PUBLIC_ONLY, is_cacheable=True)
def guide_start(request: HttpRequest) -> HttpResponse:
    """What the guide is and what is stored: the same bytes for everyone, and no cookie."""
    edition = guide()
    steps = [(one.title, one.intro) for one in (edition.step1, edition.step2, edition.step3)]
    context = {
        "guide_steps": [(title.in_language(language()), intro.in_language(language())) for title, intro in steps],
        "guide_note": edition.meta.source_note.in_language(language()),
        "days": DAYS,
    }
    return render(request, "riskguide/guest/start.html", context)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its answers as radio buttons: `choices` are value, text and whether it is chosen."""

    name: str
    text: str
    choices: tuple[tuple[str, str, bool], ...]
    part: str = ""
    is_short: bool = False
    problem: str = ""

    @property
    def first(self) -> str:
        """The id of its first radio button, for the error summary."""
        return f"{self.key}-0"

    @property
    def key(self) -> str:
        return self.name.replace(".", "-")


@require_http_methods(["GET", "HEAD", "POST"])
@public(roles=PUBLIC_ONLY)
def guide_matter(request: HttpRequest) -> HttpResponse:
    """What the matter is called, and step 1."""
    draft = carried(request)
    if request.method != "POST":
        return _matter_page(request, draft)
    try:
        draft = with_matter(draft, request.POST.dict())
    except OffScale:
        return _matter_page(request, draft, [Problem(_off_scale())])
    if problems := list(_matter_problems(draft)):
        return _matter_page(request, draft, problems)
    return _onward(request, draft, 2)


def _matter_problems(draft: Draft) -> Iterator[Problem]:
    if not draft.title:
        yield Problem(_("Skriv vad ärendet kallas."), "#title")
    if len(draft.title) > TITLE_LENGTH:
        yield Problem(_("Korta ärendets namn till högst %(most)s tecken.") % {"most": TITLE_LENGTH}, "#title")
    if not (draft.own_judgement or draft.step1):
        yield Problem(_("Välj en nivå, eller svara på minst en av de sex frågorna."), "#own_judgement-0")


def _matter_page(request: HttpRequest, draft: Draft, problems: list[Problem] | None = None) -> HttpResponse:
    edition, problems = guide(draft.edition), problems or []
    names = [(answer.id.value, answer.text.in_language(language())) for answer in edition.step1.answer]
    levels = [(row.id.value, row.text.in_language(language())) for row in edition.level]
    context = {
        "draft": draft,
        "carried": field_of(draft),
        "judgement": Asked("own_judgement", _("Vad säger din erfarenhet?"), _chosen(levels, draft.own_judgement), is_short=True),
        "questions": [
            Asked(
                f"q-{question.id}",
                question.text.in_language(language()),
                _chosen([*names, ("", _("Obesvarad"))], draft.step1.get(question.id, "")),
                is_short=True,
            )
            for question in edition.step1.question
        ],
        "title_problem": next((one.text for one in problems if one.url == "#title"), ""),
        "level_problem": next((one.text for one in problems if one.url == "#own_judgement-0"), ""),
        "title_length": TITLE_LENGTH,
        "errors": problems,
        "has_errors": bool(problems),
    }
    return render(request, "riskguide/guest/matter.html", context, status=422 if problems else 200)


def _chosen(options: list[tuple[str, str]], given: str) -> tuple[tuple[str, str, bool], ...]:
    return tuple((value, text, value == given) for value, text in options)


@require_http_methods(["GET", "HEAD", "POST"])
@public(roles=PUBLIC_ONLY)
def guide_step(request: HttpRequest, step: int) -> HttpResponse:
    """The statements of step 2 or 3. Somebody who comes without the step before is shown there."""
    draft = carried(request)
    if step not in STEPS:
        return redirect(reverse("guide_matter"))
    if request.method == "POST":
        try:
            draft = with_step(draft, step, request.POST.dict())
        except OffScale:
            return _step_page(request, draft, step, [Problem(_off_scale())])
    if not draft.is_begun:
        return give(redirect(reverse("guide_matter")), draft)
    if step == 3 and not draft.is_whole(2):
        return give(redirect(reverse("guide_step", args=[2])), draft)
    if request.method != "POST":
        return _step_page(request, draft, step)
    if request.POST.get("go") == "step" and (missing := list(draft.missing(step))):
        return _step_page(request, draft, step, _missing(missing))
    return _onward(request, draft, step + 1)


def _missing(statements: list[Statement]) -> list[Problem]:
    said = _("Svara på påstående %(n)s. ”Vet inte” är också ett svar.")
    return [Problem(said % {"n": one.n}, f"#{one.code.replace('.', '-')}-0") for one in statements]


def _step_page(request: HttpRequest, draft: Draft, step: int, problems: list[Problem] | None = None) -> HttpResponse:
    edition, asked, problems = guide(draft.edition), statements(step, draft.edition), problems or []
    texts = edition.step2 if step == 2 else edition.step3
    at = {problem.url: _("Det här är inte besvarat.") for problem in problems}
    n_left = len(asked) - draft.n_given(step)
    context = {
        "draft": draft,
        "step": step,
        "carried": field_of(draft),
        "heading": texts.title.in_language(language()),
        "intro": texts.intro.in_language(language()),
        "questions": list(_questions(asked, draft, at)),
        "time": ngettext("%(n)s påstående", "%(n)s påståenden", len(asked)) % {"n": len(asked)},
        "n_left": n_left,
        "errors": problems,
        "has_errors": bool(problems),
    }
    return render(request, "riskguide/guest/step.html", context, status=422 if problems else 200)


def _questions(asked: tuple[Statement, ...], draft: Draft, at: Mapping[str, str]) -> Iterator[Asked]:
    before = None
    for one in asked:
        given = str(draft.joint[one.code]) if one.code in draft.joint else None
        key = one.code.replace(".", "-")
        yield Asked(
            one.code,
            f"{one.n}. {one.text.in_language(language())}",
            tuple((str(value), option_text(one, value), str(value) == given) for value in one.values),
            part="" if before == one.part else one.part.in_language(language()),
            problem=at.get(f"#{key}-0", ""),
        )
        before = one.part


def _onward(request: HttpRequest, draft: Draft, step: int) -> HttpResponse:
    """To the next step, or to the result: whichever button was pressed."""
    is_step = request.POST.get("go") == "step" and step in STEPS
    return give(redirect(reverse("guide_step", args=[step]) if is_step else reverse("guide_result")), draft)


def _off_scale() -> str:
    return _("Ett svar fanns inte på skalan. Inget av det du just skickade är med. Välj bland svaren på sidan.")


def unfinished(draft: Draft) -> list[dict[str, Any]]:
    """Steps with some answers but not all: they are not counted yet."""
    return [
        {"step": step, "n": draft.n_given(step), "all": len(statements(step, draft.edition))}
        for step in STEPS
        if draft.n_given(step) and not draft.is_whole(step)
    ]

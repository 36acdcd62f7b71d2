"""What the guide is, for whoever wants to know before trusting it."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varn.catalogues.riskguide import guide
from varn.organisations.middleware import MemberRequest
from varn.organisations.rights import Right
from varn.riskguide.wording import level_name
from varn.tenancy.access import needs


@require_safe
@needs(Right.MATTER_READ)
def about(request: MemberRequest) -> HttpResponse:
    language, edition = get_language() or "sv", guide()
    step = edition.step1
    floors = [(question, question.floor_on_yes) for question in step.question if question.floor_on_yes]
    context = {
        "guest_url": settings.PUBLIC_URL + reverse("guide"),
        "meta": edition.meta,
        "guide_note": edition.meta.source_note.in_language(language),
        "privacy_note": edition.meta.privacy_note.in_language(language),
        "levels": [(row.id.value, row.review_days) for row in edition.level],
        "guide_steps": [
            (one.title.in_language(language), one.intro.in_language(language), one.who.in_language(language))
            for one in (edition.step1, edition.step2, edition.step3)
        ],
        "questions": [question.text.in_language(language) for question in step.question],
        "answers": [(answer.text.in_language(language), step.points[answer.id]) for answer in step.answer],
        "moderate_min": step.moderate_min,
        "high_min": step.high_min,
        "most": len(step.question) * max(step.points.values()),
        "unknown_min": step.unknown_moderate_min,
        "floors": [(question.text.in_language(language), level_name(floor, edition, language)) for question, floor in floors],
    }
    return render(request, "riskguide/about.html", context)

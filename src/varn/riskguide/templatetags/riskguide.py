"""Catalogue texts in the page's language, and the names of levels in running text."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from varn.catalogues.riskguide_steps import Next
from varn.catalogues.text import Text
from varn.riskguide.queries import Line
from varn.ui.templatetags.ui import level_label

register = template.Library()


@register.simple_tag
def text(value: Text) -> str:
    return value.in_language(get_language() or "sv")


@register.filter
def level_word(level: str) -> str:
    """As it stands inside a sentence."""
    return level_label(level).lower()


@register.filter
def domain(address: str) -> str:
    """The host and last part of an address, short enough to read."""
    parts = urlsplit(address)
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    return f"{parts.hostname} … {last}" if last else str(parts.hostname)


@register.simple_tag
def outcome_cell(line: Line, base_url: str, *, may_sort: bool) -> SafeString:
    """What the judgement leads to, and why. In Python, since a table asks for hundreds and every keystroke for one: a
    template takes five times as long. `base_url` is the table's; the page's script puts the same in when a row is saved."""
    return SafeString("".join([*_next_step(line, base_url), *(_ways_on(line, base_url) if may_sort else ())]))


def _next_step(line: Line, base_url: str) -> Iterator[str]:
    outcome = line.outcome
    if outcome is None:
        return
    is_shown = outcome.is_raised or not line.value  # else the chosen level stands beside
    level = render_to_string("ui/level.html", {"level": outcome.level}) + " " if is_shown else ""
    said: str = escape(outcome.next_step)
    if outcome.next_code is not Next.STOP:  # steps 2 and 3 begin on the matter's page, beside the agendas'
        said = f'<a href="{base_url.rsplit("/", 2)[0]}/arende/{line.screening.matter_id}/">{said}</a>'
    yield f'<strong class="next {outcome.level}">{level}{said}</strong>'
    if line.has_answers:
        yield f"<small>{escape(outcome.reason)}</small>"
    if line.screening.judged_at:
        when = date_format(localtime(line.screening.judged_at), "j b H:i")
        yield f'<small class="who">{escape(line.who)} {when}</small>'


def _ways_on(line: Line, base_url: str) -> Iterator[str]:
    short = escape(line.short)
    words = gettext("Svaren") if line.has_answers else gettext("Frågor") if line.outcome else gettext("Osäker? Frågor")
    about = gettext("om %(label)s") % {"label": short}
    questions = f"{base_url}{line.key}/fragor/"
    yield f'<span class="row-links"><a href="{questions}" data-questions>{words}<span class="vh"> {about}</span></a>'
    if line.value:
        undo = gettext("Ångra")
        yield (
            f' <button type="submit" class="undo" form="one" name="set" value="{line.key}::{line.base}" data-pick-clear>'
            f'{undo}<span class="vh"> {short}</span></button>'
        )
    yield "</span>"

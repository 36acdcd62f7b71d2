"""Catalogue texts in the page's language, and the names of levels in running text."""

from urllib.parse import urlsplit

from django import template
from django.utils.translation import get_language

from varn.catalogues.text import Text
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

"""Controls that look like the rest of Värn; ordinary widgets need nothing from here."""

from collections.abc import Mapping
from typing import Any

from django.forms import DateInput, RadioSelect, Select
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class CardRadio(RadioSelect):
    """A choice made once, as large cards; `hints` says by value what follows from each."""

    template_name = "ui/widgets/cards.html"

    def __init__(self, hints: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option with the line that says what follows."""
        return {**super().create_option(name, value, *args, **kwargs), "hint": self.hints.get(str(value), "")}


class DayInput(DateInput):
    """The browser's own calendar; the value is always ISO, as `type=date` demands."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LongSelect(Select):
    """A drop-down list that may have hundreds of choices: written at once, where Django renders a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs)["widget"]
        groups = [self._group(label, options) for label, options, _ in context["optgroups"]]
        pairs = [(key, "" if given is True else given) for key, given in context["attrs"].items() if given not in {False, None}]
        written = format_html_join("", ' {}="{}"', pairs)
        return format_html(
            '<select name="{}"{}>{}</select>', context["name"], written, format_html_join("", "{}", ((it,) for it in groups))
        )

    def _group(self, label: Any, options: list[dict[str, Any]]) -> SafeString:
        rows = ((it["value"], SafeString(" selected") if it["selected"] else "", it["label"]) for it in options)
        written = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html('<optgroup label="{}">{}</optgroup>', label, written) if label else written

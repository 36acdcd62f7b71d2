"""Controls that look like the rest of Värn; ordinary widgets need nothing from here."""

from collections.abc import Mapping
from typing import Any

from django.forms import DateInput, RadioSelect


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

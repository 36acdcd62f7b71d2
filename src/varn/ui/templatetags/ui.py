"""What templates need beyond Django's own: words for levels, telephone links, the parts of a form field."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django import template
from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, DateField, Field, widgets
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

register = template.Library()


class Problem(NamedTuple):
    """One line of the error summary; `url` is empty where there is no field to go to."""

    text: str
    url: str = ""


@register.filter
def level_label(level: str | None) -> str:
    """The word for low, moderate or high; anything else is not judged."""
    match level:  # one look-up only: a table asks for hundreds
        case "low":
            return pgettext("risknivå", "Låg")
        case "moderate":
            return pgettext("risknivå", "Måttlig")
        case "high":
            return pgettext("risknivå", "Hög")
    return pgettext("risknivå", "Ej bedömd")


@register.filter
def word_in(code: str, words: Mapping[str, str]) -> str:
    """The word for a code: a long table looks each up once, beforehand."""
    return words[code]


@register.filter
def phone_href(number: str) -> str:
    """`tel:` with digits and a leading plus only: "0555-123 45" → tel:055512345."""
    return "tel:" + re.sub(r"(?!^\+)\D", "", str(number).strip())


@register.filter
def is_tick(field: BoundField) -> bool:
    """True for a single tick box, whose label stands after it."""
    return isinstance(field.field.widget, widgets.CheckboxInput)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control itself. Typed text is kept out of the browser's own memory unless the form says what to remember:
    people report from shared computers."""
    widget = field.field.widget
    attrs: dict[str, str | bool] = {}
    if isinstance(widget, widgets.TextInput | widgets.Textarea) and "autocomplete" not in widget.attrs:
        attrs["autocomplete"] = "off"
    if isinstance(widget, widgets.NumberInput):
        attrs["inputmode"] = "numeric"
    if isinstance(widget, widgets.DateInput) and "placeholder" not in widget.attrs and widget.input_type == "text":
        attrs["placeholder"] = gettext("åååå-mm-dd")
    return field.as_widget(attrs=attrs)


def _target(field: BoundField) -> str:
    """Where the summary's link goes: the control, or the first of a group's."""
    return f"#{field.id_for_label or f'{field.auto_id}_0'}"


@register.filter
def said(field: BoundField) -> list[str]:
    """A field's errors as sentences that say what to do. Django's own say only what is wrong; a form's own are left alone."""
    found = ((_mended(field, error), error.messages) for error in field.errors.as_data())
    return [text for mended, messages in found for text in ([mended] if mended else messages)]


def _mended(field: BoundField, error: ValidationError) -> str:
    if error.code == "required" and error.message == Field.default_error_messages["required"]:
        is_choice = isinstance(field.field.widget, widgets.ChoiceWidget)
        return gettext("Välj ett av alternativen.") if is_choice else gettext("Fyll i det här.")
    if error.code == "invalid" and error.message == DateField.default_error_messages["invalid"]:
        return gettext("Skriv dagen som år, månad och dag, till exempel 2026-12-09.")
    return ""


def _form_problems(form: BaseForm) -> Iterator[Problem]:
    yield from (Problem(str(text)) for text in form.non_field_errors())
    for field in form.hidden_fields():
        yield from (Problem(str(text)) for text in field.errors)
    for field in form.visible_fields():
        name = f"{field.label.rstrip(' ?:')}: " if field.label else ""
        yield from (Problem(f"{name}{text}", _target(field)) for text in said(field))


@register.simple_tag
def problems(form: BaseForm | None, extra: Iterable[str | Problem] | None = None) -> list[Problem]:
    """Every error of a form in the fields' order, after those handed over in `extra`."""
    found = [p if isinstance(p, Problem) else Problem(str(p)) for p in extra or ()]
    return found + (list(_form_problems(form)) if isinstance(form, BaseForm) else [])


@register.filter
def page_range(page: "Page[Any]") -> Iterable[int | str]:
    """Page numbers with an ellipsis where many are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)

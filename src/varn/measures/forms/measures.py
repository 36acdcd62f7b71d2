"""Forms about a measure: the plan's part of it, how it goes, and which other system follows it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from varn.measures.actions.measures import ELSEWHERE_FIELDS, FOLLOW_FIELDS, PLAN_FIELDS
from varn.measures.duties import assignable, duty_name
from varn.measures.models import Measure
from varn.organisations.forms.names import PersonField
from varn.organisations.forms.rows import RowForm, own_field
from varn.organisations.models import Person
from varn.ui.forms import CardRadio, DayInput, LongSelect


class PlanForm(RowForm):
    person = PersonField(
        label=_("Ansvarig person"),
        queryset=None,
        widget=LongSelect,
        required=False,
        help_text=_("Personen ser åtgärden, och får en påminnelse i tid."),
    )
    duty_role = forms.ChoiceField(
        label=_("eller ansvarig roll"),
        required=False,
        help_text=_("När den som har rollen byts följer åtgärden med. Välj en person eller en roll, inte båda."),
    )

    class Meta:
        model = Measure
        formfield_callback = own_field
        fields = PLAN_FIELDS
        widgets = {"what": forms.Textarea({"rows": 2}), "why": forms.Textarea({"rows": 3}), "due_on": DayInput}
        help_texts = {
            "what": _("En sak som går att bocka av. Skriv inte namn på privatpersoner eller utsatta: planen läses av flera."),
            "why": _("Vad ska bli bättre?"),
        }


def empty_is(form: forms.BaseForm, name: str, words: str) -> None:
    """What an unanswered choice says, instead of a row of dashes."""
    field = form.fields[name]
    field.choices = [(value, words if value == "" else label) for value, label in field.choices]  # type: ignore[attr-defined]


def plan_form(*args: Any, people: Any, is_hidden: Callable[[Person], bool], **kwargs: Any) -> PlanForm:
    form = PlanForm(*args, **kwargs)
    form.fields["person"].queryset = people  # type: ignore[attr-defined]
    form.fields["person"].is_hidden = is_hidden  # type: ignore[attr-defined]
    form.fields["person"].empty_label = _("Ingen person vald")  # type: ignore[attr-defined]
    empty_is(form, "phase", gettext("Hör inte till något beslut"))
    form.fields["duty_role"].choices = duty_choices(form.instance.duty_role)  # type: ignore[attr-defined]
    return form


def duty_choices(current: str = "") -> list[tuple[str, Any]]:
    """Roles a measure may rest on, and the one it rests on if the catalogue no longer has it."""
    roles = [(code, name.in_language(get_language() or "sv")) for code, name in assignable()]
    if current and not duty_name(current):
        roles.append((current, current))
    return [("", _("Ingen roll vald")), *roles]


class FollowForm(RowForm):
    class Meta:
        model = Measure
        fields = FOLLOW_FIELDS
        widgets = {
            "state": CardRadio(
                {
                    "planned": _("Inget är gjort än."),
                    "ongoing": _("Någon arbetar med den."),
                    "done": _("Den är genomförd. Säg gärna om den hjälpte."),
                    "dropped": _("Den blir inte av. Skriv varför."),
                }
            ),
            "note": forms.Textarea({"rows": 4}),
        }
        help_texts = {
            "dropped_because": _("Bara om den avskrivs."),
            "note": _("Vad som gjordes och vad ni lärde er. Inga namn på privatpersoner eller utsatta."),
            "effect": _("När den är klar. Går att fylla i senare."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty_is(self, "effect", pgettext("åtgärd", "Ingen har sagt"))


class ElsewhereForm(RowForm):
    class Meta:
        model = Measure
        fields = ELSEWHERE_FIELDS
        help_texts = {
            "elsewhere": _(
                "System och nummer där den följs upp, till exempel ”Verksamhetsplanen, rad 14”. "
                "Så länge det står något här visas åtgärden bara, utan att kunna ändras. Töm rutan för att ta bort markeringen."
            )
        }

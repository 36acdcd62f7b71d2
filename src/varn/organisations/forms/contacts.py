"""Forms about contact ways, office hours and the duty list."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varn.organisations.actions.contacts import HOURS_FIELDS, TURN_FIELDS, WAY_FIELDS
from varn.organisations.forms.names import PersonField
from varn.organisations.forms.rows import RowForm, own_field
from varn.organisations.models import ContactWay, DutyTurn, OfficeHours, Person
from varn.ui.forms import DayInput


class WayForm(RowForm):
    class Meta:
        model = ContactWay
        fields = WAY_FIELDS
        help_texts = {
            "label_sv": _("Till exempel Säkerhetssamordnaren. Visas för alla, också utan inloggning: skriv ingens namn."),
            "phone": _("Så som numret ska visas, till exempel 0555-123 45."),
            "position": _("Lägst tal visas först."),
        }

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not re.fullmatch(r"\+?[\d\s()/–-]{3,30}", phone):
            raise forms.ValidationError(gettext("Skriv ett telefonnummer med siffror, mellanslag och bindestreck."))
        return phone


class ClockInput(forms.TimeInput):
    """The browser's own clock; the value is always HH:MM, as `type=time` demands."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class HoursForm(RowForm):
    class Meta:
        model = OfficeHours
        fields = HOURS_FIELDS
        widgets = dict.fromkeys(HOURS_FIELDS, ClockInput)
        help_texts = {
            "eve_closes_at": _(
                "Om ni stänger tidigare en vardag före en röd dag. "
                "Midsommarafton, julafton och nyårsafton räknas alltid som stängda."
            )
        }


class TurnForm(RowForm):
    way: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Kontaktväg"), queryset=None)
    person = PersonField(label=_("Har jouren"), queryset=None)
    deputy = PersonField(label=_("Ersättare"), queryset=None, required=False)

    class Meta:
        model = DutyTurn
        formfield_callback = own_field
        fields = TURN_FIELDS
        widgets = {"starts_on": DayInput, "ends_on": DayInput}


def turn_form(*args: Any, ways: Any, people: Any, is_hidden: Callable[[Person], bool], **kwargs: Any) -> TurnForm:
    form = TurnForm(*args, **kwargs)
    form.fields["way"].queryset = ways  # type: ignore[attr-defined]
    for name in ("person", "deputy"):
        form.fields[name].queryset = people  # type: ignore[attr-defined]
        form.fields[name].is_hidden = is_hidden  # type: ignore[attr-defined]
    return form

"""How a matter ended, and what becomes of its working material."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.riskguide.models import Closing
from varn.ui.forms import CardRadio, DayInput


class CloseForm(forms.Form):
    """`today` is proposed as the day."""

    row_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    outcome = forms.ChoiceField(label=_("Vad hände?"), choices=Closing.Outcome.choices, widget=CardRadio())
    measures_helped = forms.ChoiceField(label=_("Hjälpte åtgärderna?"), choices=Closing.Helped.choices, widget=CardRadio())
    closed_on = forms.DateField(label=_("När avslutades ärendet?"), widget=DayInput)
    lesson = forms.CharField(
        label=_("Vad lärde ni er?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Skriv om ärendet och arbetet, inte om människor."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("row_id", uuid4())
        self.initial.setdefault("closed_on", today)
        self.fields["outcome"].error_messages["required"] = _("Välj vad som hände.")
        self.fields["measures_helped"].error_messages["required"] = _("Välj om åtgärderna hjälpte.")

    def clean_row_id(self) -> UUID:
        given: UUID | None = self.cleaned_data["row_id"]
        return given or uuid4()


class FileForm(forms.Form):
    """To the file: the number that the record gets in the register."""

    register_number = forms.CharField(label=_("Diarienummer"), max_length=40)
    recorded_on = forms.DateField(label=_("Inkommen eller upprättad"), widget=DayInput)

    def __init__(self, *args: Any, today: date, proposed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("register_number", proposed)
        self.initial.setdefault("recorded_on", today)
        self.fields["register_number"].error_messages["required"] = _("Skriv numret som handlingen får i diariet.")


class ClearForm(forms.Form):
    """Clearing rests on a decision: without one everything is kept."""

    rule = forms.CharField(
        label=_("Vilket beslut om gallring gäller?"),
        max_length=200,
        help_text=_("Till exempel nämndens dokumenthanteringsplan, med dag och diarienummer."),
    )
    sure = forms.BooleanField(label=_("Jag förstår att svar, anteckningar och vem som bedömde inte går att få tillbaka."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].error_messages["required"] = _(
            "Skriv vilket beslut gallringen grundar sig på. Utan beslut sparas allt."
        )
        self.fields["sure"].error_messages["required"] = _("Kryssa i att du vill rensa.")

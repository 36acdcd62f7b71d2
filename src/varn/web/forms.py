"""What an auditor asks of the trail."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from varn.audit.queries import Choice
from varn.organisations.rights import Member
from varn.ui.forms import CardRadio, DayInput
from varn.web.queries import people_named
from varn.web.trailwords import ACTORS, PURPOSE_HINTS, PURPOSES, texts

# "KS 2026/0123", "SÄN-2026:17", "2026/41": letters of the authority, year, running number, and what hangs on it.
REGISTER_NUMBER = re.compile(r"(?:[A-Za-zÅÄÖåäö]{1,10}[ -]?)?\d{4}[/:-]\d{1,6}(?:-\d{1,4})?")


class TrailFilter(forms.Form):
    """What of the trail to show; everything may stay empty. Names in the address are short and Swedish."""

    fran = forms.DateField(label=_("Från och med"), required=False, widget=DayInput)
    till = forms.DateField(label=_("Till och med"), required=False, widget=DayInput)
    kod = forms.ChoiceField(label=_("Händelse"), required=False)
    slag = forms.ChoiceField(label=_("Vem handlade"), required=False)
    namn = forms.CharField(
        label=_("Personens namn"),
        required=False,
        max_length=100,
        help_text=_("Personer med skyddade uppgifter går inte att söka på namn."),
    )
    vem = forms.UUIDField(required=False, widget=forms.HiddenInput)
    vad = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "sv"
        every = [("", _("Alla"))]
        codes = sorted((text.in_language(language), code) for code, text in texts("code").items())
        self.fields["kod"].choices = every + [(code, label[:1].upper() + label[1:]) for label, code in codes]  # type: ignore[attr-defined]
        self.fields["slag"].choices = every + [(kind, text.in_language(language)) for kind, text in ACTORS.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("fran"), cleaned.get("till")
        if first and last and first > last:
            self.add_error("till", _("Sista dagen är före den första. Byt plats på dem."))
        return cleaned

    def choice(self, actor: Member, *, today: date) -> Choice:
        """Call it when the form is valid, within the organisation."""
        asked = self.cleaned_data
        actors = [asked["vem"]] if asked["vem"] else None
        if asked["namn"]:
            named = people_named(actor, asked["namn"], today=today)
            actors = [pk for pk in actors if pk in named] if actors else sorted(named)
        return Choice(asked["kod"], asked["slag"], actors, asked["vad"], asked["fran"], asked["till"])


class ExportForm(forms.Form):
    """Why the trail is taken out, and how."""

    purpose = forms.ChoiceField(label=_("Vad ska filen användas till?"))
    register_number = forms.CharField(
        label=_("Diarienummer"),
        required=False,
        max_length=30,
        help_text=_("För tillsynen, begäran eller utredningen, till exempel KS 2026/0123."),
    )
    file_format = forms.ChoiceField(
        label=_("Filformat"),
        choices=[("xlsx", _("Kalkylblad (.xlsx)")), ("csv", _("Text med semikolon (.csv)"))],
        initial="xlsx",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "sv"
        field = self.fields["purpose"]
        field.widget = CardRadio(hints={code: text.in_language(language) for code, text in PURPOSE_HINTS.items()})
        field.choices = [(code, text.in_language(language)) for code, text in PURPOSES.items()]  # type: ignore[attr-defined]

    def clean_register_number(self) -> str:
        number = " ".join(str(self.cleaned_data["register_number"]).split())
        if number and not REGISTER_NUMBER.fullmatch(number):
            raise forms.ValidationError(
                _("Skriv diarienumret som det står i diariet, till exempel KS 2026/0123, eller lämna tomt.")
            )
        return number

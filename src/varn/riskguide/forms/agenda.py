"""A new agenda: which meeting, and its text or file."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varn.organisations.incoming import FileRefused, Refusal
from varn.organisations.models import Body
from varn.riskguide.agenda import Agenda, read_agenda
from varn.riskguide.forms.refusals import refused
from varn.ui.forms import DayInput

REACH = timedelta(days=3 * 366)  # a day further away than this is a slip of the pen


class MeetingForm(forms.Form):
    """Body and day. `today` bounds the day; `bodies` are those of the organisation."""

    body = forms.ChoiceField(label=_("Vilket organ sammanträder?"))
    meets_on = forms.DateField(label=_("Vilken dag?"), widget=DayInput)

    def __init__(self, *args: Any, bodies: Iterable[Body], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in bodies}
        self.today = today
        choices = [(key, body.name) for key, body in self.bodies.items()]
        self.fields["body"].choices = [("", gettext("Välj organ")), *choices]  # type: ignore[attr-defined]
        self.fields["body"].error_messages["invalid_choice"] = _("Organet finns inte. Välj ett i listan.")
        self.fields["body"].error_messages["required"] = _("Välj vilket organ som sammanträder.")
        self.fields["meets_on"].error_messages["required"] = _("Skriv vilken dag sammanträdet är.")
        self.fields["meets_on"].error_messages["invalid"] = _("Skriv dagen som år-månad-dag, till exempel 2026-12-09.")

    def clean_body(self) -> Body | None:
        return self.bodies.get(self.cleaned_data["body"])

    def clean_meets_on(self) -> date | None:
        day: date | None = self.cleaned_data["meets_on"]
        if day and abs(day - self.today) > REACH:
            raise forms.ValidationError(_("Dagen ligger mer än tre år bort. Kontrollera årtalet."))
        return day


class Either(forms.BoundField):
    """One of two fields that are needed together: neither is marked as one that may be left out."""

    def css_classes(self, extra_classes: Any = None) -> str:
        return super().css_classes("either")


class AgendaForm(MeetingForm):
    """`reading` is what was read. Body and day may be left to what the agenda itself says."""

    text = forms.CharField(
        label=_("Klistra in dagordningen"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("Hela kallelsen går bra. Ärendena delas upp på nästa sida, där du kan ändra allt."),
    )
    file = forms.FileField(
        label=_("Eller välj en fil"),
        required=False,
        allow_empty_file=True,
        help_text=_("Word, PDF, Excel, CSV eller text, högst 10 MB. Filen läses och sparas inte."),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf,.xlsx,.csv"}),
    )
    field_order = ("text", "file", "body", "meets_on")

    def __init__(self, *args: Any, sent_bytes: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent_bytes = sent_bytes
        self.reading: Agenda | None = None
        for name in ("body", "meets_on"):
            self.fields[name].required = False
        for name in ("text", "file"):
            self.fields[name].bound_field_class = Either
        self.fields["body"].help_text = _("Lämna tomt om organ och dag står i dagordningen.")

    def clean(self) -> dict[str, Any]:
        """Reads the agenda, so that what cannot be read is said at the field it came from."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text") or ""
        if self.sent_bytes > settings.UPLOAD_MAX_BYTES and file is None:
            megabytes = -(-self.sent_bytes // 1_000_000)
            error = FileRefused(Refusal.TOO_LARGE, megabytes=megabytes, limit=settings.UPLOAD_MAX_BYTES // 1_000_000)
            self.add_error("file", refused(error))
        elif file is not None and text.strip():
            self.add_error("file", _("Du har både klistrat in text och valt en fil. Behåll det ena."))
        elif file is not None:
            self._read(file.read(), file.name, "file")
        elif not text.strip():
            self.add_error("text", _("Klistra in dagordningen eller välj en fil."))
        else:
            self._read(text.encode("utf-8", "replace"), "", "text")
        return self.cleaned_data

    def _read(self, content: bytes, name: str, field: str) -> None:
        try:
            self.reading = read_agenda(content, name)
        except FileRefused as error:
            self.add_error(field, refused(error))

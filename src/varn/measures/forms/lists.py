"""The plan's filter; what cannot be read narrows nothing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from varn.measures.duties import duty_name
from varn.measures.models import Measure
from varn.measures.queries.lists import ALL, ELSEWHERE, NOBODY, OVERDUE, Wanted
from varn.ui.forms import LongSelect

STATES: list[tuple[str, Any]] = [
    ("", pgettext_lazy("åtgärder", "Öppna")),
    (OVERDUE, pgettext_lazy("åtgärder", "Försenade")),
    *Measure.State.choices,
    (ELSEWHERE, pgettext_lazy("åtgärder", "Följs upp i annat system")),
    (ALL, pgettext_lazy("åtgärder", "Alla")),
]


class PlanFilterForm(forms.Form):
    q = forms.CharField(label=_("Ord i åtgärden"), required=False, max_length=80)
    lage = forms.ChoiceField(label=_("Läge"), required=False, choices=STATES)
    ansvarig = forms.ChoiceField(label=_("Ansvarig"), required=False, widget=LongSelect)
    ursprung = forms.ChoiceField(
        label=_("Ursprung"), required=False, choices=[("", pgettext_lazy("ursprung", "Alla")), *Measure.Origin.choices]
    )

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], duties: Iterable[str], **kwargs: Any) -> None:
        """`people`: id and name as the reader may see it."""
        super().__init__(*args, **kwargs)
        language = get_language() or "sv"
        named = [(duty, name.in_language(language) if (name := duty_name(duty)) else duty) for duty in duties]
        choices = [("", _("Alla")), (NOBODY, _("Utan ansvarig")), (_("Personer"), list(people)), (_("Roller"), named)]
        self.fields["ansvarig"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        self.is_valid()
        given = self.cleaned_data
        return Wanted(given.get("q", ""), given.get("lage", ""), given.get("ursprung", ""), given.get("ansvarig", ""))

"""Forms about people: themselves, their mandates, access roles, and the list's filter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from varn.organisations.actions.mandates import MANDATE_FIELDS
from varn.organisations.actions.people import PERSON_FIELDS
from varn.organisations.forms.rolewords import ROLE_HINTS, ROLE_LABELS
from varn.organisations.forms.rows import RowForm, own_field
from varn.organisations.models import Mandate, Person
from varn.organisations.queries.people import PeopleFilter
from varn.organisations.rights import NEED_TWO, Role, grantable
from varn.organisations.terms import OrganisationKind
from varn.ui.forms import CardRadio, DayInput

# A considerable part of full time (kommunallagen 4:18 a) has no number in law; 40 % is the limit many have in
# their rules for fees (unverified), hence advice and never a rule.
PROBABLY_COVERED_PERCENT = 40


class PersonForm(RowForm):
    class Meta:
        model = Person
        fields = PERSON_FIELDS
        help_texts = {
            "email": _("Hit skickas inbjudan. Organisationens egen adress är bäst."),
            "phone": _("Telefon i uppdraget. Värn har ingen plats för hemadress eller personnummer."),
            "is_protected": _(
                "Kontaktuppgifter och uppdrag visas då bara för personen själv och för den som sköter personuppgifterna. "
                "De kommer inte med i listor, sökningar och utskick."
            ),
        }


class LastDayForm(forms.Form):
    """The last day of a person's time here, or of a mandate."""

    last_day = forms.DateField(label=_("Sista dag"), widget=DayInput)


class MandateForm(RowForm):
    body: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Organ"), queryset=None)
    party: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=_("Parti"), queryset=None, required=False)

    class Meta:
        model = Mandate
        formfield_callback = own_field
        fields = MANDATE_FIELDS
        widgets = {"starts_on": DayInput, "ends_on": DayInput}
        help_texts = {
            "ends_on": _("Tomt om uppdraget gäller tills vidare. Det som följer av uppdraget upphör dagen efter."),
            "full_time_percent": _("0 för den som bara har sammanträdesarvode."),
            "is_covered_by_18a": _(
                "Förtroendevalda på heltid eller en betydande del av heltid. Lagen anger ingen procentsats. "
                "Ett riktmärke är 40 procent (ej verifierat); er egen bedömning gäller."
            ),
        }


class GrantForm(forms.Form):
    """`kind` decides which roles there are; what each opens is said in plain words."""

    role = forms.ChoiceField(label=_("Behörighet"))
    starts_on = forms.DateField(label=_("Från och med"), widget=DayInput)
    ends_on = forms.DateField(
        label=_("Till och med"), widget=DayInput, required=False, help_text=_("Tomt om den gäller tills vidare.")
    )

    def __init__(self, *args: Any, kind: OrganisationKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = grantable(kind)
        field = self.fields["role"]
        field.widget = CardRadio(hints={role.value: _hint(role) for role in roles})
        field.choices = [(role.value, ROLE_LABELS[role]) for role in roles]  # type: ignore[attr-defined]


def _hint(role: Role) -> str | Promise:
    """What a role opens, and that nobody gives a strong one alone."""
    return format_lazy("{} {}", ROLE_HINTS[role], _("En annan person ska bekräfta.")) if role in NEED_TWO else ROLE_HINTS[role]


class PeopleFilterForm(forms.Form):
    """The list's filter; what cannot be read narrows nothing."""

    q = forms.CharField(label=_("Namn"), required=False, max_length=80)
    organ: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Organ"), queryset=None, required=False, empty_label=_("Alla organ")
    )
    parti: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Parti"), queryset=None, required=False, empty_label=_("Alla partier")
    )
    roll = forms.ChoiceField(label=_("Roll"), required=False, choices=[("", _("Alla roller")), *Mandate.Role.choices])
    behorighet = forms.ChoiceField(label=_("Behörighet"), required=False)
    konto = forms.ChoiceField(
        label=_("Har gått med"), required=False, choices=[("", _("Alla")), ("yes", _("Ja")), ("no", _("Nej"))]
    )
    lage = forms.ChoiceField(
        label=_("Läge"), required=False, choices=[("current", _("Aktuella")), ("ended", _("Har slutat")), ("all", _("Alla"))]
    )

    def __init__(self, *args: Any, kind: OrganisationKind, bodies: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["parti"].queryset = parties  # type: ignore[attr-defined]
        roles = [("", _("Alla behörigheter")), *((role.value, ROLE_LABELS[role]) for role in grantable(kind))]
        self.fields["behorighet"].choices = roles  # type: ignore[attr-defined]

    def wanted(self) -> PeopleFilter:
        self.is_valid()
        given = self.cleaned_data
        body, party = given.get("organ"), given.get("parti")
        return PeopleFilter(
            words=given.get("q", ""),
            body=body.pk if body else None,
            party=party.pk if party else None,
            seat=given.get("roll", ""),
            access=given.get("behorighet", ""),
            account=given.get("konto", ""),
            state=given.get("lage") or "current",
        )


def mandate_form(*args: Any, bodies: Any, parties: Any, **kwargs: Any) -> MandateForm:
    form = MandateForm(*args, **kwargs)
    form.fields["body"].queryset = bodies  # type: ignore[attr-defined]
    form.fields["party"].queryset = parties  # type: ignore[attr-defined]
    return form

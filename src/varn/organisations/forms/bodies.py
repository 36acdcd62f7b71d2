"""Forms about bodies and parties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.organisations.actions.bodies import BODY_FIELDS
from varn.organisations.actions.parties import PARTY_FIELDS
from varn.organisations.forms.names import PersonField
from varn.organisations.forms.rows import RowForm, own_field
from varn.organisations.models import Body, Party, Person
from varn.organisations.terms import BodyKind, term_on
from varn.ui.forms import DayInput


class BodyForm(RowForm):
    """A term left empty is the ordinary one for the kind, on `today`."""

    today: date
    term_starts_on = forms.DateField(label=_("Mandattiden börjar"), widget=DayInput, required=False)
    term_ends_on = forms.DateField(
        label=_("Mandattiden slutar"),
        widget=DayInput,
        required=False,
        help_text=_("Lämna tomt för den vanliga: fullmäktige från 15 oktober, övriga från 1 januari efter valet."),
    )

    class Meta:
        model = Body
        fields = BODY_FIELDS
        help_texts = {"is_authority": _("Nämnden för eget diarium och svarar själv för sina allmänna handlingar.")}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("kind"):
            term = term_on(BodyKind(given["kind"]), self.today)
            given["term_starts_on"] = given.get("term_starts_on") or term.starts_on
            given["term_ends_on"] = given.get("term_ends_on") or term.ends_on
        return given


class PartyForm(RowForm):
    group_leader = PersonField(label=_("Gruppledare"), queryset=None, required=False)
    safety_contact = PersonField(
        label=_("Trygghetskontakt"),
        queryset=None,
        required=False,
        help_text=_("Den i partiet som stöttar vid hot och hat. Gruppledare och trygghetskontakt behöver inte vara valda."),
    )

    class Meta:
        model = Party
        formfield_callback = own_field
        fields = PARTY_FIELDS
        help_texts = {"abbreviation": _("Kort, som på dagordningen.")}


def body_form(*args: Any, today: date, **kwargs: Any) -> BodyForm:
    form = BodyForm(*args, **kwargs)
    form.today = today
    return form


def party_form(*args: Any, people: Any, is_hidden: Callable[[Person], bool], **kwargs: Any) -> PartyForm:
    form = PartyForm(*args, **kwargs)
    for name in ("group_leader", "safety_contact"):
        form.fields[name].queryset = people  # type: ignore[attr-defined]
        form.fields[name].is_hidden = is_hidden  # type: ignore[attr-defined]
    return form

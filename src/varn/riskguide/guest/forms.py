"""A clerk takes over what somebody assessed without an account."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from varn.organisations.models import Body, Matter
from varn.organisations.queries.bodies import bodies_for
from varn.organisations.rights import Member
from varn.riskguide.guest.queries import open_matters
from varn.ui.forms import LongSelect

_LONGEST = 300  # characters of a link, or of what somebody pasted instead


class AdoptForm(forms.Form):
    """The link as pasted, or its token alone; an existing matter, or a body for a new one."""

    link = forms.CharField(
        label=_("Länken till bedömningen"),
        max_length=_LONGEST,
        help_text=_("Den som gjorde bedömningen fick länken när den sparades. Klistra in hela."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    matter = forms.TypedChoiceField(
        label=_("Ärende"),
        required=False,
        coerce=UUID,
        empty_value=None,
        widget=LongSelect,
        help_text=_("Finns ärendet redan? Välj det."),
    )
    body: "forms.ModelChoiceField[Body]" = forms.ModelChoiceField(
        label=_("Organ för ett nytt ärende"),
        required=False,
        queryset=None,
        empty_label=_("Välj organ"),
        help_text=_("Behövs bara för ett nytt ärende. Det får bedömningens namn."),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matters: dict[UUID, Matter] = {matter.pk: matter for matter in open_matters(member)}
        named = [(str(one.pk), f"{one.title} ({one.body.name})") for one in self.matters.values()]
        self.fields["matter"].choices = [("", _("Nytt ärende")), *named]  # type: ignore[attr-defined]
        self.fields["body"].queryset = bodies_for(member)  # type: ignore[attr-defined]
        self.fields["link"].error_messages["required"] = _("Klistra in länken.")

    def clean_link(self) -> str:
        """The token: what follows the last slash."""
        pasted = str(self.cleaned_data["link"]).strip()
        return urlsplit(pasted).path.rstrip("/").rpartition("/")[2]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("matter") and not cleaned.get("body") and "matter" not in self.errors and "body" not in self.errors:
            self.add_error("body", _("Välj vilket organ det nya ärendet hör till, eller välj ett ärende som finns."))
        return cleaned

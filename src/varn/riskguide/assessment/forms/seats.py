"""Who is asked to answer: a person here, or somebody by name with a link."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varn.organisations.models import Person


class PersonSeatForm(forms.Form):
    """`people` are those who may be asked."""

    person = forms.ChoiceField(label=_("Person i organisationen"))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        named = [(key, str(person)) for key, person in self.people.items()]
        self.fields["person"].choices = [("", gettext("Välj person")), *named]  # type: ignore[attr-defined]
        self.fields["person"].error_messages |= {
            "required": _("Välj vem som ska svara."),
            "invalid_choice": _("Personen är redan med eller finns inte här längre. Välj en annan."),
        }

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class LinkSeatForm(forms.Form):
    """Somebody without an account: the link is theirs by name."""

    row_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Namn"), max_length=80, help_text=_("Så att du vet vem länken är till. Personen ser namnet."), strip=True
    )
    email = forms.EmailField(
        label=_("E-post"), required=False, help_text=_("Lämna tomt om du skickar länken själv. Då visas den en gång.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("row_id", uuid4())
        self.fields["name"].error_messages["required"] = _("Skriv vem länken är till.")

    def clean_row_id(self) -> UUID:
        given: UUID | None = self.cleaned_data["row_id"]
        return given or uuid4()

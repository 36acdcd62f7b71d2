"""People's names as a visitor may see them: words where details are protected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext

from varn.organisations.models import Person
from varn.organisations.queries.people import is_hidden_from
from varn.organisations.rights import Member


def no_name() -> str:
    """What stands where a protected person's name would."""
    return gettext("Skyddade uppgifter")


def name_for(actor: Member, person: Person) -> str:
    return no_name() if is_hidden_from(actor, person) else str(person)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's has no type at run time
    """`is_hidden` says whose name this visitor may not see."""

    is_hidden: Callable[[Person], bool] = staticmethod(lambda person: person.is_protected)

    def label_from_instance(self, obj: Any) -> str:
        return no_name() if self.is_hidden(obj) else str(obj)

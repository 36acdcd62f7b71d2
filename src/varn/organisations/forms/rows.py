"""Forms for rows: sent twice they make one row, and of two who change a row the later sees what the first set."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID, uuid4

from django import forms
from django.db import IntegrityError
from django.http import QueryDict
from django.utils.translation import gettext as _

from varn.organisations.queries.versions import version_of
from varn.organisations.refusals import Changed, Refused
from varn.tenancy.models import OwnedForeignKey

R = TypeVar("R")

if TYPE_CHECKING:
    Base = forms.ModelForm[Any]
else:
    Base = forms.ModelForm


def own_field(field: Any, **kwargs: Any) -> Any:
    """Keys to owned rows are declared by the form and filled per request: there is no organisation when it is imported."""
    return None if isinstance(field, OwnedForeignKey) else field.formfield(**kwargs)


class RowForm(Base):
    """Carries the id of the row to make (`row_id`), or the version of the row shown (`seen`). Never saves by itself."""

    row_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args: Any, is_single: bool = False, **kwargs: Any) -> None:
        """`is_single`: an organisation has one such row or none, so there is a version even before the first."""
        super().__init__(*args, **kwargs)
        # The acts refuse what the constraints do, in words; Django would tell the constraint's name.
        self.instance.validate_constraints = lambda exclude=None: None
        self.is_new = self.instance._state.adding and not is_single
        if self.is_new:
            self.initial.setdefault("row_id", uuid4())
            del self.fields["seen"]
        else:
            self.initial["seen"] = version_of(self.instance, self.compared)
            del self.fields["row_id"]

    @property
    def compared(self) -> list[str]:
        return list(self._meta.fields or ())

    def clean_row_id(self) -> UUID:
        given: UUID | None = self.cleaned_data["row_id"]
        return given or uuid4()

    def show_changed(self) -> None:
        """What somebody else set meanwhile, beside what was typed; saving again replaces it."""
        row = type(self.instance)._default_manager.filter(pk=self.instance.pk).first() or type(self.instance)()
        lines = [
            _("%(field)s: nu %(value)s") % {"field": self.fields[name].label, "value": shown(row, name)}
            for name in self.compared
            if name in self.fields and name in self.cleaned_data and plain(getattr(row, name)) != plain(self.cleaned_data[name])
        ]
        sentence = _("Någon annan har ändrat uppgifterna sedan du öppnade sidan. Spara igen för att ersätta det som står där nu.")
        self.add_error(None, [sentence, *lines])
        typed = cast(QueryDict, self.data).copy()
        typed[self.add_prefix("seen")] = version_of(row, self.compared)
        self.data = typed


def plain(value: object) -> object:
    return "" if value is None else getattr(value, "pk", value)


def shown(row: Any, name: str) -> str:
    """A field's value as a reader sees it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    return _("inget") if value is None or value == "" else f"”{value}”"


def saved(form: forms.BaseForm, act: Callable[[], R]) -> R | None:
    """What the act returns; None when the form is not valid or the act refused, and then the form says why."""
    if not form.is_valid():
        return None
    try:
        return _made_once(form, act)
    except Changed:
        assert isinstance(form, RowForm)  # noqa: S101  # only rows carry a version
        form.show_changed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    return None


def _made_once(form: forms.BaseForm, act: Callable[[], R]) -> R:
    """Acts again where `row_id` was just taken: by the same form sent at the same moment, which has made the row by now,
    or in another organisation, and then under a new id, so that the answer tells nobody that the row is there."""
    for _attempt in range(2):
        try:
            return act()
        except IntegrityError as error:
            if not _is_taken(error, form):
                raise
    form.cleaned_data["row_id"] = uuid4()
    return act()


def _is_taken(error: IntegrityError, form: forms.BaseForm) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return "row_id" in form.cleaned_data and str(getattr(diagnosis, "constraint_name", "")).endswith("_pkey")

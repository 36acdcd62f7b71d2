"""Forms of an import: the file, its columns, what its words mean, who is who, and what may end."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from varn.organisations.actions.imports import Ticks
from varn.organisations.columns import Field, Mapping
from varn.organisations.forms.importwords import FIELD_LABELS, refused_text
from varn.organisations.importdraft import Draft, mapped, samples
from varn.organisations.importplan import Plan, Question
from varn.organisations.importpreview import TICKED, lines_of
from varn.organisations.importvalues import CREATE, SKIP, Known, Unknown
from varn.organisations.incoming import FileRefused
from varn.organisations.models import Body, Mandate
from varn.organisations.names import name_key
from varn.organisations.peoplewords import kind_of_body
from varn.organisations.spreadsheet import Table, read_tables
from varn.ui.forms import CardRadio, DayInput

MAX_ROWS = 50_000  # more seats than any organisation has; who has more divides the file
NOT_READ = "no"
_TABLE_TYPES = ".xlsx,.csv,.tsv,.txt"


class UploadForm(forms.Form):
    """The file is read here, in memory; `cleaned_data["tables"]` has its sheets."""

    source = forms.CharField(
        label=_("Vilket register kommer filen från?"),
        max_length=40,
        help_text=_(
            "Till exempel Troman eller Netpublicator. Skriv samma namn nästa gång: då minns Värn kolumnerna och vem som är vem."
        ),
        widget=forms.TextInput(attrs={"list": "import-sources", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Fil"),
        help_text=_(
            "Kalkylblad (.xlsx) eller .csv, högst 10 MB och 50 000 rader. "
            "Inget sparas om personer förrän du har sett och godkänt ändringarna."
        ),
        error_messages={"required": _("Välj en fil på högst 10 MB."), "empty": _("Filen är tom. Välj en fil som har rader.")},
        widget=forms.FileInput(attrs={"accept": _TABLE_TYPES}),
    )

    def clean_source(self) -> str:
        return " ".join(str(self.cleaned_data["source"]).split())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        upload = given.get("file")
        if upload is not None:
            given["tables"] = self._tables(upload)
        return given

    def _tables(self, upload: "UploadedFile[Any]") -> tuple[Table, ...]:
        if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
            self.add_error("file", gettext("Filen är större än 10 MB. Dela upp den eller ta bort bilder och blad."))
            return ()
        try:
            return read_tables(upload.read(), max_rows=MAX_ROWS)
        except FileRefused as refused:
            self.add_error("file", refused_text(refused))
            return ()


class SheetForm(forms.Form):
    sheet = forms.TypedChoiceField(label=_("Vilket blad är listan?"), coerce=int, widget=CardRadio)

    def __init__(self, *args: Any, sheets: Sequence[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sheet"]
        field.widget = CardRadio(hints={str(i): ", ".join(filter(None, sheet["headers"][:6])) for i, sheet in enumerate(sheets)})
        field.choices = [(i, f"{sheet['sheet']} ({len(sheet['rows'])})") for i, sheet in enumerate(sheets)]  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """One choice per column that may be read, under the heading that the file has, with some of what stands there."""

    def __init__(self, *args: Any, draft: Draft, mapping: Mapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        choices = [(NOT_READ, _("Läs inte in")), *((field.value, label) for field, label in FIELD_LABELS.items())]
        for column in mapping.columns:
            if column.left_out is None:
                self.fields[f"column-{column.index}"] = forms.ChoiceField(
                    label=column.header or gettext("Kolumn %(number)s, utan rubrik") % {"number": column.index + 1},
                    help_text=escape(self._example(column.index)),  # fields write it unescaped
                    choices=choices,
                    initial=column.field or NOT_READ,
                )
        self.columns = mapping.columns

    def _example(self, index: int) -> str:
        found = samples(self.draft, index)
        return gettext("Till exempel: %(samples)s") % {"samples": " · ".join(found)} if found else gettext("Kolumnen är tom.")

    def chosen(self) -> list[str]:
        """A field, or "", per column."""
        given = [self.cleaned_data.get(f"column-{column.index}", NOT_READ) for column in self.columns]
        return ["" if value == NOT_READ else value for value in given]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first: dict[str, str] = {}
        for name, value in list(given.items()):
            if value != NOT_READ and first.setdefault(value, name) != name:
                sentence = gettext("”%(field)s” är redan vald för en annan kolumn. Välj en av dem.")
                self.add_error(name, sentence % {"field": FIELD_LABELS[Field(value)]})
        fields = [Field(name) if name else None for name in self.chosen()]
        if mapped(self.draft, fields).missing:
            raise forms.ValidationError(gettext("Välj vilken kolumn som är namn, eller en för förnamn och en för efternamn."))
        return given


class ValuesForm(forms.Form):
    """What the file's words mean. Field names are bodies-0, parties-0, roles-0 …, in the order of `unknown`."""

    def __init__(self, *args: Any, unknown: Unknown, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, tuple[str, str]] = {}
        new = [(f"{CREATE}:{kind}", gettext("Nytt organ: %(kind)s") % {"kind": label}) for kind, label in Body.Kind.choices]
        skip = (SKIP, gettext("Läs inte in de raderna"))
        for i, text in enumerate(unknown.bodies):
            choices = [*new, *known.bodies.items(), skip]
            self._ask("bodies", i, text, choices, f"{CREATE}:{kind_of_body(text)}")
        for i, text in enumerate(unknown.parties):
            existing = [(id_, f"{name} ({short})") for id_, (short, name) in known.parties.items()]
            self._ask("parties", i, text, [(CREATE, gettext("Nytt parti")), *existing, (SKIP, gettext("Inget parti"))], CREATE)
        for i, text in enumerate(unknown.roles):
            self._ask("roles", i, text, [("", gettext("Välj")), *Mandate.Role.choices, skip], "")

    def _ask(self, noun: str, number: int, text: str, choices: Iterable[Any], initial: str) -> None:
        name = f"{noun}-{number}"
        self.keys[name] = (noun, name_key(text))
        self.fields[name] = forms.ChoiceField(label=text, choices=list(choices), initial=initial)

    def group(self, noun: str) -> list[forms.BoundField]:
        return [self[name] for name, (kind, _key) in self.keys.items() if kind == noun]

    @property
    def bodies(self) -> list[forms.BoundField]:
        return self.group("bodies")

    @property
    def parties(self) -> list[forms.BoundField]:
        return self.group("parties")

    @property
    def roles(self) -> list[forms.BoundField]:
        return self.group("roles")

    def answers(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {"bodies": {}, "parties": {}, "roles": {}}
        for name, (noun, key) in self.keys.items():
            found[noun][key] = self.cleaned_data[name]
        return found


class SameForm(forms.Form):
    """Who of the file is somebody known. "new" is a new person."""

    NEW = "new"

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys: dict[str, str] = {}
        for i, question in enumerate(questions):
            name = f"same-{i}"
            self.keys[name] = question.key
            choices = [(p.person_id, _known(p.name, p.bodies)) for p in question.proposals]
            row = question.row
            self.fields[name] = forms.ChoiceField(
                label=gettext("Rad %(row)s: %(name)s") % {"row": row.row_number, "name": row.name},
                help_text=escape(", ".join(filter(None, (row.body, row.party, row.email)))),  # fields write it unescaped
                choices=[*choices, (self.NEW, gettext("Ny person"))],
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[str, str]:
        return {key: "" if self.cleaned_data[name] == self.NEW else self.cleaned_data[name] for name, key in self.keys.items()}


def _known(name: str, bodies: Sequence[str]) -> str:
    where = ", ".join(bodies) or gettext("utan uppdrag")
    return gettext("Samma som %(name)s (%(where)s)") % {"name": name, "where": where}


class TakeForm(forms.Form):
    """What may end, and from when. The page draws the ticks itself; `plan` says what there is to ask about, and may be left
    out where the form is only to be read: to compare a long list again takes seconds."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)
    last_day = forms.DateField(
        label=_("Sista dag för det som upphör"),
        widget=DayInput,
        help_text=_("Gäller uppdrag som inte längre står i filen, och den gamla rollen för den som har bytt."),
    )
    starts_on = forms.DateField(
        label=_("Första dag för nya uppdrag som saknar datum i filen"),
        widget=DayInput,
        required=False,
        help_text=_("Lämna tomt för mandattidens första dag."),
    )

    def __init__(self, *args: Any, plan: Plan | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plan is None:
            self.fields["last_day"].required = "last_day" in self.data
            return
        if not plan.delta.left and not plan.delta.moved:
            del self.fields["last_day"]
        if all(item.row.starts_on for item in plan.delta.new):
            del self.fields["starts_on"]

    def ticked(self, group: str, plan: Plan) -> set[str]:
        """Mandate ids ticked in a group: one by one, by body, or all. What the plan does not have is left aside by the act."""
        if not self.is_bound:
            return set()
        data: Any = self.data
        is_all, bodies = bool(data.get(f"all-{group}")), set(data.getlist(f"{group}-body"))
        lines = lines_of(plan, TICKED[group])
        return {line.key for line in lines if is_all or line.body in bodies} | set(data.getlist(group))

    def replacing(self) -> set[str]:
        """Parties whose group leader is to be replaced."""
        data: Any = self.data
        return set(data.getlist("leaders")) if self.is_bound else set()

    def ticks(self, plan: Plan, *, yesterday: date) -> Ticks:
        left, moved, ends = (self.ticked(group, plan) for group in TICKED)
        given = self.cleaned_data
        return Ticks(left, moved, ends, given.get("last_day") or yesterday, given.get("starts_on"), self.replacing())

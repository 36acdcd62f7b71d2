"""The rows of an agenda as form fields: t0, n0, d0 … for the first row, and so on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from varn.riskguide.forms.refusals import fault_text
from varn.riskguide.queries import Known
from varn.riskguide.rows import MAX_ROWS, Fault, Kind, Row, RowFault, tidy
from varn.ui.templatetags.ui import Problem

FIELDS = {"title": "t", "number": "n", "register_number": "d", "note": "o", "kind": "k", "same": "q"}


def rows_in(sent: Mapping[str, str]) -> list[Row]:
    """The rows as typed, tidied but not judged; at most one more than may be saved, so that too many shows."""
    return [_row(sent, at) for at in range(min(number_in(sent.get("rows")) or 0, MAX_ROWS + 1))]


def _row(sent: Mapping[str, str], at: int) -> Row:
    kind = sent.get(f"k{at}", "")
    return Row(
        title=tidy(sent.get(f"t{at}", "")),
        number=tidy(sent.get(f"n{at}", "")),
        register_number=tidy(sent.get(f"d{at}", "")),
        note=tidy(sent.get(f"o{at}", "")),
        kind=Kind(kind) if kind in list(Kind) else Kind.MATTER,
        saved=number_in(sent.get(f"s{at}")),
        same=id_in(sent.get(f"q{at}")),
        was_skipped=sent.get(f"w{at}") == "1",
    )


def number_in(text: str | None) -> int | None:
    """A whole number of at most eight digits (Python refuses to read thousands of them), or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None


def id_in(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class EditRow:
    """A row on the page: `known` is what its register number already is, `like` an earlier matter with a similar title,
    `level` how it is judged (a removal would take that away), `is_missing` on the saved agenda but not in the new text."""

    at: int
    row: Row
    problems: Sequence[str] = ()
    known: Known | None = None
    like: Known | None = None
    level: str = ""
    is_missing: bool = False

    @property
    def key(self) -> str:
        """The place in names of fields."""
        return str(self.at)

    @property
    def n(self) -> int:
        return self.at + 1


def problems_of(found: Sequence[RowFault]) -> list[Problem]:
    """For the error summary: each with a link to its field."""
    return [Problem(fault_text(fault), f"#{_field(fault)}{fault.at}") for fault in found]


def problems_by_row(found: Sequence[RowFault]) -> Mapping[int, list[str]]:
    """As above, by row; what concerns the whole agenda is left to the summary."""
    rows: dict[int, list[str]] = {}
    for fault in found:
        if fault.fault not in {Fault.NO_MATTERS, Fault.TOO_MANY}:
            rows.setdefault(fault.at, []).append(fault_text(fault))
    return rows


def _field(fault: RowFault) -> str:
    return FIELDS["kind"] if fault.fault is Fault.NO_SUCH_MATTER else FIELDS[fault.field]

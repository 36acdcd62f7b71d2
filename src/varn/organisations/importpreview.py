"""What an import would change, kind by kind and body by body, so that a long list can be looked at in parts. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .changes import Changed, KnownMandate, Moved, NewMandate
from .importplan import Plan
from .names import name_key
from .peoplerow import RowProblem

Item = NewMandate | Moved | KnownMandate | Changed | RowProblem


class Kind(StrEnum):
    """The value stands in addresses."""

    NEW = "nya"
    MOVED = "byter"
    LEFT = "saknas"
    ENDS = "kortare"
    EDITS = "andrade"
    HELD = "lamnas"
    STOPPING = "fel"
    MILD = "noteringar"


# What is done only where somebody ticks it, by the name of the ticks.
TICKED = {"left": Kind.LEFT, "moved": Kind.MOVED, "ends": Kind.ENDS}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the preview. `key` is what its tick carries; `body` is empty for a fault in the file."""

    item: Item
    body: str = ""
    key: str = ""


def lines_of(plan: Plan, kind: Kind) -> list[Shown]:
    """By body, and within it in the order of the file. Faults by row."""
    delta = plan.delta
    match kind:
        case Kind.NEW:
            found = [Shown(one, one.row.body) for one in delta.new]
        case Kind.MOVED:
            found = [Shown(one, one.before.body, one.before.mandate_id) for one in delta.moved]
        case Kind.LEFT:
            found = [Shown(one, one.body, one.mandate_id) for one in delta.left]
        case Kind.HELD:
            found = [Shown(one, one.body, one.mandate_id) for one in delta.held]
        case Kind.ENDS | Kind.EDITS:
            changed = plan.ends if kind is Kind.ENDS else plan.edits
            found = [Shown(one, one.mandate.body, one.mandate.mandate_id) for one in changed]
        case Kind.STOPPING | Kind.MILD:
            return [Shown(one) for one in plan.problems if one.stops_row is (kind is Kind.STOPPING)]
    return sorted(found, key=lambda line: name_key(line.body))


def n_by_body(lines: Iterable[Shown]) -> list[tuple[str, int]]:
    """How many lines each body has, in the order of the lines."""
    return list(Counter(line.body for line in lines).items())

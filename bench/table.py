"""The table: what was measured, its floor from the same run, its budget, and whether it was kept."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """`is_kept` None: informative, without a budget. `raw`: the figures themselves, in the units their names say."""

    what: str
    figure: str
    floor: str = "–"
    budget: str = "–"
    is_kept: bool | None = None
    raw: dict[str, float] | None = None

    @property
    def verdict(self) -> str:
        return {True: "kept", False: "MISSED", None: ""}[self.is_kept]


HEAD = ("what", "measured", "floor", "budget", "")


def as_text(rows: Sequence[Row]) -> str:
    """Columns as wide as their widest cell."""
    cells = [HEAD, *((row.what, row.figure, row.floor, row.budget, row.verdict) for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def as_json(rows: Sequence[Row]) -> str:
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)

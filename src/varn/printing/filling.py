"""What a room hands over to be printed. Pure."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Filled:
    """`template` as `ui.paper.pdf_of` takes it; `n_rows`: how much there is in it, said on the page that waits."""

    template: str
    content: dict[str, Any]
    n_rows: int

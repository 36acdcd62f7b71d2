"""What a page's script asks for: parts of the page that it stands on (docs/adr/0008). Pure."""

from collections.abc import Mapping
from typing import Protocol


class Asked(Protocol):
    """A request, as far as this is concerned."""

    @property
    def headers(self) -> Mapping[str, str]: ...


def is_part(request: Asked) -> bool:
    """`ui/part.js` asked: answer with parts, never with a redirect."""
    return request.headers.get("X-Part") == "1"

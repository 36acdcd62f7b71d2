"""Which page each kind of capability link opens. Pure: rooms add theirs when their views are imported."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkKind:
    """`url_name` is the page without a token, served by the public process and path-bound to its cookie.

    `opens`: for a kind that lies outside the organisations, whether the hash of a token opens something of it now.
    """

    kind: str
    url_name: str
    opens: Callable[[str], bool] | None = None


_kinds: dict[str, LinkKind] = {}


def register(kind: str, *, url_name: str, opens: Callable[[str], bool] | None = None) -> None:
    """Once per kind, at import. Raises ValueError if another page has the kind."""
    new = LinkKind(kind, url_name, opens)
    if _kinds.setdefault(kind, new) != new:
        raise ValueError(f"{kind} already opens {_kinds[kind].url_name}")


def kind_of(kind: str) -> LinkKind | None:
    return _kinds.get(kind)


def kind_outside(token_hash: str) -> LinkKind | None:
    """The kind, outside the organisations, of which this hash opens something."""
    return next((one for one in _kinds.values() if one.opens and one.opens(token_hash)), None)

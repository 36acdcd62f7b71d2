"""Which page each kind of capability link opens. Pure: rooms add theirs when their views are imported."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkKind:
    """`url_name` is the page without a token, served by the public process and path-bound to its cookie."""

    kind: str
    url_name: str


_kinds: dict[str, LinkKind] = {}


def register(kind: str, *, url_name: str) -> None:
    """Once per kind, at import. Raises ValueError if another page has the kind."""
    new = LinkKind(kind, url_name)
    if _kinds.setdefault(kind, new) != new:
        raise ValueError(f"{kind} already opens {_kinds[kind].url_name}")


def kind_of(kind: str) -> LinkKind | None:
    return _kinds.get(kind)

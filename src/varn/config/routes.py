"""Every address Värn answers, with what it asks of its visitor: read from Django's own resolver."""

import inspect
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from varn.organisations.middleware import access_of

_PLAIN = ["GET", "HEAD", "OPTIONS", "POST"]


@dataclass(frozen=True, slots=True)
class Route:
    """`path` as a pattern; `roles` are the processes that serve it."""

    path: str
    name: str
    methods: list[str]
    roles: list[str]
    access: str
    example: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def routes() -> list[Route]:
    return sorted((_route(path, pattern) for path, pattern in patterns()), key=lambda route: route.path)


def patterns() -> Iterator[tuple[str, URLPattern]]:
    """Path and pattern of every view, in Swedish (`/en/` before it gives the same page in English)."""
    return _walk(get_resolver(), "/")


def _walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path)
        else:
            yield path, entry


def _route(path: str, pattern: URLPattern) -> Route:
    access = access_of(pattern.callback)
    return Route(
        path=path,
        name=pattern.lookup_str if pattern.name is None else pattern.name,
        methods=methods_of(pattern.callback),
        roles=sorted(access.roles) if access else [],
        access=str(access) if access else "none",
    )


def methods_of(view: Any) -> list[str]:
    """What `require_http_methods` or the view class lets through."""
    view_class = getattr(view, "view_class", None)
    while view is not None:
        closure = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "request_method_list" in closure:
            return sorted(closure["request_method_list"])
        view = getattr(view, "__wrapped__", None)
    if view_class is not None:
        return sorted(name.upper() for name in view_class.http_method_names if hasattr(view_class, name))
    return _PLAIN

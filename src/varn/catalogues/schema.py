"""Reads an edition and builds frozen dataclasses from its rows: the dataclass is the schema.

A field `name: Text` reads `name_sv` and `name_en`; a field `text: Text` also reads plain `sv` and
`en`. An unknown key, a missing key or a value of the wrong type raises SchemaError.

Errors: LookupError <- UnknownEdition (no such edition) · ValueError <- SchemaError (a faulty row).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from varn.catalogues.text import Text

T = TypeVar("T")
Row = Mapping[str, object]
HERE = Path(__file__).parent
EDITION = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}", re.ASCII)


class UnknownEdition(LookupError):
    """That edition of the catalogue was never published."""

    def __init__(self, catalogue: str, edition: str) -> None:
        published = ", ".join(editions(catalogue))
        super().__init__(f"{catalogue} has no edition {edition!r}; editions: {published}")
        self.catalogue = catalogue
        self.edition = edition


class SchemaError(ValueError):
    """A row of a catalogue does not fit its dataclass."""


def editions(catalogue: str) -> tuple[str, ...]:
    """Published editions, oldest first."""
    names = (path.stem.removeprefix(f"{catalogue}-") for path in HERE.glob(f"{catalogue}-*.toml"))
    found = [name for name in names if EDITION.fullmatch(name)]
    return tuple(sorted(found, key=lambda name: [int(part) for part in name.split(".")]))


def read(catalogue: str, edition: str) -> dict[str, Any]:
    """The edition as TOML tables. Raises UnknownEdition; `edition` may come from outside."""
    if edition not in editions(catalogue):
        raise UnknownEdition(catalogue, edition)
    return tomllib.loads((HERE / f"{catalogue}-{edition}.toml").read_text("utf-8"))


def build(cls: type[T], row: Row, where: str) -> T:
    """One instance of the dataclass `cls`. Raises SchemaError, naming `where` and the key."""
    left = dict(row)
    values: dict[str, Any] = {}
    schema: Any = cls  # mypy takes a type[T] for unhashable
    for name, kind, optional in _schema(schema):
        keys = _keys(name, kind, left)
        if all(key in left for key in keys):
            found = [left.pop(key) for key in keys]
            values[name] = _value(kind, found, f"{where}.{name}")
        elif not optional:
            raise SchemaError(f"{where}: {' and '.join(keys)} missing")
    if left:
        raise SchemaError(f"{where}: unknown {', '.join(sorted(left))}")
    return cls(**values)


@cache
def _schema(cls: type) -> tuple[tuple[str, Any, bool], ...]:
    """(name, type, may be left out) of each field."""
    hints = get_type_hints(cls)
    return tuple((f.name, hints[f.name], f.default is not MISSING or f.default_factory is not MISSING) for f in fields(cls))


def _is_text(kind: Any) -> bool:
    return Text in (kind, *get_args(kind))


def _keys(name: str, kind: Any, row: Row) -> tuple[str, ...]:
    if not _is_text(kind):
        return (name,)
    if name == "text" and "text_sv" not in row:
        return ("sv", "en")
    return (f"{name}_sv", f"{name}_en")


def _value(kind: Any, found: list[object], where: str) -> object:
    if not _is_text(kind):
        return _convert(kind, found[0], where)
    sv, en = found
    if get_origin(kind) is not tuple:
        return Text(_convert(str, sv, where), _convert(str, en, where))
    pair = _convert(tuple[str, ...], sv, where), _convert(tuple[str, ...], en, where)
    if len(pair[0]) != len(pair[1]):
        raise SchemaError(f"{where}: {len(pair[0])} in Swedish, {len(pair[1])} in English")
    return tuple(Text(*both) for both in zip(*pair, strict=True))


def _convert(kind: Any, value: object, where: str) -> Any:
    origin = get_origin(kind)
    if origin is UnionType:
        return _one_of(get_args(kind), value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(_convert(get_args(kind)[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    if origin is Mapping and isinstance(value, dict):
        return MappingProxyType({k: _convert(get_args(kind)[1], v, f"{where}.{k}") for k, v in value.items()})
    if isinstance(kind, type):
        return _plain(kind, value, where)
    raise SchemaError(f"{where}: {value!r} is not {kind}")


def _plain(kind: type, value: object, where: str) -> object:
    if is_dataclass(kind) and isinstance(value, dict):
        return build(kind, value, where)
    if issubclass(kind, StrEnum) and isinstance(value, str):
        try:
            return kind(value)
        except ValueError as error:
            raise SchemaError(f"{where}: {error}") from error
    if kind in (str, int, bool, float, date) and type(value) is kind:  # a bool is no int here
        return value
    raise SchemaError(f"{where}: {value!r} is not {kind.__name__}")


def _one_of(kinds: tuple[Any, ...], value: object, where: str) -> object:
    for kind in kinds:
        try:
            if kind is not NoneType:
                return _convert(kind, value, where)
        except SchemaError:
            continue
    raise SchemaError(f"{where}: {value!r} fits none of {kinds}")

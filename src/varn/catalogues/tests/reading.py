"""Walks the tables of a catalogue, for tests that hold for all of them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1]
FILES = sorted(HERE.glob("*.toml"))
Table = dict[str, Any]


def content(name: str) -> Table:
    """`offences` or `offences-1.0.0`."""
    file = name if name[-1].isdigit() else f"{name}-1.0.0"
    return tomllib.loads((HERE / f"{file}.toml").read_text("utf-8"))


def tables(value: Any, where: str = "") -> Iterator[tuple[str, Table]]:
    """Every table with its path, the outermost first: `("step3.phase[2]", {...})`."""
    if isinstance(value, dict):
        yield where, value
        for key, inner in value.items():
            yield from tables(inner, f"{where}.{key}" if where else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from tables(inner, f"{where}[{number}]")


def strings(value: Any) -> list[str]:
    """A string or (nested) list of strings as one flat list."""
    if isinstance(value, str):
        return [value]
    return [text for inner in value for text in strings(inner)] if isinstance(value, list) else []

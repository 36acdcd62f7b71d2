"""Runs everything: a demo in a folder of its own, the floor beside it, each measure in turn."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import bulk, groups, measures, paper
from bench.sites import demo, environment_is_free, floor
from bench.table import Row, as_json, as_text
from varn.run import postgres


def main(*, as_json_text: bool, only: str, rounds: int, data: Path | None) -> int:
    """Prints the table. 0 whatever it shows: a benchmark is no test. Raises Stop when it cannot run."""
    environment_is_free()
    measures.ROUNDS = rounds
    with _folder(data) as folder:
        rows = list(_rows(folder / "demo", only))
    print(as_json(rows) if as_json_text else as_text(rows))
    return 0


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """The folder that is kept for the next time, or one that goes away."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="varn-bench-", ignore_cleanup_errors=True) as name:
        postgres.let_server_through(Path(name))
        yield Path(name)


def _rows(folder: Path, only: str) -> Iterator[Row]:
    """`only`: names of measures, separated by commas; empty for all."""
    port = postgres.free_port()
    wanted = only.split(",") if only else []
    if not (folder / "demo-people.json").exists():
        _say("setting up a demo …")
        with demo(folder, port):
            pass
    if not wanted or "start" in wanted:
        _say("start …")
        yield from measures.start(folder, port, 3)
    with demo(folder, port) as running, floor(running) as bare:
        _say("filling it …")
        filled = bulk.filled(folder)
        first = measures.memory(running, bare, "at the first page") if not wanted or "memory" in wanted else None
        parts: dict[str, Callable[[], list[Row]]] = {
            "page": lambda: measures.public_page(running, bare),
            "saving": lambda: measures.saving(running, bare, filled.twelve),
            "table": lambda: measures.large_table(running, filled.two_hundred),
            "group": lambda: groups.rows(running, bare, filled.twelve),
            "lists": lambda: measures.lists(running),
            "plan": lambda: measures.plan(running),
            "paper": paper.rows,
            "verify": lambda: measures.verify(filled.organisation),
            "wire": lambda: measures.on_the_wire(running, filled.twelve),
            "stalled": lambda: measures.half_sent(running),
            "memory": lambda: [*([first] if first else []), measures.memory(running, bare, "after all of the above")],
        }
        for name, part in parts.items():
            if not wanted or name in wanted:
                _say(f"{name} …")
                yield from part()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)

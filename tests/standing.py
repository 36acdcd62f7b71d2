"""Towns that are made once for the tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from tests.world import Town, a_town


@contextmanager
def standing(blocker: Any, *slugs: str) -> Iterator[tuple[Town, ...]]:
    """Everybody logged in. For a fixture of a module, with pytest-django's blocker: what a test that has the fixture `db`
    changes in them is undone by its own savepoint, and they themselves go with the block."""
    with blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        towns = tuple(a_town(slug) for slug in slugs)
        for town in towns:
            town.log_everybody_in()
        yield towns
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)

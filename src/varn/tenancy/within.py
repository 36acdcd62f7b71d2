"""`within()`: the one door to an organisation's rows.

It opens the transaction, tells PostgreSQL which organisation the transaction acts for and
remembers the same in Python, so that a query outside it raises instead of answering «no rows».
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, Literal
from uuid import UUID

from django.db import connection, transaction

_organisation: ContextVar[UUID | None] = ContextVar("organisation", default=None)
_key: ContextVar[str | None] = ContextVar("key", default=None)


def held(name: str, cast: str = "") -> str:
    """SQL for what this transaction holds under a name, NULL if nothing: for policies, and questions that stand beside them.

    As a question of its own, which PostgreSQL asks once and not for every row: a third of the time over a large table.
    """
    return f"(SELECT NULLIF(current_setting('varn.{name}', true), ''){cast})"


HERE = held("organisation", "::uuid")
# In the select list of a statement that finds an organisation: what follows in this transaction acts for it.
ENTERS = "set_config('varn.organisation', id::text, true)"
KeyKind = Literal["account", "invitee", "link"]


class NoOrganisation(RuntimeError):
    """An owned row was asked for outside `within()`: a fault in our code, never in what a person typed."""


def current_organisation() -> UUID:
    """The organisation that this transaction acts for. Raises NoOrganisation outside `within()`."""
    organisation = _organisation.get()
    if organisation is None:
        raise NoOrganisation
    return organisation


def is_within(organisation: UUID) -> bool:
    return _organisation.get() == organisation


def may_query() -> bool:
    """True inside `within()` or `holding()`."""
    return _organisation.get() is not None or _key.get() is not None


@contextmanager
def within(organisation: UUID, *, is_apart: bool = True) -> Iterator[None]:
    """Acts for one organisation until the block ends; what was there before is put back.

    Inside a block for the same organisation (an act inside a page) the setting stands, and what is written here can be
    taken back apart from the rest; not with `is_apart=False`, which saves two questions to the database.
    """
    if is_within(organisation):
        with transaction.atomic() if is_apart else nullcontext():
            yield
        return
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        before = _set("varn.organisation", str(organisation))
        token = _organisation.set(organisation)
        try:
            yield
        finally:
            _organisation.reset(token)
        if not is_outermost:  # the setting ends with the transaction; an exception rolls it back with the savepoint
            _set("varn.organisation", before)


@contextmanager
def entering(sql: str, params: Sequence[Any]) -> Iterator[tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]]:
    """As `within()`, for a page, whose organisation the database has yet to find: all in one question.

    `sql` is two statements. The first finds the organisation, its id first, and sets it (`ENTERS`); the second sees its
    rows. Yields the first row of each, None where there is none.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found = cursor.fetchone()
            cursor.nextset()
            seen = cursor.fetchone()
        token = _organisation.set(found[0] if found else None)
        try:
            yield found, seen
        finally:
            _organisation.reset(token)
        if not is_outermost:
            _set("varn.organisation", "")


@contextmanager
def holding(kind: KeyKind, value: str) -> Iterator[None]:
    """Opens the few rows that a policy gives to whoever holds this key: one's own account, a link's hash.

    Not a second door to an organisation: each kind has its own policy on its own tables.
    """
    with transaction.atomic():
        before = _set(f"varn.{kind}", value)
        token = _key.set(kind)
        try:
            yield
        finally:
            _key.reset(token)
        _set(f"varn.{kind}", before)


def _set(name: str, value: str) -> str:
    """Sets for this transaction only (a session's setting would leak through the pool) and returns the old value."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), ''), set_config(%s, %s, true)", [name, name, value])
        row = cursor.fetchone()
    return str(row[0])

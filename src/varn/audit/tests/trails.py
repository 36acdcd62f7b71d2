"""A trail to look at, and an intruder with the owner's rights who changes it behind the application's back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from tests.people import setting_up
from varn.audit.actions import action
from varn.audit.models import Entry
from varn.organisations.models import Body, Organisation
from varn.organisations.rights import Job
from varn.organisations.terms import BodyKind


@action("body.touch", right=None)
def touch(actor: Job, n: int) -> None:
    """An act that changes nothing."""


@action("body.add", right="body:manage")
def add_body(actor: Any, name: str) -> Body:
    return Body.objects.create(name=name, kind=BodyKind.COMMITTEE, term_starts_on="2026-01-01", term_ends_on="2026-12-31")


def a_trail(organisation: Organisation, n_entries: int) -> list[Entry]:
    """Oldest first."""
    for n in range(n_entries):
        touch(Job(organisation.pk), n)
    with setting_up(organisation):
        return list(Entry.objects.order_by("at", "id"))


@contextmanager
def an_intruder() -> Iterator[psycopg.Connection[Any]]:
    """A second connection, as the owner; what it does is there at once."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["VARN_OWNER_URL"], dbname=name, autocommit=True) as intruder:
        yield intruder


@contextmanager
def another_process() -> Iterator[psycopg.Connection[Any]]:
    """A second connection, as the application."""
    name = connection.settings_dict["NAME"]
    with psycopg.connect(os.environ["DATABASE_URL"], dbname=name) as other:
        yield other

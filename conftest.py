"""Tests run as the application's own database role; the owner makes the database, empties and drops it."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Outside `./varn test <path>` too: the parts of the environment that are the same everywhere.
_TEMP = Path(tempfile.gettempdir()) / f"varn-test-{os.getuid()}"
if "VARN_SECRET_FILE" not in os.environ:
    _TEMP.mkdir(mode=0o700, exist_ok=True)
    (_TEMP / "secret").write_text("ab" * 32)
    os.environ["VARN_SECRET_FILE"] = str(_TEMP / "secret")
os.environ.setdefault("VARN_DATA", str(_TEMP))
os.environ.setdefault("VARN_PUBLIC_URL", "http://localhost")
for _name in ("VARN_DB_ROLE", "VARN_ROLE", "VARN_MAIL", "VARN_DEMO"):
    os.environ.pop(_name, None)

import pytest  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from psycopg.conninfo import conninfo_to_dict  # noqa: E402


def _become(variable: str) -> None:
    """Changes who the test's connection logs in as. The database's name stays."""
    role = conninfo_to_dict(os.environ[variable])
    connection.close()
    connection.settings_dict.update(USER=role["user"], PASSWORD=role["password"])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    _become("VARN_OWNER_URL")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        _become("DATABASE_URL")
    yield
    with django_db_blocker.unblock():
        _become("VARN_OWNER_URL")


_flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _flush_as_owner(self: TransactionTestCase) -> None:
    """Emptying tables is the owner's right only."""
    _become("VARN_OWNER_URL")
    _flush(self)
    _become("DATABASE_URL")


TransactionTestCase._fixture_teardown = _flush_as_owner  # type: ignore[attr-defined]

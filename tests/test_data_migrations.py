"""A migration of data reaches the rows of every organisation: it runs as the owner, whom row-level security lets by."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps.registry import Apps
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from psycopg.conninfo import conninfo_to_dict

from tests.people import a_body, an_organisation
from varn.organisations.models import Body
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db(transaction=True)


def rename_boards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As a migration would have it: historical models, the editor's own connection."""
    for body in apps.get_model("organisations", "Body").objects.using(schema_editor.connection.alias).all():
        body.name = f"{body.name} (nytt namn)"
        body.save(update_fields=["name"])


@pytest.fixture
def owner() -> Iterator[BaseDatabaseWrapper]:
    """Django's connection as `varn_owner`, beside the application's."""
    import os

    role = conninfo_to_dict(os.environ["VARN_OWNER_URL"])
    session: Any = connection.copy(alias="owner")
    session.settings_dict.update(USER=role["user"], PASSWORD=role["password"])
    connections["owner"] = session
    yield session
    session.close()
    del connections["owner"]


def migrate(session: BaseDatabaseWrapper) -> None:
    state = MigrationLoader(connection).project_state()
    with session.schema_editor() as editor:
        RunPython(rename_boards).database_forwards("organisations", editor, state, state)


def names() -> set[str]:
    found = set()
    for slug in ("granvik", "lindhult"):
        with within(ORGANISATIONS[slug]):
            found |= {f"{slug}: {name}" for name in Body.objects.values_list("name", flat=True)}
    return found


ORGANISATIONS: dict[str, Any] = {}


@pytest.fixture
def two_organisations() -> None:
    for slug in ("granvik", "lindhult"):
        organisation = an_organisation(slug)
        a_body(organisation)
        ORGANISATIONS[slug] = organisation.pk


@pytest.mark.usefixtures("two_organisations")
def test_a_migration_of_data_touches_every_organisation(owner: BaseDatabaseWrapper) -> None:
    migrate(owner)
    assert names() == {f"{slug}: Kommunstyrelsen (nytt namn)" for slug in ("granvik", "lindhult")}


@pytest.mark.usefixtures("two_organisations")
def test_as_the_application_it_would_have_missed_them_all() -> None:
    """Which is why `./varn migrate` asks for the owner's address."""
    migrate(connection)
    assert names() == {f"{slug}: Kommunstyrelsen" for slug in ("granvik", "lindhult")}

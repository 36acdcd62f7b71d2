"""Migration operations that close a table to other organisations.

Sources: PostgreSQL manual, «Row Security Policies» (foreign keys and unique keys ignore them,
hence the composite keys).
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model

from varn.tenancy.within import HERE


class Own(Operation):
    """Forces row-level security on an owned table and ties its keys to the organisation.

    `append_only` takes UPDATE and DELETE from the application; `tied` adds the key to the organisation's own row
    (the trail has none: it must outlive it).
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, *, append_only: bool = False, tied: bool = True) -> None:
        self.name = name
        self.append_only = append_only
        self.tied = tied

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.name)
        table = model._meta.db_table
        schema_editor.execute(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY,"
            f" ADD CONSTRAINT {table}_own UNIQUE (organisation_id, id);"
            f"CREATE POLICY tenant ON {table} TO varn_app"
            f" USING (organisation_id = {HERE}) WITH CHECK (organisation_id = {HERE});"
        )
        if self.tied:
            schema_editor.execute(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_tied FOREIGN KEY (organisation_id)"
                " REFERENCES organisations_organisation (id) DEFERRABLE INITIALLY DEFERRED"
            )
        if self.append_only:
            schema_editor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM varn_app")
        for sql in composite_keys(model):
            schema_editor.execute(sql)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        table = from_state.apps.get_model(app_label, self.name)._meta.db_table
        schema_editor.execute(
            f"DROP POLICY tenant ON {table};"
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY,"
            f" DROP CONSTRAINT {table}_own CASCADE, DROP CONSTRAINT IF EXISTS {table}_tied"
        )

    def describe(self) -> str:
        return f"Close {self.name} to other organisations"


class OwnKeys(Operation):
    """Ties the keys of fields that were added to an owned table later."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, *fields: str) -> None:
        self.name = name
        self.fields = fields

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.name)
        for sql in composite_keys(model, only=self.fields):
            schema_editor.execute(sql)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = from_state.apps.get_model(app_label, self.name)
        table = model._meta.db_table
        for name in self.fields:
            column = model._meta.get_field(name).column
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_{column}_tied")

    def describe(self) -> str:
        return f"Tie keys of {self.name} to the organisation"


def composite_keys(model: type[Model], *, only: tuple[str, ...] = ()) -> list[str]:
    """One `FOREIGN KEY (organisation_id, x_id)` for each key from this model to an owned one."""
    table = model._meta.db_table
    return [
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{field.column}_tied"
        f" FOREIGN KEY (organisation_id, {field.column})"
        f" REFERENCES {field.related_model._meta.db_table} (organisation_id, id) DEFERRABLE INITIALLY DEFERRED"
        for field in _owned_keys(model)
        if not only or field.name in only
    ]


def _owned_keys(model: type[Model]) -> list[Any]:
    return [
        field
        for field in model._meta.get_fields()
        if field.many_to_one
        and getattr(field, "column", None)
        and any(other.name == "organisation_id" for other in field.related_model._meta.get_fields())  # type: ignore[union-attr]
    ]

"""`Owned`: the base of every row that belongs to one organisation."""

from typing import Any, TypeVar
from uuid import uuid4

from django.apps import apps
from django.db import models

from varn.tenancy.within import NoOrganisation, current_organisation, may_query

M = TypeVar("M", bound=models.Model)


class OwnedQuerySet(models.QuerySet[M]):
    def _fetch_all(self) -> None:
        """Rows asked for inside the door and first read outside it would be none, and look like lost data too."""
        if self._result_cache is None and not may_query():
            raise NoOrganisation(self.model.__name__)
        super()._fetch_all()


class OwnedManager(models.Manager[M]):
    _queryset_class = OwnedQuerySet

    def get_queryset(self) -> models.QuerySet[M]:
        if not may_query():
            raise NoOrganisation(self.model.__name__)  # RLS would give no rows, which looks like lost data
        return super().get_queryset()


class Owned(models.Model):
    """A row of one organisation. Its table is closed by `varn.tenancy.operations.Own` in its migration."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation_id = models.UUIDField(default=current_organisation, editable=False)

    objects = OwnedManager()

    class Meta:
        abstract = True


class OwnedForeignKey(models.ForeignKey[Any, Any]):
    """A key to another owned row. The database's constraint is the composite one that `Own` adds:
    a plain one would let a row of one organisation point at another's, since foreign keys ignore RLS."""

    def __init__(self, to: Any, on_delete: Any, **options: Any) -> None:
        options.setdefault("db_constraint", False)
        super().__init__(to, on_delete, **options)


def owned_tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models() if issubclass(model, Owned))

"""Other registers, and files from them that wait for confirmation."""

from typing import Any

from django.db import models

from varn.organisations.models.people import Person
from varn.tenancy.models import Owned, OwnedForeignKey


class ImportSource(Owned):
    """Another register, and how its columns were read last time."""

    name = models.CharField(max_length=40)
    mapping: Any = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation_id", "name"], name="organisations_source_name"),)

    def __str__(self) -> str:
        return self.name


class PeopleImport(Owned):
    """A file that was read and waits for confirmation; its rows go when it is confirmed or dropped.

    `table`: {"sheets": […]} as `importdraft.stored` gives them. `choices`: columns, and what somebody answered about
    bodies, parties, roles and who is who. `outcome`: counts and the ids of those who are new, for a few days.
    """

    source = OwnedForeignKey(ImportSource, on_delete=models.CASCADE, related_name="imports")
    started_by = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    started_on = models.DateField()
    table: Any = models.JSONField()
    choices: Any = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True)
    outcome: Any = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.started_on}"

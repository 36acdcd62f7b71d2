"""What was asked for on paper."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from varn.organisations.models import Person
from varn.tenancy.models import Owned, OwnedForeignKey


class Printing(Owned):
    """A file to be made by a job. `kind` is the asking room's name for it, `subject` the row that it is of (None for a list),
    `wanted` what narrows it. `n_rows` says how much there is in it, once that is known."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("utskrift", "Väntar")
        WORKING = "working", pgettext_lazy("utskrift", "Görs")
        READY = "ready", pgettext_lazy("utskrift", "Klar")
        FAILED = "failed", pgettext_lazy("utskrift", "Gick inte")

    kind = models.CharField(max_length=24)
    subject = models.UUIDField(null=True)
    person = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    wanted: Any = models.JSONField(default=dict)
    is_english = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    n_rows = models.PositiveIntegerField(default=0)
    pdf = models.BinaryField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["organisation_id", "subject"], name="printing_printing_subject"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def language(self) -> str:
        return "en" if self.is_english else "sv"


UNMADE = (Printing.State.WAITING, Printing.State.WORKING)

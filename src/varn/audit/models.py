"""The trail: who did what to which row, when. Never what was written: codes, ids and counts only.

No keys to other tables: the trail outlives a person, an organisation and a shredded key.
The application may insert and read, nothing else.
"""

from django.db import models
from django.utils import timezone

from varn.tenancy.models import Owned


class Entry(Owned):
    at = models.DateTimeField(default=timezone.now)
    actor_kind = models.CharField(max_length=16)
    actor_id = models.UUIDField(null=True)
    code = models.CharField(max_length=64)
    target_kind = models.CharField(max_length=64, blank=True)
    target_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (
            models.Index(fields=["organisation_id", "at", "id"], name="audit_entry_at"),
            models.Index(fields=["organisation_id", "code", "at"], name="audit_entry_code"),
            models.Index(fields=["organisation_id", "actor_id", "at"], name="audit_entry_actor"),
            models.Index(fields=["organisation_id", "target_id", "at"], name="audit_entry_target"),
            models.Index(
                fields=["organisation_id", "actor_kind", "at"], name="audit_entry_kind", condition=~models.Q(actor_kind="member")
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.at:%Y-%m-%d}"


class Link(Owned):
    """An entry's place in its organisation's chain: `hash` covers the entry and the hash before it."""

    entry_id = models.UUIDField()
    position = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_id", "position"], name="audit_link_position"),
            models.UniqueConstraint(fields=["organisation_id", "entry_id"], name="audit_link_entry"),
        )

    def __str__(self) -> str:
        return f"{self.position}"


class Head(Owned):
    """The chain's last link at the end of a day, also told to the auditor: a trail cut short shows."""

    day = models.DateField()
    position = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation_id", "day"], name="audit_head_day"),)

    def __str__(self) -> str:
        return f"{self.day}"

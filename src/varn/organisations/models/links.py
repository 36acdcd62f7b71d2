"""What lets somebody in: capability links and invitations."""

from django.db import models
from django.utils import timezone

from varn.organisations.models.people import Person
from varn.tenancy.models import Owned, OwnedForeignKey


class CapabilityLink(Owned):
    """A link that opens one thing for whoever holds it. Only the hash of its token is kept."""

    kind = models.CharField(max_length=20)
    target_id = models.UUIDField()
    token_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation_id", "token_hash"], name="organisations_link_token"),)
        indexes = (models.Index(fields=["token_hash"], name="organisations_link_lookup"),)

    def __str__(self) -> str:
        return self.kind


class Invitation(Owned):
    """Asks a person to join by a link. Whether they have an account elsewhere is never looked up for the sender."""

    person = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    invited_by = OwnedForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_on = models.DateField(default=timezone.localdate)
    is_for_staff = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)

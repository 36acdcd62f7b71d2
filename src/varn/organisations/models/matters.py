"""Matters: what a committee decides on."""

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from varn.organisations.models.bodies import Body
from varn.organisations.models.people import SwedishOrder
from varn.organisations.registernumbers import KEY_LENGTH, register_key
from varn.tenancy.models import Owned, OwnedForeignKey


class Matter(Owned):
    """What a committee decides on. Its name may be read by anyone; it belongs to an authority.

    `register_number` stands as it was last written; `register_key` is what tells it from others: set both by `call`.
    """

    title = models.CharField(_("ärende"), max_length=300)
    register_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    register_key = models.CharField(max_length=KEY_LENGTH, blank=True, default="", editable=False)
    body = OwnedForeignKey(Body, on_delete=models.PROTECT, related_name="matters")
    name_key = models.GeneratedField(  # what a search looks in, worked out once
        expression=Concat(SwedishOrder("title"), Value(" "), SwedishOrder("register_number"), output_field=models.TextField()),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation_id", "register_key"],
                condition=~Q(register_key=""),
                name="organisations_matter_register_key",
            ),
        )

    def call(self, title: str, register_number: str) -> None:
        """Sets the name, unsaved."""
        self.title, self.register_number = title, register_number
        self.register_key = register_key(register_number)

    def __str__(self) -> str:
        return self.title

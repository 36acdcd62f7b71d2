"""Contact ways, office hours and the duty list."""

from datetime import time

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from varn.organisations.models.people import Person
from varn.tenancy.models import Owned, OwnedForeignKey


class ContactWay(Owned):
    """How to reach a human: shown in the strip of every page of the organisation."""

    class Hours(models.TextChoices):
        ALWAYS = "always", _("Dygnet runt")
        ORDINARY = "ordinary", _("Kontorstid")
        OUT_OF_HOURS = "out_of_hours", _("Övrig tid och helgdagar")

    label_sv = models.CharField(_("vad det är, på svenska"), max_length=60)
    label_en = models.CharField(_("vad det är, på engelska"), max_length=60)
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    email = models.EmailField(_("e-post"), max_length=254, blank=True)
    hours = models.CharField(_("när"), max_length=16, choices=Hours.choices, default=Hours.ALWAYS)
    position = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="organisations_contact_reachable"),)

    def __str__(self) -> str:
        return self.label_sv


class OfficeHours(Owned):
    """When the organisation's ordinary contact ways answer, Monday to Friday. Public holidays are closed."""

    opens_at = models.TimeField(_("öppnar"), default=time(8))
    closes_at = models.TimeField(_("stänger"), default=time(16, 30))
    eve_closes_at = models.TimeField(_("stänger dag före röd dag"), null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_id"], name="organisations_hours_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="organisations_hours_order"),
        )
        verbose_name_plural = "office hours"

    def __str__(self) -> str:
        return f"{self.opens_at:%H.%M}–{self.closes_at:%H.%M}"


class DutyTurn(Owned):
    """Who holds the duty phone, first and last day, and who steps in."""

    way = OwnedForeignKey(ContactWay, on_delete=models.CASCADE, related_name="turns", verbose_name=_("kontaktväg"))
    person = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="duty_turns", verbose_name=_("har jouren"))
    deputy = OwnedForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="deputy_turns", verbose_name=_("ersättare")
    )
    starts_on = models.DateField(_("från och med"))
    ends_on = models.DateField(_("till och med"))

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="organisations_turn_days"),)

    def __str__(self) -> str:
        return f"{self.starts_on}"

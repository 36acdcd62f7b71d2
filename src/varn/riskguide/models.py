"""Agendas and step 1 of the risk guide: each matter's screening at each meeting."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varn.organisations.models import Body, Matter, Person
from varn.tenancy.models import Owned, OwnedForeignKey


class Agenda(Owned):
    """What one body will decide on at one meeting.

    `set_aside`: formalities of the agenda as read, `{"number", "title"}`; they are nobody's matters until taken in.
    """

    body = OwnedForeignKey(Body, on_delete=models.PROTECT, related_name="agendas", verbose_name=_("organ"))
    meets_on = models.DateField(_("sammanträdesdag"))
    created_by = OwnedForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    set_aside: Any = models.JSONField(default=list)
    next_row = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation_id", "body", "meets_on"], name="riskguide_agenda_once"),)
        indexes = (models.Index(fields=["organisation_id", "-meets_on"], name="riskguide_agenda_newest"),)

    def __str__(self) -> str:
        return f"{self.meets_on}"


class Screening(Owned):
    """Step 1 for one matter on one agenda. Answers are kept as given, with the edition that reads them;
    the level is computed from them, never stored apart from them. `version` counts changes, so that of two people
    changing one matter the later sees what the first set. `row` names it within its agenda and is never used again;
    `title` is how that agenda has it, the matter's own is the latest."""

    class Judgement(models.TextChoices):
        LOW = "low", pgettext_lazy("risknivå", "Låg")
        MODERATE = "moderate", pgettext_lazy("risknivå", "Måttlig")
        HIGH = "high", pgettext_lazy("risknivå", "Hög")

    agenda = OwnedForeignKey(Agenda, on_delete=models.CASCADE, related_name="screenings")
    matter = OwnedForeignKey(Matter, on_delete=models.PROTECT, related_name="screenings")
    row = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    number = models.CharField(_("punkt"), max_length=20, blank=True)
    title = models.CharField(_("ärende"), max_length=300)
    note = models.CharField(_("kort beskrivning"), max_length=300, blank=True)
    edition = models.CharField(max_length=12)
    own_judgement = models.CharField(max_length=8, choices=Judgement.choices, blank=True)
    answers: Any = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    judged_by = OwnedForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(  # two rows of an agenda may change places
                fields=["organisation_id", "agenda", "matter"],
                name="riskguide_screening_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["organisation_id", "agenda", "row"], name="riskguide_screening_row"),
        )
        indexes = (models.Index(fields=["organisation_id", "matter"], name="riskguide_screening_matter"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

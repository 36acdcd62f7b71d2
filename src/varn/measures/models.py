"""The action plan's rows: measures, what people were reminded of, calendar feeds."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from varn.measures import plans
from varn.organisations.models import Person
from varn.tenancy.models import Owned, OwnedForeignKey


class Measure(Owned):
    """Something promised. `version` counts changes: a calendar's SEQUENCE, so that a later invitation wins.

    Text may be read by all who see the plan: nothing here is sealed, and a measure about a case stays with the case.
    """

    class Phase(models.TextChoices):
        BEFORE = plans.Phase.BEFORE, _("Före beslutet")
        DURING = plans.Phase.DURING, _("När beslutet fattas")
        AFTER = plans.Phase.AFTER, _("Efter beslutet")

    class State(models.TextChoices):
        PLANNED = plans.State.PLANNED, pgettext_lazy("åtgärd", "Planerad")
        ONGOING = plans.State.ONGOING, pgettext_lazy("åtgärd", "Pågår")
        DONE = plans.State.DONE, pgettext_lazy("åtgärd", "Klar")
        DROPPED = plans.State.DROPPED, pgettext_lazy("åtgärd", "Avskriven")

    class Effect(models.TextChoices):
        HELPED = plans.Effect.HELPED, pgettext_lazy("åtgärd", "Hjälpte")
        PARTLY = plans.Effect.PARTLY, pgettext_lazy("åtgärd", "Hjälpte delvis")
        DID_NOT = plans.Effect.DID_NOT, pgettext_lazy("åtgärd", "Hjälpte inte")
        UNKNOWN = plans.Effect.UNKNOWN, pgettext_lazy("åtgärd", "Går inte att säga")

    class Priority(models.IntegerChoices):
        DO = 1, pgettext_lazy("åtgärd", "1, ska göras")
        SHOULD = 2, pgettext_lazy("åtgärd", "2, bör göras")
        COULD = 3, pgettext_lazy("åtgärd", "3, kan göras")

    class Origin(models.TextChoices):
        OWN = plans.OriginKind.OWN, pgettext_lazy("ursprung", "Egen åtgärd")
        RISK_ASSESSMENT = plans.OriginKind.RISK_ASSESSMENT, pgettext_lazy("ursprung", "Riskbedömning")

    what = models.CharField(_("vad som ska göras"), max_length=plans.MOST_WHAT)
    why = models.CharField(_("varför"), max_length=plans.MOST_WHY, blank=True)
    phase = models.CharField(_("när i förhållande till ett beslut"), max_length=8, choices=Phase.choices, blank=True)
    priority = models.PositiveSmallIntegerField(_("prioritet"), choices=Priority.choices, default=Priority.SHOULD)
    due_on = models.DateField(_("klart senast"), null=True, blank=True)
    person = OwnedForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="measures", verbose_name=_("ansvarig")
    )
    duty_role = models.CharField(_("ansvarig roll"), max_length=40, blank=True)
    origin_kind = models.CharField(max_length=24, choices=Origin.choices, default=Origin.OWN)
    origin_id = models.UUIDField(null=True)
    code = models.CharField(max_length=40, blank=True)
    edition = models.CharField(max_length=12, blank=True)
    state = models.CharField(_("läge"), max_length=8, choices=State.choices, default=State.PLANNED)
    dropped_because = models.CharField(_("varför den avskrivs"), max_length=plans.MOST_REASON, blank=True)
    closed_on = models.DateField(null=True)
    note = models.CharField(_("anteckning vid uppföljning"), max_length=plans.MOST_NOTE, blank=True)
    effect = models.CharField(_("hjälpte det?"), max_length=8, choices=Effect.choices, blank=True)
    elsewhere = models.CharField(_("följs upp i"), max_length=plans.MOST_REFERENCE, blank=True)
    version = models.PositiveIntegerField(default=0)
    created_on = models.DateField(default=timezone.localdate)
    created_by = OwnedForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(person__isnull=True) | Q(duty_role=""), name="measures_measure_one_owner"),
            models.CheckConstraint(condition=Q(priority__in=plans.PRIORITIES), name="measures_measure_priority"),
            models.CheckConstraint(condition=Q(effect="") | Q(state=plans.State.DONE), name="measures_measure_effect"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, state__in=plans.OPEN) | Q(closed_on__isnull=False, state__in=plans.CLOSED),
                name="measures_measure_closed",
            ),
        )
        indexes = (
            models.Index(
                F("organisation_id"),
                F("state"),
                F("due_on").asc(nulls_last=True),
                F("priority"),
                F("id"),
                name="measures_measure_due",
            ),
            models.Index(fields=["organisation_id", "origin_kind", "origin_id"], name="measures_measure_origin"),
            models.Index(fields=["organisation_id", "person"], name="measures_measure_person"),
            models.Index(fields=["organisation_id", "closed_on"], name="measures_measure_closed_on"),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def origin(self) -> plans.Origin:
        return plans.Origin(plans.OriginKind(self.origin_kind), self.origin_id)


class Reminder(Owned):
    """That a person was told of a measure: the last time, and the day that their calendar got (null: none any more)."""

    measure = OwnedForeignKey(Measure, on_delete=models.CASCADE, related_name="reminders")
    person = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    told_on = models.DateField()
    due_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation_id", "measure", "person"], name="measures_reminder_once"),)

    def __str__(self) -> str:
        return f"{self.told_on}"


class CalendarFeed(Owned):
    """A link by which a person's calendar reads their measures. Only the hash of its token is kept."""

    person = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64)
    created_on = models.DateField(default=timezone.localdate)
    is_english = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_id", "person"], name="measures_feed_person"),
            models.UniqueConstraint(fields=["organisation_id", "token_hash"], name="measures_feed_token"),
        )
        indexes = (models.Index(fields=["token_hash"], name="measures_feed_lookup"),)

    def __str__(self) -> str:
        return f"{self.created_on}"

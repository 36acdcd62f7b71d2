"""The risk guide: agendas, step 1 of each matter on them, steps 2 and 3 of the worrying ones, and what happened."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q
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


class Assessment(Owned):
    """Steps 2 and 3 for one matter, by one person or a group. It carries what step 1 said then, so that it stands by itself.

    By statement (`step2.online_tone`): `joint` is what was answered together, `versions` how often that was set, `signed` who
    set it last, `spreads` how the independent answers fell (counts from the lowest answer up, unknown last) while the answers
    themselves are gone. `title` is what the matter was called: all that a guest sees of it. `figures`: the levels, once the
    answers are cleared (docs/adr/0010).
    """

    matter = OwnedForeignKey(Matter, on_delete=models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=300)
    edition = models.CharField(max_length=12)
    own_judgement = models.CharField(max_length=8, blank=True)
    step1: Any = models.JSONField(default=dict)
    started_by = OwnedForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    started_on = models.DateField()
    started_at = models.DateTimeField(default=timezone.now)
    step = models.PositiveSmallIntegerField(default=2)
    is_shown = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False)
    joint: Any = models.JSONField(default=dict)
    versions: Any = models.JSONField(default=dict)
    signed: Any = models.JSONField(default=dict)
    spreads: Any = models.JSONField(default=dict)
    note = models.CharField(_("anteckning"), max_length=1000, blank=True)
    figures: Any = models.JSONField(default=dict)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(step__in=(2, 3)), name="riskguide_assessment_step"),)
        indexes = (models.Index(fields=["organisation_id", "matter"], name="riskguide_assessment_matter"),)

    def __str__(self) -> str:
        return f"{self.title} {self.started_on}"


class Seat(Owned):
    """A colleague who answers alone first: a person here, or a name that a link was made for.

    `answers` by statement, each only until the group has answered it together."""

    assessment = OwnedForeignKey(Assessment, on_delete=models.CASCADE, related_name="seats")
    person = OwnedForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("namn"), max_length=80, blank=True)
    email = models.EmailField(_("e-post"), max_length=254, blank=True)
    answers: Any = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_id", "assessment", "person"], name="riskguide_seat_once"),
            models.CheckConstraint(condition=Q(person__isnull=True) | Q(name=""), name="riskguide_seat_one_name"),
        )
        indexes = (models.Index(fields=["organisation_id", "person"], name="riskguide_seat_person"),)

    def __str__(self) -> str:
        return str(self.person) if self.person else self.name


class Closing(Owned):
    """How a matter ended, and what became of its working material. `rule`: the decision that the clearing rests on."""

    class Outcome(models.TextChoices):
        NOTHING = "nothing", _("Inget hände")
        HATE = "hate", _("Hat")
        THREATS = "threats", _("Hot")
        VIOLENCE = "violence", _("Våld eller skadegörelse")

    class Helped(models.TextChoices):
        YES = "yes", _("Ja")
        PARTLY = "partly", _("Delvis")
        NO = "no", _("Nej")
        UNKNOWN = "unknown", _("Går inte att säga, eller inga åtgärder")

    class Record(models.TextChoices):
        WORKING = "", _("Arbetsmaterial")
        FILED = "filed", _("Till akten")
        CLEARED = "cleared", _("Rensat")

    matter = OwnedForeignKey(Matter, on_delete=models.PROTECT, related_name="closings")
    closed_on = models.DateField()
    closed_by = OwnedForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(_("vad hände?"), max_length=10, choices=Outcome.choices)
    measures_helped = models.CharField(_("hjälpte åtgärderna?"), max_length=10, choices=Helped.choices)
    lesson = models.CharField(_("vad lärde ni er?"), max_length=1000, blank=True)
    record = models.CharField(max_length=10, choices=Record.choices, blank=True, default="")
    recorded_on = models.DateField(null=True)
    register_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    rule = models.CharField(_("beslut om gallring"), max_length=200, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation_id", "matter"], name="riskguide_closing_once"),)

    def __str__(self) -> str:
        return f"{self.closed_on}"


class GuestAssessment(models.Model):
    """What somebody without an account saved, outside every organisation, until its last day. Whoever holds the link reads,
    changes and removes it, by `lookup`: the hash of the link's token, which stands nowhere. No clock time, and nobody's name."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    lookup = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=12)
    own_judgement = models.CharField(max_length=8, blank=True)
    step1: Any = models.JSONField(default=dict)
    joint: Any = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    expires_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return self.title

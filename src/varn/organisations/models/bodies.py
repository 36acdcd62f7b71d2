"""Bodies and parties, and the seats that people hold in them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from varn.organisations.models.people import Person
from varn.organisations.terms import BodyKind, MandateRole
from varn.tenancy.models import Owned, OwnedForeignKey


class Body(Owned):
    """A council, board or committee. An authority of its own keeps its own records (*nämndmyndighet*)."""

    class Kind(models.TextChoices):
        COUNCIL = BodyKind.COUNCIL, _("Fullmäktige")
        EXECUTIVE_BOARD = BodyKind.EXECUTIVE_BOARD, _("Kommunstyrelse eller regionstyrelse")
        COMMITTEE = BodyKind.COMMITTEE, _("Nämnd")
        JOINT_COMMITTEE = BodyKind.JOINT_COMMITTEE, _("Gemensam nämnd")
        COMPANY_BOARD = BodyKind.COMPANY_BOARD, _("Bolagsstyrelse")
        AUDITORS = BodyKind.AUDITORS, _("Revisorer")

    name = models.CharField(_("namn"), max_length=120)
    kind = models.CharField(_("slag"), max_length=16, choices=Kind.choices)
    is_authority = models.BooleanField(_("egen myndighet"), default=False)
    term_starts_on = models.DateField(_("mandattiden börjar"))
    term_ends_on = models.DateField(_("mandattiden slutar"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_id", "name"], name="organisations_body_name"),
            models.CheckConstraint(condition=Q(term_ends_on__gt=F("term_starts_on")), name="organisations_body_term"),
        )

    def __str__(self) -> str:
        return self.name


class Party(Owned):
    """A party here. Group leader and safety contact need not be elected; `…_since` is the day they were named,
    so that a mandate that ends afterwards ends the duty with it (`standing.py`)."""

    name = models.CharField(_("namn"), max_length=80)
    abbreviation = models.CharField(_("beteckning"), max_length=12)
    group_leader = OwnedForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="leads", verbose_name=_("gruppledare")
    )
    safety_contact = OwnedForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="safety_contact_of",
        verbose_name=_("trygghetskontakt"),
    )
    group_leader_since = models.DateField(null=True, editable=False)
    safety_contact_since = models.DateField(null=True, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_id", "abbreviation"], name="organisations_party_abbreviation"),
        )
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name


class Mandate(Owned):
    """A seat: person, body and role, first and last day (both included; open when `ends_on` is null)."""

    class Role(models.TextChoices):
        MEMBER = MandateRole.MEMBER, _("Ledamot")
        DEPUTY = MandateRole.DEPUTY, _("Ersättare")
        CHAIR = MandateRole.CHAIR, _("Ordförande")
        FIRST_VICE_CHAIR = MandateRole.FIRST_VICE_CHAIR, _("1:e vice ordförande")
        SECOND_VICE_CHAIR = MandateRole.SECOND_VICE_CHAIR, _("2:e vice ordförande")
        AUDITOR = MandateRole.AUDITOR, _("Revisor")
        OTHER = MandateRole.OTHER, _("Annat uppdrag")

    person = OwnedForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    body = OwnedForeignKey(Body, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("organ"))
    party = OwnedForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("parti")
    )
    role = models.CharField(_("roll"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    starts_on = models.DateField(_("från och med"))
    ends_on = models.DateField(_("till och med"), null=True, blank=True)
    full_time_percent = models.PositiveSmallIntegerField(
        _("andel av heltid, procent"), default=0, validators=[MaxValueValidator(100)]
    )
    is_covered_by_18a = models.BooleanField(_("omfattas av kommunallagen 4 kap. 18 a §"), default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="organisations_mandate_days"
            ),
            models.CheckConstraint(condition=Q(full_time_percent__lte=100), name="organisations_mandate_percent"),
            models.UniqueConstraint(
                fields=["organisation_id", "person", "body", "role", "starts_on"], name="organisations_mandate_once"
            ),
        )
        indexes = (  # the ended ones are few on most days, and every list of people asks for them
            models.Index(
                fields=["organisation_id", "ends_on"], name="organisations_mandate_ended", condition=Q(ends_on__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.get_role_display()

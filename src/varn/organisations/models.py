"""Tenants and what their rooms share: bodies, parties, people, mandates, access, contact ways, matters."""

from datetime import time
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from varn.organisations.registernumbers import KEY_LENGTH, register_key
from varn.organisations.rights import Role
from varn.organisations.terms import BodyKind, MandateRole, OrganisationKind
from varn.tenancy.models import Owned, OwnedForeignKey

# First path segments that are not an organisation's.
RESERVED_SLUGS = frozenset(
    [
        "en",
        "sv",
        "halsa",
        "redo",
        "logga-in",
        "logga-ut",
        "rapportera",
        "lamna",
        "l",
        "konto",
        "static",
        "om",
        "tillganglighet",
        "sok",
        "start",
        "inbjudan",
        "robots",
        "riskguide",
        "natverk",
        "bibliotek",
        "nyheter",
        "admin",
        "api",
        "demo",
    ]
)


class SwedishOrder(Func):
    """Sorts as Swedish does (å, ä, ö last) without ICU; case does not matter. For ORDER BY inside Collate(…, "C")."""

    function = "sv"
    output_field = models.TextField()


class Organisation(models.Model):
    """A tenant. Its name and slug are public; everything else of it is owned."""

    class Kind(models.TextChoices):
        MUNICIPALITY = OrganisationKind.MUNICIPALITY, _("Kommun")
        REGION = OrganisationKind.REGION, _("Region")
        FEDERATION = OrganisationKind.FEDERATION, _("Kommunalförbund")
        COMPANY = OrganisationKind.COMPANY, _("Kommunalt bolag")
        NATIONAL = OrganisationKind.NATIONAL, _("Nationell nod")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=40, unique=True, validators=[RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")])
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind.choices)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(slug__in=sorted(RESERVED_SLUGS)), name="organisations_slug_free"),)

    def __str__(self) -> str:
        return self.name


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


class Person(Owned):
    """Somebody as one organisation knows them. No home address, no personal identity number, ever."""

    given_name = models.CharField(_("förnamn"), max_length=80)
    family_name = models.CharField(_("efternamn"), max_length=80)
    email = models.EmailField(_("e-post"), max_length=254, blank=True)
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    is_protected = models.BooleanField(_("skyddade personuppgifter"), default=False)
    ends_on = models.DateField(_("sista dag"), null=True, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation_id", "account"], name="organisations_person_account"),)
        indexes = (
            models.Index(
                F("organisation_id"),
                Collate(SwedishOrder("family_name"), "C"),
                Collate(SwedishOrder("given_name"), "C"),
                F("id"),
                name="organisations_person_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class RegisterKey(Owned):
    """The id that another register has for a person, so that the next import finds them again."""

    person = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="register_keys")
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=300)  # "mail:" and an address is the longest

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation_id", "source", "key"], name="organisations_register_key"),)

    def __str__(self) -> str:
        return self.source


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

    def __str__(self) -> str:
        return self.get_role_display()


class AccessGrant(Owned):
    """An access role that somebody was given; those that follow from mandates are not granted."""

    person = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_id", "person", "role", "starts_on"], name="organisations_grant_once"),
        )

    def __str__(self) -> str:
        return self.role


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


class Matter(Owned):
    """What a committee decides on. Its name may be read by anyone; it belongs to an authority.

    `register_number` stands as it was last written; `register_key` is what tells it from others: set both by `call`.
    """

    title = models.CharField(_("ärende"), max_length=300)
    register_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    register_key = models.CharField(max_length=KEY_LENGTH, blank=True, default="", editable=False)
    body = OwnedForeignKey(Body, on_delete=models.PROTECT, related_name="matters")

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

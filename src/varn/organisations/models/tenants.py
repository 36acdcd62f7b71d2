"""Organisations themselves: the tenants."""

from uuid import uuid4

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from varn.organisations.terms import OrganisationKind

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

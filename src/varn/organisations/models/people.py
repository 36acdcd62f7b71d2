"""People, as one organisation knows them, and the access roles they were given."""

from django.conf import settings
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from varn.organisations.rights import Role
from varn.tenancy.models import Owned, OwnedForeignKey


class SwedishOrder(Func):
    """Sorts as Swedish does (å, ä, ö last) without ICU; case does not matter. For ORDER BY inside Collate(…, "C")."""

    function = "sv"
    output_field = models.TextField()


class Person(Owned):
    """Somebody as one organisation knows them. No home address, no personal identity number, ever."""

    given_name = models.CharField(_("förnamn"), max_length=80)
    family_name = models.CharField(_("efternamn"), max_length=80)
    email = models.EmailField(_("e-post"), max_length=254, blank=True)
    phone = models.CharField(_("telefon"), max_length=30, blank=True)
    is_protected = models.BooleanField(_("skyddade personuppgifter"), default=False)
    ends_on = models.DateField(_("sista dag"), null=True, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name_key = models.GeneratedField(  # " öberg eva" as `SwedishOrder` has it: what lists sort by and a search looks in
        expression=Concat(
            Value(" "), SwedishOrder("family_name"), Value(" "), SwedishOrder("given_name"), output_field=models.TextField()
        ),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation_id", "account"], name="organisations_person_account"),)
        indexes = (models.Index(fields=["organisation_id", "name_key", "id"], name="organisations_person_order"),)

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


class WaitingGrant(Owned):
    """A strong access role that waits for a second person. It gives nothing; once confirmed it becomes an AccessGrant."""

    person = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="waiting_grants")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    proposed_by = OwnedForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    proposed_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_id", "person", "role"], name="organisations_waiting_grant_once"),
        )

    def __str__(self) -> str:
        return self.role

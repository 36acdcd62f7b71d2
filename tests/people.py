"""The same cast in every test: Alva (representative), Bo (security coordinator), Cia (another municipality), Dag (no account)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from varn.accounts.models import Account
from varn.audit import act
from varn.organisations.models import AccessGrant, Body, Mandate, Organisation, Person
from varn.organisations.rights import Role
from varn.organisations.terms import BodyKind, OrganisationKind, term_on
from varn.tenancy.within import within

LONG_AGO = date(2020, 1, 1)
TODAY = date(2026, 11, 24)
PASSWORD = "granar vid vatten 7"


@cache
def _hashed() -> str:
    """Argon2 is slow on purpose: once is enough."""
    return make_password(PASSWORD)


@contextmanager
def setting_up(organisation: Organisation) -> Iterator[None]:
    """Writes the given, without a trail: only for what is there before a test begins."""
    with within(organisation.pk):
        act.begin(organisation.pk)
        try:
            yield
        finally:
            act.end()


def an_organisation(slug: str = "granvik", kind: OrganisationKind = OrganisationKind.MUNICIPALITY) -> Organisation:
    return Organisation.objects.create(slug=slug, name=f"{slug.capitalize()}s kommun", kind=kind)


def a_person(
    organisation: Organisation, given_name: str = "Alva", *roles: Role, email: str | None = None, **fields: Any
) -> Person:
    """A person with an account and these access roles."""
    address = email or f"{given_name.lower()}@{organisation.slug}.example"
    account = Account.objects.filter(email=address).first() or Account.objects.create(email=address, password=_hashed())
    with setting_up(organisation):
        person = Person.objects.create(given_name=given_name, family_name="Exempelsson", email=address, account=account, **fields)
        for role in roles:
            AccessGrant.objects.create(person=person, role=role, starts_on=LONG_AGO)
    return person


def a_body(organisation: Organisation, name: str = "Kommunstyrelsen", kind: BodyKind = BodyKind.EXECUTIVE_BOARD) -> Body:
    term = term_on(kind, TODAY)
    with setting_up(organisation):
        return Body.objects.create(
            name=name, kind=kind, is_authority=True, term_starts_on=term.starts_on, term_ends_on=term.ends_on
        )


def a_seat(organisation: Organisation, person: Person, body: Body, **fields: Any) -> Mandate:
    with setting_up(organisation):
        return Mandate.objects.create(person=person, body=body, **{"starts_on": LONG_AGO, **fields})

"""One municipality with those who plan, those who are responsible, and management."""

from typing import Any

import pytest
from django.utils import timezone

from tests.people import a_body, a_person, a_seat, an_organisation
from varn.organisations.models import Organisation, Person
from varn.organisations.queries import member_of
from varn.organisations.rights import Member, Role
from varn.tenancy.within import within


@pytest.fixture
def granvik(db: None, settings: Any) -> Organisation:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return an_organisation("granvik")


def member(person: Person) -> Member:
    with within(person.organisation_id):
        found = member_of(person.account_id, person.organisation_id, today=timezone.localdate())  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.fixture
def bo(granvik: Organisation) -> Person:
    """The security coordinator, who plans."""
    return a_person(granvik, "Bo", Role.CASE_HANDLER)


@pytest.fixture
def alva(granvik: Organisation) -> Person:
    """A representative, who sees what is hers."""
    person = a_person(granvik, "Alva")
    a_seat(granvik, person, a_body(granvik))
    return person


@pytest.fixture
def maja(granvik: Organisation) -> Person:
    """Management, who sees it all."""
    return a_person(granvik, "Maja", Role.MANAGEMENT)


@pytest.fixture
def planner(bo: Person) -> Member:
    return member(bo)

"""The door between organisations."""

import pytest
from django.db import connection

from tests.people import an_organisation
from varn.audit.guard import WriteOutsideAct
from varn.organisations.models import Person
from varn.tenancy.within import NoOrganisation, within

pytestmark = pytest.mark.django_db


def test_an_owned_query_outside_the_door_raises() -> None:
    with pytest.raises(NoOrganisation):
        Person.objects.count()


def test_rows_asked_for_inside_the_door_are_not_read_outside_it() -> None:
    organisation = an_organisation("granvik")
    with within(organisation.pk):
        asked, read = Person.objects.all(), Person.objects.all()
        assert list(read) == []
    assert list(read) == []
    with pytest.raises(NoOrganisation):
        list(asked)


def test_a_write_outside_an_act_raises() -> None:
    organisation = an_organisation("granvik")
    with pytest.raises(WriteOutsideAct), within(organisation.pk):
        Person.objects.create(given_name="Alva", family_name="Exempel")


def test_the_application_role_sees_nothing_without_an_organisation() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organisations_person")
        assert cursor.fetchone() == (0,)

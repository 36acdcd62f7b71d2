"""A file on paper, whatever room asked for it: begun, finished, taken back, gone after a day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.people import a_person, an_organisation, setting_up
from varn.organisations.models import Organisation
from varn.organisations.rights import Job, Role
from varn.printing.actions import begin_printing, drop_printings, finish_printing
from varn.printing.filling import Filled
from varn.printing.jobs import make
from varn.printing.models import Printing
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
PAGE = Filled("riskguide/templates/riskguide/report.typ", {}, n_rows=3)


@pytest.fixture
def granvik() -> Organisation:
    return an_organisation("granvik")


def asked(organisation: Organisation) -> Printing:
    person = a_person(organisation, "Maj", Role.CLERK)
    with setting_up(organisation):
        return Printing.objects.create(kind="plan", person=person)


def again(printing: Printing) -> Printing:
    with within(printing.organisation_id):
        return Printing.objects.get(pk=printing.pk)


def test_one_that_was_taken_back_stays_so(granvik: Organisation) -> None:
    printing, job = asked(granvik), Job(granvik.pk)
    begin_printing(job, printing.pk, n_rows=3)
    with setting_up(granvik):
        Printing.objects.update(state=Printing.State.FAILED, pdf=None)
    finish_printing(job, printing.pk, pdf=b"%PDF-1.7")
    begin_printing(job, printing.pk, n_rows=3)
    found = again(printing)
    assert (found.state, found.pdf) == (Printing.State.FAILED, None)


def test_where_there_is_nothing_to_print_the_page_says_so(granvik: Organisation) -> None:
    printing = asked(granvik)
    make(str(granvik.pk), str(printing.pk), lambda row, reader: None)
    assert again(printing).state == Printing.State.FAILED


def test_a_template_at_fault_is_said_and_not_raised(granvik: Organisation) -> None:
    printing = asked(granvik)
    make(str(granvik.pk), str(printing.pk), lambda row, reader: PAGE)
    assert again(printing).state == Printing.State.FAILED


def test_a_job_for_nothing_does_nothing(granvik: Organisation) -> None:
    make(str(granvik.pk), str(uuid4()), lambda row, reader: pytest.fail("nothing was asked for"))


def test_it_goes_after_a_day(granvik: Organisation) -> None:
    printing, now = asked(granvik), timezone.now()
    drop_printings(Job(granvik.pk), now=now)
    assert again(printing)
    drop_printings(Job(granvik.pk), now=now + timedelta(days=2))
    with within(granvik.pk):
        assert not Printing.objects.exists()

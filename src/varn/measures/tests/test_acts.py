"""Acts on one measure: done, refused, trail left, and two at once."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from tests.people import a_person, setting_up
from varn.audit.actions import NotAllowed
from varn.audit.models import Entry
from varn.measures.actions.measures import (
    ELSEWHERE_FIELDS,
    FOLLOW_FIELDS,
    PLAN_FIELDS,
    create_measure,
    edit_measure,
    follow_up_measure,
    mark_elsewhere,
)
from varn.measures.models import Measure
from varn.measures.tests.conftest import member
from varn.organisations.models import Organisation, Person
from varn.organisations.queries.versions import version_of
from varn.organisations.refusals import Changed, Refused
from varn.organisations.rights import Member
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db
YESTERDAY, SOON = timedelta(days=-1), timedelta(days=14)


@pytest.fixture(autouse=True)
def inside(granvik: Organisation) -> Iterator[None]:
    with within(granvik.pk):
        yield


@pytest.fixture
def measure(granvik: Organisation, alva: Person) -> Measure:
    with setting_up(granvik):
        return Measure.objects.create(what="Bjud in till samtal", person=alva, due_on=timezone.localdate() + SOON)


def plan(measure: Measure, **other: Any) -> dict[str, Any]:
    return {name: getattr(measure, name) for name in PLAN_FIELDS} | {"seen": version_of(measure, PLAN_FIELDS)} | other


def follow(measure: Measure, **other: Any) -> dict[str, Any]:
    return {"seen": version_of(measure, FOLLOW_FIELDS), "state": "ongoing"} | other


def test_a_form_sent_twice_makes_one(planner: Member) -> None:
    row_id = uuid4()
    first = create_measure(planner, row_id=row_id, what="Ring växeln")
    assert create_measure(planner, row_id=row_id, what="Ring växeln") == first
    assert first.created_by_id == planner.person_id
    assert Entry.objects.filter(code="measure.create", target_id=row_id).count() == 1


def test_every_change_raises_the_version_that_calendars_go_by(planner: Member, measure: Measure) -> None:
    changed = edit_measure(planner, measure, **plan(measure, what="Bjud in till ett lugnt samtal"))
    assert (changed.version, changed.what) == (1, "Bjud in till ett lugnt samtal")
    followed = follow_up_measure(planner, changed, **follow(changed))
    assert followed.version == 2
    assert mark_elsewhere(planner, followed, seen=version_of(followed, ELSEWHERE_FIELDS), elsewhere="Planen 14").version == 3


def test_the_later_of_two_sees_what_the_first_set(planner: Member, measure: Measure) -> None:
    seen = plan(measure)
    edit_measure(planner, measure, **seen | {"priority": 1})
    with pytest.raises(Changed):
        edit_measure(planner, measure, **seen | {"priority": 3})
    assert Measure.objects.get().priority == 1


def test_a_day_that_has_passed_may_stand_but_not_be_chosen(granvik: Organisation, planner: Member, measure: Measure) -> None:
    today = timezone.localdate()
    with setting_up(granvik):
        Measure.objects.update(due_on=today + YESTERDAY)
    measure.refresh_from_db()
    assert edit_measure(planner, measure, **plan(measure, priority=1)).priority == 1
    measure.refresh_from_db()
    with pytest.raises(Refused, match="due_on"):
        edit_measure(planner, measure, **plan(measure, due_on=today + 2 * YESTERDAY))


def test_whoever_has_left_may_stand_but_not_be_chosen(
    granvik: Organisation, planner: Member, alva: Person, measure: Measure
) -> None:
    gone = a_person(granvik, "Ulf", ends_on=timezone.localdate() + YESTERDAY)
    with pytest.raises(Refused, match="person"):
        edit_measure(planner, measure, **plan(measure, person=gone))
    with setting_up(granvik):
        Person.objects.filter(pk=alva.pk).update(ends_on=date(2021, 1, 1))
    assert edit_measure(planner, measure, **plan(measure, priority=1)).person_id == alva.pk


def test_the_responsible_one_follows_up_and_says_whether_it_helped(alva: Person, measure: Measure) -> None:
    done = follow_up_measure(member(alva), measure, **follow(measure, state="done", effect="partly", note="Tre kom."))
    assert (done.closed_on, done.effect) == (timezone.localdate(), "partly")
    assert Entry.objects.get(code="measure.follow_up").detail == {"state": "done", "effect": "partly"}
    again = follow_up_measure(member(alva), done, **follow(done))
    assert (again.closed_on, again.effect, again.state) == (None, "", "ongoing")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"state": "dropped"}, "dropped_because"), ({"state": "ongoing", "effect": "helped"}, "effect")],
)
def test_what_does_not_hang_together_is_refused(planner: Member, measure: Measure, given: dict[str, str], field: str) -> None:
    with pytest.raises(Refused, match=field):
        follow_up_measure(planner, measure, **follow(measure, **given))
    assert Measure.objects.get().state == "planned"


def test_only_the_responsible_and_those_who_plan_follow_up(granvik: Organisation, maja: Person, measure: Measure) -> None:
    with pytest.raises(Http404):  # management reads
        follow_up_measure(member(maja), measure, **follow(measure))
    cia = a_person(granvik, "Cia")
    with pytest.raises((Measure.DoesNotExist, NotAllowed)):
        follow_up_measure(member(cia), measure, **follow(measure))


def test_what_another_system_follows_up_is_only_shown_until_the_mark_is_gone(planner: Member, measure: Measure) -> None:
    marked = mark_elsewhere(planner, measure, seen=version_of(measure, ELSEWHERE_FIELDS), elsewhere="Planen, rad 14")
    with pytest.raises(Refused) as refusal:
        edit_measure(planner, marked, **plan(marked))
    assert "Planen, rad 14" in refusal.value.sentence
    with pytest.raises(Refused):
        follow_up_measure(planner, marked, **follow(marked))
    free = mark_elsewhere(planner, marked, seen=version_of(marked, ELSEWHERE_FIELDS), elsewhere="")
    assert follow_up_measure(planner, free, **follow(free)).state == "ongoing"

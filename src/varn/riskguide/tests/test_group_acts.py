"""A group answers alone first and then together: who sees what, what is kept, and two people at once."""

from uuid import uuid4

import pytest
from django.http import Http404

from varn.audit.models import Entry
from varn.organisations.refusals import Refused
from varn.riskguide.assessment.actions.answering import answer
from varn.riskguide.assessment.actions.running import SettledMeanwhile, Wanted, open_step3, settle, start_assessment, write_note
from varn.riskguide.assessment.actions.seats import invite_people, remove_seat
from varn.riskguide.assessment.queries.groups import asked
from varn.riskguide.assessment.queries.matters import computed
from varn.riskguide.models import Assessment, Seat
from varn.riskguide.tests.conftest import Town
from varn.riskguide.tests.groups import (
    STEP2,
    STEP3,
    TONE,
    a_matter,
    a_seat_of,
    again,
    an_assessment,
    gives,
    seat_again,
    sets,
    sets_all,
    shown,
)
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


def test_a_matter_that_was_not_sorted_cannot_be_assessed(town: Town) -> None:
    agenda = town.agenda()
    with pytest.raises(Refused, match="refused"):
        start_assessment(town.member(town.maj), key=uuid4(), matter=town.screening(agenda).matter, is_group=False)


def test_the_same_form_sent_twice_starts_one(town: Town) -> None:
    matter, key = a_matter(town), uuid4()
    for _ in range(2):
        start_assessment(town.member(town.maj), key=key, matter=matter, is_group=True)
    with within(town.organisation.pk):
        assert Assessment.objects.count() == 1
        assert Seat.objects.count() == 1
        assert Entry.objects.filter(code="assessment.start").count() == 1


def test_a_reader_starts_and_sets_nothing(town: Town) -> None:
    matter = a_matter(town)
    with pytest.raises(Http404):
        start_assessment(town.member(town.rut), key=uuid4(), matter=matter, is_group=False)
    assessment = an_assessment(town, matter=matter)
    with pytest.raises(Http404):
        sets(town, assessment, TONE, 1, by=town.rut)


def test_one_person_alone_goes_all_the_way(town: Town) -> None:
    assessment = an_assessment(town)
    sets_all(town, assessment, STEP2, "13220232")
    open_step3(town.member(town.maj), assessment)
    found = sets_all(town, assessment, STEP3, "1211000022111122")
    result = computed(found)
    assert result.step2
    assert result.step3
    assert (result.step2.percent, result.step3.stage, result.step3.complexity_sum) == (57, 4, 12)


def test_nothing_is_set_together_before_the_answers_are_shown(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    with pytest.raises(Refused):
        sets(town, assessment, TONE, 1)
    shown(town, assessment)
    assert sets(town, assessment, TONE, 1).joint == {TONE: 1}


def test_the_spread_is_kept_and_the_answers_by_name_are_not(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    bo, rut = (a_seat_of(town, assessment, person) for person in (town.bo, town.rut))
    gives(town, town.bo, bo, online_tone=1, mobilisation=3)
    gives(town, town.rut, rut, online_tone="unknown")
    shown(town, assessment)
    found = sets(town, assessment, TONE, 2)
    assert found.spreads[TONE] == [0, 1, 0, 0, 1]
    assert [seat_again(town, seat).answers for seat in (bo, rut)] == [{"step2.mobilisation": 3}, {}]
    assert sets(town, found, TONE, 3, version=1).spreads[TONE] == [0, 1, 0, 0, 1]


def test_the_trail_never_holds_an_answer(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    gives(town, town.bo, seat, online_tone=3)
    shown(town, assessment)
    sets(town, assessment, TONE, 3)
    with within(town.organisation.pk):
        answered = Entry.objects.get(code="seat.answer")
        together = Entry.objects.get(code="assessment.settle")
    assert answered.detail == {"seat": str(seat.pk), "n_answers": 1, "statement": TONE}
    assert together.detail == {"statement": TONE}


def test_the_higher_is_proposed_where_they_are_divided(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    bo, rut = (a_seat_of(town, assessment, person) for person in (town.bo, town.rut))
    gives(town, town.bo, bo, online_tone=1, mobilisation=0, hostile_actors="unknown", process_trust=2)
    gives(town, town.rut, rut, online_tone=2, mobilisation=3, hostile_actors="unknown", process_trust=2)
    with within(town.organisation.pk):
        found = {one.statement.bare: one.fallen for one in asked(shown(town, assessment), 2)}
    assert (found["online_tone"].proposed, found["online_tone"].is_divided, found["online_tone"].is_wide) == (2, True, False)
    assert (found["mobilisation"].proposed, found["mobilisation"].is_wide) == (3, True)
    assert found["hostile_actors"].proposed == "unknown"
    assert (found["process_trust"].proposed, found["process_trust"].is_divided) == (2, False)
    assert found["exposure_moments"].proposed is None


def test_a_colleague_who_answers_after_the_joint_answer_is_told_and_not_saved(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    shown(town, assessment)
    sets(town, assessment, TONE, 2)
    answered = answer(town.member(town.bo), seat.pk, {TONE: "1", "step2.mobilisation": "0"})
    assert answered.late == (TONE,)
    assert seat_again(town, seat).answers == {"step2.mobilisation": 0}


def test_an_answer_can_be_changed_and_taken_back_until_then(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    gives(town, town.bo, seat, online_tone=1)
    gives(town, town.bo, seat, online_tone=3)
    assert seat_again(town, seat).answers == {TONE: 3}
    gives(town, town.bo, seat, online_tone="")
    assert seat_again(town, seat).answers == {}


@pytest.mark.parametrize("given", [{TONE: "4"}, {TONE: "-1"}, {"step2.made_up": "1"}, {"step3.tone": "1"}, {TONE: "x" * 500}])
def test_an_answer_off_the_scale_saves_nothing(town: Town, given: dict[str, str]) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    with pytest.raises(Refused):
        answer(town.member(town.bo), seat.pk, {"step2.mobilisation": "1", **given})
    assert seat_again(town, seat).answers == {}


def test_nobody_answers_in_somebody_elses_seat(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    with pytest.raises(Http404):
        gives(town, town.maj, seat, online_tone=1)


def test_the_later_of_two_who_set_one_joint_answer_sees_what_the_first_set(town: Town) -> None:
    assessment = an_assessment(town)
    sets(town, assessment, TONE, 3, by=town.bo)
    with pytest.raises(SettledMeanwhile) as clash:
        sets(town, assessment, TONE, 1)
    assert clash.value.assessment.joint[TONE] == 3
    assert again(town, assessment).joint == {TONE: 3}
    assert sets(town, assessment, TONE, 1, version=1).joint == {TONE: 1}


def test_two_who_set_the_same_or_different_statements_do_not_clash(town: Town) -> None:
    assessment = an_assessment(town)
    sets(town, assessment, TONE, 3, by=town.bo)
    sets(town, assessment, TONE, 3)
    sets(town, assessment, "step2.mobilisation", 1)
    assert again(town, assessment).joint == {TONE: 3, "step2.mobilisation": 1}


def test_step_3_waits_for_all_of_step_2_and_is_answered_alone_first(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    shown(town, assessment)
    with pytest.raises(Refused):
        open_step3(town.member(town.maj), assessment)
    sets_all(town, assessment, STEP2, "13220232")
    found = open_step3(town.member(town.maj), assessment)
    assert (found.step, found.is_shown) == (3, False)
    with pytest.raises(Refused):
        settle(town.member(town.maj), assessment.pk, Wanted("step3.tone", "1", 0))


def test_who_started_alone_and_asks_others_hides_the_answers_again(town: Town) -> None:
    assessment = an_assessment(town)
    a_seat_of(town, assessment, town.bo)
    assert not again(town, assessment).is_shown
    with within(town.organisation.pk):
        seat = Seat.objects.get()
    remove_seat(town.member(town.maj), seat)
    assert again(town, assessment).is_shown


def test_a_person_is_asked_once(town: Town) -> None:
    assessment = an_assessment(town)
    for _ in range(2):
        invite_people(town.member(town.maj), assessment, [town.bo])
    with within(town.organisation.pk):
        assert Seat.objects.count() == 1


def test_the_later_of_two_who_write_the_note_is_told(town: Town) -> None:
    assessment = an_assessment(town)
    write_note(town.member(town.bo), assessment, text="Möte i bygdegården.", seen="")
    with pytest.raises(Refused):
        write_note(town.member(town.maj), assessment, text="Något annat.", seen="")
    assert again(town, assessment).note == "Möte i bygdegården."


def test_another_organisation_meets_nothing(town: Town, make_town: object) -> None:
    assessment = an_assessment(town)
    other = make_town("tallhult")  # type: ignore[operator]
    with pytest.raises(Http404):
        settle(other.member(other.maj), assessment.pk, Wanted(TONE, "1", 0))

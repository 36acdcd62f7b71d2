"""Two at the very same moment: an answer on its way while the group sets the joint one, or while the matter is closed."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from varn.organisations.refusals import Refused
from varn.riskguide.assessment.actions.answering import Answered, answer
from varn.riskguide.tests.conftest import Town
from varn.riskguide.tests.groups import TONE, a_seat_of, again, an_assessment, seat_again, sets, shown
from varn.riskguide.tests.test_ending import closes

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = 0.3  # seconds in which somebody who need not wait would be done


class Meanwhile:
    """Does something in a connection of its own; it must wait for whoever holds the row."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self.act = act
        self.found: list[Any] = []
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.found.append(self.act())
        except Refused as refusal:
            self.found.append(refusal)
        finally:
            connection.close()

    def waits(self) -> bool:
        self.thread.join(WAITS)
        return self.thread.is_alive()

    def result(self) -> Any:
        self.thread.join(20)
        return self.found[0]


def test_an_answer_that_waits_for_the_joint_one_comes_late_and_is_not_left_behind(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    shown(town, assessment)
    bo = town.member(town.bo)
    with transaction.atomic():
        sets(town, assessment, TONE, 2)
        answering = Meanwhile(lambda: answer(bo, seat.pk, {TONE: "3"}))
        assert answering.waits()
    found = answering.result()
    assert isinstance(found, Answered)
    assert found.late == (TONE,)
    assert seat_again(town, seat).answers == {}


def test_an_answer_that_came_first_is_counted(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    shown(town, assessment)
    with transaction.atomic():
        answer(town.member(town.bo), seat.pk, {TONE: "3"})
        setting = Meanwhile(lambda: sets(town, assessment, TONE, 2))
        assert setting.waits()
    setting.result()
    assert again(town, assessment).spreads[TONE] == [0, 0, 0, 1, 0]
    assert seat_again(town, seat).answers == {}


def test_an_answer_that_waits_for_the_closing_is_refused(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    bo = town.member(town.bo)
    with transaction.atomic():
        closes(town, assessment.matter)
        answering = Meanwhile(lambda: answer(bo, seat.pk, {TONE: "3"}))
        assert answering.waits()
    assert isinstance(answering.result(), Refused)
    assert seat_again(town, seat).answers == {}


def test_two_joint_answers_at_once_one_is_set_and_the_other_sees_it(town: Town) -> None:
    assessment = an_assessment(town)
    with transaction.atomic():
        sets(town, assessment, TONE, 3, by=town.bo)
        second = Meanwhile(lambda: sets(town, assessment, TONE, 1))
        assert second.waits()
    assert isinstance(second.result(), Refused)
    assert again(town, assessment).joint == {TONE: 3}

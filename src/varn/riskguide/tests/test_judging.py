"""One keystroke per matter, the six questions, and two people at once."""

import pytest
from django.http import Http404

from varn.audit.models import Entry
from varn.riskguide.actions import ChangedMeanwhile, Choice, OutsideScale, answer_matter, judge_matter, judge_matters
from varn.riskguide.queries import line_of
from varn.riskguide.tests.conftest import Town
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


def test_a_judgement_says_who_and_when_and_leaves_a_trail_without_text(town: Town) -> None:
    agenda = town.agenda()
    judge_matter(town.member(town.maj), agenda.pk, Choice(1, "high", "", 0))
    screening = town.screening(agenda)
    assert (screening.own_judgement, screening.version, screening.judged_by_id) == ("high", 1, town.maj.pk)
    assert screening.judged_at is not None
    with within(town.organisation.pk):
        entry = Entry.objects.get(code="matter.judge")
    assert (entry.detail, entry.target_id, entry.actor_id) == ({"row": 1, "level": "high"}, screening.pk, town.maj.pk)


def test_unsetting_makes_the_matter_open_again(town: Town) -> None:
    agenda = town.agenda()
    maj = town.member(town.maj)
    judge_matter(maj, agenda.pk, Choice(1, "high", "", 0))
    judge_matter(maj, agenda.pk, Choice(1, "", "high", 1))
    screening = town.screening(agenda)
    assert (screening.own_judgement, screening.judged_by, screening.judged_at) == ("", None, None)
    assert line_of(maj, screening).outcome is None


def test_a_level_outside_the_scale_changes_nothing(town: Town) -> None:
    agenda = town.agenda()
    with pytest.raises(OutsideScale):
        judge_matter(town.member(town.maj), agenda.pk, Choice(1, "extreme", "", 0))
    assert town.screening(agenda).version == 0


def test_a_row_that_the_agenda_lacks_is_not_found(town: Town) -> None:
    agenda = town.agenda()
    with pytest.raises(Http404):
        judge_matter(town.member(town.maj), agenda.pk, Choice(99, "low", "", 0))


def test_a_reader_judges_nothing(town: Town) -> None:
    agenda = town.agenda()
    with pytest.raises(Http404):
        judge_matter(town.member(town.rut), agenda.pk, Choice(1, "low", "", 0))


def test_the_later_of_two_people_sees_what_the_first_set_and_overwrites_nothing(town: Town) -> None:
    agenda = town.agenda()
    judge_matter(town.member(town.bo), agenda.pk, Choice(1, "high", "", 0))
    with pytest.raises(ChangedMeanwhile) as changed:
        judge_matter(town.member(town.maj), agenda.pk, Choice(1, "low", "", 0))
    assert changed.value.screening.own_judgement == "high"
    assert changed.value.screening.judged_by == town.bo
    assert town.screening(agenda).own_judgement == "high"
    judge_matter(town.member(town.maj), agenda.pk, Choice(1, "low", "high", 1))
    assert town.screening(agenda).own_judgement == "low"


def test_two_people_who_agree_do_not_clash_nor_does_one_person_with_herself(town: Town) -> None:
    agenda = town.agenda()
    judge_matter(town.member(town.bo), agenda.pk, Choice(1, "high", "", 0))
    judge_matter(town.member(town.maj), agenda.pk, Choice(1, "high", "", 0))
    assert town.screening(agenda).judged_by == town.bo
    judge_matter(town.member(town.bo), agenda.pk, Choice(1, "low", "", 0))
    assert town.screening(agenda).own_judgement == "low"


def test_the_whole_table_saves_what_nobody_else_changed(town: Town) -> None:
    agenda = town.agenda()
    judge_matter(town.member(town.bo), agenda.pk, Choice(2, "low", "", 0))
    clashed = judge_matters(
        town.member(town.maj), agenda, [Choice(1, "high", "", 0), Choice(2, "high", "", 0), Choice(3, "low", "", 0)]
    )
    assert [screening.row for screening in clashed] == [2]
    assert [town.screening(agenda, row).own_judgement for row in (1, 2, 3)] == ["high", "low", "low"]


def test_answers_raise_and_never_lower(town: Town) -> None:
    agenda = town.agenda()
    maj = town.member(town.maj)
    judge_matter(maj, agenda.pk, Choice(1, "low", "", 0))
    answer_matter(maj, agenda, row=1, answers={"earlier_hate": "yes"}, version=1)
    outcome = line_of(maj, town.screening(agenda)).outcome
    assert outcome is not None
    assert (outcome.level, outcome.is_raised) == ("moderate", True)
    judge_matter(maj, agenda.pk, Choice(1, "high", "low", 2))
    answer_matter(maj, agenda, row=1, answers={"signals": "no"}, version=3)
    outcome = line_of(maj, town.screening(agenda)).outcome
    assert outcome is not None
    assert outcome.level == "high"


@pytest.mark.parametrize("answers", [{"signals": "maybe"}, {"made_up": "yes"}])
def test_unknown_answers_and_questions_are_refused(town: Town, answers: dict[str, str]) -> None:
    agenda = town.agenda()
    with pytest.raises(OutsideScale):
        answer_matter(town.member(town.maj), agenda, row=1, answers=answers, version=0)
    assert town.screening(agenda).answers == {}


def test_answers_of_two_people_clash_too(town: Town) -> None:
    agenda = town.agenda()
    answer_matter(town.member(town.bo), agenda, row=1, answers={"signals": "yes"}, version=0)
    with pytest.raises(ChangedMeanwhile):
        answer_matter(town.member(town.maj), agenda, row=1, answers={"signals": "no"}, version=0)
    assert town.screening(agenda).answers == {"signals": "yes"}

"""How a matter ends: what happened, to the file or cleared, and what stays as figures."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from varn.organisations.models import Matter
from varn.organisations.refusals import Refused
from varn.riskguide.assessment.actions.ending import clear_matter, close_matter, file_matter, reopen_matter
from varn.riskguide.assessment.actions.running import open_step3, start_assessment
from varn.riskguide.assessment.forecasts import is_miss
from varn.riskguide.assessment.queries.matters import level_of, levels_of
from varn.riskguide.assessment.queries.outcomes import ended, misses_of, table_of
from varn.riskguide.models import Closing, Screening, Seat
from varn.riskguide.outcome import result_of
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
)
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


def closes(town: Town, matter: Matter, outcome: str = "nothing", *, days: int = 0) -> Closing:
    return close_matter(
        town.member(town.maj),
        key=uuid4(),
        matter=matter,
        outcome=outcome,
        measures_helped="yes",
        lesson="Informera tidigare.",
        closed_on=timezone.localdate() + timedelta(days=days),
    )


def test_a_closed_matter_is_answered_and_set_no_more(town: Town) -> None:
    assessment = an_assessment(town, is_group=True)
    seat = a_seat_of(town, assessment, town.bo)
    gives(town, town.bo, seat, online_tone=2)
    closes(town, assessment.matter)
    assert seat_again(town, seat).answers == {}
    with pytest.raises(Refused):
        gives(town, town.bo, seat, online_tone=1)
    with pytest.raises(Refused):
        sets(town, assessment, TONE, 1)
    with pytest.raises(Refused):
        start_assessment(town.member(town.maj), key=uuid4(), matter=assessment.matter, is_group=False)


def test_a_matter_is_closed_once_and_not_ahead_of_time(town: Town) -> None:
    matter = a_matter(town)
    with pytest.raises(Refused) as ahead:
        closes(town, matter, days=1)
    assert ahead.value.field == "closed_on"
    closes(town, matter)
    with pytest.raises(Refused):
        closes(town, matter)


def test_a_closing_by_mistake_is_taken_back(town: Town) -> None:
    assessment = an_assessment(town)
    reopen_matter(town.member(town.maj), closes(town, assessment.matter))
    assert sets(town, assessment, TONE, 1).joint == {TONE: 1}


def test_what_is_filed_is_neither_cleared_nor_opened(town: Town) -> None:
    closing = closes(town, a_matter(town))
    number = "é1é1é1é1é1é1é1é1é1é1é1é1é1é1é1é1é1é1é1é1"  # as long and odd as a register number may be
    file_matter(town.member(town.maj), closing, register_number=number, recorded_on=timezone.localdate())
    for act in (
        lambda: clear_matter(town.member(town.maj), closing, rule="Plan"),
        lambda: reopen_matter(town.member(town.maj), closing),
        lambda: file_matter(town.member(town.maj), closing, register_number="1", recorded_on=timezone.localdate()),
    ):
        with pytest.raises(Refused):
            act()


def test_clearing_keeps_edition_levels_and_outcome_and_nothing_else(town: Town) -> None:
    assessment = an_assessment(town)
    sets_all(town, assessment, STEP2, "23233322")
    open_step3(town.member(town.maj), assessment)
    sets_all(town, assessment, STEP3, "2222220022221222")
    with within(town.organisation.pk):
        before = levels_of(again(town, assessment))
        level = level_of(assessment.matter)
    closing = clear_matter(town.member(town.maj), closes(town, assessment.matter, "threats"), rule="Plan KS 2026/12, 4 §")
    found = again(town, assessment)
    assert (found.joint, found.step1, found.own_judgement, found.signed, found.spreads, found.note) == ({}, {}, "", {}, {}, "")
    assert (found.edition, found.started_by_id) == ("1.0.0", None)
    assert (closing.outcome, closing.lesson, closing.rule, closing.closed_by_id) == ("threats", "", "Plan KS 2026/12, 4 §", None)
    with within(town.organisation.pk):
        assert levels_of(found) == before
        assert level_of(assessment.matter) == level
        assert not Seat.objects.exists()
        screening = Screening.objects.get(matter=assessment.matter)
    assert (screening.answers, screening.note, screening.judged_by_id) == ({}, "", None)
    result = result_of(screening.own_judgement, screening.answers, screening.edition)
    assert result
    assert result.level == "high"


def test_only_those_who_sort_close(town: Town) -> None:
    matter = a_matter(town)
    with pytest.raises(Http404):
        close_matter(
            town.member(town.rut),
            key=uuid4(),
            matter=matter,
            outcome="nothing",
            measures_helped="no",
            lesson="",
            closed_on=timezone.localdate(),
        )


@pytest.mark.parametrize(
    ("level", "outcome", "miss"),
    [
        ("low", "nothing", False),
        ("low", "hate", True),
        ("moderate", "hate", False),
        ("moderate", "threats", True),
        ("high", "violence", False),
        ("high", "nothing", False),
        (None, "hate", True),
    ],
)
def test_a_miss_is_what_was_worse_than_foreseen(level: str | None, outcome: str, miss: bool) -> None:
    from varn.catalogues.riskguide_steps import Level

    assert is_miss(Level(level) if level else None, outcome) is miss


def test_forecast_and_outcome_are_counted_and_the_misses_listed(town: Town) -> None:
    matter = a_matter(town, "low")
    closes(town, matter, "threats")
    with within(town.organisation.pk):
        rows = ended(town.member(town.rut))
        assert table_of(rows) == {("low", "threats"): 1}
        assert [one.closing.matter_id for one in misses_of(rows)] == [matter.pk]
        assert ended(town.member(town.maj))

"""Acts on agendas: created, updated, refused, and the trail they leave."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from varn.audit.models import Entry
from varn.organisations.models import Matter
from varn.riskguide.actions import Choice, RowsRefused, create_agenda, judge_matter, update_agenda
from varn.riskguide.models import Agenda, Screening
from varn.riskguide.queries import lines_of, matters_found, proposed
from varn.riskguide.rows import Fault, Kind, Row
from varn.riskguide.tests.conftest import Town
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


def titles(town: Town, agenda: Agenda) -> list[str]:
    with within(town.organisation.pk):
        return list(agenda.screenings.order_by("position").values_list("title", flat=True))


def trail(town: Town, code: str) -> list[dict[str, Any]]:
    with within(town.organisation.pk):
        return list(Entry.objects.filter(code=code).order_by("at").values_list("detail", flat=True))


def test_an_agenda_is_created_with_its_matters_and_formalities_aside(town: Town) -> None:
    agenda = town.agenda([Row("Upprop", number="§ 1", kind=Kind.ASIDE), Row("Ny bro", number="§ 2", register_number="KS 2026/1")])
    assert titles(town, agenda) == ["Ny bro"]
    assert agenda.set_aside == [{"number": "§ 1", "title": "Upprop"}]
    assert trail(town, "agenda.create") == [{"n_rows": 1, "n_added": 1, "n_aside": 1}]


def test_whoever_only_reads_creates_nothing(town: Town) -> None:
    with pytest.raises(Http404):
        create_agenda(town.member(town.rut), key=uuid4(), body=town.board, meets_on=town.day(3), rows=[Row("Bro")])
    with within(town.organisation.pk):
        assert not Agenda.objects.exists()


def test_the_same_key_or_day_makes_no_second_agenda(town: Town) -> None:
    agenda = town.agenda()
    for key, day in ((agenda.pk, town.day(30)), (uuid4(), agenda.meets_on)):
        with pytest.raises(IntegrityError):
            create_agenda(town.member(town.maj), key=key, body=town.board, meets_on=day, rows=[Row("Bro")])
    with within(town.organisation.pk):
        assert Agenda.objects.count() == 1


def test_rows_with_faults_save_nothing(town: Town) -> None:
    with pytest.raises(RowsRefused) as refused:
        town.agenda([Row("Bro"), Row("")])
    assert [fault.fault for fault in refused.value.faults] == [Fault.NO_TITLE]
    with within(town.organisation.pk):
        assert not Matter.objects.exists()


def test_a_matter_that_does_not_exist_is_refused_and_nothing_is_saved(town: Town) -> None:
    with pytest.raises(RowsRefused) as refused:
        town.agenda([Row("Bro"), Row("Väg", same=uuid4())])
    assert [fault.fault for fault in refused.value.faults] == [Fault.NO_SUCH_MATTER]
    with within(town.organisation.pk):
        assert not Agenda.objects.exists()


def test_a_matter_comes_back_by_its_register_number_with_last_times_result(town: Town) -> None:
    before = town.agenda([Row("Skolstruktur, samråd", register_number="KS 2026/1")], days=-40)
    judge_matter(town.member(town.maj), before.pk, Choice(1, "high", "", 0))
    now = town.agenda([Row("Ny skolstruktur", register_number="ks-2026-0001")])
    assert town.screening(now).matter_id == town.screening(before).matter_id
    assert town.screening(before).title == "Skolstruktur, samråd", "an old agenda keeps its words"
    with within(town.organisation.pk):
        line = lines_of(town.member(town.maj), now)[0]
        assert Matter.objects.get().title == "Ny skolstruktur"
    assert [trail(town, code) for code in ("matter.register", "matter.rename")] == [[{"n_rows": 1}], [{"n_rows": 1}]]
    assert line.outcome is None
    assert line.last is not None
    assert (line.last.level, line.last.meets_on) == ("high", before.meets_on)


def test_a_similar_title_is_only_proposed_until_a_person_confirms(town: Town) -> None:
    before = town.agenda([Row("Ny skolstruktur i Norrbyn, samråd")], days=-40)
    with within(town.organisation.pk):
        like = proposed(town.member(town.maj), [Row("Skolstrukturen i Norrbyn"), Row("Vargjakt")])
    assert {at: one.matter for at, one in like.items()} == {0: town.screening(before).matter_id}
    alone = town.agenda([Row("Skolstrukturen i Norrbyn")], days=10)
    confirmed = town.agenda([Row("Skolstrukturen i Norrbyn", same=like[0].matter)], days=20)
    assert town.screening(alone).matter_id != town.screening(before).matter_id
    assert town.screening(confirmed).matter_id == town.screening(before).matter_id


def test_an_update_keeps_judgements_and_removes_only_what_it_is_told_to(town: Town) -> None:
    agenda = town.agenda(["Skola", "Vind", "Taxa"])
    judge_matter(town.member(town.bo), agenda.pk, Choice(2, "high", "", 0))
    rows = [Row("Vindkraft", number="§ 50", saved=2), Row("Ny bro", number="§ 51"), Row("Skola", saved=1, kind=Kind.GONE)]
    update_agenda(town.member(town.maj), agenda, body=town.board, meets_on=agenda.meets_on, rows=rows)
    assert titles(town, agenda) == ["Vindkraft", "Ny bro", "Taxa"], "a row nobody mentioned stays"
    assert town.screening(agenda, 2).own_judgement == "high"
    assert town.screening(agenda, 4).title == "Ny bro"
    assert trail(town, "agenda.update") == [{"n_removed": 1, "n_rows": 2, "n_added": 1, "n_aside": 0}]


def test_a_row_number_is_never_used_again(town: Town) -> None:
    agenda = town.agenda(["Skola", "Vind"])
    maj = town.member(town.maj)
    update_agenda(
        maj, agenda, body=town.board, meets_on=agenda.meets_on, rows=[Row("Skola", saved=1), Row("Vind", saved=2, kind=Kind.GONE)]
    )
    update_agenda(maj, agenda, body=town.board, meets_on=agenda.meets_on, rows=[Row("Skola", saved=1), Row("Bro")])
    with within(town.organisation.pk):
        assert sorted(agenda.screenings.values_list("row", flat=True)) == [1, 3]


def test_a_long_agenda_is_saved_in_as_few_questions_as_a_short_one(town: Town) -> None:
    def n_questions(n: int) -> int:
        agenda = town.agenda([Row(f"Väg {at}") for at in range(n)], days=n)
        rows = [Row(f"Bro {at}", saved=at) for at in range(n, 0, -1)] + [Row(f"Torg {at}") for at in range(n)]
        with CaptureQueriesContext(connection) as asked:
            update_agenda(town.member(town.maj), agenda, body=town.board, meets_on=agenda.meets_on, rows=rows)
        return len(asked)

    assert n_questions(120) == n_questions(2)


def test_a_register_number_that_another_row_has_is_refused(town: Town) -> None:
    agenda = town.agenda([Row("Skola", register_number="KS 1"), Row("Vind")])
    with pytest.raises(RowsRefused) as refused:
        update_agenda(
            town.member(town.maj),
            agenda,
            body=town.board,
            meets_on=agenda.meets_on,
            rows=[Row("Vind", saved=2, register_number="KS 1")],
        )
    assert [fault.fault for fault in refused.value.faults] == [Fault.SAME_MATTER]
    assert town.screening(agenda, 2).matter.register_number == ""


def test_two_rows_may_change_register_numbers(town: Town) -> None:
    agenda = town.agenda([Row("Skola", register_number="KS 1"), Row("Vind", register_number="KS 2")])
    rows = [Row("Skola", saved=1, register_number="KS 2"), Row("Vind", saved=2, register_number="KS 1")]
    update_agenda(town.member(town.maj), agenda, body=town.board, meets_on=agenda.meets_on, rows=rows)
    with within(town.organisation.pk):
        found = agenda.screenings.order_by("row").values_list("title", "matter__register_number", "matter__title")
        assert list(found) == [("Skola", "KS 2", "Skola"), ("Vind", "KS 1", "Vind")]


def test_the_search_finds_matters_by_title_and_number_for_readers_only(town: Town) -> None:
    town.agenda([Row("Ny bro över Lillån", register_number="KS 2026/77")], days=-20)
    agenda = town.agenda([Row("Ny bro över Lillån", register_number="KS 2026/77"), Row("Vargjakt")])
    alva = town.member(town.rut)
    with within(town.organisation.pk):
        assert [(found.title, found.agenda) for found in matters_found(alva, "lillån BRO")] == [("Ny bro över Lillån", agenda.pk)]
        for number in ("2026/77", "ks-2026-0077"):
            assert [found.title for found in matters_found(alva, number)] == ["Ny bro över Lillån"], number
        assert matters_found(alva, "50% _") == []
        assert matters_found(alva, " ") == []


def test_no_rows_of_an_act_are_left_when_it_fails(town: Town) -> None:
    agenda = town.agenda(["Skola"])
    with pytest.raises(RowsRefused):
        update_agenda(town.member(town.maj), agenda, body=town.board, meets_on=town.day(99), rows=[Row("Vind"), Row("")])
    with within(town.organisation.pk):
        assert Agenda.objects.get().meets_on == agenda.meets_on
        assert Screening.objects.count() == 1

"""Planning measures, as the rooms above do: all or none, once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.people import a_person, an_organisation
from varn.audit.actions import NotAllowed
from varn.audit.models import Entry
from varn.measures.actions import plan_measures
from varn.measures.models import Measure
from varn.measures.plans import MOST_ROWS, OWN, Origin, OriginKind, Phase, Planned
from varn.measures.queries import measure_for, measures_for, measures_of, own_measures
from varn.measures.refusals import RowRefused
from varn.measures.tests.conftest import member
from varn.organisations.models import Organisation, Person
from varn.organisations.refusals import Refused
from varn.organisations.rights import Member, Role
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


def soon(days: int = 14) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_measures_are_planned_in_one_go_with_their_origin(granvik: Organisation, planner: Member, alva: Person) -> None:
    origin = Origin(OriginKind.RISK_ASSESSMENT, uuid4())
    rows = [
        Planned(
            uuid4(),
            "Utse en kontaktperson",
            "Alla ska veta vem som svarar.",
            Phase.BEFORE,
            1,
            soon(),
            alva.pk,
            None,
            "name_contact",
            "1.0.0",
        ),
        Planned(uuid4(), "Förbered ett uttalande", "", Phase.DURING, 2, soon(), None, "safety_officer"),
    ]
    made = plan_measures(planner, origin=origin, rows=rows)
    assert [measure.pk for measure in made] == [row.pk for row in rows]
    assert made[1].duty_role == "security_function", "an alias of another catalogue is kept as the role's own id"
    with within(granvik.pk):
        assert set(measures_of(planner, origin)) == set(made)
        assert not measures_of(planner, OWN)
        entry = Entry.objects.get(code="measure.plan")
    assert entry.detail == {"origin": "risk_assessment", "n_added": 2}


def test_the_same_form_sent_twice_plans_once(granvik: Organisation, planner: Member) -> None:
    rows = [Planned(uuid4(), "Bjud in till samtal")]
    first = plan_measures(planner, origin=OWN, rows=rows)
    assert plan_measures(planner, origin=OWN, rows=rows) == first
    with within(granvik.pk):
        assert Measure.objects.count() == 1
        assert Entry.objects.filter(code="measure.plan").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "word"),
    [
        ({"what": "  "}, "what", "Skriv vad"),
        ({"what": "x" * 301}, "what", "300"),
        ({"why": "x" * 1001}, "why", "1000"),
        ({"priority": 4}, "priority", "1, 2 eller 3"),
        ({"due_on": date(2020, 1, 1)}, "due_on", "passerat"),
        ({"duty_role": "trädgårdsmästare"}, "duty_role", "finns inte"),
        ({"person": uuid4()}, "person", "slutat"),
    ],
)
def test_one_wrong_row_and_nothing_is_planned(
    granvik: Organisation, planner: Member, wrong: dict[str, object], field: str, word: str
) -> None:
    rows = [Planned(uuid4(), "Bjud in till samtal"), Planned(uuid4(), **{"what": "Ring"} | wrong)]  # type: ignore[arg-type]
    with pytest.raises(RowRefused) as refusal:
        plan_measures(planner, origin=OWN, rows=rows)
    assert (refusal.value.pk, refusal.value.field) == (rows[1].pk, field)
    assert word in refusal.value.sentence
    with within(granvik.pk):
        assert not Measure.objects.exists()


def test_what_cannot_be_seen_is_not_kept(planner: Member) -> None:
    [row] = plan_measures(planner, origin=OWN, rows=[Planned(uuid4(), " Ring\x00 växeln\x01 ", "ett\r\ntvå")])
    assert (row.what, row.why) == ("Ring växeln", "ett\ntvå")
    with pytest.raises(RowRefused, match="what"):
        plan_measures(planner, origin=OWN, rows=[Planned(uuid4(), "\x00")])


def test_a_person_and_a_role_at_once_are_refused(planner: Member, alva: Person) -> None:
    with pytest.raises(RowRefused, match="duty_role"):
        plan_measures(planner, origin=OWN, rows=[Planned(uuid4(), "Ring", person=alva.pk, duty_role="chair")])


def test_nobody_who_has_left_gets_a_measure(granvik: Organisation, planner: Member) -> None:
    gone = a_person(granvik, "Ulf", ends_on=soon(-1))
    with pytest.raises(RowRefused, match="person"):
        plan_measures(planner, origin=OWN, rows=[Planned(uuid4(), "Ring", person=gone.pk)])


def test_another_organisations_person_is_nobody_here(planner: Member) -> None:
    cia = a_person(an_organisation("tallhult"), "Cia", Role.CASE_HANDLER)
    with pytest.raises(RowRefused, match="person"):
        plan_measures(planner, origin=OWN, rows=[Planned(uuid4(), "Ring", person=cia.pk)])


def test_too_many_at_once_are_refused(planner: Member) -> None:
    with pytest.raises(Refused, match="refused"):
        plan_measures(planner, origin=OWN, rows=[Planned(uuid4(), "Ring")] * (MOST_ROWS + 1))


def test_only_those_who_plan_may(alva: Person, maja: Person) -> None:
    for person in (alva, maja):
        with pytest.raises(NotAllowed):
            plan_measures(member(person), origin=OWN, rows=[Planned(uuid4(), "Ring")])


def test_management_sees_it_all_and_others_what_is_theirs(
    granvik: Organisation, planner: Member, alva: Person, maja: Person
) -> None:
    mine, roles, others = plan_measures(
        planner,
        origin=OWN,
        rows=[
            Planned(uuid4(), "Alvas", person=alva.pk),
            Planned(uuid4(), "Rollens", duty_role="security_function"),
            Planned(uuid4(), "Ingens"),
        ],
    )
    with within(granvik.pk):
        assert set(measures_for(member(maja))) == {mine, roles, others}
        assert list(measures_for(member(alva))) == [mine]
        assert list(own_measures(planner)) == [roles]
        assert measure_for(member(alva), mine.pk) == mine
        from django.http import Http404

        with pytest.raises(Http404):
            measure_for(member(alva), others.pk)

"""Search over people, matters and bodies."""

import pytest
from django.urls import reverse

from tests.people import a_person, setting_up
from tests.world import Town, a_town
from varn.measures.models import Measure
from varn.organisations.models import Person
from varn.organisations.rights import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> Town:
    town = a_town("granvik")
    with setting_up(town.organisation):
        Person.objects.create(given_name="Åke", family_name="Björkén")
        Person.objects.create(given_name="Saga", family_name="Björkdold", is_protected=True)
    return town


def found(town: Town, role: Role, words: str) -> str:
    answer = town.client(role).get(reverse("search", args=[town.slug]), {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_name_is_found_by_the_beginning_of_its_words_in_any_case(town: Town) -> None:
    for words in ("björk", "ÅKE", "åke björken", "bjö å"):
        assert "Åke Björkén" in found(town, Role.CLERK, words), words


def test_a_protected_person_is_found_only_by_those_who_manage_people(town: Town) -> None:
    assert "Björkdold" in found(town, Role.ADMINISTRATOR, "björkdold")
    assert "Saga" not in found(town, Role.CLERK, "björkdold")


def test_people_are_not_found_without_the_right(town: Town) -> None:
    assert "Björkén" not in found(town, Role.REPRESENTATIVE, "björk")


def test_another_organisations_people_are_not_found(town: Town) -> None:
    other = a_town("tallhult")
    a_person(other.organisation, "Hemliga")
    assert "Hemliga Exempelsson" not in found(town, Role.ADMINISTRATOR, "hemliga")


def test_a_measure_is_found_by_those_who_see_it(town: Town) -> None:
    with setting_up(town.organisation):
        Measure.objects.create(what="Prova överfallslarmet", person=town.people[Role.CHAIR])
    for role in (Role.CLERK, Role.MANAGEMENT, Role.CHAIR):
        assert "Prova överfallslarmet" in found(town, role, "överfallslarm"), role
    for role in (Role.REPRESENTATIVE, Role.REGISTRAR):
        assert "Prova överfallslarmet" not in found(town, role, "överfallslarm"), role


@pytest.mark.parametrize("words", ["", "x", "%", "_%", "'; drop", "\0", "ö" * 5000, "<script>", "\\", "å" * 99 + " b"])
def test_odd_words_find_nothing_and_break_nothing(town: Town, words: str) -> None:
    assert "Björkén" not in found(town, Role.ADMINISTRATOR, words)

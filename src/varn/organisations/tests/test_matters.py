"""Matters are registered and renamed by acts of their own, whichever room asks."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.http import Http404

from tests.people import TODAY, a_body, a_person, an_organisation
from varn.audit.models import Entry
from varn.organisations.actions.matters import MatterName, register_matters, rename_matters
from varn.organisations.models import Body, Matter, Organisation
from varn.organisations.queries import member_of
from varn.organisations.queries.matters import matters_numbered, matters_of
from varn.organisations.rights import Job, Role
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


@pytest.fixture
def granvik() -> Organisation:
    return an_organisation()


@pytest.fixture
def board(granvik: Organisation) -> Body:
    return a_body(granvik)


def trail(organisation: Organisation) -> list[tuple[str, Any]]:
    with within(organisation.pk):
        return list(Entry.objects.order_by("at").values_list("code", "detail"))


def test_new_matters_come_in_the_order_of_their_names_and_are_found_again(granvik: Organisation, board: Body) -> None:
    bridge, wind = register_matters(Job(granvik.pk), board, [MatterName("Bro", "KS 2026/1"), MatterName("Vindkraft")])
    assert (bridge.title, wind.title, wind.body_id) == ("Bro", "Vindkraft", board.pk)
    job = Job(granvik.pk)
    with within(granvik.pk):
        assert list(matters_numbered(job, ["ks-2026-0001", "KS 2026/2", ""]).values()) == [bridge]
        assert matters_of(job, [wind.pk, uuid4()]) == {wind.pk: wind}
    assert trail(granvik) == [("matter.register", {"n_rows": 2})]


def test_another_organisation_finds_none_of_them(granvik: Organisation, board: Body) -> None:
    (bridge,) = register_matters(Job(granvik.pk), board, [MatterName("Bro", "KS 2026/1")])
    job = Job(an_organisation("tallboda").pk)
    with within(job.organisation_id):
        assert not matters_numbered(job, ["KS 2026/1"])
        assert not matters_of(job, [bridge.pk])


def test_a_new_name_leaves_an_entry_without_the_name(granvik: Organisation, board: Body) -> None:
    (bridge,) = register_matters(Job(granvik.pk), board, [MatterName("Bro")])
    rename_matters(Job(granvik.pk), [(bridge, MatterName("Bro över Lillån", "KS 2026/1"))])
    with within(granvik.pk):
        assert str(Matter.objects.get()) == "Bro över Lillån"
    assert trail(granvik)[1:] == [("matter.rename", {"n_rows": 1})]


def test_a_register_number_is_one_matters_only(granvik: Organisation, board: Body) -> None:
    register_matters(Job(granvik.pk), board, [MatterName("Bro", "KS 2026/1")])
    with pytest.raises(IntegrityError):
        register_matters(Job(granvik.pk), board, [MatterName("Väg", "ks 2026/01")])


def test_whoever_only_reads_matters_registers_and_renames_none(granvik: Organisation, board: Body) -> None:
    rut = a_person(granvik, "Rut", Role.REGISTRAR)
    assert rut.account_id
    (bridge,) = register_matters(Job(granvik.pk), board, [MatterName("Bro")])
    with within(granvik.pk):
        member = member_of(rut.account_id, granvik.pk, today=TODAY)
    assert member
    with pytest.raises(Http404):
        register_matters(member, board, [MatterName("Väg")])
    with pytest.raises(Http404):
        rename_matters(member, [(bridge, MatterName("Väg"))])

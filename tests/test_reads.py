"""Reads with an actor: who has the right gets rows, who has not gets none, of everything that is there."""

from collections.abc import Callable, Sized
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404

from tests.people import TODAY
from tests.world import Town, a_town
from varn.audit.queries import heads_for
from varn.measures.queries import owners, reminding
from varn.measures.queries.checking import people_here
from varn.organisations.queries import imports
from varn.organisations.queries.contacts import turns_from
from varn.organisations.queries.matters import matters_of
from varn.organisations.queries.people import candidates
from varn.organisations.rights import Job, Member, Role
from varn.riskguide import queries as sorting
from varn.riskguide.assessment.queries.holding import locked_open
from varn.riskguide.rows import Row
from varn.tenancy.within import within
from varn.web import queries as web

pytestmark = pytest.mark.django_db
READS: dict[str, tuple[Role, Callable[[Any, Town], Sized]]] = {
    "candidates": (Role.CLERK, lambda actor, _town: candidates(actor, today=TODAY)),
    "choosable": (Role.CLERK, lambda actor, _town: owners.choosable(actor, today=TODAY)),
    "holders": (Role.CLERK, lambda actor, _town: owners.holders(actor, ["chair"], today=TODAY)["chair"]),
    "known_names": (Role.ADMINISTRATOR, lambda actor, _town: imports.known_names(actor).bodies),
    "known_people": (Role.ADMINISTRATOR, lambda actor, _town: imports.known_people(actor, "Troman")[0]),
    "matters_of": (Role.CHAIR, lambda actor, town: matters_of(actor, [town.rows["matter"].pk])),
    "people_by_id": (Role.AUDITOR, lambda actor, town: web.people_by_id(actor, [town.rows["person"].pk])),
    "people_here": (Role.CLERK, lambda actor, town: people_here(actor, [town.people[Role.CHAIR].pk], today=TODAY)),
    "people_named": (Role.AUDITOR, lambda actor, _town: web.people_named(actor, "Märta", today=TODAY)),
    "proposed": (Role.CHAIR, lambda actor, _town: sorting.proposed(actor, [Row("Ny skolstruktur")])),
    "turns_from": (Role.REPRESENTATIVE, lambda actor, _town: turns_from(actor, TODAY)),
}


def member(town: Town, *roles: Role) -> Member:
    person = town.people[roles[0] if roles else Role.EDITOR]
    return Member(person.account_id or person.pk, person.pk, town.organisation.pk, frozenset(roles))


@pytest.mark.parametrize("name", READS)
def test_a_read_gives_rows_to_who_has_the_right_and_none_to_who_has_left(name: str) -> None:
    town = a_town("granvik")
    role, read = READS[name]
    with within(town.organisation.pk):
        assert len(read(member(town, role), town)) > 0
        assert len(read(member(town), town)) == 0


def test_the_chains_heads_the_mornings_mails_and_the_lock_are_for_those_with_the_right() -> None:
    town = a_town("granvik")
    with within(town.organisation.pk):
        ahead = TODAY + timedelta(days=25)
        assert reminding.posts(Job(town.organisation.pk), today=ahead)
        assert not reminding.posts(member(town), today=ahead)
        assert not heads_for(member(town, Role.CLERK))
        assert locked_open(member(town, Role.CLERK), town.rows["asking"].pk)
        with pytest.raises(Http404):
            locked_open(member(town, Role.CHAIR), town.rows["asking"].pk)

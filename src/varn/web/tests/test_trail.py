"""The auditor reads the trail."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.people import a_person, setting_up
from tests.world import Town, a_town
from varn.audit.jobs import chain_entries, close_day
from varn.audit.models import Entry, Link
from varn.organisations.models import Person
from varn.organisations.rights import Member, Role
from varn.tenancy.within import within
from varn.web.views import trail as views

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def town(db: None) -> Town:
    town = a_town("granvik")
    with setting_up(town.organisation):
        for n in range(3):
            wrote(town.people[Role.CLERK], "matter.judge", n, level="high")
        wrote(town.people[Role.ADMINISTRATOR], "person.edit", 5, target=town.rows["person"])
    return town


def wrote(person: Person, code: str, hours: int, target: Person | None = None, **detail: Any) -> Entry:
    return Entry.objects.create(
        at=NOON + timedelta(hours=hours),
        actor_kind="member",
        actor_id=person.pk,
        code=code,
        target_kind="organisations.person" if target else "",
        target_id=target.pk if target else None,
        detail=detail,
    )


def shown(town: Town, name: str = "trail", /, *, pk: Any = None, **asked: Any) -> str:
    args = [town.slug, *([pk] if pk else [])]
    answer = town.client(Role.AUDITOR).get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def table(page: str) -> str:
    """The list itself, without the filter's own options."""
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


def n_rows(page: str) -> int:
    return table(page).count("<tr>")


def test_the_newest_comes_first_with_name_words_and_time(town: Town) -> None:
    page = table(shown(town))
    assert "Administrator Exempelsson" in page
    assert "ändrade uppgifter om en person" in page
    assert "person: Märta Exempelsson" in page
    assert page.index("fyllde i påhittade") < page.index("ändrade uppgifter") < page.index("bedömde risken")
    assert "2026-11-20 13:00" in page  # local time


def test_english_has_its_own_words(town: Town) -> None:
    answer = town.client(Role.AUDITOR).get("/en" + reverse("trail", args=[town.slug]))
    assert "judged a matter&#x27;s risk of conflict" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, 5),
        ({"kod": "matter.judge"}, 3),
        ({"slag": "job"}, 1),
        ({"slag": "guest"}, 0),
        ({"namn": "clerk"}, 3),
        ({"namn": "exempelsson", "kod": "person.edit"}, 1),
        ({"namn": "ingen"}, 0),
        ({"till": "2026-11-20"}, 4),
        ({"fran": "2026-11-21", "till": "2026-11-21"}, 0),
        ({"fran": "2026-11-20", "till": "2026-11-20", "kod": "person.edit"}, 1),
    ],
)
def test_the_list_is_narrowed(town: Town, asked: dict[str, str], expected: int) -> None:
    assert n_rows(shown(town, **asked)) == expected


def test_days_are_swedish_days(town: Town) -> None:
    with setting_up(town.organisation):
        Entry.objects.create(at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC), actor_kind="job", code="stale.drop")
    assert n_rows(shown(town, fran="2026-11-21", till="2026-11-21")) == 1


def test_one_person_and_one_thing_may_be_followed(town: Town) -> None:
    assert n_rows(shown(town, vem=str(town.people[Role.CLERK].pk))) == 3
    assert n_rows(shown(town, vad=str(town.rows["person"].pk))) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"fran": "i går"},
        {"fran": "2026-13-40"},
        {"kod": "' OR 1=1"},
        {"slag": "\0"},
        {"vem": "x"},
        {"namn": "\0"},
        {"fran": "2026-11-21", "till": "2026-11-20"},
    ],
)
def test_a_question_that_cannot_be_understood_says_so_and_lists_nothing(town: Town, asked: dict[str, str]) -> None:
    page = shown(town, **asked)
    assert 'data-contract="error-summary"' in page
    assert n_rows(page) == 0


@pytest.mark.parametrize("after", ["x", "", "00000000-0000-0000-0000-000000000000", "' --"])
def test_an_odd_page_shows_the_first(town: Town, after: str) -> None:
    assert n_rows(shown(town, efter=after)) == 5


def walked(town: Town, after_each: Callable[[], object] = lambda: None, **asked: str) -> list[list[str]]:
    """The ids on each page, from the newest on."""
    pages: list[list[str]] = []
    page = shown(town, **asked)
    while len(pages) < 9:
        pages.append(re.findall(r'/logg/([0-9a-f-]{36})/"', table(page)))
        following = re.search(r'rel="next" href="\?[^"]*efter=([0-9a-f-]+)"', page)
        if following is None:
            break
        after_each()
        page = shown(town, efter=following[1], **asked)
    return pages


def test_pages_do_not_move_when_something_new_happens(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)

    def something_new() -> None:
        with setting_up(town.organisation):
            Entry.objects.create(actor_kind="job", code="stale.drop")

    pages = walked(town, something_new)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({pk for page in pages for pk in page}) == 5


def test_entries_of_the_same_moment_are_all_shown_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PER_PAGE", 2)
    with setting_up(town.organisation):
        same = {str(wrote(town.people[Role.EDITOR], "account.log_in", 9).pk) for _ in range(5)}
    pages = walked(town, kod="account.log_in")
    assert sorted(pk for page in pages for pk in page) == sorted(same)


def test_a_protected_persons_name_is_never_shown_nor_searched(town: Town) -> None:
    hidden = a_person(town.organisation, "Hemlighilda", is_protected=True)
    with setting_up(town.organisation):
        entry = wrote(hidden, "account.log_in", 1)
        wrote(town.people[Role.ADMINISTRATOR], "person.edit", 2, target=hidden)
    page = shown(town)
    assert "skyddad person" in page
    assert "person: skyddad person" in page
    assert "Hemlighilda" not in page
    assert "Hemlighilda" not in shown(town, "trail_entry", pk=entry.pk)
    assert n_rows(shown(town, namn="hemlighilda")) == 0
    assert n_rows(shown(town, vem=str(hidden.pk))) == 1


def test_who_is_gone_and_what_has_no_words_is_shown_all_the_same(town: Town) -> None:
    with setting_up(town.organisation):
        Entry.objects.create(
            actor_kind="member",
            actor_id=town.organisation.pk,
            code="old.thing",
            target_kind="old.row",
            detail={"old": "x", "none": None},
        )
        Entry.objects.create(
            actor_kind="guest", actor_id=town.organisation.pk, code="invitation.accept", detail={"protected": True}
        )
    page = shown(town)
    for words in ("någon som inte finns kvar", "old.thing", "old.row", "old: x", "den som hade länken", "skyddade uppgifter: ja"):
        assert words in page


def test_an_entry_has_a_page_with_its_place_in_the_chain(town: Town) -> None:
    with within(town.organisation.pk):
        entry = Entry.objects.get(code="person.edit")
    assert "Inte länkad än" in shown(town, "trail_entry", pk=entry.pk)
    chain_entries(town.organisation.pk)
    with within(town.organisation.pk):
        link = Link.objects.get(entry_id=entry.pk)
    page = shown(town, "trail_entry", pk=entry.pk)
    assert bytes(link.hash).hex() in page
    assert f"<dd>{link.position}</dd>" in page
    assert str(town.rows["person"].pk) in page


def test_the_page_says_how_far_the_chain_is_whole(town: Town) -> None:
    assert "Inga poster är länkade än" in shown(town)
    chain_entries(town.organisation.pk)
    assert "Hel till och med post 5." in shown(town)
    with setting_up(town.organisation):
        Entry.objects.create(actor_kind="job", code="stale.drop")
    assert "1 post väntar på att länkas." in shown(town)


def test_the_page_says_that_the_chain_is_broken(town: Town) -> None:
    with setting_up(town.organisation):
        entry = Entry.objects.create(actor_kind="job", code="stale.drop")
        Link.objects.create(entry_id=entry.pk, position=1, hash=bytes(32))
    for page in (shown(town), shown(town, "trail_chain"), shown(town, "trail_chain", kontrollera="1")):
        assert "Kedjan är bruten." in page
        assert "Posten på plats 1" in page


def test_the_days_heads_are_listed_and_the_whole_chain_checked_when_asked(town: Town) -> None:
    head = close_day(town.organisation.pk, NOON.date(), tell=lambda head: None)
    assert head is not None
    page = shown(town, "trail_chain")
    assert bytes(head.hash).hex() in page
    assert "Hela kedjan är kontrollerad" not in page
    assert "Hela kedjan är kontrollerad" in shown(town, "trail_chain", kontrollera="1")


@pytest.mark.parametrize("name", ["trail", "trail_chain", "trail_export"])
def test_reading_writes_nothing(town: Town, name: str) -> None:
    client = town.client(Role.AUDITOR)
    client.get(reverse(name, args=[town.slug]), {"kontrollera": "1"})
    with within(town.organisation.pk):
        assert Entry.objects.count() == 5
        assert not Link.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CASE_HANDLER, Role.MANAGEMENT, Role.ARCHIVIST])
def test_nobody_else_reads_the_trail(town: Town, role: Role) -> None:
    for name in ("trail", "trail_chain", "trail_export"):
        assert town.client(role).get(reverse(name, args=[town.slug])).status_code == 404


def test_another_organisations_auditor_sees_none_of_it(town: Town) -> None:
    other = a_town("tallhult")
    with within(town.organisation.pk):
        entry = Entry.objects.get(code="person.edit")
    client = other.client(Role.AUDITOR)
    assert client.get(reverse("trail_entry", args=[town.slug, entry.pk])).status_code == 404
    assert client.get(reverse("trail_entry", args=[other.slug, entry.pk])).status_code == 404
    assert n_rows(client.get(reverse("trail", args=[other.slug])).content.decode()) == 1


def test_a_full_page_takes_few_queries(town: Town, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client: Client = town.client(Role.AUDITOR)
    with setting_up(town.organisation):
        for n in range(60):
            wrote(town.people[Role.CLERK], "matter.judge", -n)
    with django_assert_max_num_queries(40):
        client.get(reverse("trail", args=[town.slug]))


def test_the_words_of_the_trail_need_no_actor(town: Town) -> None:
    """The reads ask for the right themselves, whoever calls them."""
    from varn.audit.queries import entries_for

    with within(town.organisation.pk):
        clerk = Member(town.organisation.pk, town.people[Role.CLERK].pk, town.organisation.pk, frozenset({Role.CLERK}))
        assert not entries_for(clerk).exists()


def test_a_role_says_whose_it_is_by_name_unless_protected(town: Town) -> None:
    clerk = town.people[Role.CLERK]
    with setting_up(town.organisation):
        protected = a_person(town.organisation, "Skugga", is_protected=True)
        for person in (clerk, protected):
            detail = {"person": str(person.pk)}
            Entry.objects.create(
                at=NOON, actor_kind="job", code="access.grant", target_kind="organisations.accessgrant", detail=detail
            )
    page = table(shown(town, code="access.grant"))
    assert f"vem: {clerk}" in page
    assert "vem: skyddad person" in page
    assert "Skugga" not in page

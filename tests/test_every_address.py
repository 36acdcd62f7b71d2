"""Every address × own role, other role, other organisation, nobody × GET, HEAD, POST."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from tests.inventory import INVENTORY
from tests.standing import standing
from tests.world import Town
from varn.audit.models import Entry
from varn.config.routes import methods_of, patterns
from varn.organisations.middleware import access_of
from varn.tenancy.access import Access
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


def _names() -> Iterator[tuple[str, URLPattern]]:
    from django.urls import URLResolver, get_resolver

    def walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
            else:
                yield f"{space}{entry.name}", entry

    yield from walk(get_resolver(), "")


ROUTES = dict(_names())


def access(name: str) -> Access:
    found = access_of(ROUTES[name].callback)
    assert found is not None
    return found


def addresses(*kinds: str) -> list[str]:
    return sorted(name for name in ROUTES if (found := access_of(ROUTES[name].callback)) and found.kind in kinds)


def ask(client: Client, method: str, name: str, town: Town, kwargs: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
    row = INVENTORY[name]
    url = reverse(name, kwargs=row.kwargs(town) if kwargs is None else kwargs)
    data = row.data(town) if method == "POST" else None
    answer: HttpResponse = getattr(client, method.lower())(url, data, **more)
    return answer


def methods(name: str) -> list[str]:
    return [method for method in ("GET", "HEAD", "POST") if method in methods_of(ROUTES[name].callback)]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(INVENTORY) == sorted(ROUTES)
    assert len(ROUTES) == len(list(patterns()))


def test_every_view_declares_its_access() -> None:
    assert [name for name, pattern in ROUTES.items() if access_of(pattern.callback) is None] == []


@pytest.fixture(scope="module")
def towns(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Town, Town]]:
    """Made once for all addresses; what a test changes in them is undone by its own savepoint."""
    with standing(django_db_blocker, "granvik", "tallhult") as (here, there):
        yield here, there


@pytest.fixture
def here(towns: tuple[Town, Town], db: None) -> Town:
    return towns[0]


@pytest.fixture
def there(towns: tuple[Town, Town], db: None) -> Town:
    return towns[1]


@pytest.mark.parametrize("name", addresses("public", "link", "receipt"))
def test_a_public_address_never_fails(name: str, here: Town) -> None:
    for method in methods(name):
        assert ask(Client(), method, name, here).status_code < 500


@pytest.mark.parametrize("name", addresses("account"))
def test_an_own_page_asks_for_log_in(name: str, here: Town) -> None:
    for method in methods(name):
        assert is_refused(ask(Client(), method, name, here), method)
        for role in here.people:
            assert ask(here.client(role), method, name, here).status_code < 500


@pytest.mark.parametrize("name", addresses("right"))
def test_only_those_with_the_right_in_this_organisation_get_in(name: str, here: Town, there: Town) -> None:
    right = access(name).right
    assert right is not None
    kwargs = INVENTORY[name].kwargs(here)
    for method in methods(name):
        assert is_refused(ask(Client(), method, name, here), method), "nobody"
        for role in here.without_right(right):
            assert ask(here.client(role), method, name, here).status_code == 404, f"other role: {role}"
        for role in there.with_right(right):
            assert ask(there.client(role), method, name, here).status_code == 404, f"other organisation: {role}"
            if any(isinstance(value, UUID) for value in kwargs.values()):  # their own organisation's address, our row's id
                mixed = {**kwargs, "slug": there.slug}
                assert ask(there.client(role), method, name, here, mixed).status_code == 404, f"mixed: {role}"
    for method in methods(name):  # last: a POST may end what the page is about
        role = here.with_right(right)[0]
        assert ask(here.client(role), method, name, here).status_code in {200, 302, 303, 400, 409, 422}, (
            f"own role {role} {method}"
        )


@pytest.mark.parametrize("name", addresses("right"))
def test_a_stranger_cannot_tell_what_exists(name: str, here: Town, there: Town) -> None:
    kwargs = INVENTORY[name].kwargs(here)
    made_up = {key: uuid4() if key != "slug" else "finns-inte" for key in kwargs}
    if not all(key == "slug" or hasattr(value, "hex") for key, value in kwargs.items()):
        made_up = {**kwargs, "slug": "finns-inte"}
    role = next(iter(there.people))
    for method in methods(name):
        real, invented = (ask(there.client(role), method, name, here, each) for each in (kwargs, made_up))
        assert (real.status_code, dict(real.headers), real.content) == (404, dict(invented.headers), invented.content)


@pytest.mark.parametrize("name", [name for name in ROUTES if "POST" in methods(name)])
@pytest.mark.parametrize("how", ["no token", "foreign origin"])
def test_a_post_from_elsewhere_is_refused_and_leaves_no_trace(name: str, how: str, here: Town) -> None:
    right = access(name).right
    role = here.with_right(right)[0] if right else next(iter(here.people))
    client = here.client(role, enforce_csrf_checks=True)
    more: dict[str, Any] = {}
    if how == "foreign origin":
        client.cookies[_csrf_cookie()] = "a" * 32
        more = {"headers": {"origin": "https://elsewhere.example", "x-csrftoken": "a" * 32}}
    before = trail(here)
    assert ask(client, "POST", name, here, **more).status_code == 403
    assert trail(here) == before


def is_refused(answer: HttpResponse, method: str) -> bool:
    if answer.status_code in {403, 404, 405} and method == "POST":
        return True
    return answer.status_code == 404 or (answer.status_code == 302 and answer.headers["Location"].startswith("/logga-in/?next="))


def trail(town: Town) -> int:
    with within(town.organisation.pk):
        return Entry.objects.count()


def _csrf_cookie() -> str:
    from django.conf import settings

    return str(settings.CSRF_COOKIE_NAME)

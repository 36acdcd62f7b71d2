"""Walks the product's pages in this process: each address as somebody who may see it, each form of each page."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.inventory import INVENTORY
from tests.pages import Form, Page
from tests.people import PASSWORD, TODAY
from tests.strewing import filled, plausible
from tests.test_every_address import ROUTES, access, methods
from tests.world import Town
from varn.organisations.rights import Role


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back: the next form meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def names() -> list[str]:
    """Addresses that the inventory fills; test_every_address sees to it that these are all."""
    return sorted(set(INVENTORY) & set(ROUTES))


def url_of(name: str, town: Town) -> str:
    return reverse(name, kwargs=INVENTORY[name].kwargs(town))


def roles_for(name: str, town: Town) -> list[Role | None]:
    """Nobody for a public page, else somebody with the right: the least of them, and one who manages if they may."""
    asked = access(name)
    if asked.kind not in {"account", "right"}:
        return [None]
    if not asked.right:
        return [Role.CLERK]
    able = town.with_right(asked.right)
    return [able[0], *({Role.ADMINISTRATOR} & set(able[1:]))]


def client_for(role: Role | None, town: Town, **options: Any) -> Client:
    options = {"raise_request_exception": False, **options}
    return town.client(role, **options) if role else Client(**options)


def somebody_for(name: str, town: Town, **options: Any) -> Client:
    return client_for(roles_for(name, town)[0], town, **options)


def awake(town: Town) -> Town:
    """Everybody logged in, and whoever sees their own account has just shown who they are. Once: Argon2 is slow."""
    town.log_everybody_in()
    _show_again(town)
    return town


@contextmanager
def shown_again(town: Town) -> Iterator[Town]:
    """The same for a town where everybody is logged in already, while the block lasts."""
    before = town.cookies[Role.CLERK]
    _show_again(town)
    yield town
    town.cookies[Role.CLERK] = before


def _show_again(town: Town) -> None:
    clerk = town.client(Role.CLERK)
    clerk.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    town.cookies[Role.CLERK] = clerk.cookies[settings.SESSION_COOKIE_NAME].value


@dataclass(frozen=True)
class Sent:
    """A form of a page, ready to be sent by somebody who may."""

    name: str
    page: str
    form: Form
    role: Role | None

    def __str__(self) -> str:
        return f"{self.name} {self.form.action or self.page}"

    @property
    def url(self) -> str:
        parts = urlsplit(urljoin(f"http://testserver{self.page}", self.form.action))
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def key(self) -> tuple[str, tuple[str, ...]]:
        return self.url, tuple(sorted({it.name for it in self.form.fields}))


def forms(town: Town) -> list[Sent]:
    """Every form that is sent by POST."""
    return [sent for sent in forms_and_filters(town) if sent.form.method == "post"]


def forms_and_filters(town: Town) -> list[Sent]:
    """Every form of every page and of the pages that answer them, once for each address and set of fields."""
    found: dict[Any, Sent] = {}
    for name in names():
        for role in roles_for(name, town) if "GET" in methods(name) else []:
            with undone():
                answer = client_for(role, town).get(url_of(name, town))
            for sent in _forms_in(answer, name, url_of(name, town), role):
                found.setdefault(sent.key(), sent)
    for sent in list(found.values()):
        if sent.form.method == "post":
            with undone():
                answer = send(client_for(sent.role, town), sent, filled(sent.form, plausible("Exempel", today=TODAY)))
            for next_one in _forms_in(answer, sent.name, sent.url, sent.role):
                found.setdefault(next_one.key(), next_one)
    return list(found.values())


def _forms_in(answer: Any, name: str, page: str, role: Role | None) -> list[Sent]:
    if answer.status_code not in {200, 422} or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return []
    return [Sent(name, page, form, role) for form in Page(answer.content.decode()).forms]


def send(client: Client, sent: Sent, data: dict[str, Any], **more: Any) -> Any:
    """As the browser would: an upload makes it multipart (the test client's own)."""
    return client.post(sent.url, data, **more)


class Written:
    """Files that this process opened for writing, temporary ones included; told by Python's audit hook."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.is_on = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.is_on:
            return
        if event.startswith("tempfile."):
            self.paths.append(f"{event} {args}")
        elif event == "open" and _writes(args) and "__pycache__" not in str(args[0]):
            self.paths.append(str(args[0]))

    @contextmanager
    def watching(self) -> Iterator[None]:
        self.is_on = True
        try:
            yield
        finally:
            self.is_on = False


def _writes(args: tuple[Any, ...]) -> bool:
    mode, flags = args[1], args[2]
    return any(letter in mode for letter in "wax+") if isinstance(mode, str) else bool(isinstance(flags, int) and flags & 3)

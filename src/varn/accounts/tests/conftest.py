"""One account, its browser, and hooks of the rooms above that each test may set."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from varn.accounts import hooks
from varn.accounts.hooks import Requirements
from varn.accounts.models import Account
from varn.accounts.tests.steps import PASSWORD


@pytest.fixture
def alva(db: None) -> Account:
    return Account.objects.create_user("alva@granvik.example", PASSWORD)


@pytest.fixture
def bo(db: None) -> Account:
    return Account.objects.create_user("bo@granvik.example", PASSWORD)


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[[Requirements], None]:
    """Sets what every account's log-in has to meet."""
    return lambda wanted: monkeypatch.setattr(hooks, "_asked", [lambda account_id: wanted])


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The events that the rooms above were told of."""
    heard: list[str] = []
    monkeypatch.setattr(hooks, "_told", [lambda account_id, code: heard.append(code)])
    return heard


@pytest.fixture
def browser() -> Client:
    return Client()


@pytest.fixture
def mailed_code() -> Callable[[], str]:
    def code() -> str:
        found = re.search(r"^\d{8}$", str(mail.outbox[-1].body), re.MULTILINE)
        assert found
        return found[0]

    return code

"""A dump is no log-in: no value in any of this room's tables opens anything."""

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client

from varn.accounts.adapters.factors import set_totp
from varn.accounts.models import Account, Session
from varn.accounts.tests.steps import PASSWORD, SEED, cookie, is_somebody, log_in, totp
from varn.sealing.boxes import token_hash

pytestmark = pytest.mark.django_db
ROOMS = ("accounts_", "account_", "mfa_", "socialaccount_", "django_session", "auth_")


def tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if name.startswith(ROOMS)]


def values(of: object) -> Iterator[str]:
    """Every text in a value: columns, parts of JSON, bytes in hex and base64."""
    if isinstance(of, dict):
        for part in of.values():
            yield from values(part)
    elif isinstance(of, list | tuple):
        for part in of:
            yield from values(part)
    elif isinstance(of, bytes | memoryview):
        raw = bytes(of)
        yield from (raw.hex(), base64.b64encode(raw).decode(), raw.decode("latin-1"))
    elif of is not None:
        text = str(of)
        yield text
        if text.startswith(("{", "[")):
            yield from values(json.loads(text))


def dump() -> set[str]:
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found.update(text for row in cursor.fetchall() for text in values(list(row)))
    return found


@pytest.fixture
def everything(alva: Account, mailed_code: Callable[[], str]) -> dict[str, Any]:
    """Every kind of row, and the secrets that made them."""
    set_totp(alva, SEED)
    codes = RecoveryCodes.activate(alva).generate_codes()
    browser = Client()
    log_in(browser, alva.email)
    browser.post("/logga-in/steg-2/", {"code": totp()})
    assert is_somebody(browser)
    asking, forgetting, halfway = Client(), Client(), Client()
    asking.post("/logga-in/kod/", {"email": alva.email})
    mailed = [mailed_code()]
    forgetting.post("/logga-in/glomt/", {"email": alva.email})
    mailed.append(mailed_code())
    log_in(halfway, alva.email)
    cookies = [cookie(client) for client in (browser, asking, forgetting, halfway)]
    assert len(mail.outbox) == 2
    return {
        "cookies": cookies,
        "secrets": [SEED, PASSWORD, *codes, *mailed],
        "asking": asking,
        "halfway": halfway,
        "forgetting": forgetting,
    }


def test_no_cookie_code_seed_or_password_stands_in_a_dump(everything: dict[str, Any]) -> None:
    found = dump()
    assert {"accounts_session", "mfa_authenticator", "account_emailaddress"} <= set(tables())
    for secret in everything["cookies"] + everything["secrets"]:
        assert len(secret) >= 8
        assert not [text for text in found if secret in text]


def test_no_value_of_a_dump_works_as_a_cookie(everything: dict[str, Any]) -> None:
    for value in dump():
        if value.isascii() and value.isprintable() and len(value) <= 4096 and not set(value) & set(' ",;\\'):
            client = Client()
            client.cookies[settings.SESSION_COOKIE_NAME] = value
            assert not is_somebody(client), value


def test_no_value_of_a_dump_works_as_a_code(everything: dict[str, Any], settings: Any) -> None:
    settings.DEMO = settings.NO_LIMITS = True
    found = sorted(value for value in dump() if value.isprintable() and len(value) <= 12)
    assert found
    for value in found:
        everything["halfway"].post("/logga-in/steg-2/", {"code": value})
    assert not is_somebody(everything["halfway"])
    for value in found[:3]:
        everything["asking"].post("/logga-in/kod/bekrafta/", {"code": value})
        assert (
            everything["forgetting"].post("/logga-in/glomt/kod/", {"code": value}).headers.get("Location")
            != "/logga-in/glomt/nytt/"
        )
    assert not is_somebody(everything["asking"])


def test_when_a_factor_was_used_is_not_kept(alva: Account) -> None:
    assert {field.name for field in Authenticator._meta.get_fields()} == {
        "id",
        "user",
        "type",
        "data",
        "created_at",
        "last_used_at",
    }
    set_totp(alva, SEED)
    browser = Client()
    log_in(browser, alva.email)
    browser.post("/logga-in/steg-2/", {"code": totp()})
    assert Authenticator.objects.get().last_used_at is None


def test_one_sessions_content_does_not_open_in_another(alva: Account) -> None:
    """Whoever writes in the database without the process's secret makes nobody's log-in their own."""
    browser, stranger = Client(), Client()
    log_in(browser, alva.email)
    stranger.get("/logga-in/")
    log_in(stranger, alva.email)
    alvas, strangers = (Session.objects.get(lookup=token_hash(cookie(one))) for one in (browser, stranger))
    Session.objects.filter(pk=strangers.pk).update(content=alvas.content)
    assert is_somebody(browser)
    assert not is_somebody(stranger)

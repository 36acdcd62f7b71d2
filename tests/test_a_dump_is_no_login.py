"""A dump is no log-in: no value of any table of a running Värn opens anything, as cookie, link, code or password."""

import base64
import json
import random
import re
import subprocess
from base64 import b32decode
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.running import Split
from tests.visitor import Visitor
from varn.run import postgres

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
OF_LOG_IN = ("accounts_", "account_", "mfa_", "socialaccount_", "organisations_capabilitylink", "organisations_invitation")
OF_QUEUE = ("procrastinate_",)
N_OTHERS = 150  # of the names, days and ids of all other tables
AS_COOKIE = re.compile(r"[!#-+\--:<-\[\]-~]{8,600}")  # RFC 6265


def texts(value: object) -> Iterator[str]:
    """Every text in a value: parts of JSON, bytes in hex and base64."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts(part)
    elif isinstance(value, bytes | memoryview):
        raw = bytes(value)
        yield from (raw.hex(), base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode())
    elif value is not None:
        yield str(value)
        if str(value).startswith(("{", "[")):
            try:
                yield from texts(json.loads(str(value)))
            except ValueError:
                return


def rows(split: Split) -> dict[str, set[str]]:
    """Every value of every table, by table."""
    found: dict[str, set[str]] = {}
    with psycopg.connect(split.told["database"]["admin"]) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
            found[table] = {text for row in connection.execute(query).fetchall() for value in row for text in texts(value)}
    return found


@pytest.fixture(scope="module")
def waiting(everybody: Split) -> dict[str, Visitor]:
    """Somebody half-way in, by each way: waiting for a code, for a second factor, with a new password under way."""
    slug = everybody.told["organisations"][0]["slug"]
    asking, forgetting = Visitor(everybody.origin("member")), Visitor(everybody.origin("member"))
    for visitor, page in ((asking, "/logga-in/kod/"), (forgetting, "/logga-in/glomt/")):
        email = everybody.account("editor", slug)["email"]
        assert visitor.post(page, {"email": email, "csrfmiddlewaretoken": visitor.token(page)}).status == 302
    account = everybody.account("case_handler", slug)
    halfway = Visitor(everybody.visitors[account["email"]].origin)
    assert "/steg-2/" in halfway.log_in(account["email"], account["password"], None).location
    return {"asking": asking, "forgetting": forgetting, "halfway": halfway}


@pytest.fixture(scope="module")
def values(everybody: Split, waiting: dict[str, Visitor]) -> list[str]:
    """What a thief of the dump would try first: all about log-in, and some of everything else."""
    tables = rows(everybody)
    first = {text for name, found in tables.items() if name.startswith(OF_LOG_IN + OF_QUEUE) for text in _some(found)}
    others = sorted({text for found in tables.values() for text in found} - first)
    return sorted(text for text in first | set(random.sample(others, min(N_OTHERS, len(others)))) if AS_COOKIE.fullmatch(text))


def _some(found: set[str]) -> list[str]:
    """At most so many of one table: its rows are alike."""
    return random.sample(sorted(found), min(N_OTHERS, len(found)))


def test_no_secret_stands_in_a_dump(everybody: Split, waiting: dict[str, Visitor]) -> None:
    url = everybody.told["database"]["admin"]
    done = subprocess.run([postgres.binaries() / "pg_dump", url], capture_output=True, check=True)
    dump = done.stdout.decode("utf-8", "replace") + "\n".join(text for found in rows(everybody).values() for text in found)
    secrets: dict[str, str] = {}
    for account in everybody.accounts():
        secrets["password"] = account["password"]
        if seed := account["totp_secret"]:
            raw = b32decode(seed)
            secrets |= {f"{seed} seed": seed, f"{seed} hex": raw.hex(), f"{seed} base64": base64.b64encode(raw).decode()}
    sessions = [*everybody.visitors.values(), *waiting.values()]
    secrets |= {f"session {n}": visitor.session() for n, visitor in enumerate(sessions)}
    secrets |= {f"link {n}": token for n, token in enumerate(everybody.tokens())}
    assert len(dump) > 100_000
    assert all(len(secret) >= 12 for secret in secrets.values())
    assert [name for name, secret in secrets.items() if secret in dump] == []


def test_no_value_is_a_session(everybody: Split, values: list[str]) -> None:
    opened = []
    for role in ("member", "staff"):
        visitor = Visitor(everybody.origin(role))
        for value in values:
            visitor.cookies = {f"varn_{role}": (value, "/")}
            if visitor.get("/konto/").status != 302:
                opened.append(value)
    assert len(values) > 200
    assert opened == []


def test_no_value_is_a_link_or_its_cookie(everybody: Split, values: list[str]) -> None:
    visitor, opened = Visitor(everybody.origin("public")), []
    for value in values:
        visitor.cookies = {"varn_link_invitation_sv": (value, "/inbjudan/")}
        answers = [visitor.get("/inbjudan/")]
        if re.fullmatch(r"[\w.=+~-]+", value):
            answers.append(visitor.get(f"/l/{value}"))
        opened += [value for answer in answers if answer.status != 410]
    assert opened == []


def test_no_value_is_a_code_or_a_password(everybody: Split, waiting: dict[str, Visitor], values: list[str]) -> None:
    """As many as the limits let through; the shortest are the likeliest."""
    ways: dict[str, tuple[str, str]] = {
        "asking": ("/logga-in/kod/bekrafta/", "code"),
        "forgetting": ("/logga-in/glomt/kod/", "code"),
        "halfway": ("/logga-in/steg-2/", "code"),
    }
    likely = [value for value in values if len(value) <= 16][:3]
    for name, (page, field) in ways.items():
        visitor = waiting[name]
        for value in likely:
            token = next(iter(visitor.get(page).page.forms), None)
            sent: dict[str, Any] = {field: value, "csrfmiddlewaretoken": token.value("csrfmiddlewaretoken") if token else ""}
            assert "/nytt/" not in visitor.post(page, sent).location
        assert not visitor.is_somebody()
    hashed = next(value for value in rows(everybody)["accounts_account"] if value.startswith("argon2"))
    account = everybody.account("management", everybody.told["organisations"][0]["slug"])
    thief = Visitor(everybody.origin("member"))
    for value in (hashed, hashed.rpartition("$")[2], hashed.split("$")[-2]):
        thief.log_in(account["email"], value, None)
        assert not thief.is_somebody()

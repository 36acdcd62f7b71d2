"""The mark: a random word through every input is afterwards in no log, job, temp file, mail header, address or trail."""

import json
import logging
import random
import socket
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app

from tests.people import TODAY
from tests.running import Split
from tests.strewing import everywhere, filled, plausible
from tests.visitor import Visitor
from tests.walking import Sent, Written, awake, client_for, forms, names, send, somebody_for, undone, url_of
from tests.world import Town, a_town
from varn.config.logs import CodeFormatter

pytestmark = pytest.mark.django_db
WRITTEN = Written()
# What a browser tells without being asked, and what others add on the way.
HEADERS = ("user-agent", "accept-language", "x-forwarded-for", "x-forwarded-host", "x-request-id", "from", "hx-current-url")


@pytest.fixture
def word() -> str:
    return "Q" + "".join(random.choices("bcdfghjkmnpqrstvwxz", k=8))


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """What the product's own handler writes, from every logger."""
    (handler,) = [it for it in logging.getLogger().handlers if isinstance(it.formatter, CodeFormatter)]
    assert isinstance(handler, logging.StreamHandler)
    target, before = StringIO(), handler.stream
    handler.stream = target  # not setStream, which flushes the one before: another test's, and closed
    yield target
    handler.stream = before


@pytest.fixture
def town(db: None) -> Town:
    return awake(a_town("granvik"))


def headers(word: str) -> dict[str, str]:
    return dict.fromkeys(HEADERS, word) | {"referer": f"http://testserver/{word}", f"x-{word}": word}


def traces(word: str, logged: StringIO, answer: HttpResponse | None = None) -> list[str]:
    """Where the word is and must not be."""
    found = {"log": logged.getvalue(), "temp": "\n".join(WRITTEN.paths), **stored(), **mailed()}
    if answer is not None:
        found["Location"] = answer.headers.get("Location", "")
        found["Set-Cookie"] = answer.cookies.output()
    return [
        f"{place}: …{text[max(0, text.find(word) - 80) : text.find(word) + 80]}…" for place, text in found.items() if word in text
    ]


def stored() -> dict[str, str]:
    """Jobs with all about them, and the trail, as text. The owner of nothing reads them: varn_app, in each organisation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(string_agg(j::text, ' '), '') FROM procrastinate_jobs j")
        jobs = cursor.fetchone()[0]
        cursor.execute("SELECT coalesce(string_agg(e::text, ' '), '') FROM procrastinate_events e")
        jobs += cursor.fetchone()[0]
        cursor.execute("SELECT set_config('varn.organisation', id::text, true) FROM organisations_organisation")
        cursor.execute("SELECT coalesce(string_agg(e::text, ' '), '') FROM audit_entry e")
        trail = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('varn.organisation', '', true)")
    return {"jobs": jobs, "trail": trail}


def mailed() -> dict[str, str]:
    """Headers of all mail; To names the reader's address, which is the only word of theirs there."""
    heads = [f"{name}: {value}" for it in mail.outbox for name, value in it.message().items() if name != "To"]
    return {"mail": "\n".join(heads)}


def run_jobs() -> None:
    """Runs what waits in the queue, here and now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo'")
        waiting = cursor.fetchall()
    for name, args in waiting:
        app.tasks[name].func(**(json.loads(args) if isinstance(args, str) else args))


def ways(word: str) -> list[Any]:
    """How a form is filled: as meant, far too long, and where no field expects it."""
    return [plausible(word, today=TODAY), plausible(word * 300, today=TODAY), everywhere(word)]


def sendings(town: Town, word: str) -> Iterator[tuple[Sent, Client, Any]]:
    for sent in forms(town):
        for value in ways(word):
            with undone():
                yield sent, client_for(sent.role, town), filled(sent.form, value)


def test_a_word_through_every_field_is_in_no_log_job_mail_header_address_or_trail(
    town: Town, word: str, logged: StringIO
) -> None:
    found, answers = [], []
    for sent, client, data in sendings(town, word):
        mail.outbox.clear()
        with WRITTEN.watching():
            answer = send(client, sent, data, headers=headers(word))
            run_jobs()
        answers.append((sent.url, answer.status_code))
        found += [f"{sent}: {trace}" for trace in traces(word, logged, answer)]
    assert sorted(set(found)) == []
    assert WRITTEN.paths == []
    assert len({url for url, status in answers if status == 302}) > 35  # most were also taken in, not only refused


def test_a_word_in_every_address_header_query_and_cookie_is_in_no_log(town: Town, word: str, logged: StringIO) -> None:
    found = []
    for name in names():
        url = url_of(name, town)
        client = somebody_for(name, town)
        client.cookies[f"varn_{word}"] = word
        client.cookies["varn_link_invitation_sv"] = word
        query = dict.fromkeys(("q", "sida", "next", "efter", "dagordning", "typ", "from", word), word)
        with undone(), WRITTEN.watching():
            client.get(url, query, headers=headers(word))
            client.get(f"{url.rstrip('/')}/{word}/", headers=headers(word))
            client.post(url, {word: word}, query_params={word: word}, headers=headers(word))
        found += [f"{name}: {trace}" for trace in traces(word, logged)]
    assert sorted(set(found)) == []
    assert WRITTEN.paths == []


@pytest.mark.parametrize("path", ["/{}", "/{}/", "/{}/{}/", "/en/{}/", "/l/{}", "/static/{}.css", "/granvik/{}/", "/konto/{}"])
def test_a_word_in_an_address_that_does_not_exist_is_in_no_log(path: str, word: str, logged: StringIO) -> None:
    answer = Client().get(path.format(word, word), headers=headers(word))
    assert answer.status_code in {301, 302, 404, 410}
    assert traces(word, logged) == []


@pytest.mark.parametrize("cookie", ["session", "csrf"])
def test_a_word_as_a_cookie_is_in_no_log(cookie: str, town: Town, word: str, logged: StringIO, settings: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME if cookie == "session" else settings.CSRF_COOKIE_NAME] = word
    client.get("/konto/")
    assert client.post("/logga-in/", {"login": word, "csrfmiddlewaretoken": word}).status_code == 403
    assert traces(word, logged) == []


def failing(how: str, word: str) -> None:
    if how == "exception":
        raise RuntimeError(f"not found: {word}")
    with connection.cursor() as cursor:  # PostgreSQL tells the value in its message
        cursor.execute("SELECT %s::int", [word])


@pytest.mark.parametrize("how", ["exception", "database"])
@pytest.mark.parametrize("where", ["view", "act"])
def test_a_word_in_an_exception_is_in_no_log_and_on_no_page(
    how: str, where: str, town: Town, word: str, logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> Any:
        try:
            failing(how, word)
        except Exception as error:
            raise ValueError(f"{word} again") from error

    if where == "view":
        monkeypatch.setattr("varn.web.views.search.found_for", fail)
        answer = somebody_for("search", town).get(reverse("search", args=[town.slug]), {"q": word})
    else:
        monkeypatch.setattr("varn.audit.actions.record", fail)
        client = somebody_for("organisations:body_create", town)
        today = {"term_starts_on": "2026-01-01", "term_ends_on": "2027-12-31"}
        answer = client.post(reverse("organisations:body_create", args=[town.slug]), {"name": word, "kind": "committee", **today})
    assert answer.status_code == 500
    assert word not in answer.content.decode()
    assert '"exception"' in logged.getvalue()
    assert traces(word, logged) == []


@pytest.mark.parametrize(
    "name", ["django.request", "procrastinate.worker", "granian", "_granian", "asyncio", "psycopg.pool", "allauth"]
)
def test_what_any_library_logs_about_a_word_stays_out(name: str, word: str, logged: StringIO) -> None:
    try:
        failing("exception", word)
    except RuntimeError:
        logging.getLogger(name).exception("about %s", word, extra={"word": word}, stack_info=True)
    assert '"logger": "' in logged.getvalue()
    assert word not in logged.getvalue()


def test_no_logger_writes_past_the_formatter(town: Town) -> None:
    handlers = [
        (name, handler)
        for name, logger in logging.root.manager.loggerDict.items()
        if isinstance(logger, logging.Logger)
        for handler in logger.handlers
        if not isinstance(handler, logging.NullHandler)
    ]
    assert [name for name, handler in handlers if not isinstance(handler.formatter, CodeFormatter)] == []


# ---- the same against real processes: their logs, PostgreSQL's log, temp files and mail


def raw(split: Split, role: str, request: bytes) -> None:
    """Sends bytes as they are, and takes whatever comes back."""
    with socket.create_connection(("127.0.0.1", urlsplit(split.origin(role)).port or 80), timeout=10) as connection:
        connection.sendall(request)
        with suppress(OSError):
            connection.recv(1_000)


def broken_requests(word: str) -> Iterator[bytes]:
    it = word.encode()
    head = b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    yield b"GET /" + it + b"\xff\xfe" + head + b"\r\n"
    yield b"GET /%ff" + it + b"%00?" + it + b"=%ff" + head + b"\r\n"
    yield b"GET /" + it + b" HTTP/9.9\r\n\r\n"
    yield it + b" / HTTP/1.1\r\nHost: " + it + b"\r\n\r\n"
    yield b"GET /" + head + b"Cookie: varn_member=\xff" + it + b"; varn_member_csrf=" + it + b"\r\n\r\n"
    yield b"GET /" + head + b"X-\xff" + it + b": " + it + b"\r\n" + it + b"\r\n\r\n"
    yield b"POST /logga-in/" + head + b"Content-Length: " + it + b"\r\n\r\n" + it
    yield b"POST /logga-in/" + head + b"Content-Length: 90\r\nContent-Type: " + it + b"\r\n\r\n" + it
    yield b"POST /logga-in/" + head + b"Transfer-Encoding: chunked\r\n\r\nZ" + it + b"\r\n"


def multipart(fields: dict[str, str], file_name: str, content: bytes) -> tuple[bytes, str]:
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\nContent-Type: text/plain\r\n\r\n'
    return "".join(parts).encode() + head.encode() + content + b"\r\n--x--\r\n", "multipart/form-data; boundary=x"


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
def test_a_word_sent_to_a_running_demo_is_in_no_log_temp_file_mail_head_job_or_trail(everybody: Split, word: str) -> None:
    for role in ("public", "member", "staff"):
        for request in broken_requests(word):
            raw(everybody, role, request)
        visitor = Visitor(everybody.origin(role), {f"varn_{role}": (word, "/"), word: (word, "/")})
        for path in (f"/{word}/", f"/l/{word}", f"/?q={word}", f"/logga-in/?next=/{word}", f"/konto/?{word}"):
            visitor.ask("GET", path, headers=headers(word))
    slug = everybody.told["organisations"][0]["slug"]
    for page, field in (("/logga-in/", "login"), ("/logga-in/kod/", "email"), ("/logga-in/glomt/", "email")):
        guest = Visitor(everybody.origin("member"))
        guest.post(page, {field: f"{word}@x.example", "password": word, "csrfmiddlewaretoken": guest.token(page)})
    for role, path in (("clerk", "riskguide/ny/"), ("administrator", "installningar/import/")):
        visitor = everybody.visitors[everybody.account(role, slug)["email"]]
        fields = {"csrfmiddlewaretoken": visitor.token("/konto/"), "source": word[:9], "text": ""}
        for content in (
            f"Id;Namn\n1;{word}\n".encode(),
            b"%PDF-1.7 " + word.encode(),
            b"PK\x03\x04" + word.encode(),
            b"\xff" * 9,
        ):
            body, kind = multipart(fields, f"{word}.csv", content)
            visitor.ask("POST", f"/{slug}/{path}", body, {"Content-Type": kind})
    with psycopg.connect(everybody.told["database"]["admin"]) as connection:
        kept = [
            connection.execute(f"SELECT t::text FROM {table} t").fetchall() for table in ("audit_entry", "procrastinate_jobs")
        ]
    written = everybody.written()
    assert len(written) > 100
    assert word not in written
    assert word not in repr(kept)

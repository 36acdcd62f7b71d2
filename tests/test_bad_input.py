"""Bad input anywhere: a clear answer, never a fault of ours."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.pages import Field
from tests.patience import not_for_ever
from tests.people import TODAY
from tests.standing import standing
from tests.strewing import Value, everywhere, filled, plausible
from tests.walking import (
    Sent,
    client_for,
    forms_and_filters,
    names,
    roles_for,
    send,
    shown_again,
    somebody_for,
    undone,
    url_of,
)
from tests.world import Town
from varn.riskguide.agenda import read_agenda

pytestmark = pytest.mark.django_db

# One of each kind that something somewhere stumbles over.
ODD = {
    "nul": "a\0b",
    "rtl and emoji": "\u202eÅsa\u200b👩🏽\u200d🚒 \u0301\ufeff",
    "huge number": "9" * 400,
    "negative": "-1",
    "fraction": "1e309",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "no day": "2026-02-30",
    "no id": "00000000-0000-0000-0000-00000000000g",
    "other id": "00000000-0000-4000-8000-000000000000",
    "quotes": "'\"><script>alert(1)</script>{{7*7}}%s%(x)s\\",
    "json": '{"a": [1, {}]}',
    "spaces": " \t\r\n\u00a0",
    "surrogate": "\ud800",
}


@pytest.fixture(scope="module")
def granvik(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """Made once: that takes longer than most of the tests."""
    with standing(django_db_blocker, "granvik") as (town,):
        yield town


@pytest.fixture
def town(granvik: Town, db: None) -> Town:
    return granvik


@pytest.fixture
def awake(town: Town) -> Iterator[Town]:
    with shown_again(town):
        yield town


@pytest.fixture(scope="module")
def every_form(granvik: Town) -> list[Sent]:
    """Of every page, filters too; walked to once."""
    with undone(), shown_again(granvik):
        return forms_and_filters(granvik)


def sent_by(method: str, every_form: list[Sent]) -> list[Sent]:
    return [sent for sent in every_form if sent.form.method == method]


def is_clear(answer: Any) -> bool:
    """Not a fault, and nothing that only a developer reads: a constraint's name, a traceback."""
    text = answer.content.decode("utf-8", "replace") if not answer.streaming else ""
    return answer.status_code < 500 and "överträds" not in text and "is violated" not in text and "Traceback" not in text


def mixed(text: str) -> Callable[[Field], Value]:
    """The odd text where one types or chooses a day; the rest as a person would."""
    as_meant = plausible("Exempel", today=TODAY)
    typed = {"text", "search", "textarea", "password", "tel", "url", "email", "date", "number", "time"}
    return lambda field: text if field.kind in typed else as_meant(field)


def ways(n: int) -> Iterator[tuple[str, Callable[[Field], Value]]]:
    """For the nth form half of the texts, each in one of the two ways, in turn: over four forms every text comes both ways."""
    texts = [(name, text) for name, text in ODD.items() if name != "surrogate"]  # no form can send that one as text
    for m, (name, text) in enumerate(texts[n % 2 :: 2]):
        yield name, mixed(text) if (n // 2 + m) % 2 else everywhere(text, content=b"\0\xff\xfe")


def test_odd_texts_in_every_form_are_answered(awake: Town, every_form: list[Sent]) -> None:
    found = []
    for n, sent in enumerate(sent_by("post", every_form)):
        for name, value in ways(n):
            with undone():
                answer = send(client_for(sent.role, awake), sent, filled(sent.form, value))
            if not is_clear(answer):
                found.append(f"{sent}: {name}: {answer.status_code}")
    assert sorted(set(found)) == []


def test_forms_as_meant_are_answered_clearly(awake: Town, every_form: list[Sent]) -> None:
    found = []
    for sent in sent_by("post", every_form):
        with undone():
            answer = send(client_for(sent.role, awake), sent, filled(sent.form, plausible("Exempel", today=TODAY)))
        if not is_clear(answer):
            found.append(f"{sent}: {answer.status_code}")
    assert found == []


def bodies() -> Iterator[tuple[str, str, bytes]]:
    """Name, content type and bytes of what no form sends."""
    yield "json", "application/json", b'{"a": 1}'
    yield "no type", "", b"a=1"
    yield "not utf-8", "application/x-www-form-urlencoded", b"name=\xff\xfe&text=%FF%FE&%ff=1"
    yield "odd charset", "application/x-www-form-urlencoded; charset=nonsense", b"name=a"
    yield "10,000 fields", "application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(10_000))
    yield "1 MB field", "application/x-www-form-urlencoded", b"name=" + b"a" * 1_000_000
    yield "3 MB field", "application/x-www-form-urlencoded", b"name=" + b"a" * 3_000_000
    yield "no boundary", "multipart/form-data", b"--x\r\n\r\n"
    yield "broken parts", "multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\r\n\r\na"
    inner = b'--y\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--y--\r\n'
    deep = b'--x\r\nContent-Disposition: form-data; name="f"\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n' + inner
    yield "deep parts", "multipart/form-data; boundary=x", deep * 50 + b"--x--\r\n"
    bad = b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../\x00\xff.xlsx"\r\n'
    yield "odd file name", "multipart/form-data; boundary=x", bad + b"Content-Transfer-Encoding: base64\r\n\r\n!\r\n--x--\r\n"


@pytest.mark.parametrize(("content_type", "body"), [(it[1], it[2]) for it in bodies()], ids=[it[0] for it in bodies()])
def test_odd_bodies_at_every_form_are_answered(content_type: str, body: bytes, town: Town) -> None:
    found = []
    some = names() if len(body) < 10_000 else ["account_login", "organisations:person_create", "riskguide:new", "own_language"]
    for name in some:
        with undone():
            answer = somebody_for(name, town).generic("POST", url_of(name, town), body, content_type=content_type)
        if not is_clear(answer):
            found.append(f"{name}: {answer.status_code}")
    assert found == []


def queries(text: str) -> dict[str, str]:
    return dict.fromkeys(("sida", "q", "efter", "dagordning", "organ", "parti", "next", "kontrollera", "from", "to", "typ"), text)


def test_odd_queries_at_every_address_are_answered(town: Town) -> None:
    found = []
    for n, name in enumerate(names()):
        role = roles_for(name, town)[-1]
        for what, text in list(ODD.items())[n % 3 :: 3]:  # a third of them each, in turn
            query = queries(text.encode("utf-8", "surrogatepass").decode("latin-1")) if what == "surrogate" else queries(text)
            with undone():
                answer = client_for(role, town).get(url_of(name, town), query)
            if not is_clear(answer):
                found.append(f"{name}: {what}: {answer.status_code}")
    assert found == []


def test_odd_texts_in_every_search_and_filter_are_answered(awake: Town, every_form: list[Sent]) -> None:
    found = []
    for n, sent in enumerate(sent_by("get", every_form)):
        for what, value in ways(n):
            asked: Any = filled(sent.form, value)
            with undone():
                answer = client_for(sent.role, awake).get(sent.url, asked)
            if not is_clear(answer):
                found.append(f"{sent}: {what}: {answer.status_code}")
    assert sorted(set(found)) == []


@pytest.mark.parametrize(
    "path",
    [
        *["/%00", "/%00/", "/%FF%FE/", "/granvik%00/", "/l/%00", "/l/%FF", "/en/%00/", "/static/%00", "/static/../../etc/passwd"],
        *[
            "/static/%2e%2e/%2e%2e/etc/passwd",
            "/granvik/riskguide/%00/",
            "/" + "a" * 8_000 + "/",
            "/granvik/steg/%00/",
            "/%C3%28/",
        ],
        *["/granvik/riskguide/00000000-0000-4000-8000-000000000000/999999999999999999999999999/fragor/"],
        *[
            "/konto/tva-steg/passkey/999999999999999999999999999/",
            "/logga-in/?next=%00",
            "/sok/?q=%00",
            "//",
            "/en//",
            "/?%00=%00",
        ],
    ],
)
def test_odd_paths_are_answered(path: str, town: Town) -> None:
    role = roles_for("riskguide:questions", town)[0]
    for client in (Client(raise_request_exception=False), client_for(role, town)):
        answer = client.generic("GET", path.partition("?")[0], QUERY_STRING=path.partition("?")[2])
        assert is_clear(answer)
        assert answer.status_code in {200, 301, 302, 400, 404, 410}


@pytest.mark.parametrize("value", ["\0", "é", "a" * 60_000, '"', "a=b;c", "x" * 32])
def test_odd_cookies_and_headers_are_answered(value: str, town: Town, settings: Any) -> None:
    for path in ("/", "/logga-in/", "/konto/", "/inbjudan/"):
        client = Client(raise_request_exception=False)
        cookie = "; ".join(
            f"{name}={value}" for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "varn_link_invitation_sv")
        )
        answer = client.get(path, HTTP_COOKIE=cookie, HTTP_REFERER=value, HTTP_USER_AGENT=value, HTTP_X_FORWARDED_FOR=value)
        assert is_clear(answer)


def test_a_long_word_is_read_to_its_end() -> None:
    with not_for_ever():
        read_agenda("Q" + "bcdfghjk" * 400 + "\n" + "Ab" * 2_000 + "\n" + "A-" * 2_000)


@pytest.mark.parametrize("name", ["organisations:import_start", "riskguide:new"])
@pytest.mark.parametrize(
    "content", [b"", b"\0" * 1000, b"PK\x03\x04" + b"\xff" * 500, b"%PDF-1.7\n%%EOF", b"\xd0\xcf\x11\xe0" * 200]
)
@pytest.mark.parametrize("file_name", ["a.xlsx", "../../a.docx", "a\0.pdf", "å\u202excod.exe", "x" * 400])
def test_odd_files_are_answered(name: str, content: bytes, file_name: str, town: Town) -> None:
    upload = SimpleUploadedFile(file_name, content, "application/octet-stream")
    answer = client_for(roles_for(name, town)[-1], town).post(reverse(name, args=[town.slug]), {"source": "A", "file": upload})
    assert is_clear(answer)
    assert answer.status_code in {200, 302, 422, 400}

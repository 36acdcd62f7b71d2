"""Headers and cookies of every answer: pages, files, refusals and faults."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.pages import Page
from tests.standing import standing
from tests.test_every_address import ROUTES, access, addresses, methods
from tests.walking import client_for, names, roles_for, shown_again, undone, url_of
from tests.world import Town
from varn.organisations.rights import Role
from varn.ui.middleware import POLICY

pytestmark = pytest.mark.django_db
SRC = Path(__file__).parents[1] / "src"
NO_REFERRER = {"/l/", "/lamna"}  # what is opened by a link, and the quick exit


@pytest.fixture(scope="module")
def granvik(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with standing(django_db_blocker, "granvik") as (town,):
        yield town


@pytest.fixture
def town(granvik: Town, db: None) -> Iterator[Town]:
    with shown_again(granvik):
        yield granvik


def faults(answer: Any, path: str, *, is_kept: bool = False) -> list[str]:
    """What an answer's headers, cookies and page lack."""
    has = answer.headers
    found = [
        f"{name}: {has.get(name)}"
        for name, value in {
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
        }.items()
        if has.get(name) != value
    ]
    if has.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        found.append("Referrer-Policy")
    if has.get("Referrer-Policy") == "no-referrer" and not path.removeprefix("/en").startswith(tuple(NO_REFERRER)):
        found.append("no-referrer where a form may stand")
    if "no-store" not in has.get("Cache-Control", "") and not is_kept:
        found.append(f"Cache-Control: {has.get('Cache-Control')}")
    if is_kept and answer.cookies:
        found.append("a kept page sets a cookie")
    for name, cookie in answer.cookies.items():
        if cookie.value and not (cookie["httponly"] and cookie["samesite"] in {"Lax", "Strict"}):
            found.append(f"cookie {name}")
    if has.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        found += faults_of_page(answer.content.decode())
    return found


def faults_of_page(html: str) -> list[str]:
    page = Page(html)
    elsewhere = [url for url in page.loads if not url.startswith(("/", "?", "#", "data:")) or url.startswith("//")]
    return [f"inline {it}" for it in page.inline] + [f"loads {url}" for url in elsewhere if url]


def test_the_policy_is_constant_and_lets_nothing_unsafe_in() -> None:
    assert "unsafe" not in POLICY
    assert "frame-ancestors 'none'" in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY


def test_every_answer_of_every_address_has_them(town: Town) -> None:
    found = []
    for name in names():
        url = url_of(name, town)
        is_kept = access(name).is_cacheable
        for method in (*methods(name), "DELETE"):
            for role in {None, roles_for(name, town)[0]}:
                with undone():
                    answer = getattr(client_for(role, town), method.lower())(url)
                kept = is_kept and answer.status_code == 200
                found += [f"{method} {url} {role}: {fault}" for fault in faults(answer, url, is_kept=kept)]
    assert sorted(set(found)) == []


def test_the_english_pages_have_them_too(town: Town) -> None:
    found = []
    for name in names():
        for role in roles_for(name, town)[:1] if "GET" in methods(name) else []:
            url = f"/en{url_of(name, town)}"
            with undone():
                answer = client_for(role, town).get(url)
            kept = access(name).is_cacheable and answer.status_code == 200
            found += [f"{url} {role}: {fault}" for fault in faults(answer, url, is_kept=kept)]
    assert sorted(set(found)) == []


def fail(error: Exception) -> Callable[..., Any]:
    def inner(*args: Any, **kwargs: Any) -> Any:
        raise error

    return inner


ERRORS: dict[str, tuple[set[int], Callable[[Client], Any]]] = {
    "forged host": ({400}, lambda client: client.get("/", headers={"host": "elsewhere.example"})),
    "bad host": ({400}, lambda client: client.get("/", headers={"host": "a b@c"})),
    "no token": ({403}, lambda client: client.post("/logga-in/")),
    "foreign origin": ({403}, lambda client: client.post("/logga-in/", headers={"origin": "https://elsewhere.example"})),
    "not there": ({404}, lambda client: client.get("/finns/inte/alls/")),
    "not there, English": ({404}, lambda client: client.get("/en/finns/inte/alls/")),
    "wrong method": ({403, 405}, lambda client: client.delete("/halsa", headers={"x-csrftoken": "a"})),
    "gone": ({410}, lambda client: client.get("/l/hittat-pa")),
    "no slash": ({301, 302}, lambda client: client.get("/om")),
    "static": ({200}, lambda client: client.get("/static/ui/app.css")),
    "no static": ({404}, lambda client: client.get("/static/finns-inte.css")),
}


@pytest.mark.parametrize("what", ERRORS)
def test_refusals_have_them(what: str, town: Town) -> None:
    statuses, ask = ERRORS[what]
    answer = ask(Client(enforce_csrf_checks=True))
    assert answer.status_code in statuses
    assert faults(answer, "/l/" if what == "gone" else "/", is_kept=what == "static") == []


@pytest.mark.parametrize(("error", "status"), [(RuntimeError("no"), 500), (OperationalError("away"), 503)])
def test_faults_have_them(error: Exception, status: int, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("varn.web.views.search.found_for", fail(error))
    answer = client_for(Role.CLERK, town, raise_request_exception=False).get(reverse("search", args=[town.slug]), {"q": "a"})
    assert answer.status_code == status
    assert faults(answer, "/") == []


def test_too_much_is_refused_with_them(town: Town, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    answer = Client().post("/logga-in/", {"login": "a" * 20_000})
    assert answer.status_code in {400, 413}
    assert faults(answer, "/") == []


def kept_pages() -> list[str]:
    return [name for name in addresses("public") if access(name).is_cacheable and "GET" in methods(name)]


def test_some_pages_are_kept() -> None:
    assert {"hub", "about"} <= set(kept_pages())


@pytest.mark.parametrize("name", kept_pages())
def test_a_kept_page_is_the_same_bytes_for_everyone(name: str, town: Town) -> None:
    url = url_of(name, town)
    answers = [client_for(role, town).get(url) for role in (None, Role.CLERK, Role.ADMINISTRATOR)]
    answers.append(Client(headers={"accept-language": "en", "user-agent": "other"}).get(url))
    answers[-1].client.cookies["varn_language"] = "en"
    assert len({(answer.content, tuple(sorted(answer.headers.items()))) for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)
    assert "Vary" not in answers[0].headers or "Cookie" not in answers[0].headers["Vary"]


def test_a_link_leads_on_without_a_referrer() -> None:
    assert "link_open" in ROUTES
    assert Client().get("/l/hittat-pa").headers["Referrer-Policy"] in {"same-origin", "no-referrer"}


ASK = """
import json, django, pytest  # with pytest the settings take static files from where they lie
django.setup()
from django.conf import settings
from django.test import Client
answer = Client().get("/logga-in/", secure=settings.IS_SECURE, headers={"host": settings.ALLOWED_HOSTS[0]})
print(json.dumps({
    "status": answer.status_code, "session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME,
    "secure": settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE, "set": answer.cookies.output(),
    "hsts": answer.headers.get("Strict-Transport-Security"), "httponly": settings.SESSION_COOKIE_HTTPONLY,
}))
"""


def told(role: str, origin: str) -> dict[str, Any]:
    """What a process of this role says of its cookies when it is reached at this origin."""
    environment = {**os.environ, "VARN_ROLE": role, "VARN_PUBLIC_URL": origin, "PYTHONPATH": str(SRC)}
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("role", ["member", "all"])
def test_over_https_cookies_are_secure_and_bound_to_the_host(role: str) -> None:
    said = told(role, "https://varn.example")
    assert said["session"] == f"__Host-varn_{role}"
    assert said["csrf"].startswith("__Host-")
    assert said["secure"]
    assert said["httponly"]
    assert said["status"] == 200
    assert "Secure" in said["set"]
    assert "Path=/" in said["set"]
    assert "Domain" not in said["set"]
    assert said["hsts"]


def test_each_role_has_cookies_of_its_own() -> None:
    said = [told(role, "http://localhost") for role in ("member", "staff")]
    assert len({one[name] for one in said for name in ("session", "csrf")}) == 4
    assert not any("Secure" in one["set"] for one in said)

"""Capability links, sessions, redirects and forged requests, as docs/contract.md promises them, against real processes."""

import re
from pathlib import Path

import psycopg
import pytest

from tests.running import Split
from tests.visitor import Visitor, made_up, totp

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
ELSEWHERE = (
    "//evil.example",
    "https:evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "http:///evil.example",
    "///evil.example",
    "javascript:alert(1)",
    "https://localhost@evil.example",
    " //evil.example",
)


def changes(split: Split) -> tuple[object, ...]:
    """What a visit must not change: the trail, links, jobs, accounts."""
    with psycopg.connect(split.told["database"]["admin"]) as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM audit_entry WHERE code NOT LIKE 'account.%'),"
            " (SELECT string_agg(l::text, ',' ORDER BY id) FROM organisations_capabilitylink l),"
            " (SELECT count(*) FROM accounts_account)"
        ).fetchone()
    assert row is not None
    return row


def is_here(location: str) -> bool:
    return location.startswith("/") and not location.startswith(("//", "/\\")) and "\t" not in location


# ---- capability links


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_link_that_is_only_opened_changes_nothing(split: Split, method: str) -> None:
    before, visitor = changes(split), Visitor(split.origin("public"))
    answer = visitor.ask(method, split.link("live"))
    assert answer.status == 302
    assert answer.header("referrer-policy") == "no-referrer"
    token = split.link("live").rpartition("/")[2]
    assert len(token) >= 22  # 128 bits in base64
    assert token not in answer.location
    assert is_here(answer.location)
    opened = visitor.ask(method, answer.location)
    assert opened.status == 200
    assert token not in opened.text
    assert changes(split) == before


def test_the_cookie_of_a_link_is_bound_to_its_page_and_twenty_minutes(split: Split) -> None:
    answer = Visitor(split.origin("public")).get(split.link("live"))
    cookies = [value for name, value in answer.headers if name.lower() == "set-cookie"]
    assert cookies
    for cookie in cookies:
        assert "Max-Age=1200" in cookie
        assert re.search(r"Path=/(en/)?inbjudan/", cookie)
        assert "HttpOnly" in cookie
        assert "SameSite" in cookie
        assert split.link("live").rpartition("/")[2] not in cookie


def test_used_expired_revoked_and_made_up_links_give_the_same_page(split: Split) -> None:
    urls = [split.link(state) for state in ("used", "expired", "revoked")]
    urls += [f"{split.origin('public')}/l/{token}" for token in (made_up(), "a", "%00", "ö" * 3, "x" * 3000)]
    answers = {url: Visitor(split.origin("public")).get(url.replace("ö", "%C3%B6")) for url in urls}
    assert {answer.status for answer in answers.values()} == {410}
    assert len({repr(answer.alike()) for answer in answers.values()}) == 1


def test_a_form_without_its_link_is_the_same_page(split: Split) -> None:
    visitor = Visitor(split.origin("public"))
    assert visitor.get("/inbjudan/").alike() == visitor.get(split.link("used")).alike()


def test_a_links_cookie_opens_nothing_on_another_path_or_process(split: Split) -> None:
    visitor = Visitor(split.origin("public"))
    visitor.get(split.link("live"))
    value = next(iter(visitor.cookies.values()))[0]
    for name in ("varn_link_invitation_en", "varn_member", "varn_staff", "varn_public"):
        for role in ("public", "member", "staff"):
            other = Visitor(split.origin(role), {name: (value, "/")})
            assert other.get("/konto/").status in {302, 404}
            assert other.get("/en/inbjudan/").status in {404, 410} or name.endswith("_en")


def test_links_are_served_by_the_public_process_alone(split: Split) -> None:
    for role in ("member", "staff"):
        assert Visitor(split.origin(role)).get(split.link("live").replace(split.origin("public"), "")).status == 404


def test_no_token_is_in_any_log_mail_head_or_table(split: Split) -> None:
    tokens = split.tokens()
    for token in tokens:
        Visitor(split.origin("public")).get(f"/l/{token}")
        Visitor(split.origin("member")).get(f"/l/kalender/{token}.ics")
    with psycopg.connect(split.told["database"]["admin"]) as connection:
        rows = connection.execute("SELECT l::text FROM organisations_capabilitylink l").fetchall()
        rows += connection.execute("SELECT f::text FROM measures_calendarfeed f").fetchall()
    everything = split.written() + repr(rows)
    assert not [token for token in tokens if token in everything]


# ---- where one is sent


@pytest.mark.parametrize("role", ["member", "staff"])
@pytest.mark.parametrize("page", ["/logga-in/", "/logga-in/kod/", "/logga-in/passkey/", "/en/logga-in/"])
def test_no_redirect_leaves_the_host(split: Split, role: str, page: str) -> None:
    for bad in ELSEWHERE:
        visitor = Visitor(split.origin(role))
        typed = {"login": "ingen@x.example", "password": "fel lösenord här", "email": "x@y.example", "next": bad}
        answer = visitor.post(page, {**typed, "csrfmiddlewaretoken": visitor.token()})
        assert not answer.location or is_here(answer.location), bad


def test_after_log_in_no_redirect_leaves_the_host(everybody: Split) -> None:
    account = everybody.account("clerk", everybody.told["organisations"][0]["slug"])
    for bad in ELSEWHERE:
        visitor = Visitor(everybody.origin("member"))
        typed = {"login": account["email"], "password": account["password"], "next": bad}
        answer = visitor.post("/logga-in/", {**typed, "csrfmiddlewaretoken": visitor.token()})
        assert answer.status == 302
        assert is_here(answer.location), bad


@pytest.mark.parametrize("role", ["public", "member", "staff"])
@pytest.mark.parametrize("path", ["/", "/om", "/logga-in/", "/konto/", "//evil.example/", "//evil.example/om", "/l/x"])
def test_a_forged_host_reaches_no_location(split: Split, role: str, path: str) -> None:
    visitor = Visitor(split.origin(role))
    forged = [{"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}]
    for headers in [*forged, {"X-Forwarded-Proto": "https"}, {"Host": "localhost:evil"}, {"Host": "evil.example:80@localhost"}]:
        answer = visitor.ask("GET", path, headers=headers)
        assert answer.status < 500
        assert not answer.location or is_here(answer.location), headers
        assert "evil.example" not in answer.text.replace("%2F", "/") or path.startswith("//")


def test_a_forged_host_reaches_no_mail(split: Split) -> None:
    visitor = Visitor(split.origin("member"))
    account = split.account("registrar", split.told["organisations"][0]["slug"])
    typed = {"email": account["email"], "csrfmiddlewaretoken": visitor.token("/logga-in/kod/")}
    visitor.post("/logga-in/kod/", typed, X_Forwarded_Host="evil.example", Forwarded="host=evil.example")
    visitor.post("/logga-in/kod/", typed, Host="evil.example")
    mails = [it.read_text("utf-8", "replace") for it in Path(split.told["paths"]["mail"]).rglob("*") if it.is_file()]
    assert mails
    assert not [mail for mail in mails if "evil" in mail]


# ---- requests from elsewhere


@pytest.mark.parametrize("how", ["no token", "another's token", "foreign origin", "null origin", "no cookie"])
def test_a_post_from_elsewhere_changes_nothing(everybody: Split, how: str) -> None:
    account = everybody.account("administrator", everybody.told["organisations"][0]["slug"])
    visitor = everybody.visitors[account["email"]]
    url = f"/{account['organisation']}/installningar/organ/nytt/"
    form = next(form for form in visitor.get(url).page.forms if any(it.name == "name" for it in form.fields))
    sent = {it.name: it.value for it in form.fields} | {"name": f"Smygnämnden {how}", "kind": "committee"}
    headers = {"foreign origin": {"Origin": "https://evil.example"}, "null origin": {"Origin": "null"}}.get(how, {})
    if how == "no token":
        del sent["csrfmiddlewaretoken"]
    if how == "another's token":
        sent["csrfmiddlewaretoken"] = Visitor(visitor.origin).token()
    before, sender = changes(everybody), visitor
    if how == "no cookie":
        sender = Visitor(visitor.origin, {name: it for name, it in visitor.cookies.items() if "csrf" not in name})
    assert sender.post(url, sent, **headers).status == 403
    assert changes(everybody) == before


# ---- sessions


def test_the_cookie_changes_at_log_in_and_at_the_second_factor_and_is_nobodys_after_log_out(everybody: Split) -> None:
    account = everybody.account("auditor", everybody.told["organisations"][0]["slug"])
    visitor = Visitor(everybody.origin("member"))
    visitor.get("/logga-in/passkey/")  # begins a session before log-in, if there is to be one
    seen = [visitor.session()]
    visitor.log_in(account["email"], account["password"], None)
    seen.append(visitor.session())
    assert visitor.is_somebody()
    assert seen[0] != seen[1]
    old = Visitor(visitor.origin, dict(visitor.cookies))
    assert visitor.send("/konto/", "logout-form").status == 302
    assert not visitor.is_somebody()
    assert not old.is_somebody()


def test_the_cookie_changes_at_the_second_factor(everybody: Split) -> None:
    account = next(it for it in everybody.accounts() if it["totp_secret"] and "alternate_handler" in it["roles"])
    visitor = Visitor(everybody.visitors[account["email"]].origin)
    answer = visitor.log_in(account["email"], account["password"], None)
    assert "/steg-2/" in answer.location
    halfway = visitor.session()
    assert not visitor.is_somebody()
    visitor.send(answer.location, "code-form", code="000000")
    assert not visitor.is_somebody()
    for steps in (1, 0, -1):  # a code opens once, and one of these may have logged everybody in
        if not visitor.is_somebody():
            visitor.send("/logga-in/steg-2/", "code-form", code=totp(account["totp_secret"], steps=steps))
    assert visitor.is_somebody()
    assert visitor.session() != halfway
    assert not Visitor(visitor.origin, {name: (halfway, "/") for name in visitor.cookies if "csrf" not in name}).is_somebody()


def test_wrong_codes_for_one_account_lock_no_other_behind_the_same_address(everybody: Split) -> None:
    slugs = [it["slug"] for it in everybody.told["organisations"]]
    tried, other = (everybody.account("archivist", slug) for slug in slugs[:2])
    visitor = Visitor(everybody.origin("member"))
    statuses = []
    for n in range(14):
        form = {"login": tried["email"], "password": f"fel lösenord {n}", "csrfmiddlewaretoken": visitor.token()}
        statuses.append(visitor.post("/logga-in/", form).status)
    assert statuses[-1] == 429
    neighbour = Visitor(everybody.origin("member"))
    neighbour.log_in(other["email"], other["password"], other["totp_secret"])
    assert neighbour.is_somebody()


def test_a_session_of_one_process_is_nobody_in_another(everybody: Split) -> None:
    account = everybody.account("clerk", everybody.told["organisations"][0]["slug"])
    value = everybody.visitors[account["email"]].session()
    for name in ("varn_staff", "varn_public", "varn_all", "varn_member_csrf", "sessionid"):
        for role in ("public", "staff"):
            visitor = Visitor(everybody.origin(role), {name: (value, "/")})
            assert not visitor.is_somebody()


# ---- the three processes


def test_pages_for_those_logged_in_are_not_there_on_the_public_address(everybody: Split) -> None:
    visitors = list(everybody.visitors.values())[:2]
    closed = [it for it in everybody.told["objects"] if it["readable_by"] != ["*"]]
    paths = {it["url"].partition("://")[2].partition("/")[2] for it in closed}
    for path in ["logga-in/", "konto/", "start/", *sorted(paths)]:
        for cookies in ({}, *(visitor.cookies for visitor in visitors)):
            assert Visitor(everybody.origin("public"), dict(cookies)).get(f"/{path}").status == 404, path


@pytest.mark.parametrize("name", ["public", "member"])
def test_public_and_member_know_nothing_of_the_keys(split: Split, name: str) -> None:
    keys = str(split.data / "keys")
    for pid in _family(split.pid(name)):
        environment = Path(f"/proc/{pid}/environ").read_bytes().decode("utf-8", "replace")
        assert keys not in environment
        assert "varn_owner" not in environment
        assert not [fd for fd in _open_files(pid) if fd.startswith(keys)]


def _family(pid: int) -> set[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {pid}.union(*(_family(int(child)) for child in children))


def _open_files(pid: int) -> list[str]:
    found = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(str(link.readlink()))
        except OSError:
            continue
    return found

"""Every object of the demo, asked for by every account of every organisation: who may read it sees its mark, nobody else."""

import io
import json
import random
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.running import Split
from tests.visitor import Answer, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
EVERYBODY = ["*"]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def path_of(it: dict[str, Any]) -> str:
    """With its query: the same on whichever address an account logs in."""
    parts = urlsplit(str(it["url"]))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def fetch(visitor: Visitor, it: dict[str, Any], path: str | None = None) -> Answer:
    if it["method"] == "GET":
        return visitor.get(path or path_of(it))
    return visitor.post(path or path_of(it), {"csrfmiddlewaretoken": visitor.token("/konto/")})


def shown(answer: Answer) -> str:
    """The text of an answer; of a spreadsheet, its parts."""
    if answer.body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return answer.text


def places(split: Split, email: str) -> list[str]:
    place = next(it["organisation"] for it in split.accounts() if it["email"] == email)
    return place if isinstance(place, list) else [place]


def own(split: Split, email: str) -> list[dict[str, Any]]:
    return [it for it in split.told["objects"] if it["organisation"] in places(split, email)]


def others(split: Split, email: str) -> list[dict[str, Any]]:
    """Of each other organisation's objects one of each kind, another one for each account."""
    foreign = [it for it in split.told["objects"] if it["organisation"] not in places(split, email)]
    random.Random(email).shuffle(foreign)
    return list({it["kind"]: it for it in foreign}.values())


def faults(split: Split, email: str) -> list[str]:
    """What this account sees of the objects, where it is not as demo.json says."""
    visitor, found = split.visitors[email], []
    for it in [*own(split, email), *others(split, email)]:
        answer = fetch(visitor, it)
        what = f"{email} {it['method']} {path_of(it)} ({it['kind']}): {answer.status}"
        if email in it["readable_by"] or it["readable_by"] == EVERYBODY:
            if answer.status != 200 or it["mark"] not in shown(answer):
                found.append(what)
        elif answer.status != 404 or it["mark"] in shown(answer):
            found.append(what)
    return found


def test_each_object_is_read_by_those_it_names_and_nobody_else(everybody: Split) -> None:
    assert len(everybody.told["objects"]) > 30
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda email: faults(everybody, email), everybody.visitors))
    assert [fault for one in found for fault in one] == []


def test_what_one_may_not_read_is_alike_to_what_does_not_exist(everybody: Split) -> None:
    seen = set()
    for it in everybody.told["objects"]:
        for email, visitor in everybody.visitors.items():
            place = urlsplit(it["url"]).path.split("/")[1]
            key = (it["kind"], place in str(next(a for a in everybody.accounts() if a["email"] == email)["organisation"]))
            if email in it["readable_by"] or it["readable_by"] == EVERYBODY or key in seen:
                continue
            seen.add(key)
            invented = UUID.sub(lambda _found: str(uuid4()), path_of(it))
            if invented == path_of(it):
                invented = path_of(it).replace(place, "finns-inte", 1)
            assert fetch(visitor, it).alike() == fetch(visitor, it, invented).alike(), (email, it["kind"])
    assert len(seen) > 15


def test_nobody_logged_in_is_sent_to_log_in_for_all_alike(everybody: Split) -> None:
    for it in [it for it in everybody.told["objects"] if it["readable_by"] != EVERYBODY]:
        visitor = Visitor(everybody.origin("member"))
        answer = fetch(visitor, it) if it["method"] == "GET" else visitor.post(path_of(it), {})
        assert answer.status in {302, 403, 404, 405}
        assert it["mark"] not in answer.text
        assert not answer.location or answer.location.startswith("/logga-in/?next=")


def test_what_is_published_is_read_by_whoever_asks(split: Split) -> None:
    published = [it for it in split.told["objects"] if it["readable_by"] == EVERYBODY]
    assert {it["kind"] for it in published} == {"contact way"}
    assert all(it["mark"] in Visitor(split.origin("public")).get(str(it["url"])).text for it in published)


def test_an_object_stands_at_the_address_where_those_who_read_it_log_in(everybody: Split) -> None:
    """What only accounts with cases may read is on the staff address."""
    staff = {email for email, visitor in everybody.visitors.items() if visitor.origin == everybody.origin("staff")}
    for it in everybody.told["objects"]:
        role = "public" if it["readable_by"] == EVERYBODY else "staff" if staff.issuperset(it["readable_by"]) else "member"
        assert str(it["url"]).startswith(everybody.origin(role)), it["kind"]
    with_cases = {it["organisation"] for it in everybody.told["objects"] if str(it["url"]).startswith(everybody.origin("staff"))}
    assert len(with_cases) == len(everybody.told["organisations"]) - 1, "all but the national node"


KINDS = {"agenda", "assessment", "own answers", "contact way", "trail entry", "people export", "body", "party", "person"}
KINDS |= {"measure", "own measure", "action plan", "action plan export", "printed plan", "report", "printed report"}


def test_every_kind_is_among_the_objects_and_links_in_every_state(split: Split) -> None:
    assert {it["kind"] for it in split.told["objects"]} >= KINDS
    states = {(it["kind"], it["state"]) for it in split.told["links"]}
    four = ("live", "used", "expired", "revoked")
    assert states == {
        *((kind, state) for kind in ("invitation", "assessment") for state in four),
        ("calendar", "live"),
        ("calendar", "revoked"),
        ("guide", "live"),
        ("guide", "revoked"),
    }


def leaks(split: Split, email: str) -> list[str]:
    """Marks that this account may not read but finds in a search or on a page that links lead to."""
    visitor = split.visitors[email]
    slugs = places(split, email)
    mine = {it["mark"] for it in split.told["objects"] if email in it["readable_by"]}
    forbidden = [it for it in split.told["objects"] if it["mark"] not in mine and it["readable_by"] != EVERYBODY]
    lists = ["", "riskguide/", "installningar/personer/", "installningar/organ/", "installningar/partier/", "logg/", "kontakt/"]
    lists += ["installningar/kontaktvagar/", "mina-uppgifter/", "riskguide/om/"]
    seen = "".join(visitor.get(f"/{slug}/{page}").text for slug in slugs for page in lists)
    found = [f"{email} sees {it['mark']} ({it['kind']})" for it in forbidden if it["mark"] in seen]
    for it in {it["mark"]: it for it in forbidden}.values():
        for url in [url for url in split.told["search_urls"] if urlsplit(url).path.split("/")[1] in slugs]:
            page = visitor.get(urlsplit(url).path + f"?q={it['mark']}")
            if page.text.count(it["mark"]) > page.text.count(f'value="{it["mark"]}"') and _is_found(page, it["mark"]):
                found.append(f"{email} finds {it['mark']} ({it['kind']}) in {url}")
    return found


def _is_found(page: Answer, mark: str) -> bool:
    """The page shows more than what was asked for: nothing in a search for a word that is nowhere is a link with it."""
    return bool(re.search(rf"<a [^>]*>[^<]*{mark}", page.text))


def test_no_mark_is_in_lists_or_search_of_who_may_not_read_it(everybody: Split) -> None:
    some = [next(it for it in everybody.accounts() if role in it["roles"])["email"] for role in ("representative", "management")]
    some += [it["email"] for it in everybody.accounts() if not it["roles"] or isinstance(it["organisation"], list)]
    some += [it["email"] for it in everybody.accounts() if it["organisation"] == everybody.told["organisations"][1]["slug"]][:4]
    found = [fault for email in some for fault in leaks(everybody, email)]
    assert found == []


def test_links_are_as_their_state_says(split: Split) -> None:
    for it in [it for it in split.told["links"] if it["kind"] != "calendar"]:
        visitor = Visitor(split.origin("public"))
        answer = visitor.get(it["url"])
        assert answer.status == (302 if it["state"] == "live" else 410)
        assert (it["mark"] in visitor.get(answer.location).text) if it["state"] == "live" else it["mark"] not in answer.text


def test_a_calendars_link_is_answered_with_its_holders_own_until_it_is_revoked(split: Split) -> None:
    for it in [it for it in split.told["links"] if it["kind"] == "calendar"]:
        answer = Visitor(split.origin("member")).get(it["url"])
        assert (answer.status, it["mark"] in answer.text) == ((200, True) if it["state"] == "live" else (410, False))


def routes(split: Split) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "varn", "routes", "--json", "--data", str(split.data)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_the_examples_of_routes_answer(everybody: Split) -> None:
    found = routes(everybody)
    from tests.test_every_address import ROUTES

    assert len(found) == len(ROUTES)
    assert {"path", "name", "methods", "roles", "access", "example"} == set(found[0])
    clerk = everybody.account("clerk", everybody.told["organisations"][0]["slug"])["email"]
    for it in found:
        if it["example"] and "GET" in it["methods"]:
            role = it["roles"][0]
            visitor = Visitor(everybody.origin(role)) if it["access"] in {"public", "link"} else everybody.visitors[clerk]
            answer = visitor.get(it["example"])
            assert answer.status < 500, it
            for other in {"public", "member", "staff"} - set(it["roles"]):
                assert Visitor(everybody.origin(other)).get(it["example"]).status in {404, 405}, (it, other)

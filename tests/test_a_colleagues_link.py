"""A colleague without an account answers in the public process, whose database role may read no more than their seat."""

from urllib.parse import urlsplit

import pytest

from tests.running import Split
from tests.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
PAGE = "/riskguide/svara/"
TONE = "step2.online_tone"


def seats_page(split: Split) -> tuple[Visitor, str]:
    """A clerk of the first municipality at the page that says who is asked."""
    it = next(it for it in split.told["objects"] if it["kind"] == "assessment group")
    clerk = split.account("clerk", it["organisation"])
    return split.visitors[clerk["email"]], urlsplit(it["url"]).path


def new_link(split: Split, name: str) -> str:
    visitor, path = seats_page(split)
    form = next(form for form in visitor.get(path).page.forms if any(it.name == "l-name" for it in form.fields))
    sent = {it.name: it.value for it in form.fields if it.is_on} | {"l-name": name}
    shown = visitor.post(path, sent).text
    token = shown.partition("/l/")[2].split("<")[0].strip()
    assert len(token) >= 22
    return f"{split.origin('public')}/l/{token}"


def press(visitor: Visitor, value: str, **more: str) -> int:
    token = visitor.get(PAGE).page.forms[0].value("csrfmiddlewaretoken")
    return visitor.post(PAGE, {"csrfmiddlewaretoken": token, "set": value}, **more).status


def test_a_link_is_begun_answered_returned_to_and_closed_to_others(everybody: Split) -> None:
    link = new_link(everybody, "Kim Påhittad")
    phone, other = Visitor(everybody.origin("public")), Visitor(everybody.origin("public"))
    for visitor in (phone, other):
        assert visitor.get(link).location == PAGE
    begun = phone.post(PAGE, {"csrfmiddlewaretoken": phone.get(PAGE).page.forms[0].value("csrfmiddlewaretoken")})
    assert (begun.status, begun.location) == (302, PAGE)
    assert press(phone, f"{TONE}:2") == 302
    assert press(phone, f"{TONE}:3", X_Part="1") == 200
    assert phone.get(link).location == PAGE
    assert 'aria-pressed="true"' in phone.get(PAGE).text
    assert other.get(PAGE).status == 410
    assert other.get(link).status == 410
    clerk, path = seats_page(everybody)
    page = clerk.get(path).text
    assert "Kim Påhittad" in page
    assert "1 av 8 svar" in page
    assert link.rpartition("/")[2] not in page


def test_the_public_process_shows_no_other_seat_and_no_joint_answer(everybody: Split) -> None:
    link = new_link(everybody, "Lo Påhittad")
    phone = Visitor(everybody.origin("public"))
    phone.get(link)
    phone.post(PAGE, {"csrfmiddlewaretoken": phone.get(PAGE).page.forms[0].value("csrfmiddlewaretoken")})
    page = phone.get(PAGE).text
    assert "Kim Påhittad" not in page
    assert 'aria-pressed="true"' not in page
    assert press(phone, "step3.tone:1") == 422

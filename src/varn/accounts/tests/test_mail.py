"""What is mailed, through a real mail server."""

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from varn.accounts.models import Account
from varn.accounts.tests.smtp import Mailbox, a_mail_server
from varn.accounts.tests.steps import is_somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(settings: Any) -> Iterator[Mailbox]:
    with a_mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield box


def read(letter: bytes) -> Any:
    return email.message_from_bytes(letter, policy=email.policy.default)


@pytest.mark.parametrize(
    ("language", "subject", "word"), [("sv", "Din kod till Värn", "tio minuter"), ("en", "Your Värn code", "ten minutes")]
)
def test_a_code_comes_as_plain_text_in_the_readers_language(
    language: str, subject: str, word: str, alva: Account, browser: Client, box: Mailbox
) -> None:
    alva.language = language
    alva.save()
    browser.post("/logga-in/kod/", {"email": alva.email})
    letter = read(box.letters[0])
    assert letter.get_content_type() == "text/plain"
    assert letter["Subject"] == subject
    assert letter["To"] == alva.email
    assert letter["Auto-Submitted"] == "auto-generated"
    text = "\n".join(letter.get_content().splitlines())
    assert word in " ".join(text.split())
    code = re.search(r"^\d{8}$", text, re.MULTILINE)
    assert code
    browser.post("/logga-in/kod/bekrafta/", {"code": code[0]})
    assert is_somebody(browser)


def test_a_forged_host_reaches_no_mail_and_no_location(alva: Account, browser: Client, box: Mailbox) -> None:
    assert browser.post("/logga-in/kod/", {"email": alva.email}, headers={"host": "evil.example"}).status_code == 400
    assert box.letters == []
    for path in ("/logga-in/kod/", "/logga-in/glomt/"):
        for address in (alva.email, "ingen@granvik.example"):
            answer = Client().post(
                path, {"email": address}, headers={"host": "localhost:6666", "x-forwarded-host": "evil.example"}
            )
            assert answer.headers["Location"].startswith("/")
    assert len(box.letters) == 4
    assert not any(b"6666" in letter or b"evil" in letter for letter in box.letters)


def test_no_name_and_no_address_stands_in_a_subject(alva: Account, browser: Client, box: Mailbox) -> None:
    for path in ("/logga-in/kod/", "/logga-in/glomt/"):
        for address in (alva.email, "ingen@granvik.example"):
            Client().post(path, {"email": address})
    assert len({str(read(letter)["Subject"]) for letter in box.letters}) == 3
    assert not any("@" in str(read(letter)["Subject"]) for letter in box.letters)


def test_a_mail_server_that_is_away_gets_a_sentence(alva: Account, browser: Client, box: Mailbox, settings: Any) -> None:
    settings.EMAIL_PORT = 9
    for address in (alva.email, "ingen@granvik.example"):
        answer = browser.post("/logga-in/kod/", {"email": address})
        assert answer.status_code == 503
        assert "gick inte att skicka" in answer.content.decode()

"""Limits that slow guessing and lock nobody else out."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from varn.accounts.adapters.factors import set_totp
from varn.accounts.limits import PASSWORD, SECOND_FACTOR, keys, network
from varn.accounts.models import Account, Tally
from varn.accounts.tests.steps import SEED, is_somebody, log_in, totp

DAY = date(2026, 11, 24)


def key(account: str = "a@b.example", address: str = "192.0.2.1", today: date = DAY, secret: bytes = b"s" * 32) -> str:
    return keys(PASSWORD[0], account=account, address=address, secret=secret, today=today)


def test_a_key_holds_neither_address_nor_account_and_changes_every_day() -> None:
    assert key() == key("A@B.example")
    others = [key(account="c@b.example"), key(address="192.0.2.2"), key(today=date(2026, 11, 25)), key(secret=b"t" * 32)]
    assert len({key(), *others}) == 5


def test_the_wide_limits_see_only_their_part() -> None:
    pair, account, net = PASSWORD
    one, other = (
        {limit: keys(limit, account="a@b.example", address=address, secret=b"s" * 32, today=DAY) for limit in PASSWORD}
        for address in ("192.0.2.1", "192.0.2.2")
    )
    assert one[account] == other[account]
    assert one[pair] != other[pair]
    assert one[net] != other[net]


@given(st.text(max_size=50))
def test_any_address_has_a_network(address: str) -> None:
    assert isinstance(network(address), str)


def test_one_household_is_one_network() -> None:
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2::9") == "2001:db8:1:2::"
    assert network("192.0.2.7") == "192.0.2.7"


@pytest.mark.django_db
def test_ten_wrong_passwords_pause_that_account_and_no_other_behind_the_address(alva: Account, bo: Account) -> None:
    for _ in range(10):
        assert log_in(Client(), alva.email, "fel fel fel fel").status_code == 200
    refused = log_in(Client(), alva.email)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert "klockan" in refused.content.decode()
    client = Client()
    assert log_in(client, bo.email).status_code == 302
    assert is_somebody(client)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert log_in(elsewhere, alva.email).status_code == 302  # whoever shuts an account shuts it for themselves


@pytest.mark.django_db
def test_an_unknown_address_is_paused_just_the_same() -> None:
    answers = [log_in(Client(), "ingen@granvik.example", "fel fel fel").status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


@pytest.mark.django_db
def test_a_right_password_costs_nothing(alva: Account) -> None:
    for _ in range(12):
        assert log_in(Client(), alva.email).status_code == 302
    assert set(Tally.objects.values_list("n", flat=True)) == {0}


@pytest.mark.django_db
def test_wrong_codes_for_one_account_lock_no_other(alva: Account, bo: Account) -> None:
    set_totp(alva, SEED)
    set_totp(bo, SEED)
    client = Client()
    log_in(client, alva.email)
    answers = [client.post("/logga-in/steg-2/", {"code": "000000"}).status_code for _ in range(SECOND_FACTOR[0].n_most + 1)]
    assert answers[-1] == 429
    other = Client()
    log_in(other, bo.email)
    other.post("/logga-in/steg-2/", {"code": totp()})
    assert is_somebody(other)


@pytest.mark.django_db
def test_codes_by_mail_are_not_a_way_to_fill_a_mailbox(alva: Account) -> None:
    answers = [Client().post("/logga-in/kod/", {"email": alva.email}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


@pytest.mark.django_db
def test_three_wrong_mailed_codes_end_that_code(alva: Account, browser: Client, mailed_code: Callable[[], str]) -> None:
    browser.post("/logga-in/kod/", {"email": alva.email})
    for _ in range(3):
        answer = browser.post("/logga-in/kod/bekrafta/", {"code": "12345678"})
    assert answer.status_code == 302
    browser.post("/logga-in/kod/bekrafta/", {"code": mailed_code()})
    assert not is_somebody(browser)


@pytest.mark.django_db
def test_the_demo_may_lift_the_limits(alva: Account, settings: object) -> None:
    settings.NO_LIMITS = True  # type: ignore[attr-defined]
    assert {log_in(Client(), alva.email, "fel fel fel").status_code for _ in range(12)} == {200}
    assert not Tally.objects.exists()


@pytest.mark.django_db
def test_behind_a_proxy_the_visitors_own_address_counts(alva: Account, settings: object) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]
    for n in range(11):
        answer = log_in(Client(), alva.email, "fel fel fel", headers={"x-forwarded-for": f"6.6.6.{n}, 192.0.2.9"})
    assert answer.status_code == 429  # what the visitor claims in front of it does not
    assert log_in(Client(), alva.email, headers={"x-forwarded-for": "192.0.2.10"}).status_code == 302

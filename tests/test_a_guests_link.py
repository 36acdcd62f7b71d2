"""What somebody saved without an account: opened by its link alone, in every database role, and gone after its last day."""

import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.utils import timezone

from tests.running import Split
from tests.visitor import Answer, Visitor
from varn.riskguide.guest.drafts import Draft
from varn.riskguide.guest.operations import drop_expired, keep
from varn.riskguide.jobs import drop_expired as job
from varn.riskguide.models import GuestAssessment
from varn.sealing.boxes import token_hash
from varn.tenancy.within import holding

TABLE = "riskguide_guestassessment"
INSERT = (
    f"INSERT INTO {TABLE} (id, lookup, title, edition, own_judgement, step1, joint, version, expires_on)"
    " VALUES (gen_random_uuid(), %s, 'Exempel', '1.0.0', 'high', '{}', '{}', 1, current_date + %s)"
)
COUNT = f"SELECT lookup FROM {TABLE}"


def a_saved(name: str = "Vindkraft på Storhöjden") -> str:
    """The token of its link."""
    token = secrets.token_urlsafe(24)
    keep(Draft("1.0.0", name, "high"), token_hash=token_hash(token), today=timezone.localdate())
    return token


@pytest.fixture
def public() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(os.environ["VARN_PUBLIC_DATABASE_URL"], dbname=connection.settings_dict["NAME"]) as session:
        yield session
        session.rollback()


def holds(session: psycopg.Connection[Any], digest: str) -> None:
    session.execute("SELECT set_config('varn.link', %s, true)", [digest])


def seen(session: psycopg.Connection[Any]) -> list[str]:
    return [lookup for (lookup,) in session.execute(COUNT).fetchall()]


@pytest.mark.django_db(transaction=True)
def test_the_public_role_reads_exactly_one_by_its_hash_and_lists_nothing(public: psycopg.Connection[Any]) -> None:
    one, other = token_hash(a_saved()), token_hash(a_saved())
    assert seen(public) == []
    for digest in (one, other):
        holds(public, digest)
        assert seen(public) == [digest]
    for made_up in ("", "x", token_hash("hittat på"), one[:-1], "%"):
        holds(public, made_up)
        assert seen(public) == []


@pytest.mark.django_db(transaction=True)
def test_the_public_role_writes_only_under_the_link_it_holds_and_for_thirty_days(public: psycopg.Connection[Any]) -> None:
    mine, other = token_hash(secrets.token_urlsafe(24)), token_hash(a_saved())
    for digest, days in ((mine, 30), ("", 30)):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), public.transaction():
            public.execute(INSERT, [digest, days])
    holds(public, mine)
    for digest, days in ((other, 30), (mine, 40), (mine, -2)):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), public.transaction():
            public.execute(INSERT, [digest, days])
    public.execute(INSERT, [mine, 29])
    assert seen(public) == [mine]
    assert public.execute(f"UPDATE {TABLE} SET title = 'x' WHERE lookup = %s", [other]).rowcount == 0
    assert public.execute(f"DELETE FROM {TABLE} WHERE lookup = %s", [other]).rowcount == 0
    for column in ("lookup", "expires_on", "id"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), public.transaction():
            public.execute(f"UPDATE {TABLE} SET {column} = {column}")
    assert public.execute(f"DELETE FROM {TABLE}").rowcount == 1


@pytest.mark.django_db
def test_the_application_lists_nothing_either() -> None:
    token = a_saved()
    assert list(GuestAssessment.objects.all()) == []
    with holding("link", token_hash(token)):
        assert GuestAssessment.objects.count() == 1
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), holding("link", token_hash(token)):
        GuestAssessment.objects.update(expires_on=timezone.localdate() + timedelta(days=900))


def age(token: str, days: int) -> None:
    """As the owner: nobody else can move a last day."""
    with psycopg.connect(os.environ["VARN_OWNER_URL"], dbname=connection.settings_dict["NAME"]) as owner:
        aged = owner.execute(f"UPDATE {TABLE} SET expires_on = expires_on - %s WHERE lookup = %s", [days, token_hash(token)])
        assert aged.rowcount == 1


def all_of_them() -> set[str]:
    with psycopg.connect(os.environ["VARN_OWNER_URL"], dbname=connection.settings_dict["NAME"]) as owner:
        return set(seen(owner))


@pytest.mark.django_db(transaction=True)
def test_after_its_last_day_it_opens_nothing_and_the_night_takes_it() -> None:
    old, last, new = a_saved(), a_saved(), a_saved()
    age(old, 31)
    age(last, 30)
    assert [Client().get(f"/l/{token}").status_code for token in (old, last, new)] == [410, 302, 302]
    job(timestamp=0)
    assert all_of_them() == {token_hash(last), token_hash(new)}
    assert drop_expired() == 0


@pytest.mark.django_db
def test_no_value_of_the_row_opens_anything() -> None:
    token = a_saved()
    with holding("link", token_hash(token)):
        row = GuestAssessment.objects.values().get()
    for value in map(str, row.values()):
        assert token not in value
        client = Client()
        assert client.get(f"/l/{value}" if value and "/" not in value else "/l/x").status_code in {404, 410}
        for name in ("varn_link_guide_sv", "varn_guide_sv", settings.SESSION_COOKIE_NAME):
            client.cookies[name] = value if value.isascii() else "x"
        assert client.get("/riskguide/sparad/").status_code == 410
        assert client.get("/riskguide/bedoma/resultat/").status_code == 302
        assert client.post("/riskguide/bedoma/resultat/", {"carried": value, "do": "file"}).status_code == 302


@pytest.mark.slow
@pytest.mark.xdist_group("demo")
def test_the_public_process_alone_serves_the_guide_from_beginning_to_deletion(split: Split) -> None:
    guest, path = Visitor(split.origin("public")), "/riskguide/bedoma/"
    assert not guest.get("/riskguide/").header("set-cookie")

    def sends(where: str, sent: dict[str, str]) -> Answer:
        fields = {it.name: it.value for form in guest.get(where).page.forms[-1:] for it in form.fields if it.is_on}
        hidden = {name: fields[name] for name in ("csrfmiddlewaretoken", "carried", "token") if name in fields}
        return guest.post(where, hidden | sent)

    assert sends(path, {"title": "Ny simhall", "own_judgement": "high", "go": "step"}).location == f"{path}steg/2/"
    link = sends(f"{path}resultat/", {"do": "save"}).text.partition("/l/")[2].split("<")[0].strip()
    assert len(link) >= 22
    other = Visitor(split.origin("public"))
    assert other.get(f"/l/{link}").location == "/riskguide/sparad/"
    assert "Ny simhall" in other.get("/riskguide/sparad/").text
    for role in ("member", "staff"):
        for page in ("/riskguide/", path, "/riskguide/sparad/", f"/l/{link}"):
            assert Visitor(split.origin(role)).get(page).status == 404
    guest.get(f"/l/{link}")
    assert sends("/riskguide/sparad/", {"do": "delete"}).status == 200
    assert other.get("/riskguide/sparad/").status == 410
    logs = "".join(file.read_text("utf-8", errors="replace") for file in split.data.rglob("*.log"))
    assert link not in logs
    assert "simhall" not in logs

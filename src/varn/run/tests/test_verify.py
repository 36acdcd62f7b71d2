"""`./varn verify`, in this process, against the test's database."""

import json

import pytest

from tests.people import an_organisation
from varn.audit.jobs import chain_entries
from varn.audit.models import Link
from varn.audit.tests.trails import a_trail, an_intruder
from varn.organisations.models import Organisation
from varn.run import cli
from varn.tenancy.within import within


def a_chained_trail(slug: str) -> Organisation:
    organisation = an_organisation(slug)
    a_trail(organisation, 3)
    chain_entries(organisation.pk)
    return organisation


def head(organisation: Organisation, position: int) -> str:
    with within(organisation.pk):
        return f"{organisation.slug}:{position}:{bytes(Link.objects.get(position=position).hash).hex()}"


@pytest.mark.django_db
def test_whole_trails_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    organisation = a_chained_trail("granvik")
    assert cli.main(["verify"]) == 0
    assert "Granviks kommun: loggen är hel (3 poster)." in capsys.readouterr().out
    assert cli.main(["verify", "--json", "--head", head(organisation, 2)]) == 0
    assert json.loads(capsys.readouterr().out) == {"trail": "whole"}


@pytest.mark.django_db(transaction=True)
def test_a_broken_trail_is_named_with_position_and_kind(capsys: pytest.CaptureFixture[str]) -> None:
    a_chained_trail("granvik")
    other = a_chained_trail("lindhult")
    told = head(other, 3)
    with an_intruder() as intruder:
        intruder.execute("DELETE FROM audit_link WHERE organisation_id = %s AND position = 3", [other.pk])
    assert cli.main(["verify", "--head", told]) == 1
    shown = capsys.readouterr().out
    assert "Granviks kommun: loggen är hel" in shown
    assert "Lindhults kommun: loggen är BRUTEN. Kedjan är avkortad" in shown
    assert "plats 3" in shown
    assert cli.main(["verify", "--json", "--head", told]) == 1
    assert json.loads(capsys.readouterr().out) == {"trail": "broken"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["", "granvik", "granvik:1", "granvik:x:00", f"granvik:0:{'00' * 32}", "granvik:1:zz", f"g:1:{'00' * 32}:2"]
)
def test_a_head_that_is_none_gets_a_sentence(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "--head", text]) == 2
    assert "inget dagsvärde" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_head_of_nobody_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    a_chained_trail("granvik")
    assert cli.main(["verify", "--head", f"finns-inte:1:{'00' * 32}"]) == 2
    assert "ingen organisation ”finns-inte”" in capsys.readouterr().err


def test_a_folder_without_a_demo_gets_a_sentence(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["verify", "--data", str(tmp_path)]) == 2
    assert "Ingen demo kör" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_the_trail_of_a_removed_organisation_is_checked_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_chained_trail("granvik")
    gone = a_chained_trail("lindhult")
    told = head(gone, 3).replace("lindhult", str(gone.pk))
    with an_intruder() as owner:
        owner.execute("DELETE FROM organisations_organisation WHERE id = %s", [gone.pk])
        assert cli.main(["verify", "--head", told]) == 0
        assert f"Borttagen organisation {gone.pk}: loggen är hel (3 poster)." in capsys.readouterr().out
        owner.execute("UPDATE audit_entry SET code = 'body.edit' WHERE organisation_id = %s", [gone.pk])
        assert cli.main(["verify", "--json"]) == 1
        capsys.readouterr()
        monkeypatch.delenv("VARN_OWNER_URL")
        assert cli.main(["verify"]) == 0, "the application alone cannot know of it, and says so"
        assert "owner.env" in capsys.readouterr().out

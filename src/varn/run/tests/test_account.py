"""`./varn account`: help for somebody who lost their second factor, or waits for a role."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests.people import a_person, an_organisation
from varn.accounts.adapters.factors import set_totp
from varn.accounts.models import Account
from varn.audit.models import Entry
from varn.organisations.actions.grants import propose_access
from varn.organisations.models import Organisation
from varn.organisations.queries import member_of, roles_of
from varn.organisations.rights import Role
from varn.run.account import main
from varn.run.stop import Stop
from varn.tenancy.within import within

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo() -> Account:
    account = a_person(an_organisation("granvik"), "Bo", Role.CASE_HANDLER).account
    assert account is not None
    set_totp(account, "A" * 32)
    return account


def test_all_second_factors_go_and_the_organisation_can_see_it(bo: Account, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["drop-second-factors", bo.email.upper(), "--yes"]) == 0
    assert not Authenticator.objects.filter(user_id=bo.pk).exists()
    assert capsys.readouterr().out.startswith("1 ")
    with within(Organisation.objects.get(slug="granvik").pk):
        assert Entry.objects.filter(code="account.second_factor_removed").count() == 1


def test_another_address_at_the_second_asking_changes_nothing(bo: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "annan@granvik.example")
    with pytest.raises(Stop):
        main(["drop-second-factors", bo.email])
    assert Authenticator.objects.filter(user_id=bo.pk).exists()


def test_an_unknown_address_is_told() -> None:
    with pytest.raises(Stop):
        main(["drop-second-factors", "ingen@granvik.example", "--yes"])


def test_a_role_that_nobody_else_can_confirm_is_confirmed_here(capsys: pytest.CaptureFixture[str]) -> None:
    granvik = an_organisation("granvik")
    eva, dag = a_person(granvik, "Eva", Role.ADMINISTRATOR), a_person(granvik, "Dag")
    today = timezone.localdate()
    with within(granvik.pk):
        actor = member_of(eva.account_id, granvik.pk, today=today)  # type: ignore[arg-type]
        assert actor is not None
        propose_access(actor, dag, role=Role.CASE_HANDLER, starts_on=today, today=today)
    assert main(["approve-grant", dag.email, "--yes"]) == 0
    assert "Dag Exempelsson har nu behörigheten case_handler" in capsys.readouterr().out
    with within(granvik.pk):
        assert roles_of(dag.pk, today=today) == {Role.CASE_HANDLER}
        assert Entry.objects.filter(code="access.confirm", actor_kind="job").count() == 1
    with pytest.raises(Stop):
        main(["approve-grant", dag.email, "--yes"])

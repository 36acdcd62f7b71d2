"""Jobs that go through the organisations: one's trouble is not another's."""

import pytest

from tests.people import an_organisation
from varn.organisations import jobs
from varn.organisations.actions import cleaning
from varn.organisations.rights import Job

pytestmark = pytest.mark.django_db


def test_an_organisation_that_cannot_be_cleaned_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = sorted((an_organisation("granvik"), an_organisation("lindhult")), key=lambda one: one.pk)
    done = []

    def clean(actor: Job, **kwargs: object) -> None:
        if actor.organisation_id == first.pk:
            raise ValueError
        done.append(actor.organisation_id)

    monkeypatch.setattr(cleaning, "drop_stale", clean)
    with pytest.raises(RuntimeError, match="stale: 1 organisations"):
        jobs.drop_stale(0)
    assert done == [second.pk]
    assert [record.getMessage() for record in caplog.records] == [f"stale {first.pk}"]

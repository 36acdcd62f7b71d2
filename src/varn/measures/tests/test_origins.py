"""The pages that measures come from are known by name alone: each name must be one that is there."""

from uuid import uuid4

from django.urls import reverse

from varn.measures.origins import PAGES
from varn.measures.plans import OriginKind
from varn.organisations.rights import RIGHTS


def test_every_origin_but_ones_own_has_a_page_that_exists_and_that_somebody_may_read() -> None:
    assert set(PAGES) == set(OriginKind) - {OriginKind.OWN}
    held = frozenset().union(*RIGHTS.values())
    for page in PAGES.values():
        assert reverse(page.url_name, args=["granvik", uuid4()])
        assert page.right in held

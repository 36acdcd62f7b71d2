"""The demo's guest assessments: one that its link opens, one that whoever held the link has deleted."""

import secrets
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from varn.riskguide.assessment.statements import statements
from varn.riskguide.guest.drafts import Draft
from varn.riskguide.guest.operations import keep, remove
from varn.riskguide.guest.views.saved import KIND
from varn.run.demo.objects import mark
from varn.sealing.boxes import token_hash

EDITION = "1.0.0"


def guest_links() -> Iterator[dict[str, Any]]:
    """They lie outside the organisations."""
    for state in ("live", "revoked"):
        word, token = mark(), secrets.token_urlsafe(24)
        answers = {one.code: 2 for one in statements(2, EDITION)}
        draft = Draft(EDITION, f"Ny simhall {word}", "moderate", joint=answers)
        keep(draft, token_hash=token_hash(token), today=timezone.localdate())
        if state == "revoked":
            remove(token_hash(token))
        yield {"kind": KIND, "state": state, "url": f"public:/l/{token}", "mark": word}

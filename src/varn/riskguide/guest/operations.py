"""Writes of what belongs to no organisation, so that there is no trail to leave one in: each under the link it is for."""

from dataclasses import replace
from datetime import date, timedelta

from django.db import connection

from varn.riskguide.guest.drafts import Draft
from varn.riskguide.models import GuestAssessment
from varn.tenancy.within import holding

DAYS = 30


def draft_of(row: GuestAssessment) -> Draft:
    return Draft(row.edition, row.title, row.own_judgement, row.step1, row.joint, row.lookup, row.version)


def keep(draft: Draft, *, token_hash: str, today: date) -> GuestAssessment:
    """Saves it under a new link; the same link again finds what the first made."""
    with holding("link", token_hash):
        made = GuestAssessment(lookup=token_hash, expires_on=today + timedelta(days=DAYS), **_content(draft))
        GuestAssessment.objects.bulk_create([made], ignore_conflicts=True)
        return GuestAssessment.objects.get(lookup=token_hash)


def change(draft: Draft) -> Draft | None:
    """Saves it again under its own link. None when somebody else with the link was first, or it is gone."""
    with holding("link", draft.lookup):
        rows = GuestAssessment.objects.filter(lookup=draft.lookup, version=draft.version)
        is_done = rows.update(version=draft.version + 1, **_content(draft))
    return replace(draft, version=draft.version + 1) if is_done else None


def remove(token_hash: str) -> None:
    """The link stops working at once."""
    with holding("link", token_hash):
        GuestAssessment.objects.filter(lookup=token_hash).delete()


def drop_expired() -> int:
    """How many were deleted. No condition: the policies give whoever holds no link what has expired, to delete and not to see."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM riskguide_guestassessment")
        return int(cursor.rowcount)


def _content(draft: Draft) -> dict[str, object]:
    return {
        "title": draft.title,
        "edition": draft.edition,
        "own_judgement": draft.own_judgement,
        "step1": dict(draft.step1),
        "joint": dict(draft.joint),
    }

"""Reads of what somebody saved without an account, for whoever holds its link; and of what it can become here."""

from django.db.models import QuerySet

from varn.organisations.models import Matter
from varn.organisations.rights import Member, Right
from varn.riskguide.models import Closing, GuestAssessment
from varn.tenancy.within import holding

OFFERED = 200  # matters in the list to choose from


def saved_by(token_hash: str) -> GuestAssessment | None:
    """None for expired, removed and made-up alike."""
    with holding("link", token_hash):
        return GuestAssessment.objects.filter(lookup=token_hash).first()


def is_saved(token_hash: str) -> bool:
    return saved_by(token_hash) is not None


def open_matters(actor: Member) -> QuerySet[Matter]:
    """Matters that are not closed, with their bodies, in the order of their names; none without the right."""
    if not actor.may(Right.MATTER_SORT):
        return Matter.objects.none()
    closed = Closing.objects.values("matter_id")
    return Matter.objects.exclude(pk__in=closed).select_related("body").order_by("name_key")[:OFFERED]

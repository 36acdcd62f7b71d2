"""Takes an assessment and its seats for one act, always in that order, so that no two acts wait for each other."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext

from varn.audit.act import Actor
from varn.organisations.models import CapabilityLink
from varn.organisations.refusals import Refused
from varn.organisations.rights import Right
from varn.riskguide.models import Assessment, Seat
from varn.tenancy.queries import columns_of, row_of

SEAT = "seat"  # kind of capability link


def locked_open(actor: Actor, pk: UUID) -> Assessment:
    """Of a matter that is not closed. Raises Http404, also for those who do not run assessments, and Refused."""
    assessment = _locked(pk) if actor.may(Right.MATTER_SORT) else None
    if assessment is None:
        raise Http404
    if assessment.is_closed:
        raise Refused(closed_sentence())
    return assessment


def _locked(pk: UUID) -> Assessment | None:
    sql = f"SELECT {columns_of(Assessment)} FROM riskguide_assessment WHERE id = %s FOR UPDATE"  # noqa: S608  # our own names
    return row_of(Assessment, sql, [pk])


def closed_sentence() -> str:
    return gettext("Ärendet är avslutat, så bedömningen går inte att ändra. Inget sparades.")


def locked_seats(assessment: Assessment) -> list[Seat]:
    """An answer that is on its way is waited for, and counted."""
    return list(Seat.objects.select_for_update(of=("self",)).filter(assessment_id=assessment.pk).order_by("pk"))


def links_of(seats: QuerySet[Seat]) -> QuerySet[CapabilityLink]:
    """Those that still may open a seat."""
    return CapabilityLink.objects.filter(kind=SEAT, target_id__in=seats.values("pk"), revoked_at__isnull=True)

"""Reads of printed plans."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from varn.measures.models import Printing
from varn.organisations.queries import roles_of
from varn.organisations.rights import Job, Member, Right


def printings_for(actor: Member) -> QuerySet[Printing]:
    """Without the file itself, which a page that only shows how far it is need not read."""
    rows = Printing.objects.defer("pdf")
    return rows if actor.may(Right.MEASURE_READ) else rows.none()


def printing_for(actor: Member, pk: UUID) -> Printing:
    return get_object_or_404(printings_for(actor), pk=pk)


def waiting(actor: Job, pk: UUID) -> Printing | None:
    """Asked for and not made yet: by the job, which may be run twice."""
    unmade = (Printing.State.WAITING, Printing.State.WORKING)
    return Printing.objects.defer("pdf").filter(pk=pk, state__in=unmade).select_related("person").first()


def reader_of(printing: Printing, *, today: date) -> Member | None:
    """Whoever asked for it, with today's roles; None if they may not see the plan any more."""
    person = printing.person
    member = Member(person.account_id or person.pk, person.pk, printing.organisation_id, roles_of(person.pk, today=today))
    return member if member.may(Right.MEASURE_READ) else None

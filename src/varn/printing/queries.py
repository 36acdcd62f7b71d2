"""Reads of files on paper."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from varn.organisations.queries import roles_of
from varn.organisations.rights import Job, Member, Right
from varn.printing.models import UNMADE, Printing


def printings_for(actor: Member, kind: str, right: Right) -> QuerySet[Printing]:
    """Those of one kind, for those who have the right to what it shows; without the file itself, which a page that only shows
    how far it is need not read."""
    rows = Printing.objects.defer("pdf").filter(kind=kind)
    return rows if actor.may(right) else rows.none()


def printing_for(actor: Member, pk: UUID, kind: str, right: Right) -> Printing:
    return get_object_or_404(printings_for(actor, kind, right), pk=pk)


def waiting(actor: Job, pk: UUID) -> Printing | None:
    """Asked for and not made yet: by the job, which may be run twice."""
    return Printing.objects.defer("pdf").filter(pk=pk, state__in=UNMADE).select_related("person").first()


def reader_of(printing: Printing, *, today: date) -> Member:
    """Whoever asked for it, with today's roles."""
    person = printing.person
    return Member(person.account_id or person.pk, person.pk, printing.organisation_id, roles_of(person.pk, today=today))

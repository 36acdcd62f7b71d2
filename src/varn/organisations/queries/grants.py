"""Reads of strong access roles that wait for a second person, and of those who may be that person."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from varn.organisations.fingerprint import fingerprint
from varn.organisations.models import AccessGrant, Person, WaitingGrant
from varn.organisations.queries import on
from varn.organisations.queries.people import BY_NAME
from varn.organisations.refusals import Refused
from varn.organisations.rights import NEED_TWO, Job, Member, Right, Role
from varn.organisations.twopersons import DAYS, Hindrance, Proposal, hindrance, other_administrators


def waiting_for(actor: Member | Job, *, today: date) -> QuerySet[WaitingGrant]:
    """Roles that wait, the oldest first. Of people with protected identity only for those who manage people."""
    if not actor.may(Right.ACCESS_CONFIRM):
        return WaitingGrant.objects.none()
    rows = _live(today).select_related("person", "proposed_by").order_by("proposed_on", "pk")
    return rows if actor.may(Right.PERSON_MANAGE) else rows.filter(person__is_protected=False)


def waiting_grant_for(actor: Member, pk: UUID, *, today: date) -> WaitingGrant:
    """One role that waits; 404 whether missing, over, another organisation's or not for this actor."""
    return get_object_or_404(waiting_for(actor, today=today), pk=pk)


def n_to_confirm(actor: Member, *, today: date) -> int:
    """How many roles wait for the actor."""
    return sum(hindrance_for(actor, row, today=today) is None for row in waiting_for(actor, today=today))


def waiting_grants_of(person: Person, *, today: date) -> QuerySet[WaitingGrant]:
    return _live(today).filter(person=person).select_related("proposed_by").order_by("role")


def _live(today: date) -> QuerySet[WaitingGrant]:
    return WaitingGrant.objects.filter(proposed_on__gte=today - timedelta(days=DAYS))


def proposal_of(row: WaitingGrant) -> Proposal:
    return Proposal(row.person_id, row.proposed_by_id, row.proposed_on)


def version_of_waiting(row: WaitingGrant) -> str:
    """What somebody who confirms has seen: the role, its days, and to whom it goes. Another address may be another person's."""
    shown = {name: getattr(row, name) for name in ("role", "starts_on", "ends_on", "proposed_on")}
    person = row.person
    return fingerprint({**shown, "name": person, "email": person.email.lower(), "account": person.account_id})


def _administrators_on(day: date) -> set[UUID]:
    """People who have the role on `day` and can log in."""
    return set(_holders(Role.ADMINISTRATOR, day).values_list("pk", flat=True))


def confirmers_of(row: WaitingGrant, *, today: date) -> QuerySet[Person]:
    """Those who may confirm it: another administrator; where there is none, whoever leads the organisation."""
    others = other_administrators(proposal_of(row), _administrators_on(today))
    if others:
        return Person.objects.filter(pk__in=others).order_by(*BY_NAME)
    managers = _holders(Role.MANAGEMENT, today).exclude(pk__in=[row.person_id, row.proposed_by_id])
    return managers.order_by(*BY_NAME)


def hindrance_for(actor: Member, row: WaitingGrant, *, today: date) -> Hindrance | None:
    """Why the actor may not confirm it; None if they may."""
    return hindrance(proposal_of(row), actor.person_id, actor.roles, administrators=_administrators_on(today), today=today)


def in_words(why: Hindrance) -> str:
    return {
        Hindrance.RECEIVER: _("Ingen bekräftar sin egen behörighet."),
        Hindrance.PROPOSER: _("Du har föreslagit den. Någon annan bekräftar."),
        Hindrance.EXPIRED: _("Ingen bekräftade behörigheten inom sju dagar. Föreslå den på nytt."),
        Hindrance.ANOTHER_ADMINISTRATOR: _("En annan administratör bekräftar. Ledningen gör det bara där det inte finns någon."),
        Hindrance.NO_RIGHT: _("En annan administratör bekräftar."),
    }[why]


def _holders(role: Role, day: date) -> QuerySet[Person]:
    granted = AccessGrant.objects.filter(on(day), role=role).values("person_id")
    is_here = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Person.objects.filter(is_here, pk__in=granted, account__isnull=False)


def check_addresses_may_change(people: Collection[Person], *, today: date) -> None:
    """Raises Refused for somebody who was given a strong role and has not joined: whoever has the address gets the role,
    and two persons agreed on this one."""
    waiting = {person.pk: person for person in people if person.account_id is None}
    open_ended = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    grant = AccessGrant.objects.filter(open_ended, person__in=waiting, role__in=NEED_TWO).first() if waiting else None
    if grant is not None:
        sentence = _(
            "%(name)s har en behörighet som två personer har gett, och har inte gått med. Avsluta behörigheten innan du "
            "ändrar e-postadressen, och ge den sedan på nytt."
        )
        raise Refused(sentence % {"name": waiting[grant.person_id]}, "email")

"""Reads: measures as the actor may see them. Everybody sees what they are responsible for; the plan needs its right."""

from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404

from varn.audit.act import Actor
from varn.measures.duties import duties_of
from varn.measures.models import Measure
from varn.measures.plans import OPEN, Origin
from varn.organisations.rights import Member, Right

IN_TIME = (F("due_on").asc(nulls_last=True), "priority", "pk")


def measures_for(actor: Actor) -> QuerySet[Measure]:
    """Measures the actor may see, the nearest day first: all with the right to the plan, else one's own."""
    measures = Measure.objects.select_related("person").order_by(*IN_TIME)
    if actor.may(Right.MEASURE_READ):
        return measures
    return measures.filter(_own(actor)) if isinstance(actor, Member) else measures.none()


def own_measures(actor: Member) -> QuerySet[Measure]:
    """What the actor is responsible for, by name or by the role they have today."""
    return Measure.objects.select_related("person").filter(_own(actor)).order_by(*IN_TIME)


def near_own(actor: Member, until: date) -> QuerySet[Measure]:
    """What the actor has left to do until a day, that day included, and what is late."""
    return own_measures(actor).filter(state__in=OPEN, elsewhere="", due_on__lte=until)


def measure_for(actor: Actor, pk: UUID) -> Measure:
    """One measure; 404 whether it is missing, another organisation's or not for this actor."""
    return get_object_or_404(measures_for(actor), pk=pk)


def measures_of(actor: Actor, origin: Origin) -> QuerySet[Measure]:
    """Those that came from this origin."""
    return measures_for(actor).filter(origin_kind=origin.kind, origin_id=origin.pk)


def is_own(actor: Actor, measure: Measure) -> bool:
    """Whether the actor is responsible for it today."""
    if not isinstance(actor, Member):
        return False
    return measure.person_id == actor.person_id or measure.duty_role in duties_of(actor.roles)


def _own(actor: Member) -> Q:
    if not actor.may(Right.MEASURE_FOLLOW):
        return Q(pk__in=[])
    return Q(person_id=actor.person_id) | Q(duty_role__in=duties_of(actor.roles))

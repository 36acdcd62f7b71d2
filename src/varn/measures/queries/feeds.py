"""Calendar links, and what they show."""

from datetime import date

from varn.measures.models import CalendarFeed, Measure
from varn.measures.plans import OPEN
from varn.measures.queries import own_measures
from varn.organisations.models import Organisation
from varn.organisations.queries import roles_of
from varn.organisations.rights import Member, Right
from varn.tenancy.within import holding


def feed_of(actor: Member) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person_id=actor.person_id).first()


def feed_by_hash(token_hash: str) -> CalendarFeed | None:
    """The link if it still opens something; None for revoked and made-up alike."""
    with holding("link", token_hash):
        return CalendarFeed.objects.filter(token_hash=token_hash).first()


def holder_of(feed: CalendarFeed, *, today: date) -> Member | None:
    """Whose link it is, with today's roles; None once they have left. Within the organisation."""
    person = feed.person
    member = Member(person.account_id or person.pk, person.pk, feed.organisation_id, roles_of(person.pk, today=today))
    return member if member.may(Right.MEASURE_FOLLOW) else None


def dated(actor: Member) -> list[Measure]:
    """What the actor has left to do on a day."""
    return list(own_measures(actor).filter(state__in=OPEN, elsewhere="", due_on__isnull=False))


def slug_of(actor: Member) -> str:
    return Organisation.objects.get(pk=actor.organisation_id).slug

"""Acts on one's own calendar link."""

from varn.audit.actions import action
from varn.measures.models import CalendarFeed
from varn.organisations.models import Person
from varn.organisations.rights import Member, Right
from varn.sealing.boxes import token_hash


@action("feed.create", right=Right.MEASURE_FOLLOW)
def create_feed(actor: Member, *, token: str, is_english: bool) -> CalendarFeed:
    """A new link, whose token (at least 128 bits) the caller made and shows once; an earlier one stops working."""
    Person.objects.select_for_update(of=("self",)).get(pk=actor.person_id)  # two at once: the later one's link stands
    CalendarFeed.objects.filter(person_id=actor.person_id).delete()
    return CalendarFeed.objects.create(person_id=actor.person_id, token_hash=token_hash(token), is_english=is_english)


@action("feed.revoke", right=Right.MEASURE_FOLLOW)
def revoke_feed(actor: Member) -> int:
    """How many links stopped working."""
    n_removed, _ = CalendarFeed.objects.filter(person_id=actor.person_id).delete()
    return n_removed

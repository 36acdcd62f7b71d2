"""The one act: what somebody assessed without an account becomes an ordinary assessment here, and is gone from outside."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.organisations.actions.matters import MatterName, register_matters
from varn.organisations.models import Body, Matter
from varn.organisations.refusals import Refused
from varn.organisations.rights import Member, Right
from varn.riskguide.assessment.queries.matters import closing_of
from varn.riskguide.assessment.statements import statements
from varn.riskguide.models import Assessment, GuestAssessment
from varn.tenancy.within import holding


@action("assessment.adopt", right=Right.MATTER_SORT)
def adopt_assessment(actor: Member, *, token_hash: str, matter: Matter | None, body: Body | None) -> Assessment:
    """Into a matter, or into a new one of `body` called as the guest called it. The same link again gives the same assessment.
    Raises Refused for a link that opens nothing, and for a matter that is closed."""
    key = _key(token_hash)
    with holding("link", token_hash):
        guest = GuestAssessment.objects.select_for_update().filter(lookup=token_hash).first()
        if guest is None:
            if found := Assessment.objects.filter(pk=key).first():
                return again(found)
            raise Refused(_("Länken gäller inte längre, eller är inte hel. Kontrollera den, eller be om en ny."), "link")
        made = _made(actor, guest, key, _matter(actor, guest, matter, body))
        GuestAssessment.objects.filter(lookup=token_hash).delete()
    note(is_new_matter=matter is None)
    return made


def _key(token_hash: str) -> UUID:
    """The assessment's id, so that two who take over the same one at once get the same."""
    return uuid5(NAMESPACE_URL, f"varn guest {token_hash}")


def _matter(actor: Member, guest: GuestAssessment, matter: Matter | None, body: Body | None) -> Matter:
    if matter is None:
        if body is None:
            raise Refused(_("Välj vilket organ det nya ärendet hör till, eller välj ett ärende som finns."), "body")
        return register_matters(actor, body, [MatterName(guest.title)])[0]
    if closing_of(matter) is not None:
        raise Refused(_("Ärendet är avslutat. Öppna det igen, eller välj ett annat."), "matter")
    return matter


def _made(actor: Member, guest: GuestAssessment, key: UUID, matter: Matter) -> Assessment:
    """Answered by one person: nothing is left for a group to show. Step 3 is open where step 2 is whole."""
    is_whole = all(one.code in guest.joint for one in statements(2, guest.edition))
    return Assessment.objects.create(
        pk=key,
        matter=matter,
        title=matter.title,
        edition=guest.edition,
        own_judgement=guest.own_judgement,
        step1=guest.step1,
        joint=guest.joint,
        versions=dict.fromkeys(guest.joint, 1),
        signed={code: str(actor.actor_id) for code in guest.joint},
        started_by_id=actor.actor_id,
        started_on=timezone.localdate(),
        step=3 if is_whole else 2,
        is_shown=True,
    )

"""Whether somebody remains who can let others in."""

from datetime import date

from django.utils.translation import gettext as _

from varn.organisations.models import AccessGrant, Person
from varn.organisations.refusals import Refused
from varn.organisations.rights import Role


def check_administrator_remains(*, without: Person, today: date) -> None:
    """Raises Refused if `without` is the only administrator who can log in and whose role has no last day.

    Locks the administrators' roles, so that two cannot take away each other's at once.
    """
    grants = list(
        AccessGrant.objects.select_for_update(of=("self",))
        .filter(role=Role.ADMINISTRATOR, starts_on__lte=today)
        .select_related("person")
        .order_by("pk")
    )
    is_one = any(grant.person_id == without.pk and (grant.ends_on is None or grant.ends_on >= today) for grant in grants)
    others = (grant for grant in grants if grant.person_id != without.pk and grant.ends_on is None)
    remains = any(grant.person.account_id and grant.person.ends_on is None for grant in others)
    if is_one and not remains:
        raise Refused(
            _("Organisationen måste ha en administratör. Ge någon annan rollen, och låt hen logga in, innan du avslutar den här.")
        )

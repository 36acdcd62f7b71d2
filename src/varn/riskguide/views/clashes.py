"""Two people changing one matter: the later sees what the first set, who it was, and chooses."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from varn.organisations.queries import roles_of
from varn.organisations.rights import Role
from varn.riskguide.models import Screening

ROLE_WORDS = {Role.CASE_HANDLER: gettext_lazy("säkerhetssamordnare"), Role.CLERK: gettext_lazy("nämndsekreterare")}


@dataclass(frozen=True, slots=True)
class Clash:
    """`mine` is the level that was not saved; the screening is as the other person left it."""

    screening: Screening
    mine: str
    who: str

    @property
    def key(self) -> str:
        return str(self.screening.row)

    @property
    def theirs(self) -> str:
        return self.screening.own_judgement

    @property
    def base(self) -> str:
        return f"{self.screening.own_judgement}:{self.screening.version}"

    @property
    def mine_token(self) -> str:
        return f"{self.screening.row}:{self.mine}:{self.base}"

    @property
    def theirs_token(self) -> str:
        return f"{self.screening.row}:{self.theirs}:{self.base}"


def clash_of(screening: Screening, mine: str) -> Clash:
    return Clash(screening, mine, who_judged(screening))


def who_judged(screening: Screening) -> str:
    """ "Bo Exempelsson (säkerhetssamordnare)"; without the name of somebody whose identity is protected."""
    person = screening.judged_by
    if person is None:
        return _("någon annan")
    roles = roles_of(person.pk, today=timezone.localdate())
    role = next((str(word) for role, word in ROLE_WORDS.items() if role in roles), "")
    name = _("en kollega") if person.is_protected else str(person)
    return f"{name} ({role})" if role else name

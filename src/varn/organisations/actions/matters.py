"""Acts on matters: what committees decide on. Called by the rooms that work with them."""

from django.utils.translation import gettext as _

from varn.audit.actions import action
from varn.organisations.actions.refusing import Refusing
from varn.organisations.models import Body, Matter
from varn.organisations.refusals import Refused
from varn.organisations.rights import Job, Member, Right


@action("matter.register", right=Right.MATTER_SORT)
def register_matter(actor: Member | Job, *, title: str, register_number: str, body: Body) -> Matter:
    """The matter with this register number if there is one, else a new one. Raises Refused without a title."""
    title, register_number = _checked(title), register_number.strip()[:40]
    there = Matter.objects.filter(register_number=register_number).first() if register_number else None
    if there is not None:
        return there
    with Refusing(organisations_matter_register_number=_taken()):
        return Matter.objects.create(title=title, register_number=register_number, body=body)


@action("matter.rename", right=Right.MATTER_SORT)
def rename_matter(actor: Member | Job, matter: Matter, *, title: str, register_number: str) -> Matter:
    """Raises Refused without a title, or if another matter has the register number."""
    row = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    row.title, row.register_number = _checked(title), register_number.strip()[:40]
    with Refusing(organisations_matter_register_number=_taken()):
        row.save(update_fields=["title", "register_number"])
    return row


def _checked(title: str) -> str:
    words = " ".join(title.split())[:300]
    if not words:
        raise Refused(_("Ärendet behöver ett namn."), "title")
    return words


def _taken() -> str:
    return _("Ett annat ärende har redan det diarienumret. Kontrollera numret.")

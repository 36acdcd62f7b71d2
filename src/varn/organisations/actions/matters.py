"""Acts on matters: whatever room meets a new one, or one under a new name, asks here."""

from collections.abc import Sequence
from dataclasses import dataclass

from varn.audit.act import Actor, note
from varn.audit.actions import action
from varn.organisations.models import Body, Matter
from varn.organisations.rights import Right


@dataclass(frozen=True, slots=True)
class MatterName:
    """What a matter is called: at most 300 characters, and 40 of register number ("" where there is none)."""

    title: str
    register_number: str = ""


@action("matter.register", right=Right.MATTER_SORT)
def register_matters(actor: Actor, body: Body, names: Sequence[MatterName]) -> list[Matter]:
    """New matters of a body, in the order of their names. Raises IntegrityError for a register number that is taken:
    ask `matters_numbered` first."""
    matters = [Matter(body=body) for _ in names]
    for matter, name in zip(matters, names, strict=True):
        matter.call(name.title, name.register_number)
    note(n_rows=len(matters))
    return Matter.objects.bulk_create(matters)


@action("matter.rename", right=Right.MATTER_SORT)
def rename_matters(actor: Actor, names: Sequence[tuple[Matter, MatterName]]) -> None:
    """Raises IntegrityError for a register number that is taken."""
    for matter, name in names:
        matter.call(name.title, name.register_number)
    note(n_rows=len(names))
    Matter.objects.bulk_create(  # updates them, in a tenth of the time that bulk_update takes
        [matter for matter, _ in names],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["title", "register_number", "register_key"],
    )

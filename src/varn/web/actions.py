"""Acts of the pages that gather all rooms: taking the trail out as a file."""

from varn.audit.act import note
from varn.audit.actions import action
from varn.audit.models import Entry
from varn.audit.queries import Choice, entries_for
from varn.organisations.rights import Member, Right

MOST = 20_000  # entries in a file: what fits in a web process's memory


class TooMany(ValueError):
    """More entries than a file may hold."""


@action("trail.export", right=Right.TRAIL_EXPORT)
def export_trail(actor: Member, choice: Choice, *, purpose: str, register_number: str, file_format: str) -> list[Entry]:
    """The entries, newest first; the act itself comes after them. Raises TooMany."""
    entries = list(entries_for(actor, choice)[: MOST + 1])
    if len(entries) > MOST:
        raise TooMany
    note(purpose=purpose, register_number=register_number.lower().replace(" ", "-"), format=file_format, n_rows=len(entries))
    note(**{name: value for name, value in _narrowed(choice).items() if value})
    return entries


def _narrowed(choice: Choice) -> dict[str, str | int]:
    """What the file was narrowed to, as codes and counts."""
    return {
        "code": choice.code,
        "kind": choice.actor_kind,
        "n_people": 0 if choice.actors is None else len(choice.actors),
        "first_day": choice.first_day.isoformat() if choice.first_day else "",
        "last_day": choice.last_day.isoformat() if choice.last_day else "",
    }

"""A sorted agenda as plain text, for a secretary's own notes. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from varn.catalogues.riskguide import guide
from varn.catalogues.riskguide_steps import Level
from varn.catalogues.text import Text

HEAD = Text("Riskguiden steg 1: {body} {day}", "Risk guide step 1: {body} {day}")
NUMBER = Text("dnr {number}", "reg. no. {number}")
NOT_JUDGED = Text("EJ BEDÖMDA", "NOT ASSESSED")
FOOT = Text("Sorterat i Värns riskguide, utgåva {edition}.", "Sorted in Värn's risk guide, edition {edition}.")


@dataclass(frozen=True, slots=True)
class Note:
    """One matter: its number and title, and what step 1 says in words."""

    label: str
    register_number: str = ""
    level: Level | None = None
    next_step: str = ""
    reason: str = ""


def as_text(body: str, day: date, notes: Iterable[Note], language: str) -> str:
    """The highest level first; the agenda's order within a level."""
    kept = list(notes)
    parts = [HEAD.in_language(language).format(body=body, day=day.isoformat())]
    names = {row.id: row.text.in_language(language).upper() for row in guide().level}
    for level in (Level.HIGH, Level.MODERATE, Level.LOW, None):
        group = [note for note in kept if note.level is level]
        if group:
            name = names[level] if level else NOT_JUDGED.in_language(language)
            parts.append("\n".join([f"{name} ({len(group)})", *(_line(note, language) for note in group)]))
    parts.append(FOOT.in_language(language).format(edition=guide().meta.version))
    return "\n\n".join(parts) + "\n"


def _line(note: Note, language: str) -> str:
    number = f" ({NUMBER.in_language(language).format(number=note.register_number)})" if note.register_number else ""
    then = f"\n  {note.next_step}. {note.reason}" if note.next_step else ""
    return f"- {note.label}{number}{then}"

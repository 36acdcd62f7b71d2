"""Reads the matters of an agenda that somebody pastes or uploads. Pure; kept small at import."""

from varn.organisations.incoming import Refusal

from .matters import Agenda, AgendaMatter, AgendaNote, AgendaRefused, NoteCode, Skipped, SkipReason
from .reading import MAX_MATTERS, read_agenda

__all__ = [
    "MAX_MATTERS",
    "Agenda",
    "AgendaMatter",
    "AgendaNote",
    "AgendaRefused",
    "NoteCode",
    "Refusal",
    "SkipReason",
    "Skipped",
    "read_agenda",
]

"""When somebody is reminded of a measure, and what the mail says. Pure.

One mail a day at most, and only when there is something new to say: a measure that comes within a week, another day than
the last time, the day itself, the day after it, and then once a week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from varn.catalogues.text import Text

AHEAD = timedelta(days=7)
AGAIN = timedelta(days=7)

SUBJECT = Text("Värn: åtgärder att göra", "Värn: measures to do")  # nothing of anybody: subjects show on locked screens
CALENDAR = Text("Mina åtgärder i Värn", "My measures in Värn")


@dataclass(frozen=True, slots=True)
class Told:
    """The last time: the day, and the due day that was said then."""

    on: date
    due_on: date | None


def is_near(due_on: date | None, *, today: date) -> bool:
    return due_on is not None and due_on <= today + AHEAD


def is_worth_telling(due_on: date, told: Told | None, *, today: date) -> bool:
    if told is None:
        return True
    if told.on >= today:
        return False
    if told.due_on != due_on or due_on == today:
        return True
    is_first_day_after = due_on < today and told.on <= due_on
    return is_first_day_after or (due_on < today and today - told.on >= AGAIN)


@dataclass(frozen=True, slots=True)
class Item:
    """A measure as the mail says it. `why`: that it is the reader's own, or by which role."""

    what: str
    due_on: date | None
    by_role: str
    url: str


_WHEN = {
    "late": Text("skulle ha varit klar {day}", "was due {day}"),
    "today": Text("ska vara klar i dag", "is due today"),
    "soon": Text("ska vara klar {day}", "is due {day}"),
}
_MINE = Text("Du får brevet eftersom du står som ansvarig.", "You get this because you are named as responsible.")
_ROLE = Text("Du får brevet eftersom du har rollen {role}.", "You get this because you have the role {role}.")
_OWNERLESS = Text(
    "Du får brevet eftersom du planerar åtgärder, och den här har ingen ansvarig längre.",
    "You get this because you plan measures, and nobody answers for this one any more.",
)
_INTRO = Text(
    "Hej!\n\nDe här åtgärderna i handlingsplanen för {organisation} väntar på dig.",
    "Hello,\n\nThese measures in the action plan of {organisation} wait for you.",
)
_GONE = Text(
    "Hej!\n\nDet här står inte längre på dig i handlingsplanen för {organisation}.",
    "Hello,\n\nThis is no longer yours in the action plan of {organisation}.",
)
_ENDED = Text("Inte längre på dig, eller avslutat:", "No longer yours, or closed:")
_FILE = Text(
    "Den bifogade filen lägger dagarna i din kalender, och tar bort dem som inte gäller längre.",
    "The attached file puts the days in your calendar and takes away those that no longer hold.",
)
_FOOT = Text(
    "Alla dina åtgärder: {url}\n\nBrevet skickas av Värn och kan inte besvaras. Högst ett om dagen.",
    "All your measures: {url}\n\nSent by Värn; replies are not read. At most one a day.",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is told on one day."""

    organisation: str
    url: str  # of the reader's own measures
    items: Sequence[Item] = ()
    ownerless: Sequence[Item] = ()
    ended: Sequence[str] = ()


def letter_text(letter: Letter, *, language: str, today: date) -> str:
    has_work = bool(letter.items or letter.ownerless)
    paragraphs = [(_INTRO if has_work else _GONE).in_language(language).format(organisation=letter.organisation)]
    paragraphs += [_said(item, _why(item, language), language, today) for item in letter.items]
    paragraphs += [_said(item, _OWNERLESS.in_language(language), language, today) for item in letter.ownerless]
    if letter.ended:
        paragraphs.append("\n".join([_ENDED.in_language(language), *(f"– {what}" for what in letter.ended)]))
    file = f"{_FILE.in_language(language)}\n" if letter.items or letter.ended else ""
    paragraphs.append(file + _FOOT.in_language(language).format(url=letter.url))
    return "\n\n".join(paragraphs) + "\n"


def _why(item: Item, language: str) -> str:
    return _ROLE.in_language(language).format(role=item.by_role.lower()) if item.by_role else _MINE.in_language(language)


def _said(item: Item, why: str, language: str, today: date) -> str:
    return f"{item.what}\n{_when(item.due_on, language, today)}{why}\n{item.url}"


def _when(due_on: date | None, language: str, today: date) -> str:
    if due_on is None:
        return ""
    when = "late" if due_on < today else "today" if due_on == today else "soon"
    said = _WHEN[when].in_language(language).format(day=due_on.isoformat())
    return f"{said[0].upper()}{said[1:]}. "

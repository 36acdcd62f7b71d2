"""What an import says: what columns mean, why a file or a row was not read and what to do, what changes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from varn.organisations.changes import Change, Changed, KnownMandate, Moved, NewMandate
from varn.organisations.columns import Field, LeftOut
from varn.organisations.importplan import ends_something
from varn.organisations.importpreview import Kind, Shown
from varn.organisations.incoming import FileRefused, Refusal
from varn.organisations.leaders import LeaderChange
from varn.organisations.models import Mandate
from varn.organisations.peoplerow import PersonRow, Problem, RowProblem
from varn.organisations.spreadsheet import Note, NoteCode

Word = str | Promise

FIELD_LABELS: Mapping[Field, Word] = {
    Field.NAME: _("Namn (förnamn först)"),
    Field.NAME_FAMILY_FIRST: _("Namn (efternamn först)"),
    Field.GIVEN_NAME: _("Förnamn"),
    Field.FAMILY_NAME: _("Efternamn"),
    Field.EMAIL: _("E-post"),
    Field.PHONE: _("Telefon"),
    Field.REGISTER_ID: _("Registrets id för personen"),
    Field.BODY: _("Organ"),
    Field.ROLE: _("Roll"),
    Field.PARTY: _("Parti"),
    Field.STARTS_ON: _("Från och med"),
    Field.ENDS_ON: _("Till och med"),
    Field.PERIOD: _("Mandatperiod"),
    Field.SHARE: _("Andel av heltid"),
    Field.COVERED_18A: _("Omfattas av kommunallagen 4 kap. 18 a §"),
    Field.PROTECTED: _("Skyddade personuppgifter"),
}
LEFT_OUT: Mapping[LeftOut, Word] = {
    LeftOut.IDENTITY_NUMBER: _("Läses aldrig in: personnummer eller födelsedatum."),
    LeftOut.HOME_ADDRESS: _("Läses aldrig in: bostadsadress."),
    LeftOut.PRIVATE: _("Läses aldrig in: privat uppgift som Värn inte behöver."),
}
REFUSED: Mapping[Refusal, Word] = {
    Refusal.EMPTY: _("Filen är tom. Välj en fil som har rader."),
    Refusal.TOO_LARGE: _(
        "Filen är %(megabytes)s MB. Den får vara högst %(limit)s MB. Dela upp den eller ta bort bilder och blad."
    ),
    Refusal.TOO_MANY_ROWS: _("Filen har fler än %(limit)s rader. Dela upp den, till exempel ett organ i taget."),
    Refusal.TOO_MANY_COLUMNS: _("Filen har fler än %(limit)s kolumner. Ta bort dem som inte behövs."),
    Refusal.EXPANDS_TOO_MUCH: _(
        "Filen växer till mer än %(limit)s MB när den öppnas och läses därför inte. Spara raderna i ett nytt kalkylblad."
    ),
    Refusal.HAS_ENTITIES: _(
        "Filen har en uppbyggnad som inget kalkylprogram skriver och läses därför inte. Spara raderna i ett nytt kalkylblad."
    ),
    Refusal.ENCRYPTED: _("Filen är skyddad med lösenord. Spara den utan lösenord."),
    Refusal.OLD_EXCEL: _("Filen är i Excels äldre format (.xls). Öppna den och spara som .xlsx."),
    Refusal.OPEN_DOCUMENT: _("OpenDocument läses inte. Öppna filen och spara som .xlsx."),
    Refusal.BINARY_WORKBOOK: _("Filen är i formatet .xlsb. Öppna den och spara som .xlsx."),
    Refusal.WEB_PAGE: _("Filen är en webbsida, fast den kan heta något annat. Öppna den i Excel och spara som .xlsx."),
    Refusal.CORRUPTED: _("Filen är skadad och kan inte läsas. Exportera den på nytt."),
    Refusal.UNKNOWN_ENCODING: _("Tecknen i filen kan inte läsas. Spara den som UTF-8 eller som .xlsx."),
    Refusal.NO_HEADER: _("Ingen rad ser ut som rubriker. Lägg till en rad överst med till exempel Namn, Organ och Roll."),
}
WRONG_FILE = _("Filen är inte ett kalkylblad. Välj en fil i .xlsx eller .csv.")

PROBLEMS: Mapping[Problem, Word] = {
    Problem.MISSING_NAME: _("namn saknas. Fyll i det."),
    Problem.TWO_NAMES: _("flera namn i samma cell (%(names)s). Ge var och en sin egen rad."),
    Problem.NAME_TOO_LONG: _("namnet är längre än %(limit)s tecken. Korta det."),
    Problem.MISSING_BODY: _("organ saknas. Fyll i till exempel Kommunfullmäktige."),
    Problem.MISSING_ROLE: _("roll saknas. Fyll i till exempel Ledamot."),
    Problem.UNKNOWN_ROLE: _("rollen ”%(text)s” är okänd och står utanför."),
    Problem.BAD_DATE: _("”%(text)s” är inget datum. Skriv som 2026-10-15."),
    Problem.BAD_PERIOD: _("”%(text)s” är ingen mandatperiod. Skriv som 2026-2030."),
    Problem.ENDS_BEFORE_START: _("sista dagen %(ends_on)s är före den första %(starts_on)s. Rätta datumen."),
    Problem.FORMULA: _("cellen har en formel utan värde. Öppna filen i kalkylprogrammet, spara och läs in den igen."),
    Problem.DUPLICATE_MANDATE: _("samma uppdrag som på rad %(first_row)s. Ta bort den ena raden."),
    Problem.NAMES_DIFFER_FOR_ID: _("samma id som på rad %(first_row)s men ett annat namn. Rätta id eller namn."),
    Problem.SAME_PERSON_TWICE: _("samma person och uppdrag som på rad %(first_row)s. Ta bort den ena raden."),
    Problem.VACANT: _("platsen är vakant och läses inte in."),
    Problem.ONE_CELL: _("en mellanrubrik eller anmärkning (”%(text)s”) som inte läses in."),
    Problem.BAD_EMAIL: _("”%(text)s” är ingen e-postadress och tas inte med."),
    Problem.SEVERAL_EMAILS: _("flera e-postadresser. Den första används."),
    Problem.SHARED_EMAIL: _("samma e-postadress som en annan person på rad %(first_row)s. Ingen av dem tas med."),
    Problem.BAD_PHONE: _("telefonnumret går inte att läsa och tas inte med."),
    Problem.BAD_SHARE: _("”%(text)s” är ingen andel av heltid och tas inte med. Skriv i procent, till exempel 40."),
    Problem.UNCLEAR_YES_NO: _("”%(text)s” är varken ja eller nej och tas inte med."),
    Problem.UNCLEAR_PROTECTION: _("oklart om uppgifterna är skyddade. De tas som skyddade."),
    Problem.IDENTITY_NUMBER: _("cellen är ett personnummer, som aldrig läses in."),
    Problem.SAME_NAME_ASSUMED_ONE: _("samma namn som på rad %(first_row)s, utan id eller e-post. Tas som samma person."),
    Problem.NAMESAKE: _("samma namn som på rad %(first_row)s, men id eller e-post säger att det är två personer."),
    Problem.DIFFERS_FROM_ROW: _("andra kontaktuppgifter än på rad %(first_row)s för samma person. De första används."),
}
NOTES: Mapping[NoteCode, Any] = {
    NoteCode.FORMULAS: ngettext_lazy(
        "%(count)s cell är en formel. Dess senast sparade värde används.",
        "%(count)s celler är formler. Deras senast sparade värden används.",
        "count",
    ),
    NoteCode.FORMULAS_WITHOUT_VALUE: ngettext_lazy(
        "%(count)s formel saknar värde. Öppna filen i kalkylprogrammet, spara och läs in den igen.",
        "%(count)s formler saknar värde. Öppna filen i kalkylprogrammet, spara och läs in den igen.",
        "count",
    ),
    NoteCode.ROWS_ABOVE_HEADER: ngettext_lazy(
        "%(count)s rad ovanför rubrikerna läses inte in.", "%(count)s rader ovanför rubrikerna läses inte in.", "count"
    ),
    NoteCode.MERGED_CELLS: ngettext_lazy(
        "%(count)s sammanslagen cell gäller alla sina rader.", "%(count)s sammanslagna celler gäller alla sina rader.", "count"
    ),
    NoteCode.OTHER_SHEETS: ngettext_lazy("%(count)s annat blad läses inte in.", "%(count)s andra blad läses inte in.", "count"),
    NoteCode.HIDDEN_SHEETS: ngettext_lazy("%(count)s dolt blad läses inte in.", "%(count)s dolda blad läses inte in.", "count"),
    NoteCode.HEADERLESS_COLUMNS: ngettext_lazy("%(count)s kolumn saknar rubrik.", "%(count)s kolumner saknar rubrik.", "count"),
}
CHANGED_LABELS: Mapping[str, Word] = {
    "given_name": _("Förnamn"),
    "family_name": _("Efternamn"),
    "email": _("E-post"),
    "phone": _("Telefon"),
    "is_protected": _("Skyddade personuppgifter"),
    "party": _("Parti"),
    "starts_on": _("Från och med"),
    "ends_on": _("Till och med"),
    "full_time_percent": _("Andel av heltid, procent"),
    "is_covered_by_18a": _("Omfattas av kommunallagen 4 kap. 18 a §"),
}


def refused_text(error: FileRefused) -> str:
    return str(REFUSED.get(error.reason, WRONG_FILE)) % dict(error.params)


def problem_text(problem: RowProblem) -> str:
    """«Rad 45, Namn: …»"""
    where = gettext("Rad %(row)s") % {"row": problem.row_number}
    column = f", {problem.column}" if problem.column else ""
    return f"{where}{column}: {str(PROBLEMS[problem.code]) % problem.params}"


def note_text(note: Note) -> str:
    return str(NOTES[note.code] % {"count": note.count})


def change_text(change: Change) -> str:
    label = str(CHANGED_LABELS.get(change.field, change.field))
    return f"{label}: {_value(change.before)} → {_value(change.after)}"


def seat_text(seat: KnownMandate | PersonRow) -> str:
    """«Alva Ek, Kommunfullmäktige, ledamot (S)»"""
    party = f" ({seat.party})" if seat.party else ""
    return f"{seat.name}, {seat.body}, {str(Mandate.Role(seat.role).label).lower()}{party}"


def move_text(moved: Moved) -> str:
    role = str(Mandate.Role(moved.row.role).label).lower()
    return f"{seat_text(moved.before)} → {moved.row.body}, {role}"


def changed_text(changed: Changed, changes: Iterable[Change]) -> str:
    return f"{changed.mandate.name}, {changed.mandate.body}. {'; '.join(map(change_text, changes))}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nej")
    if isinstance(value, date):
        return value.isoformat()
    return gettext("inget") if value in (None, "") else str(value)


def line_text(line: Shown) -> str:
    """A line of the preview."""
    match line.item:
        case NewMandate(row=row, person_id=person_id):
            more = [gettext("ny person")] if person_id is None else []
            more += [gettext("skyddade personuppgifter")] if row.is_protected else []
            return " · ".join([seat_text(row), *more])
        case Moved():
            return move_text(line.item)
        case KnownMandate():
            return seat_text(line.item)
        case Changed(changes=changes):
            return changed_text(line.item, filter(ends_something, changes) if any(map(ends_something, changes)) else changes)
        case RowProblem():
            return problem_text(line.item)


KIND_LABELS: Mapping[Kind, Word] = {
    Kind.NEW: _("Nya uppdrag"),
    Kind.MOVED: _("Byter uppdrag"),
    Kind.LEFT: _("Står inte längre i filen"),
    Kind.ENDS: _("Kortare tid enligt filen"),
    Kind.EDITS: _("Ändrade uppgifter"),
    Kind.HELD: _("Lämnas som de är"),
    Kind.STOPPING: _("Att rätta i filen"),
    Kind.MILD: _("Att känna till"),
}


def leader_text(change: LeaderChange) -> str:
    """«Exempelpartiet: Eva Alm», and after whom."""
    who = {"party": change.party, "name": change.row.name}
    if change.before is None:
        return gettext("%(party)s: %(name)s blir gruppledare.") % who
    return gettext("%(party)s: %(name)s i stället för %(before)s.") % {**who, "before": change.before.name}

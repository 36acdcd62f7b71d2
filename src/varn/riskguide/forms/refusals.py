"""Why an agenda was not read or not saved, in a sentence that says what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varn.organisations.incoming import FileRefused, Refusal
from varn.riskguide.rows import Fault, RowFault

REFUSED: Mapping[Refusal, str | Promise] = {
    Refusal.EMPTY: _("Det finns ingen text. Klistra in dagordningen eller välj en annan fil."),
    Refusal.TOO_LARGE: _(
        "Filen är %(megabytes)s MB. Den får vara högst %(limit)s MB. Klistra in texten från dagordningen i stället."
    ),
    Refusal.TOO_MANY_PAGES: _(
        "Filen har %(pages)s sidor, fler än %(limit)s. Klistra in själva ärendelistan i stället för hela utskicket."
    ),
    Refusal.TOO_MANY_ROWS: _("Kalkylbladet har fler än %(limit)s rader. Kopiera raderna med ärenden och klistra in dem i rutan."),
    Refusal.TOO_MANY_COLUMNS: _(
        "Kalkylbladet har fler än %(limit)s kolumner. Kopiera kolumnerna med ärenden och klistra in dem i rutan."
    ),
    Refusal.TOO_MANY_MATTERS: _("Texten ger %(matters)s ärenden, fler än %(limit)s. Dela upp den i flera dagordningar."),
    Refusal.TOO_MUCH_TEXT: _("Texten är längre än %(limit)s tecken. Klistra in ärendelistan utan beslutsunderlag."),
    Refusal.EXPANDS_TOO_MUCH: _(
        "Filen växer till mer än %(limit)s MB när den öppnas och läses därför inte. Klistra in texten i rutan i stället."
    ),
    Refusal.HAS_ENTITIES: _(
        "Filen har en uppbyggnad som inget ordbehandlingsprogram skriver och läses därför inte. Klistra in texten i stället."
    ),
    Refusal.ENCRYPTED: _("Filen är skyddad med lösenord. Spara den utan lösenord eller klistra in texten."),
    Refusal.SCANNED_PDF: _(
        "Filen är inläst som bild och har ingen text. Klistra in ärendena, eller ta filen från ärendesystemet "
        "i stället för skannern."
    ),
    Refusal.OLD_WORD: _("Filen är i Words äldre format (.doc). Spara den som .docx eller klistra in texten."),
    Refusal.OLD_EXCEL: _("Filen är i Excels äldre format (.xls). Spara den som .xlsx eller klistra in raderna."),
    Refusal.OPEN_DOCUMENT: _("OpenDocument läses inte. Spara filen som .docx eller .xlsx, eller klistra in texten."),
    Refusal.RICH_TEXT: _("RTF läses inte. Spara filen som .docx eller klistra in texten."),
    Refusal.WEB_PAGE: _("Filen är en webbsida. Öppna den, markera texten och klistra in den."),
    Refusal.PICTURE: _("Filen är en bild. Värn läser inte text i bilder. Klistra in eller skriv ärendena."),
    Refusal.BINARY_WORKBOOK: _("Filen är i formatet .xlsb. Spara den som .xlsx eller klistra in raderna."),
    Refusal.UNKNOWN_KIND: _(
        "Värn känner inte igen filens format. Välj en fil i .txt, .docx, .pdf, .xlsx eller .csv, eller klistra in texten."
    ),
    Refusal.WRONG_KIND: _("Filen har fel format. Välj en fil i .txt, .docx, .pdf, .xlsx eller .csv, eller klistra in texten."),
    Refusal.CORRUPTED: _("Filen är skadad och kan inte läsas. Spara den på nytt eller klistra in texten."),
    Refusal.UNKNOWN_ENCODING: _("Tecknen i filen kan inte läsas. Spara den som UTF-8 eller klistra in texten."),
    Refusal.NO_SUCH_SHEET: _("Bladet %(sheet)s finns inte i filen. Välj en annan fil eller klistra in raderna."),
    Refusal.NO_HEADER: _("Ingen rad i bladet ser ut som rubriker. Kopiera raderna med ärenden och klistra in dem."),
    Refusal.NO_MATTERS: _("Inget i texten ser ut som ett ärende. Skriv ett ärende per rad."),
}

FAULTS: Mapping[Fault, str | Promise] = {
    Fault.NO_TITLE: _("Rad %(row)s: skriv vad ärendet heter, eller välj att raden ska tas bort."),
    Fault.TOO_LONG: _("Rad %(row)s: texten är för lång. Korta den till högst %(limit)s tecken."),
    Fault.NOTHING_ABOVE: _("Rad %(row)s: det finns inget ärende ovanför som raden kan höra till. Välj något annat."),
    Fault.SAME_REGISTER_NUMBER: _(
        "Rad %(row)s har samma diarienummer som rad %(other)s. Ändra det ena eller ta bort en av raderna."
    ),
    Fault.SAME_MATTER: _("Rad %(row)s är samma ärende som rad %(other)s. Ta bort en av raderna eller ändra valet."),
    Fault.NO_SUCH_MATTER: _("Rad %(row)s: det tidigare ärendet finns inte längre. Välj på nytt."),
    Fault.NO_MATTERS: _("Inget ärende är kvar att sortera. Låt minst en rad vara ett ärende."),
    Fault.TOO_MANY: _("Det är %(other)s ärenden, fler än %(limit)s. Dela upp dem i flera dagordningar."),
}


def refused(error: FileRefused) -> str:
    """The sentence for a file or text that was not read."""
    return str(REFUSED[error.reason]) % dict(error.params)


def fault_text(fault: RowFault) -> str:
    """Rows are counted from 1 on the page."""
    other = fault.other if fault.fault is Fault.TOO_MANY else fault.other + 1
    return str(FAULTS[fault.fault]) % {"row": fault.at + 1, "other": other, "limit": fault.limit}

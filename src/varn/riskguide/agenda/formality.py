"""Points that stand on every agenda and carry no conflict of their own; headings; lines that are no matter."""

import re

_FORMAL = re.compile(
    r"(?:(?:mötets?|sammanträdets?|sammanträdet|mötet) )?(?:öppnande|öppnas|öppnar|avslutande|avslutas|avslutning|upprop)"
    r"|(?:mötet|sammanträdet|ordföranden?) (?:öppnar|förklarar) .{0,40}"
    r"|upprop(?: och anteckning av närvaro)?|närvaro(?:kontroll|registrering|lista)?|anteckning av närvaro"
    r"|(?:(?:in)?val|utseende|utse) av (?:(?:två|en|2|1|dagens) )?(?:protokolls?)?"
    r"juster(?:are|ingspersoner|ingsperson|ingsmän|andes?).{0,60}|(?:två|en)? ?(?:protokolls?)?justerare"
    r"|tid(?:punkt)? (?:och plats )?för (?:protokolls)?justering.{0,40}"
    r"|(?:bestämmande|tillkännagivande) (?:av|om) (?:tid|dag)(?: och plats)?.{0,80}"
    r"|(?:protokolls?)?justering(?: av protokoll(?:et)?)?"
    r"|val av (?:mötes)?(?:ordförande|sekreterare)(?: (?:för|vid) (?:mötet|sammanträdet))?"
    r"|(?:fastställande|godkännande|fastställelse|genomgång) av "
    r"(?:dagordning|föredragningslista|ärendelista|kallelse|protokoll)(?:en|n|et)?.{0,30}"
    r"|dagordning(?:en)?|föredragningslista(?:n)?|(?:godkännande|fastställande) dagordning"
    r"|(?:föregående|förra|tidigare) (?:mötes|sammanträdes)?\s?protokoll.{0,30}|protokoll från föregående .{0,40}"
    r"|(?:fråga om )?(?:sammanträdet|mötet|kallelsen?)s? (?:blivit |är |har )?.{0,30}utlyst.{0,20}"
    r"|kungörelse(?:n)?|sammanträdets kungörande"
    r"|fråga om sammanträdet blivit i laga ordning kungjort"
    r"|(?:anmälan (?:av|om) )?(?:jäv|övriga frågor|extra ärenden)"
    r"|övriga? (?:frågor|ärenden|fråga|information)|övrigt"
    r"|(?:anmälan|redovisning|information|återrapportering) (?:av|om) delegations?(?:beslut|ärenden)"
    r"|delegations?(?:beslut|ärenden)"
    r"|(?:anmälnings|meddelande|delgivnings|informations|besluts)ärenden?"
    r"|anmälningar|meddelanden|delgivningar|delgivning"
    r"|skrivelser"
    r"|(?:nästa|kommande) (?:möte|sammanträde)(?:n)?"
    r"|(?:fika|lunch|kaffe)?(?:paus|rast)?|ajournering.{0,30}"
    r"|lunch.{0,30}|avslutning.{0,20}",
)
_HEADING = re.compile(
    r"(?:besluts|informations|anmälnings|val|fullmäktige|delegations|nämnds|styrelse)ärenden?"
    r"|ärenden?(?: (?:till|för|på|i) .{0,40})?"
    r"|ärendelista|ärendeförteckning|dagordning|föredragningslista"
    r"|innehåll(?:sförteckning)?|information|motioner"
    r"|interpellationer"
    r"|beslut|öppna ärenden|slutna ärenden|allmänt|formalia"
    r"|kallelse.{0,60}|(?:kallelse(?: till| och)?|tillkännagivande).{0,80}"
    r"|sida|bilag(?:a|or).{0,20}|forts(?:ättning)?\.?",
)
_PREAMBLE = re.compile(
    r"(?:plats|tid|tid och plats|plats och tid|datum|sammanträdesdatum|mötesdatum|lokal|ordförande|sekreterare"
    r"|kallade|ledamöter|ersättare|övriga|närvarande|beslutande|gruppmöten?|förmöten?"
    r"|kontakt|telefon|e-post|organ|nämnd|diarienummer"
    r"|sammanträde|utskick"
    r"|förhinder|obs|vid förhinder|inkallade|majoritet"
    r"|opposition|för kännedom|adress|besöksadress|postadress"
    r"|organisationsnummer)"
    r"\s*(?:[:\t]|$| den\b| kl\b).*|välkommen.*|(?:du|ni|ledamöter\w*) .{0,30}(?:kallas|inbjuds).*"
    r"|härmed kallas.*|(?:kl|klockan)[. ]*\d.*"
    r"|.*(?:kallas till|inbjuds till) .*|(?:[\w-]+ i )?[\w-]+ kommun|(?:[\w-]+ i )?region \w+",
)
_ABOUT = re.compile(
    r"(?:föredragande|föredrag(?:ning|s)?|handläggare|bilag(?:a|or)|handlingar?|tid|kl(?:ockan)?|sida|dnr|diarienummer|beslutsunderlag"
    r"|underlag|beredning|ärendet|förslag till beslut"
    r"|beslut|beslutsgång|sammanfattning|yrkande(?:n)?"
    r"|bakgrund|skickas till|expedieras)"
    r"\s*(?:[.:\t]|\d|$).*"
)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[()\"”“*_]", " ", text.casefold()).split()).strip(" .:;,-\u2013")


def is_formality(title: str) -> bool:
    """True when the whole title is formality: "Upprop och val av justerare", not "Upprop mot skolnedläggning"."""
    plain = _plain(title)[:200]
    if not plain:
        return False
    parts = re.split(r",|;|/|\boch\b|\bsamt\b|\s[-\u2013]\s", plain)
    return bool(_FORMAL.fullmatch(plain)) or all(_FORMAL.fullmatch(p.strip(" .")) for p in parts if p.strip(" ."))


def is_heading(text: str) -> bool:
    return bool(_HEADING.fullmatch(_plain(text)[:200]))


def is_preamble(text: str) -> bool:
    """A line about the meeting rather than a matter: place, time, who is called."""
    return bool(_PREAMBLE.fullmatch(" ".join(text.casefold().split())[:300]))


def is_about_handling(text: str) -> bool:
    """A line under a matter that is no description of it: who presents, appendices, the time."""
    return bool(_ABOUT.fullmatch(" ".join(text.casefold().split())[:300]))

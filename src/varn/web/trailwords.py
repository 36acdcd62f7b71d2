"""What the trail's codes mean, in words, from trailwords.toml. Pure."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from varn.audit.chain import Break
from varn.catalogues.text import Text

ACTORS = {
    "member": Text("någon inloggad", "somebody logged in"),
    "guest": Text("den som hade länken", "whoever held the link"),
    "job": Text("Värn, automatiskt", "Värn, automatically"),
}
PROTECTED = Text("skyddad person", "protected person")
GONE = Text("någon som inte finns kvar", "somebody no longer here")

# Why somebody takes the trail out as a file. Access logs hold personal data: the purpose decides what they may be used for.
PURPOSES = {
    "internal_audit": Text("Intern kontroll eller revision", "Internal control or audit"),
    "supervision": Text("Tillsyn av en myndighet", "Supervision by an authority"),
    "records_request": Text("Begäran om allmän handling", "Request for a public record"),
    "incident": Text("Utredning av en säkerhetsincident", "Investigation of a security incident"),
}
PURPOSE_HINTS = {
    "internal_audit": Text("Granskning enligt en plan eller ett beslut.", "A review by a plan or a decision."),
    "supervision": Text("Till exempel Integritetsskyddsmyndigheten.", "The data protection authority, for instance."),
    "records_request": Text(
        "Pröva sekretess innan något lämnas ut, post för post.", "Try for secrecy before anything is handed out, entry by entry."
    ),
    "incident": Text("Intrång, felaktig åtkomst eller förlust av uppgifter.", "Intrusion, wrongful access or loss of content."),
}

BREAKS = {
    Break.ENTRY_CHANGED: Text(
        "Posten på plats {position} är inte den som länkades: den är ändrad i efterhand.",
        "The entry at position {position} is not the one that was linked: it was changed afterwards.",
    ),
    Break.ENTRY_MISSING: Text("Posten på plats {position} är borttagen.", "The entry at position {position} is gone."),
    Break.LINK_MISSING: Text("Länken på plats {position} är borttagen.", "The link at position {position} is gone."),
    Break.REORDERED: Text(
        "Posten på plats {position} har bytt plats med en annan.", "The entry at position {position} has changed places."
    ),
    Break.CUT: Text(
        "Kedjan är avkortad: den tar slut före plats {position}, fast ett senare dagsvärde är lämnat.",
        "The chain is cut: it ends before position {position}, though a later head was told.",
    ),
    Break.REWRITTEN: Text(
        "Kedjan är gjord på nytt: på plats {position} stämmer den inte med det dagsvärde som lämnades.",
        "The chain was made anew: at position {position} it does not agree with the head that was told.",
    ),
    Break.UNLINKED: Text(
        "En post som är äldre än tio minuter saknar länk. Den skulle ha plats {position} eller senare.",
        "An entry older than ten minutes has no link. It should have had position {position} or later.",
    ),
}


def in_words(kind: str, code: str, language: str) -> str:
    """`kind` is code, target or detail; a code without words says itself."""
    text = texts(kind).get(code)
    return text.in_language(language) if text else code


@cache
def texts(kind: str) -> Mapping[str, Text]:
    rows = tomllib.loads(Path(__file__).with_name("trailwords.toml").read_text("utf-8"))[kind]
    return {code: Text(**row) for code, row in rows.items()}

"""The parties of the Riksdag by abbreviation, so that "S" and "Socialdemokraterna" in a file are one party.

Source: riksdagen.se, «Partierna i riksdagen» (elections of 2022).
"""

from .names import name_key

RIKSDAG = {
    "S": "Socialdemokraterna",
    "M": "Moderaterna",
    "SD": "Sverigedemokraterna",
    "C": "Centerpartiet",
    "V": "Vänsterpartiet",
    "KD": "Kristdemokraterna",
    "L": "Liberalerna",
    "MP": "Miljöpartiet de gröna",
}
_OTHER_NAMES = {
    "arbetarepartiet socialdemokraterna": "S",
    "moderata samlingspartiet": "M",
    "miljöpartiet": "MP",
    "mp": "MP",
}
_BY_NAME = {name_key(word): short for short, long in RIKSDAG.items() for word in (short, long)} | _OTHER_NAMES
MAX_ABBREVIATION = 12


def party_words(text: str) -> tuple[str, str]:
    """Abbreviation (at most 12 characters) and name of the party that a cell means."""
    text = " ".join(text.split())
    short = _BY_NAME.get(name_key(text))
    return (short, RIKSDAG[short]) if short else (text[:MAX_ABBREVIATION], text[:80])

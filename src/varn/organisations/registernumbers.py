"""Register numbers of one matter, however they are written. Pure."""

import re
import unicodedata

KEY_LENGTH = 200  # characters; a register number of 40 becomes at most that
_PART = re.compile(r"[^\W\d_]+|\d+")
_SAID = frozenset({"dnr", "diarienr", "diarienummer"})  # "Dnr KS 2026/12"


def register_key(number: str) -> str:
    """For comparison, "" if nothing can be compared. Case, spaces, dashes and strokes, and zeros first in a number do not
    matter: "KS 2026/12", "ks 2026/0012" and "KS-2026-12" are all "ks/2026/12"."""
    plain = unicodedata.normalize("NFC", number).casefold()
    parts = [part.lstrip("0") or "0" if part.isdigit() else part for part in _PART.findall(plain)]
    return "/".join(parts[1:] if parts and parts[0] in _SAID else parts)[:KEY_LENGTH]

"""The command line's language: Swedish, or English where LANG says so. Works without Django."""

import gettext
import os
from functools import cache
from pathlib import Path


@cache
def _translation() -> gettext.NullTranslations:
    if not wants_english():
        return gettext.NullTranslations()
    catalogue = Path(__file__).parents[1] / "locale"
    return gettext.translation("django", str(catalogue), ["en"], fallback=True)


def wants_english() -> bool:
    """True when VARN_LANGUAGE, LC_ALL, LC_MESSAGES or LANG (the first that is set) begins with "en"."""
    names = ("VARN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return chosen.lower().startswith("en")


def _(text: str) -> str:
    """`text`, which is Swedish, in the user's language."""
    return _translation().gettext(text)

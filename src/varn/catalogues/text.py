"""A text in the languages of Värn."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["sv", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """Swedish is the source language, English a full translation."""

    sv: str
    en: str

    def in_language(self, code: str) -> str:
        """The English text for `en` and its variants (`en-gb`), else the Swedish."""
        return self.en if code.lower().split("-")[0] == "en" else self.sv

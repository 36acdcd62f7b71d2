"""Why an act was refused, as a sentence for whoever asked. Pure.

Refused
└── Changed   somebody else changed the row since the form was opened
"""


class Refused(Exception):
    """`sentence` says what to do; `field` is the form field it concerns, or empty."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(field or "refused")
        self.sentence = sentence
        self.field = field


class Changed(Refused):
    """The row is no longer what the form showed."""

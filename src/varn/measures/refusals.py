"""Why measures could not be planned, as a sentence for whoever asked. Pure."""

from uuid import UUID

from varn.organisations.refusals import Refused


class RowRefused(Refused):
    """One of several rows, by its id; none of them was planned."""

    def __init__(self, pk: UUID, sentence: str, field: str = "") -> None:
        super().__init__(sentence, field)
        self.pk = pk

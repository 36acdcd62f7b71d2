"""Optimistic concurrency: the later of two who change a row sees what the first one set, and chooses."""

from collections.abc import Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from varn.organisations.fingerprint import fingerprint
from varn.organisations.refusals import Changed


def version_of(row: Model, fields: Sequence[str]) -> str:
    """The fingerprint of these fields of a row, as a form carries it."""
    return fingerprint({name: getattr(row, row._meta.get_field(name).attname) for name in fields})  # type: ignore[union-attr]


def check_unchanged(row: Model, fields: Sequence[str], seen: str) -> None:
    """Raises Changed unless the row, just locked, is what the form showed."""
    if version_of(row, fields) != seen:
        raise Changed(_("Någon annan har ändrat uppgifterna sedan du öppnade sidan."))

"""Turns a broken constraint of the database into a sentence: two who save at once, or a form sent twice."""

from types import TracebackType

from django.db import IntegrityError, transaction

from varn.organisations.refusals import Refused


class Refusing:
    """`with Refusing(constraint="sentence"):` raises Refused instead of IntegrityError, and leaves the transaction usable."""

    def __init__(self, **sentences: str) -> None:
        self.sentences = sentences
        self.savepoint = transaction.atomic()

    def __enter__(self) -> None:
        self.savepoint.__enter__()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.savepoint.__exit__(kind, error, trace)
        if isinstance(error, IntegrityError):
            diagnosis = getattr(error.__cause__, "diag", None)
            sentence = self.sentences.get(getattr(diagnosis, "constraint_name", None) or "")
            if sentence:
                raise Refused(sentence) from None

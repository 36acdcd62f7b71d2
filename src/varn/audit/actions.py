"""`@action`: right, transaction and trail around every write."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast
from uuid import UUID

from django.db.models import Model
from django.http import Http404

from varn.audit import act as acts
from varn.audit.act import Actor, Detail
from varn.audit.models import Entry
from varn.tenancy.within import within

P = ParamSpec("P")
R = TypeVar("R")
Result = TypeVar("Result", covariant=True)
A = TypeVar("A", bound=Actor)


class NotAllowed(Http404):
    """The actor lacks the right. A stranger meets 404, not 403: existence is a secret too."""


class Act(Protocol[P, Result]):
    audit_code: str
    right: str | None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Result: ...


def action(code: str, *, right: str | None) -> Callable[[Callable[Concatenate[A, P], R]], Callable[Concatenate[A, P], R]]:
    """Checks the right, opens the transaction and stores who, what and when: never the text itself.

    `code` is noun.verb. `right=None` only for acts on what is one's own. The entry's target is the row returned.
    An act that returns `again(row)` leaves none.
    """

    def decorate(act: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
        @wraps(act)
        def audited(actor: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if right is not None and not actor.may(right):
                raise NotAllowed(code)
            with within(actor.organisation_id):
                begun = acts.begin(actor.organisation_id)
                try:
                    result = act(actor, *args, **kwargs)
                    if not begun.is_again:
                        record(actor, code, target=result, detail=begun.detail)
                finally:
                    acts.end()
            return result

        wrapped = cast(Act[Concatenate[A, P], R], audited)
        wrapped.audit_code, wrapped.right = code, right
        return audited

    return decorate


def record(actor: Actor, code: str, *, target: object, detail: Detail) -> None:
    row = target if isinstance(target, Model) else None
    Entry.objects.create(
        actor_kind=actor.kind,
        actor_id=actor.actor_id,
        code=code,
        target_kind=row._meta.label_lower if row else "",
        target_id=row.pk if row and isinstance(row.pk, UUID) else None,
        detail=detail,
    )

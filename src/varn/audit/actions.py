"""`@action`: right, transaction and trail around every write."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model
from django.http import Http404
from django.utils import timezone

from varn.audit import act as acts
from varn.audit.act import Actor, Detail
from varn.tenancy.within import current_organisation, within

P = ParamSpec("P")
R = TypeVar("R")
Result = TypeVar("Result", covariant=True)
A = TypeVar("A", bound=Actor)


# As SQL, since every write makes one: the ORM takes some five times as long.
_INSERT = """
INSERT INTO audit_entry (id, organisation_id, at, actor_kind, actor_id, code, target_kind, target_id, detail)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


class NotAllowed(Http404):
    """The actor lacks the right. A stranger meets 404, not 403: existence is a secret too."""


class Act(Protocol[P, Result]):
    audit_code: str
    right: str | None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Result: ...


def action(
    code: str, *, right: str | None, refuses_first: bool = False
) -> Callable[[Callable[Concatenate[A, P], R]], Callable[Concatenate[A, P], R]]:
    """Checks the right, opens the transaction and stores who, what and when: never the text itself.

    `code` is noun.verb. `right=None` only for acts on what is one's own. The entry's target is the row returned.
    An act that returns `again(row)` leaves none. `refuses_first`: nothing is raised after its first write but a fault of
    ours, which undoes the whole page; so it needs no savepoint.
    """

    def decorate(act: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
        @wraps(act)
        def audited(actor: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if right is not None and not actor.may(right):
                raise NotAllowed(code)
            with within(actor.organisation_id, is_apart=not refuses_first):
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
    values = (
        uuid4(),
        current_organisation(),
        timezone.now(),
        actor.kind,
        actor.actor_id,
        code,
        row._meta.label_lower if row else "",
        row.pk if row and isinstance(row.pk, UUID) else None,
        json.dumps(detail),
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)

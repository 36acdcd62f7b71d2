"""Reads of a group: who is asked, how far each has come, how their answers fell. Never who answered what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from varn.audit.act import Actor
from varn.organisations.models import CapabilityLink, Person
from varn.organisations.queries.people import candidates
from varn.organisations.rights import Member, Right
from varn.riskguide.assessment.queries.holding import SEAT
from varn.riskguide.assessment.statements import Fallen, Statement, fallen, n_settled, spread, statements
from varn.riskguide.case import Grade
from varn.riskguide.models import Assessment, Seat
from varn.sealing.boxes import token_hash


def seats_of(assessment: Assessment) -> QuerySet[Seat]:
    """Each with `is_opened` (its link was used) and `has_link` (one that works is out)."""
    links = CapabilityLink.objects.filter(
        kind=SEAT, target_id=OuterRef("pk"), revoked_at__isnull=True, expires_at__gt=timezone.now()
    )
    return (
        Seat.objects.filter(assessment=assessment)
        .select_related("person")
        .annotate(has_link=Exists(links), is_opened=Exists(links.filter(used_at__isnull=False)))
        .order_by("person__family_name", "name", "pk")
    )


def seat_for(actor: Actor, pk: UUID) -> Seat:
    """One seat, for those who run assessments; 404 otherwise."""
    rows = Seat.objects.select_related("assessment__matter", "person")
    return get_object_or_404(rows if actor.may(Right.MATTER_SORT) else rows.none(), pk=pk)


def own_seat(actor: Member, pk: UUID) -> Seat:
    """The actor's own; 404 for anybody else's."""
    return get_object_or_404(Seat.objects.select_related("assessment"), pk=pk, person_id=actor.person_id)


def own_seat_in(actor: Member, assessment: Assessment) -> Seat | None:
    return Seat.objects.filter(assessment=assessment, person_id=actor.person_id).first()


def waiting_seats(actor: Member) -> list[Seat]:
    """Where the actor is asked and has not answered all of the step at hand, oldest first."""
    rows = Seat.objects.filter(person_id=actor.person_id, assessment__is_closed=False, assessment__is_shown=False)
    seats = rows.select_related("assessment").order_by("assessment__started_at")
    return [seat for seat in seats if n_settled(seat.answers, seat.assessment.step) < n_asked(seat.assessment)]


# The public process may read these columns only.
_OF_LINK = "SELECT id, organisation_id, title, edition, step, versions, is_closed FROM riskguide_assessment WHERE id = %s"


def seat_behind(link: CapabilityLink) -> Seat | None:
    """What a link opens, inside `holding` and `within`, with what of its assessment a guest may see."""
    seat = Seat.objects.filter(pk=link.target_id).first()
    found = list(Assessment.objects.raw(_OF_LINK, [seat.assessment_id])) if seat else []
    if seat is None or not found:
        return None
    seat.assessment = found[0]
    return seat


def is_link_of(seat: Seat, token: str) -> bool:
    """Whether this very token opens the seat."""
    return CapabilityLink.objects.filter(kind=SEAT, target_id=seat.pk, token_hash=token_hash(token)).exists()


def invitable(actor: Actor, assessment: Assessment, *, today: date) -> QuerySet[Person]:
    """People here who may be asked: those with a role or without a mandate, save those who have a seat."""
    seated = Seat.objects.filter(assessment=assessment, person__isnull=False).values("person_id")
    return candidates(actor, today=today).exclude(pk__in=seated).exclude(is_protected=True)


def n_asked(assessment: Assessment) -> int:
    """How many statements the step at hand has."""
    return len(statements(assessment.step, assessment.edition))


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement on the group's page. `counts` is how the answers fell so far or, once settled, how they fell."""

    statement: Statement
    counts: Sequence[int]
    fallen: Fallen
    joint: Grade | None
    version: int

    @property
    def stamp(self) -> str:
        """Differs when what the page shows of the statement does."""
        return f"{self.version}.{'.'.join(map(str, self.counts))}"


def asked(assessment: Assessment, step: int) -> list[Asked]:
    """The statements of a step that is shown, with how the answers fell: two reads for any number of colleagues."""
    answers = list(Seat.objects.filter(assessment_id=assessment.pk).values_list("answers", flat=True))
    return [_asked(assessment, statement, answers) for statement in statements(step, assessment.edition)]


def asked_one(assessment: Assessment, statement: Statement) -> Asked:
    """What is settled is counted already."""
    if statement.code in assessment.spreads:
        return _asked(assessment, statement, [])
    answers = list(Seat.objects.filter(assessment_id=assessment.pk).values_list("answers", flat=True))
    return _asked(assessment, statement, answers)


def _asked(assessment: Assessment, statement: Statement, answers: Sequence[dict[str, Grade]]) -> Asked:
    code = statement.code
    counts = assessment.spreads.get(code)
    if counts is None:
        counts = spread((given[code] for given in answers if code in given), statement)
    return Asked(
        statement=statement,
        counts=counts,
        fallen=fallen(counts, statement, assessment.edition),
        joint=assessment.joint.get(code),
        version=assessment.versions.get(code, 0),
    )


def n_answered(seats: Iterable[Seat], assessment: Assessment) -> list[tuple[Seat, int]]:
    """How many statements of the step at hand each has answered."""
    return [(seat, n_settled(seat.answers, assessment.step)) for seat in seats]

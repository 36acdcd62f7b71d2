"""Reads of one matter through time: how it was sorted, its assessments, how it ended."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from varn.audit.act import Actor
from varn.catalogues.riskguide_steps import Level
from varn.organisations.models import Matter
from varn.organisations.rights import Right
from varn.riskguide.assessment.levels import Figures, Stored, from_row, levels, result_of
from varn.riskguide.models import Agenda, Assessment, Closing, Screening
from varn.riskguide.outcome import result_of as sorted_result
from varn.riskguide.result import Result


def matter_for(actor: Actor, pk: UUID) -> Matter:
    """404 whether it is missing, another organisation's or not for this actor."""
    rows = Matter.objects.select_related("body")
    return get_object_or_404(rows if actor.may(Right.MATTER_READ) else rows.none(), pk=pk)


def assessment_for(actor: Actor, pk: UUID) -> Assessment:
    """With its matter; 404 as above."""
    rows = Assessment.objects.select_related("matter__body")
    return get_object_or_404(rows if actor.may(Right.MATTER_READ) else rows.none(), pk=pk)


def assessments_of(matter: Matter) -> QuerySet[Assessment]:
    """Oldest first."""
    return Assessment.objects.filter(matter=matter).select_related("started_by").order_by("started_at", "pk")


def locked_assessments(matter: Matter) -> list[Assessment]:
    """All of a matter's, taken for one act; each waits for the joint answer that is being set in it."""
    return list(Assessment.objects.select_for_update(of=("self",)).filter(matter=matter).order_by("pk"))


def closing_of(matter: Matter) -> Closing | None:
    return Closing.objects.filter(matter=matter).first()


def closing_for(actor: Actor, matter: Matter) -> Closing:
    """404 for a matter that is open."""
    rows = Closing.objects.filter(matter=matter)
    return get_object_or_404(rows if actor.may(Right.MATTER_READ) else rows.none())


def screenings_of_matter(matter: Matter) -> QuerySet[Screening]:
    """Step 1 at each meeting, the latest meeting first."""
    return Screening.objects.filter(matter=matter).select_related("agenda__body", "judged_by").order_by("-agenda__meets_on")


def latest_judged(matter: Matter) -> Screening | None:
    """What step 1 last said."""
    judged = Screening.objects.filter(matter=matter).exclude(own_judgement="", answers={})
    return judged.order_by("-agenda__meets_on").first()


def next_meeting(matter: Matter, *, today: date) -> date | None:
    """The nearest day on which the matter is on an agenda."""
    coming = Agenda.objects.filter(screenings__matter=matter, meets_on__gte=today).order_by("meets_on")
    return coming.values_list("meets_on", flat=True).first()


def stored(assessment: Assessment) -> Stored:
    return Stored(assessment.edition, assessment.own_judgement, assessment.step1, assessment.joint)


def computed(assessment: Assessment) -> Result:
    """As far as it reaches, by the scoring of its edition. A cleared one has no answers left: ask `levels_of`."""
    return result_of(stored(assessment))


def levels_of(assessment: Assessment) -> Figures:
    """Computed, or what a cleared one kept."""
    return from_row(assessment.figures) if assessment.figures else levels(stored(assessment))


@dataclass(frozen=True, slots=True)
class Past:
    """One assessment in the table over time."""

    assessment: Assessment
    figures: Figures

    @property
    def is_whole(self) -> bool:
        """Every statement of the step at hand is answered."""
        return (self.figures.step2 if self.assessment.step == 2 else self.figures.conflict) is not None


def past_of(matter: Matter) -> list[Past]:
    """Oldest first."""
    return [Past(assessment, levels_of(assessment)) for assessment in assessments_of(matter)]


SHOWN = 8


def ongoing(actor: Actor) -> list[Past]:
    """The latest assessments of matters that are open, newest first; none without the right."""
    if not actor.may(Right.MATTER_READ):
        return []
    latest = Assessment.objects.filter(is_closed=False).order_by("matter_id", "-started_at").distinct("matter_id").values("pk")
    rows = Assessment.objects.filter(pk__in=latest).select_related("matter").order_by("-started_at")[:SHOWN]
    return [Past(row, levels_of(row)) for row in rows]


def assessed_levels(matters: Iterable[Matter]) -> Mapping[UUID, Level]:
    """By matter, the overall level of its latest assessment that came through step 2; one just begun says nothing yet."""
    rows = Assessment.objects.filter(matter__in=list(matters)).order_by("started_at", "pk")
    figures = ((row.matter_id, levels_of(row)) for row in rows)
    return {matter: found.overall for matter, found in figures if found.step2 is not None}


def level_of(matter: Matter) -> Level | None:
    """The last word on a matter: its latest whole assessment, else its latest sorting."""
    if found := assessed_levels([matter]):
        return found[matter.pk]
    screening = latest_judged(matter)
    result = sorted_result(screening.own_judgement, screening.answers, screening.edition) if screening else None
    return result.level if result else None

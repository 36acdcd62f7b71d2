"""Reads of what a report says, and whether there is enough to say."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from varn.measures.duties import duty_name
from varn.measures.models import Measure
from varn.measures.plans import Origin, OriginKind
from varn.measures.queries import measures_of
from varn.organisations.models import ContactWay, Organisation
from varn.organisations.queries import contact_ways
from varn.organisations.rights import Member, Right
from varn.printing.models import Printing
from varn.printing.queries import printing_for
from varn.riskguide.assessment.queries import matters
from varn.riskguide.assessment.statements import n_settled, statements
from varn.riskguide.models import Assessment, Closing
from varn.riskguide.report import words
from varn.riskguide.report.facts import Ended, Facts, Promise

REPORT = "risk_report"  # kind of printing


def report_for(actor: Member, pk: UUID) -> Printing:
    """A report that was asked for; 404 for those who do not run assessments."""
    return printing_for(actor, pk, REPORT, Right.MATTER_SORT)


def obstacle(found: Assessment) -> str:
    """Why there is nothing to report yet, or any more, and what to do; "" where there is."""
    if found.figures:
        return _("Bedömningen är rensad. Nivåerna står kvar som siffror, men det finns inga svar att göra en rapport av.")
    n, n_asked = n_settled(found.joint, 2), len(statements(2, found.edition))
    if n == n_asked:
        return ""
    if found.is_closed:
        return _("Ärendet avslutades innan alla påståenden i steg 2 hade ett gemensamt svar, så det finns ingen rapport.")
    if n == 0:
        return _("Det finns inga gemensamma svar än. Svara på påståendena i steg 2 först.")
    said = _("%(n)s av %(all)s påståenden i steg 2 har ett gemensamt svar. Svara på resten först.")
    return said % {"n": n, "all": n_asked}


def facts_of(actor: Member, found: Assessment, *, language: str, today: date) -> Facts:
    """For whoever runs assessments, and so sees the measures. `found` has its matter and body. The active language is used."""
    organisation = Organisation.objects.get(pk=found.organisation_id)
    closing = matters.closing_of(found.matter)
    past = [one for one in matters.past_of(found.matter) if one.assessment.started_at <= found.started_at]
    return Facts(
        organisation=organisation.name,
        title=found.matter.title,
        register_number=found.matter.register_number,
        body=found.matter.body.name,
        assessed_on=found.started_on,
        printed_on=today,
        stored=matters.stored(found),
        step=found.step,
        spreads=found.spreads,
        note=found.note,
        past=tuple((one.assessment.started_on, one.figures) for one in past if one.assessment.edition == found.edition),
        measures=tuple(_promise(row, language) for row in _measures(actor, found)),
        ways=tuple(_way(way, language) for way in contact_ways()),
        ended=_ended(closing) if closing else None,
    )


def _measures(actor: Member, found: Assessment) -> QuerySet[Measure]:
    return measures_of(actor, Origin(OriginKind.RISK_ASSESSMENT, found.pk))


def _promise(row: Measure, language: str) -> Promise:
    """Not a person's name: a report may be handed out."""
    duty = duty_name(row.duty_role)
    owner = duty.in_language(language) if duty else row.duty_role
    followed = [str(row.get_effect_display()), row.note, row.dropped_because, row.elsewhere]
    return Promise(
        what=row.what,
        why=row.why,
        owner=words.A_PERSON.in_language(language) if row.person_id else owner,
        due_on=row.due_on,
        state=str(row.get_state_display()),
        followed=" – ".join(part for part in followed if part),
    )


def _way(way: ContactWay, language: str) -> str:
    label = way.label_en if language == "en" else way.label_sv
    return f"{label}: {way.phone or way.email} ({str(way.get_hours_display()).lower()})"


def _ended(closing: Closing) -> Ended:
    record = str(closing.get_record_display())
    filed = f"{record}, {closing.register_number}" if closing.register_number else record
    outcome, helped = str(closing.get_outcome_display()), str(closing.get_measures_helped_display())
    return Ended(closing.closed_on, outcome, helped, closing.lesson, filed)

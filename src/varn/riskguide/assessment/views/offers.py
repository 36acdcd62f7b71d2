"""Proposed measures as the page of measures holds them: from the result, and as somebody has changed them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from varn.catalogues.riskguide import guide
from varn.catalogues.roles import role
from varn.measures.duties import duty_name
from varn.measures.plans import Phase, Planned
from varn.measures.queries.owners import holders
from varn.organisations.models import Person
from varn.organisations.rights import Member
from varn.riskguide.assessment.queries import matters
from varn.riskguide.assessment.views.pages import language, typed_text
from varn.riskguide.models import Assessment
from varn.riskguide.result import Proposal
from varn.riskguide.wording import measure_reason


@dataclass(frozen=True, slots=True)
class Offer:
    """`duty` is a duty role or "", `person` what was typed as a name; a person goes before a role. `told` says when and who."""

    key: str
    code: str
    what: str
    why: str
    how: str
    phase: str
    priority: int
    due_on: str
    duty: str
    is_wanted: bool
    is_precaution: bool
    person: str = ""
    told: str = ""
    is_planned: bool = False
    problem: str = ""


def offers_of(actor: Member, assessment: Assessment, planned: Collection[UUID]) -> Iterator[Offer]:
    """What the guide proposes, the most urgent first. `planned`: ids of the measures that came from it already."""
    today = timezone.localdate()
    meets_on = matters.next_meeting(assessment.matter, today=today)
    proposals = matters.computed(assessment).proposals
    held = holders(actor, {_duty(one.measure.role) for one in proposals} - {""}, today=today)
    for proposal in proposals:
        key = uuid5(assessment.pk, proposal.measure.id)  # the same form sent twice plans once
        due_on = _due(proposal.measure.due_days, meets_on, today)
        yield _offer(proposal, assessment, key, due_on, held=held, is_planned=key in planned)


def _offer(
    proposal: Proposal,
    assessment: Assessment,
    key: UUID,
    due_on: date | None,
    *,
    held: Mapping[str, tuple[Person, ...]],
    is_planned: bool,
) -> Offer:
    measure, duty = proposal.measure, _duty(proposal.measure.role)
    return Offer(
        key=str(key),
        code=measure.id,
        what=measure.text.in_language(language()),
        why=measure_reason(proposal, guide(assessment.edition), language()),
        how=measure.how.in_language(language()),
        phase=measure.phase.value,
        priority=measure.priority,
        due_on=due_on.isoformat() if due_on else "",
        duty=duty,
        is_wanted=measure.priority == 1 and not proposal.precaution,
        is_precaution=proposal.precaution,
        told=_told(due_on, duty, held.get(duty, ())),
        is_planned=is_planned,
    )


def _duty(code: str) -> str:
    """The duty role's own id; a measure may say an alias, and one that can rest on nobody gives none."""
    found = role(code)
    return found.id if found.named else ""


def _told(due_on: date | None, duty: str, people: tuple[Person, ...]) -> str:
    """ "Senast 2026-12-09, Säkerhetsfunktion (i dag Bo Exempelsson)"."""
    day = _("Senast %(day)s") % {"day": due_on.isoformat()} if due_on else _("Ingen dag")
    name = duty_name(duty)
    who = name.in_language(language()) if name else _("ingen ansvarig än")
    named = ", ".join(str(person) for person in people[:3] if not person.is_protected)
    today = _("i dag %(people)s") % {"people": named} if named else ""
    return f"{day}, {who} ({today})" if today else f"{day}, {who}"


def _due(days: int, meets_on: date | None, today: date) -> date | None:
    """Days before the meeting are counted from it, the others from today; a day that has passed is today."""
    if days >= 0:
        return today + timedelta(days=days)
    return max(meets_on + timedelta(days=days), today) if meets_on else None


def typed(offer: Offer, sent: Mapping[str, str], people: Mapping[str, Person]) -> Offer:
    """As sent by the page, with a problem where it cannot be read. `people` by name, those who may be responsible."""
    changed = replace(
        offer,
        what=typed_text(sent.get(f"what-{offer.key}", offer.what)),
        why=typed_text(sent.get(f"why-{offer.key}", offer.why)),
        due_on=str(sent.get(f"due-{offer.key}", "")).strip(),
        duty=str(sent.get(f"duty-{offer.key}", "")),
        person=" ".join(str(sent.get(f"person-{offer.key}", "")).split()),
        is_wanted=f"want-{offer.key}" in sent,
    )
    return replace(changed, problem=_fault(changed, people) if changed.is_wanted else "")


def _fault(offer: Offer, people: Mapping[str, Person]) -> str:
    if offer.due_on and _day(offer.due_on) is None:
        return _("Skriv dagen som år-månad-dag, till exempel 2026-12-09.")
    if offer.person and offer.person not in people:
        return _("”%(name)s” finns inte här, eller har slutat. Välj ett namn i listan.") % {"name": offer.person}
    return ""


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def planned_row(offer: Offer, edition: str, people: Mapping[str, Person]) -> Planned:
    """The measure to be; call it for what has no problem."""
    person = people.get(offer.person)
    return Planned(
        pk=UUID(offer.key),
        what=offer.what,
        why=offer.why,
        phase=Phase(offer.phase),
        priority=offer.priority,
        due_on=_day(offer.due_on) if offer.due_on else None,
        person=person.pk if person else None,
        duty_role=None if person else offer.duty or None,
        code=offer.code,
        edition=edition,
    )

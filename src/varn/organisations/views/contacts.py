"""Pages about contact ways: those who manage them, and the page that shows them to anyone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from varn.organisations.actions import contacts as acts
from varn.organisations.dutyhours import Gap, gaps, on_duty, overlaps
from varn.organisations.forms.contacts import HoursForm, TurnForm, WayForm, turn_form
from varn.organisations.forms.names import no_name
from varn.organisations.forms.rows import RowForm
from varn.organisations.middleware import MemberRequest
from varn.organisations.models import ContactWay, DutyTurn, OfficeHours
from varn.organisations.queries import contact_ways, member_of, organisation_by_slug
from varn.organisations.queries.contacts import (
    as_turn,
    gone_among,
    office_hours,
    turn_for,
    turns_from,
    way_for,
    ways_now,
)
from varn.organisations.queries.people import candidates, is_hidden_from
from varn.organisations.rights import Member, Right
from varn.organisations.views.pages import Crumb, act_page, confirm_page, done, settings_crumbs, to
from varn.tenancy.access import needs, public
from varn.tenancy.within import within

DAYS_AHEAD = 90  # how far gaps in the duty list are looked for


@dataclass(frozen=True, slots=True)
class Duty:
    """One contact way's duty list, as the settings page shows it."""

    way: ContactWay
    turns: list[DutyTurn]
    today: str
    gaps: list[Gap]
    overlaps: list[tuple[DutyTurn, DutyTurn]]
    gone: list[str]


@require_safe
@needs(Right.CONTACT_MANAGE)
def contacts(request: MemberRequest) -> HttpResponse:
    today = timezone.localdate()
    content = {
        "ways": ways_now(timezone.localtime()),
        "hours": office_hours() or OfficeHours(),
        "duties": duties_from(request.member, today),
        "days_ahead": DAYS_AHEAD,
        "crumbs": settings_crumbs(request),
    }
    return render(request, "organisations/contacts.html", content)


def duties_from(actor: Member, today: date) -> list[Duty]:
    """The duty list of each way that has one, as the actor may see it."""
    rows = [as_seen(actor, row) for row in turns_from(actor, today)]
    gone = gone_among(rows, today=today)
    by_way: dict[UUID, list[DutyTurn]] = {}
    for row in rows:
        by_way.setdefault(row.way_id, []).append(row)
    return [_duty(mine, gone, today) for mine in by_way.values()]


def as_seen(actor: Member, row: DutyTurn) -> DutyTurn:
    """The turn to be shown, with words where it names somebody whose details are protected from the actor."""
    for person in (row.person, row.deputy):
        if person is not None and is_hidden_from(actor, person):
            person.given_name, person.family_name = no_name(), ""
    return row


def _duty(rows: list[DutyTurn], gone: frozenset[UUID], today: date) -> Duty:
    turns = [as_turn(row) for row in rows]
    by_turn = dict(zip(turns, rows, strict=True))
    names = {row.person_id: str(row.person) for row in rows} | {row.deputy_id: str(row.deputy) for row in rows if row.deputy}
    holder = on_duty(turns, rows[0].way_id, today, gone=gone)
    return Duty(
        way=rows[0].way,
        turns=rows,
        today=names.get(holder.person, "") if holder.person else "",
        gaps=gaps(turns, first=today, last=today + timedelta(DAYS_AHEAD), gone=gone),
        overlaps=[(by_turn[one], by_turn[other]) for one, other in overlaps(turns)],
        gone=sorted(names[person] for person in gone),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CONTACT_MANAGE)
def way_create(request: MemberRequest) -> HttpResponse:
    return _form(
        request, WayForm(request.POST or None), acts.create_way, _("Lägg till en kontaktväg"), _("Kontaktvägen är tillagd.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CONTACT_MANAGE)
def way(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = way_for(request.member, pk)
    title = _("Ändra %(label)s") % {"label": row.label_sv}
    form = WayForm(request.POST or None, instance=row)
    return _form(request, form, partial(acts.edit_way, way=row), title, _("Uppgifterna är sparade."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CONTACT_MANAGE)
def way_remove(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = way_for(request.member, pk)
    return _removal(
        request,
        partial(acts.remove_way, way=row),
        title=_("Ta bort %(label)s?") % {"label": row.label_sv},
        text=_("Den försvinner genast från alla sidor, och dess jourlista med den."),
        sentence=_("Kontaktvägen är borttagen."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CONTACT_MANAGE)
def hours(request: MemberRequest) -> HttpResponse:
    form = HoursForm(request.POST or None, instance=office_hours() or OfficeHours(), is_single=True)
    intro = _("Måndag till fredag. Röda dagar räknas som stängda.")
    return _form(request, form, acts.set_office_hours, _("Kontorstid"), _("Öppettiderna är sparade."), intro=intro)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CONTACT_MANAGE)
def turn_create(request: MemberRequest) -> HttpResponse:
    form = _turn_form(request, DutyTurn())
    return _form(request, form, acts.create_turn, _("Lägg till ett jourpass"), _("Jourpasset är tillagt."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CONTACT_MANAGE)
def turn(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = turn_for(request.member, pk)
    form = _turn_form(request, row)
    return _form(request, form, partial(acts.edit_turn, turn=row), _("Ändra jourpass"), _("Jourpasset är ändrat."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CONTACT_MANAGE)
def turn_remove(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = turn_for(request.member, pk)
    who = {"name": as_seen(request.member, row).person, "first": row.starts_on, "last": row.ends_on}
    return _removal(
        request,
        partial(acts.remove_turn, turn=row),
        title=_("Ta bort jourpasset?"),
        text=_("%(name)s, %(first)s till %(last)s.") % who,
        sentence=_("Jourpasset är borttaget."),
    )


def _form(
    request: MemberRequest, form: RowForm, act: Callable[..., object], title: str, sentence: str, *, intro: str = ""
) -> HttpResponse:
    """A form of this part: what it says is handed to the act, and then back to the list with a sentence."""
    return act_page(
        request,
        form,
        lambda: act(request.member, **form.cleaned_data),
        said=sentence,
        title=title,
        intro=intro,
        back=to(request, "contacts"),
        crumbs=_crumbs(request),
    )


def _removal(request: MemberRequest, act: Callable[..., object], *, title: str, text: str, sentence: str) -> HttpResponse:
    back = to(request, "contacts")
    if request.method == "POST":
        act(request.member)
        return done(request, sentence, back)
    return confirm_page(request, title=title, text=text, label=_("Ta bort"), back=back, crumbs=_crumbs(request))


@require_safe
@public()
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone may see the numbers; who holds the duty is for those who belong here."""
    organisation = organisation_by_slug(slug)
    if organisation is None:
        raise Http404
    today = timezone.localdate()
    with within(organisation.pk):
        request.organisation = organisation  # type: ignore[attr-defined]  # the page's frame asks for it
        member = _member(request, organisation.pk, today)
        names = duty_names(member, today) if member else {}
        content = {
            "ways": [(way, is_answering, names.get(way.pk, "")) for way, is_answering in ways_now(timezone.localtime())],
            "hours": office_hours() or OfficeHours(),
        }
        return render(request, "organisations/contact.html", content)


def duty_names(actor: Member, today: date) -> dict[UUID, str]:
    """Who holds each way's duty today, by name; nobody with protected details."""
    rows = [row for row in turns_from(actor, today) if row.starts_on <= today]
    gone = gone_among(rows, today=today)
    people = {person.pk: person for row in rows for person in (row.person, row.deputy) if person}
    turns = [as_turn(row) for row in rows]
    held = {way_id: on_duty(turns, way_id, today, gone=gone).person for way_id in {row.way_id for row in rows}}
    return {way_id: str(people[pk]) for way_id, pk in held.items() if pk and not people[pk].is_protected}


def _member(request: HttpRequest, organisation_id: UUID, today: date) -> Member | None:
    """Whoever reads the published page, if they are somebody here."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return member_of(user.pk, organisation_id, today=today)


def _turn_form(request: MemberRequest, row: DutyTurn) -> TurnForm:
    named = [pk for pk in (row.person_id, row.deputy_id) if pk]
    member = request.member
    people = candidates(member, today=timezone.localdate(), named=named)
    if not member.may(Right.PERSON_MANAGE):
        people = people.filter(Q(is_protected=False) | Q(pk__in=[*named, member.person_id]))
    return turn_form(
        request.POST or None, instance=row, ways=contact_ways(), people=people, is_hidden=partial(is_hidden_from, member)
    )


def _crumbs(request: MemberRequest) -> list[Crumb]:
    return settings_crumbs(request, (_("Kontaktvägar och jour"), to(request, "contacts")))

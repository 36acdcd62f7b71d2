"""Fills the demo: organisations, people and accounts, agendas, and what demo.json tells of them."""

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from varn.accounts.adapters.factors import set_totp
from varn.accounts.models import Account
from varn.audit.actions import action
from varn.organisations.actions.grants import confirm_access, grant_access, propose_access
from varn.organisations.models import Body, ContactWay, DutyTurn, Mandate, Organisation, Party, Person
from varn.organisations.queries import member_of
from varn.organisations.queries.grants import version_of_waiting
from varn.organisations.rights import DERIVED, NEED_TWO, STRONG, Job, Member, Role, roles_held_in
from varn.organisations.terms import BodyKind, MandateRole, OrganisationKind, term_on
from varn.riskguide.models import Agenda
from varn.run.demo.agendas import put_agendas
from varn.run.demo.assessments import assessment_objects, put_assessments, seat_links
from varn.run.demo.calendars import calendar_links, own_measure
from varn.run.demo.cast import ENDED, HOLDERS, IN_TWO, PARTIES, PLACES, PROTECTED, Place, councillors
from varn.run.demo.guests import guest_links
from varn.run.demo.measures import measure_objects, put_measures
from varn.run.demo.objects import (
    Readers,
    agenda_objects,
    contact_objects,
    duty_objects,
    links,
    person_objects,
    settings_objects,
    trail_objects,
    waiting_objects,
)


@dataclass
class Filling:
    """What one organisation got."""

    place: Place
    organisation: Organisation
    today: date
    bodies: dict[str, Body] = field(default_factory=dict)
    people: dict[Role, Person] = field(default_factory=dict)
    objects: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)


@dataclass
class Accounts:
    """Makes accounts with one password, and remembers them for demo.json."""

    password: str
    hashed: str
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def account(self, email: str, role: Role | None, slug: str) -> Account:
        row = self.rows.setdefault(
            email, {"email": email, "password": self.password, "totp_secret": None, "roles": [], "organisation": slug}
        )
        if role and role not in row["roles"]:
            row["roles"].append(role.value)
        account = Account.objects.filter(email=email).first()
        if account is None:
            account = Account.objects.create_user(email)
            account.password = self.hashed  # Argon2 is slow on purpose: once is enough for the demo
            account.save(update_fields=["password"])
        elif row["organisation"] != slug:
            row["organisation"] = [row["organisation"], slug]
        if role in STRONG and row["totp_secret"] is None:
            row["totp_secret"] = seed = generate_totp_secret()
            set_totp(account, seed)
        return account

    def holders(self, slug: str) -> dict[Role, list[str]]:
        """E-mail of those who hold each role in one organisation."""
        found: dict[Role, list[str]] = {}
        for email, row in self.rows.items():
            places = row["organisation"] if isinstance(row["organisation"], list) else [row["organisation"]]
            for role in row["roles"] if slug in places else ():
                found.setdefault(Role(role), []).append(email)
        return found


@transaction.atomic
def fill() -> dict[str, Any]:
    """Makes everything at once or nothing. Returns the demo's part of demo.json; addresses begin with their process role."""
    today = timezone.localdate()
    password = f"granar-vid-{secrets.token_hex(4)}"
    accounts = Accounts(password, make_password(password))
    filled = []
    for place in PLACES:
        organisation = Organisation.objects.create(slug=place.slug, name=place.name, kind=place.kind)
        filled.append(
            fill_organisation(Job(organisation.pk), organisation=organisation, place=place, accounts=accounts, today=today)
        )
    return {
        "organisations": [
            {"id": str(f.organisation.pk), "slug": f.place.slug, "name": f.place.name, "kind": f.place.kind} for f in filled
        ],
        "accounts": list(accounts.rows.values()),
        "objects": [one for f in filled for one in f.objects],
        "links": [*(one for f in filled for one in f.links), *guest_links()],
        "search_urls": [f"member:/{f.place.slug}/sok/?q={{q}}" for f in filled],
        "redirect_parameters": ["next"],
    }


@action("demo.fill", right=None)
def fill_organisation(actor: Job, *, organisation: Organisation, place: Place, accounts: Accounts, today: date) -> Filling:
    filling = Filling(place, organisation, today)
    _bodies(filling)
    _holders(filling, accounts)
    if place.seats:
        _parties(filling)
        _seats(filling)
        _guests(filling, accounts)
    _contacts(filling)
    agendas = put_agendas(actor, place.kind, today=today)
    filling.links += links(actor, place.slug)
    _objects(filling, agendas, Readers(place.slug, accounts.holders(place.slug)))
    if place.seats:
        put_measures(actor, filling.people, today=today)
    if agendas:
        put_assessments(actor, agendas, filling.people, today=today)
        filling.links += seat_links(actor, agendas[-1])
    return filling


def _objects(filling: Filling, agendas: list[Agenda], readers: Readers) -> None:
    body = next(iter(filling.bodies.values()), None)
    party = filling.parties[0] if filling.parties else None
    filling.objects += person_objects(readers, body=body)
    filling.objects += waiting_objects(readers, by=_member(filling, Role.ADMINISTRATOR, filling.today))
    filling.objects += settings_objects(readers, body, party)
    filling.objects += contact_objects(readers)
    filling.objects += trail_objects(readers)
    if turn := DutyTurn.objects.first():
        filling.objects += duty_objects(readers, turn)
    if filling.place.seats:
        filling.objects += measure_objects(readers, _member(filling, Role.MANAGEMENT, filling.today), today=filling.today)
        holder = _member(filling, Role.REPRESENTATIVE, filling.today)
        own = own_measure(readers, filling.people[Role.REPRESENTATIVE], today=filling.today)
        filling.objects.append(own)
        filling.links += calendar_links(holder, own["mark"])
    if agendas:
        filling.objects += agenda_objects(readers, agendas[-1])
        job = Job(filling.organisation.pk)
        colleagues = [filling.people[role] for role in (Role.CLERK, Role.CASE_HANDLER)]
        filling.objects += assessment_objects(job, readers, agendas[-1], colleagues)


def _bodies(filling: Filling) -> None:
    for name, kind in filling.place.bodies:
        term = term_on(kind, filling.today)
        filling.bodies[name] = Body.objects.create(
            name=name,
            kind=kind,
            is_authority=kind in {BodyKind.EXECUTIVE_BOARD, BodyKind.COMMITTEE, BodyKind.JOINT_COMMITTEE},
            term_starts_on=term.starts_on,
            term_ends_on=term.ends_on,
        )


def _person(filling: Filling, given: str, family: str, account: Account | None = None, **fields: Any) -> Person:
    number = Person.objects.count() + 1
    return Person.objects.create(
        given_name=given,
        family_name=family,
        email=account.email if account else "",
        phone=f"{filling.place.phone}{number:03d}",
        account=account,
        **fields,
    )


def _holders(filling: Filling, accounts: Accounts) -> None:
    place = filling.place
    for role in sorted(roles_held_in(place.kind), key=list(Role).index):
        account = accounts.account(place.email(HOLDERS[role], place.family), role, place.slug)
        filling.people[role] = _person(filling, HOLDERS[role], place.family, account)
    _roles(filling)


def _roles(filling: Filling) -> None:
    """Long ago, as in life: set-up gives the first administrator and whoever leads; the two of them give the rest."""
    then = filling.today - timedelta(days=400)
    owner = Job(filling.organisation.pk)
    given = [role for role in filling.people if role not in DERIVED]
    for role in (Role.ADMINISTRATOR, Role.MANAGEMENT):
        grant_access(owner, filling.people[role], role=role, starts_on=then)
    ida, maja = (_member(filling, role, then) for role in (Role.ADMINISTRATOR, Role.MANAGEMENT))
    for role in given:
        person = filling.people[role]
        if role in NEED_TWO - {Role.ADMINISTRATOR, Role.MANAGEMENT}:
            waiting = propose_access(ida, person, role=role, starts_on=then, today=then)
            confirm_access(maja, waiting, seen=version_of_waiting(waiting), today=then)
        elif role not in NEED_TWO:
            grant_access(ida, person, role=role, starts_on=then)


def _member(filling: Filling, role: Role, day: date) -> Member:
    account_id = filling.people[role].account_id
    member = member_of(account_id, filling.organisation.pk, today=day) if account_id else None
    assert member is not None  # noqa: S101  # the cast has an account each
    return member


def _parties(filling: Filling) -> None:
    if filling.place.kind is OrganisationKind.COMPANY:
        return
    filling.parties = [Party.objects.create(name=name, abbreviation=abbreviation) for name, abbreviation in PARTIES]
    first = filling.parties[0]
    first.group_leader = filling.people[Role.GROUP_LEADER]
    first.safety_contact = filling.people[Role.PARTY_CONTACT]
    first.save()


def _seats(filling: Filling) -> None:
    """The council or board in full, and the chair of the executive board."""
    main = next(iter(filling.bodies.values()))
    seated = [filling.people[Role.REPRESENTATIVE], filling.people[Role.CHAIR]]
    seated += [filling.people[Role.GROUP_LEADER]] if Role.GROUP_LEADER in filling.people else []
    for given, family in councillors(filling.place.seats - len(seated)):
        seated.append(_person(filling, given, family))
    for position, person in enumerate(seated):
        party = filling.parties[position % len(filling.parties)] if filling.parties else None
        _seat(filling, person, main, party=party)
    board = list(filling.bodies.values())[min(1, len(filling.bodies) - 1)]
    _seat(filling, filling.people[Role.CHAIR], board, role=MandateRole.CHAIR, full_time_percent=100, is_covered_by_18a=True)
    for body in list(filling.bodies.values())[1:]:
        for person in seated[5:12]:
            _seat(filling, person, body)


def _seat(filling: Filling, person: Person, body: Body, **fields: Any) -> Mandate:
    default = MandateRole.AUDITOR if body.kind == BodyKind.AUDITORS else MandateRole.MEMBER
    return Mandate.objects.create(person=person, body=body, **{"role": default, "starts_on": body.term_starts_on, **fields})


def _guests(filling: Filling, accounts: Accounts) -> None:
    """Somebody in two organisations, somebody whose mandate has ended, somebody with protected identity."""
    slug = filling.place.slug
    main = next(iter(filling.bodies.values()))
    if slug in IN_TWO[2:]:
        email = f"{IN_TWO[0]}.{IN_TWO[1]}@tva.example".lower().replace("å", "a")
        person = _person(filling, *IN_TWO[:2], accounts.account(email, Role.REPRESENTATIVE, slug))
        _seat(filling, person, main, full_time_percent=20)
    if slug == ENDED[2]:
        account = accounts.account(filling.place.email(*ENDED[:2]), None, slug)
        before = main.term_starts_on - timedelta(days=1)
        _seat(
            filling, _person(filling, *ENDED[:2], account), main, starts_on=before.replace(year=before.year - 4), ends_on=before
        )
    if slug == PROTECTED[2]:
        _seat(filling, _person(filling, *PROTECTED[:2], is_protected=True), main)


def _contacts(filling: Filling) -> None:
    place = filling.place
    office = ContactWay.objects.create(
        label_sv="Säkerhetssamordnaren" if place.seats else "Nationella nodens växel",
        label_en="Security coordinator" if place.seats else "The national node",
        phone=f"{place.phone}3 10",
        hours=ContactWay.Hours.ORDINARY,
        position=1,
    )
    if not place.seats:
        return
    duty = ContactWay.objects.create(
        label_sv="Jour", label_en="Duty phone", phone=f"{place.phone}3 45", hours=ContactWay.Hours.OUT_OF_HOURS, position=2
    )
    monday = filling.today - timedelta(days=filling.today.weekday())
    pair = [filling.people[Role.CASE_HANDLER], filling.people[Role.ALTERNATE_HANDLER]]
    for week in range(6):
        start = monday + timedelta(weeks=week)
        DutyTurn.objects.create(
            way=duty, person=pair[week % 2], deputy=pair[(week + 1) % 2], starts_on=start, ends_on=start + timedelta(days=6)
        )
    DutyTurn.objects.create(way=office, person=pair[0], deputy=pair[1], starts_on=monday, ends_on=monday + timedelta(days=365))

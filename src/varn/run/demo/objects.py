"""What demo.json tells of the demo's objects and links: each with a mark, a random word that stands in it alone."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from varn.audit.models import Entry
from varn.organisations.actions.grants import propose_access
from varn.organisations.actions.invitations import open_link
from varn.organisations.models import AccessGrant, Body, ContactWay, DutyTurn, Invitation, Mandate, Party, Person
from varn.organisations.queries.links import INVITATION
from varn.organisations.rights import RIGHTS, STAFF, Job, Member, Right, Role
from varn.riskguide.models import Agenda

LINK_STATES = ("live", "used", "expired", "revoked")
SYLLABLES = "ba be bi bo da de di do fa fe fi fo ga ge gi go ka ke ki ko la le li lo ma me mi mo na ne ni no".split()


def mark() -> str:
    """A random word of 24 letters, so that it stands nowhere by chance."""
    return "".join(secrets.choice(SYLLABLES) for _ in range(12))


@dataclass(frozen=True, slots=True)
class Readers:
    """The demo's accounts of one organisation, by access role."""

    slug: str
    emails: dict[Role, list[str]]

    def with_right(self, right: Right) -> list[str]:
        return sorted({email for role, emails in self.emails.items() if right in RIGHTS[role] for email in emails})

    def who(self, allowed: Right | list[str]) -> list[str]:
        return self.with_right(allowed) if isinstance(allowed, Right) else allowed

    def origin(self, emails: list[str]) -> str:
        """The process role whose address these log in on: accounts with cases on the staff one, if nobody else may read it."""
        with_cases = {email for role in STAFF for email in self.emails.get(role, [])}
        if emails == ["*"]:
            return "public"
        return "staff" if with_cases.issuperset(emails) else "member"


def page_object(
    readers: Readers,
    kind: str,
    name: str,
    word: str,
    read: Right | list[str],
    write: Right | list[str],
    *,
    method: str = "GET",
    query: str = "",
    **ids: Any,
) -> dict[str, Any]:
    """A page by the name of its address, with who may read it and change what it shows: a right, or e-mail addresses."""
    readable_by = readers.who(read)
    return {
        "kind": kind,
        "organisation": readers.slug,
        "url": f"{readers.origin(readable_by)}:{reverse(name, kwargs={'slug': readers.slug, **ids})}{query}",
        "method": method,
        "readable_by": readable_by,
        "writable_by": readers.who(write),
        "mark": word,
    }


def agenda_objects(readers: Readers, agenda: Agenda) -> Iterator[dict[str, Any]]:
    """One agenda's pages; its first matter carries the mark."""
    word = mark()
    first = agenda.screenings.order_by("position")[0]
    first.title = f"{first.title} {word}"
    first.save(update_fields=["title"])
    first.matter.title = first.title
    first.matter.save(update_fields=["title"])
    read, write = Right.MATTER_READ, Right.MATTER_SORT
    yield page_object(readers, "agenda", "riskguide:sort", word, read, write, agenda=agenda.pk)
    yield page_object(readers, "agenda summary", "riskguide:summary", word, read, write, agenda=agenda.pk)
    yield page_object(readers, "agenda edit", "riskguide:edit", word, write, write, agenda=agenda.pk)
    yield page_object(readers, "matter questions", "riskguide:questions", word, write, write, agenda=agenda.pk, row=first.row)


def person_objects(readers: Readers, *, body: Body | None) -> Iterator[dict[str, Any]]:
    """A person outside every duty, whom those who read people see; and a protected one, whom only those who manage people see,
    with a seat and a role: so each mark is shown to exactly those who may read its page."""
    word, hidden = mark().capitalize(), mark().capitalize()
    person = Person.objects.create(given_name="Märta", family_name=word)
    protected = Person.objects.create(given_name="Siv", family_name=hidden, is_protected=True)
    long_ago = timezone.localdate() - timedelta(days=300)
    manage = Right.PERSON_MANAGE
    grant = AccessGrant.objects.create(person=protected, role=Role.EDITOR, starts_on=long_ago)
    yield page_object(readers, "person", "organisations:person", word, Right.PERSON_READ, manage, pk=person.pk)
    asked = f"?q={word[: len(word) // 2]}"  # else it may stand on another page of the list
    yield page_object(readers, "people list", "organisations:people", word, Right.PERSON_READ, manage, query=asked)
    exported = Person.objects.create(given_name="Maj", family_name=mark().capitalize())
    told = exported.family_name
    yield page_object(readers, "people export", "organisations:people_export", told, manage, manage, method="POST")
    yield page_object(readers, "person", "organisations:person", told, Right.PERSON_READ, manage, pk=exported.pk)
    yield page_object(readers, "person edit", "organisations:person_edit", hidden, manage, manage, pk=protected.pk)
    yield page_object(readers, "access role", "organisations:grant_end", hidden, manage, manage, pk=grant.pk)
    if body is not None:
        seat = Mandate.objects.create(person=protected, body=body, starts_on=long_ago)
        yield page_object(readers, "mandate", "organisations:mandate_edit", hidden, manage, manage, pk=seat.pk)


def waiting_objects(readers: Readers, *, by: Member) -> Iterator[dict[str, Any]]:
    """Somebody whom the administrator has proposed for a strong role: whoever leads the organisation may confirm it."""
    word, today = mark().capitalize(), timezone.localdate()
    person = Person.objects.create(given_name="Föreslagen", family_name=word, email=f"foreslagen@{readers.slug}.example")
    waiting = propose_access(by, person, role=Role.ADMINISTRATOR, starts_on=today, today=today)
    confirm = Right.ACCESS_CONFIRM
    yield page_object(readers, "waiting access role", "organisations:waiting_grant", word, confirm, confirm, pk=waiting.pk)


def duty_objects(readers: Readers, turn: DutyTurn) -> Iterator[dict[str, Any]]:
    """A turn far ahead, held by somebody who holds nothing else."""
    word = mark().capitalize()
    person = Person.objects.create(given_name="Jourhavande", family_name=word)
    ahead = timezone.localdate() + timedelta(days=400)
    coming = DutyTurn.objects.create(way=turn.way, person=person, starts_on=ahead, ends_on=ahead + timedelta(days=6))
    manage = Right.CONTACT_MANAGE
    yield page_object(readers, "person", "organisations:person", word, Right.PERSON_READ, Right.PERSON_MANAGE, pk=person.pk)
    yield page_object(readers, "duty turn", "organisations:turn", word, manage, manage, pk=coming.pk)


def settings_objects(readers: Readers, body: Body | None, party: Party | None) -> Iterator[dict[str, Any]]:
    """A body and a party that nobody sits in. What they are called is no secret: everybody here finds the body in a search,
    which is asked for half the word, and those who read people may narrow their list to the party. Only who is the party's
    safety contact stands in the settings alone, since that person is protected."""
    manage = Right.BODY_MANAGE
    if body is not None:
        word = mark().capitalize()
        Body.objects.create(
            name=f"Beredningen {word}", kind=body.kind, term_starts_on=body.term_starts_on, term_ends_on=body.term_ends_on
        )
        asked = f"?q={word[: len(word) // 2]}"
        yield page_object(readers, "body", "search", word, Right.ORGANISATION_READ, manage, query=asked)
    if party is not None:
        word, hidden = mark().capitalize(), mark().capitalize()
        contact = Person.objects.create(given_name="Ove", family_name=hidden, is_protected=True)
        small = Party.objects.create(name=f"Partiet {word}", abbreviation=word[:8], safety_contact=contact)
        yield page_object(readers, "party", "organisations:people", word, Right.PERSON_READ, manage)
        yield page_object(readers, "party edit", "organisations:party", hidden, manage, manage, pk=small.pk)


def contact_objects(readers: Readers) -> Iterator[dict[str, Any]]:
    """A contact way is published: whoever asks may read it."""
    word = mark()
    ContactWay.objects.create(
        label_sv="Växeln", label_en="Switchboard", phone="0555-100 00", email=f"{word}@{readers.slug}.example", position=9
    )
    yield page_object(readers, "contact way", "organisations:contact", word, ["*"], Right.CONTACT_MANAGE)


def trail_objects(readers: Readers) -> Iterator[dict[str, Any]]:
    """An entry of the trail, for those who read it."""
    word = mark()
    entry = Entry.objects.create(actor_kind="job", code="demo.fill", detail={"kind": word})
    yield page_object(readers, "trail entry", "trail_entry", word, Right.TRAIL_READ, [], pk=entry.pk)
    yield page_object(readers, "trail", "trail", word, Right.TRAIL_READ, [], query="?kod=demo.fill")


def links(actor: Job, slug: str) -> Iterator[dict[str, Any]]:
    """An invitation in each of the four states."""
    now = timezone.now()
    for state in LINK_STATES:
        word, token = mark(), secrets.token_urlsafe(24)
        person = Person.objects.create(given_name="Inbjuden", family_name=state.capitalize(), email=f"{word}@{slug}.example")
        invitation = Invitation.objects.create(person=person, email=person.email, invited_on=timezone.localdate())
        expires_at = now + timedelta(days=-1 if state == "expired" else 14)
        link = open_link(actor, kind=INVITATION, target_id=invitation.pk, token=token, expires_at=expires_at)
        if state == "used":
            link.used_at = now
        if state == "revoked":
            link.revoked_at = now
        link.save(update_fields=["used_at", "revoked_at"])
        yield {"kind": "invitation", "state": state, "url": f"public:/l/{token}", "mark": word}

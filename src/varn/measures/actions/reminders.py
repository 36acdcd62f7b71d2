"""The daily mail: what one person is told, what their calendar gets, and that they were told."""

from datetime import date
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from varn.audit.act import again, note
from varn.audit.actions import action
from varn.measures.calendars import Event, calendar_of
from varn.measures.models import Measure, Reminder
from varn.measures.queries.reminding import Post, role_of
from varn.measures.reminding import CALENDAR, SUBJECT, Item, Letter, letter_text
from varn.organisations.models import Organisation, Person
from varn.organisations.queries import roles_of
from varn.organisations.rights import STAFF, Job

FILE = "atgarder.ics"


@action("measure.remind", right=None)
def remind_person(actor: Job, post: Post, *, today: date) -> Person:
    """One mail with everything, once a day; a mail that fails takes back that it was told."""
    Person.objects.select_for_update(of=("self",)).get(pk=post.person.pk)
    if Reminder.objects.filter(person=post.person, told_on=today).exists():
        return again(post.person)  # another worker was faster
    organisation = Organisation.objects.get(pk=actor.organisation_id)
    account = post.person.account
    language = account.language if account is not None and account.language else "sv"
    base = _base(post.person, today)
    _raise_versions(post)
    events = _events(post, base, organisation.slug, language)
    _remember(post, today)
    note(n_rows=len(post.near) + len(post.ownerless), n_removed=len(post.ended))
    _send(post, _letter(post, organisation, base, language), events, language, today)
    return post.person


def _base(person: Person, today: date) -> str:
    """The address that the person logs in on."""
    return str(settings.STAFF_URL if roles_of(person.pk, today=today) & STAFF else settings.MEMBER_URL)


def _page_url(base: str, slug: str, measure: Measure | None, language: str) -> str:
    with override(language):
        path = reverse("measures:measure", args=[slug, measure.pk]) if measure else reverse("measures:mine", args=[slug])
    return base + path


def _letter(post: Post, organisation: Organisation, base: str, language: str) -> Letter:
    def items(measures: list[Measure]) -> list[Item]:
        return [
            Item(row.what, row.due_on, role_of(row, language), _page_url(base, organisation.slug, row, language))
            for row in measures
        ]

    mine = _page_url(base, organisation.slug, None, language)
    ended = [row.measure.what for row in post.ended]
    return Letter(organisation.name, mine, items(post.near), items(post.ownerless), ended)


def _events(post: Post, base: str, slug: str, language: str) -> list[Event]:
    """What is somebody else's or closed comes as cancelled."""
    near = [
        Event(row.pk, row.what, row.why, _page_url(base, slug, row, language), row.due_on, row.version, row.changed_at)
        for row in post.near
        if row.due_on is not None
    ]
    ended = [
        Event(
            row.measure_id,
            row.measure.what,
            "",
            _page_url(base, slug, None, language),
            row.due_on,
            row.measure.version,
            row.measure.changed_at,
            is_cancelled=True,
        )
        for row in post.ended
        if row.due_on is not None
    ]
    return [*near, *ended]


def _raise_versions(post: Post) -> None:
    """A calendar believes only a higher SEQUENCE, also where nothing but the holder of a role has changed."""
    back = set(Reminder.objects.filter(person=post.person, due_on__isnull=True).values_list("measure_id", flat=True))
    for measure in [*(row.measure for row in post.ended), *(row for row in post.near if row.pk in back)]:
        measure.version += 1
        measure.changed_at = timezone.now()
        measure.save(update_fields=["version", "changed_at"])


def _remember(post: Post, today: date) -> None:
    for measure in post.near:
        Reminder.objects.update_or_create(
            measure=measure, person=post.person, defaults={"told_on": today, "due_on": measure.due_on}
        )
    for measure in post.ownerless:
        Reminder.objects.update_or_create(measure=measure, person=post.person, defaults={"told_on": today, "due_on": None})
    Reminder.objects.filter(pk__in=[row.pk for row in post.ended]).update(told_on=today, due_on=None)


def _send(post: Post, letter: Letter, events: list[Event], language: str, today: date) -> None:
    text = letter_text(letter, language=language, today=today)
    headers = {"Auto-Submitted": "auto-generated"}
    message = EmailMessage(SUBJECT.in_language(language), text, to=[post.person.email], headers=headers)
    if events:
        ics = calendar_of(events, name=CALENDAR.in_language(language), language=language)
        part = MIMEText(ics.decode(), "calendar", "utf-8")
        part.set_param("method", "PUBLISH")
        part.add_header("Content-Disposition", "attachment", filename=FILE)
        message.attach(part)
    message.send()

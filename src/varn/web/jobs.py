"""The trail's jobs for every organisation: links each minute, and at the end of each day its head to the auditors."""

from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django import app

from varn.audit.jobs import chain_entries, close_day
from varn.audit.models import Head
from varn.organisations.jobs import for_each_organisation
from varn.organisations.models import AccessGrant, Organisation
from varn.organisations.queries import on
from varn.organisations.rights import Role

SUBJECT = "Värn: loggens dagsvärde / head of the trail"  # nothing personal: subjects show on locked screens
TEXT = """\
Det här är dagsvärdet för loggen hos {organisation}, {day}.

Post: {position}
Kontrollvärde: {hash}

Spara brevet. Om någon senare ändrar eller tar bort något i loggen stämmer den inte med värdet.
Jämför på sidan {url}
eller låt den som driver Värn köra
./varn verify --head {slug}:{position}:{hash}

Brevet går till er som är revisorer i Värn och kan inte besvaras.

---

This is the head of the trail of {organisation}, {day}: entry and value as above.

Keep this message. If somebody later changes or removes anything in the trail, it will not agree with the value.
Compare on the page above, or ask whoever runs Värn for the command above.
"""


@app.periodic(cron="* * * * *")
@app.task(name="varn.web.jobs.chain", queueing_lock="varn.web.jobs.chain", pass_context=False)
def chain(timestamp: int) -> None:
    for_each_organisation(lambda organisation: chain_entries(organisation.pk), code="trail")


@app.periodic(cron="7 * * * *")
@app.task(name="varn.web.jobs.close_yesterday", queueing_lock="varn.web.jobs.close_yesterday", pass_context=False)
def close_yesterday(timestamp: int) -> None:
    """Every hour, so that a worker that was down at midnight is no matter; a day gets one head."""
    day = timezone.localdate() - timedelta(days=1)
    for_each_organisation(
        lambda organisation: close_day(organisation.pk, day, tell=lambda head: tell_auditors(organisation, head)), code="trail"
    )


def tell_auditors(organisation: Organisation, head: Head) -> int:
    """One mail each, so that they do not see each other's addresses. How many. Call it within the organisation."""
    with override("sv"):
        url = settings.MEMBER_URL + reverse("trail_chain", args=[organisation.slug])
    text = TEXT.format(
        organisation=organisation.name,
        slug=organisation.slug,
        day=head.day,
        position=head.position,
        hash=bytes(head.hash).hex(),
        url=url,
    )
    addresses = auditors_addresses(today=timezone.localdate())
    for address in addresses:
        EmailMessage(SUBJECT, text, to=[address], headers={"Auto-Submitted": "auto-generated"}).send()
    return len(addresses)


def auditors_addresses(*, today: date) -> list[str]:
    grants = AccessGrant.objects.filter(on(today), role=Role.AUDITOR).exclude(person__email="")
    return sorted(set(grants.values_list("person__email", flat=True)))

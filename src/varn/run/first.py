"""The first organisation of an installation, and its administrator: what `./varn init` ends with."""

import json
import os
import secrets
import sys
from datetime import timedelta
from typing import Any
from uuid import uuid4

LINK_DAYS = 2


def create(*, name: str, slug: str, kind: str, given_name: str, family_name: str, email: str) -> dict[str, str]:
    """Make both unless they exist, and an invitation. Returns {"link": its address} ("" if the organisation existed).

    Needs Django set up as varn_app. Raises ValidationError for what the models refuse.
    """
    from django.conf import settings
    from django.utils import timezone

    from varn.organisations.actions.grants import grant_access
    from varn.organisations.actions.invitations import invite_person, open_link
    from varn.organisations.actions.people import create_person
    from varn.organisations.models import Organisation
    from varn.organisations.queries.links import INVITATION
    from varn.organisations.rights import Job, Role

    if Organisation.objects.filter(slug=slug).exists():
        return {"link": ""}
    organisation = Organisation(name=name, slug=slug, kind=kind)
    organisation.full_clean()
    organisation.save()
    actor = Job(organisation.pk)
    person = create_person(actor, row_id=uuid4(), given_name=given_name, family_name=family_name, email=email)
    grant_access(actor, person, role=Role.ADMINISTRATOR, starts_on=timezone.localdate())
    invitation = invite_person(actor, person)
    token = secrets.token_urlsafe(24)
    expires_at = timezone.now() + timedelta(days=LINK_DAYS)
    open_link(actor, kind=INVITATION, target_id=invitation.pk, token=token, expires_at=expires_at)
    return {"link": f"{settings.PUBLIC_URL}/l/{token}"}


def main() -> int:
    """As a child process: answers on stdin, the result on stdout, both JSON."""
    import django
    from django.core.exceptions import ValidationError
    from django.db import transaction

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    django.setup()
    answers: dict[str, Any] = json.load(sys.stdin)
    try:
        with transaction.atomic():
            print(json.dumps(create(**answers)))
    except ValidationError as error:
        print("\n".join(error.messages), file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`./varn verify`: is every organisation's trail whole?"""

import json
import os
from pathlib import Path

from varn.run import settings_file
from varn.run.arguments import Arguments
from varn.run.language import _


def main(argv: list[str]) -> int:
    """0 when every chain is whole, 1 when one is broken."""
    parser = Arguments("verify", _("Kontrollerar att ingen post i någon loggkedja har ändrats eller tagits bort."))
    parser.add_argument("--json", action="store_true", help=_("svara som JSON"))
    parser.add_argument("--env", type=Path, help=_("fil med inställningar"))
    parser.add_argument("--data", type=Path, help=_("en demos datamapp, i stället för inställningar"))
    options = parser.parse_args(argv)
    if options.data:
        settings_file.become_demo(options.data)
    settings_file.load(options.env)
    settings_file.require_django()
    broken = broken_trails()
    if options.json:
        print(json.dumps({"trail": "broken" if broken else "whole"}))
    elif broken:
        print("\n".join(broken))
    else:
        print(_("Varje loggkedja är hel."))
    return 1 if broken else 0


def broken_trails() -> list[str]:
    """One line for each organisation whose chain is broken: where the first break is."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    django.setup()
    from django.utils import timezone

    from varn.audit.queries import verify
    from varn.organisations.models import Organisation
    from varn.tenancy.within import within

    lines = []
    for organisation in Organisation.objects.order_by("slug"):
        with within(organisation.pk):
            broken = verify(now=timezone.now())
        if broken:
            lines.append(_("{organisation}: kedjan är bruten. {broken}").format(organisation=organisation.slug, broken=broken))
    return lines

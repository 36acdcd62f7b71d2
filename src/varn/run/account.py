"""`./varn account`: what only whoever runs the installation may do with a log-in or a role that waits.

An account may belong to several organisations, so no organisation's administrator may weaken it for the others. And
where an organisation has nobody else who may confirm a strong role, whoever runs the installation is the second person.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from varn.run.arguments import Arguments
from varn.run.language import _
from varn.run.stop import Stop
from varn.run.verify import set_up


def main(argv: list[str]) -> int:
    """Helps somebody who lost their second factor, got work on another of the addresses, or waits for a role.
    You have met the person."""
    parser = Arguments(
        "account", _("Hjälper den som har förlorat sitt andra steg i inloggningen, eller väntar på en behörighet.")
    )
    parser.add_argument(
        "what",
        choices=list(HELPS),
        help=_("drop-second-factors: ta bort app, passkeys och reservkoder; approve-grant: bekräfta behörigheter som väntar"),
    )
    parser.add_argument("email", help=_("personens e-postadress"))
    parser.add_argument("--yes", action="store_true", help=_("fråga inte en gång till"))
    parser.add_argument("--env", type=Path, help=_("fil med inställningar"))
    parser.add_argument("--data", type=Path, help=_("en demos datamapp, i stället för inställningar"))
    options = parser.parse_args(argv)
    set_up(options.data, options.env)
    email = options.email.strip().lower()
    if not options.yes and input(_("Skriv e-postadressen igen: ")).strip().lower() != email:
        raise Stop(_("Adresserna är inte lika. Inget är ändrat."))
    print(HELPS[options.what](email))
    return 0


def drop_second_factors(email: str) -> str:
    from varn.accounts.adapters import factors
    from varn.accounts.models import Account

    account = Account.objects.filter(email=email).first()
    if account is None:
        raise Stop(_("Det finns inget konto med den adressen."))
    n_dropped = factors.drop_second_factors(account)
    return _("{n} borttagna, och kontot är utloggat överallt. Nästa inloggning ber om ett nytt där det krävs.").format(
        n=n_dropped
    )


def approve_grants(email: str) -> str:
    """Confirms all roles that wait for the people with this address, in every organisation. One line for each."""
    from django.db import transaction
    from django.utils import timezone

    from varn.organisations.actions.grants import confirm_access
    from varn.organisations.models import Organisation
    from varn.organisations.queries.grants import version_of_waiting, waiting_for
    from varn.organisations.refusals import Refused
    from varn.organisations.rights import Job
    from varn.tenancy.within import within

    today = timezone.localdate()
    lines = []
    with transaction.atomic():
        for organisation in Organisation.objects.order_by("name"):
            with within(organisation.pk):
                for row in waiting_for(Job(organisation.pk), today=today).filter(person__email__iexact=email).order_by("role"):
                    try:
                        confirm_access(Job(organisation.pk), row, seen=version_of_waiting(row), today=today)
                    except Refused as refusal:
                        raise Stop(refusal.sentence) from None
                    words = _("{organisation}: {name} har nu behörigheten {role}.")
                    lines.append(words.format(organisation=organisation, name=row.person, role=row.role))
    if not lines:
        raise Stop(_("Ingen behörighet väntar för den adressen."))
    return "\n".join(lines)


HELPS: Mapping[str, Callable[[str], str]] = {"drop-second-factors": drop_second_factors, "approve-grant": approve_grants}

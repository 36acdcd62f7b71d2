"""`./varn account`: what only whoever runs the installation may do with a log-in.

An account may belong to several organisations, so no organisation's administrator may weaken it for the others.
"""

from pathlib import Path

from varn.run.arguments import Arguments
from varn.run.language import _
from varn.run.stop import Stop
from varn.run.verify import set_up


def main(argv: list[str]) -> int:
    """Helps somebody who lost their second factor, or got work on another of the addresses. You have met the person."""
    parser = Arguments("account", _("Hjälper den som har förlorat sitt andra steg i inloggningen."))
    parser.add_argument("what", choices=["drop-second-factors"], help=_("ta bort app, passkeys och reservkoder"))
    parser.add_argument("email", help=_("kontots e-postadress"))
    parser.add_argument("--yes", action="store_true", help=_("fråga inte en gång till"))
    parser.add_argument("--env", type=Path, help=_("fil med inställningar"))
    parser.add_argument("--data", type=Path, help=_("en demos datamapp, i stället för inställningar"))
    options = parser.parse_args(argv)
    set_up(options.data, options.env)
    email = options.email.strip().lower()
    if not options.yes and input(_("Skriv e-postadressen igen: ")).strip().lower() != email:
        raise Stop(_("Adresserna är inte lika. Inget är ändrat."))
    n_dropped = _drop(email)
    print(
        _("{n} borttagna, och kontot är utloggat överallt. Nästa inloggning ber om ett nytt där det krävs.").format(n=n_dropped)
    )
    return 0


def _drop(email: str) -> int:
    from varn.accounts.adapters.factors import drop_second_factors
    from varn.accounts.models import Account

    account = Account.objects.filter(email=email).first()
    if account is None:
        raise Stop(_("Det finns inget konto med den adressen."))
    return drop_second_factors(account)

"""The command line: `./varn <command>`. Imports only the module of the command that is asked for."""

import os
import sys
from importlib import import_module

from varn.run.language import _
from varn.run.stop import Stop, is_full_disk

FULL_DISK = "Disken är full. Frigör plats och kör kommandot igen; inget är halvsparat."


def commands() -> dict[str, tuple[str, str]]:
    """Command → (module, what it does), in the order that help shows them."""
    return {
        "demo": ("varn.run.demo", _("starta Värn med påhittade kommuner, på den här datorn")),
        "test": ("varn.run.testing", _("kör alla prov; argument går vidare till pytest")),
        "init": ("varn.run.init", _("ställ i ordning en skarp installation")),
        "serve": ("varn.run.serve", _("kör Värn skarpt, med inställningar ur miljön")),
        "migrate": ("varn.run.migrate", _("för databasen till den här versionen")),
        "doctor": ("varn.run.doctor", _("säg vad som saknas, vad som är osäkert och vad en tjuv kunde läsa")),
        "backup": ("varn.run.backup", _("säkerhetskopiera databas och filer (inte nycklar)")),
        "restore": ("varn.run.restore", _("läs tillbaka en säkerhetskopia i en tom databas")),
        "verify": ("varn.run.verify", _("kontrollera att loggkedjan är hel")),
        "account": ("varn.run.account", _("hjälp den som har förlorat sitt andra steg i inloggningen")),
        "routes": ("varn.run.routes", _("lista alla adresser och vem som når dem")),
        "bench": ("varn.run.bench", _("mät hur snabbt Värn är, jämfört med en tom Django")),
        "risk": ("varn.run.risk", _("räkna riskguidens värden för en fil")),
        "translations": ("varn.run.translations", _("uppdatera översättningarna")),
        "worker": ("varn.run.worker", _("kör jobben i databasens kö (startas av demo och serve)")),
    }


def usage() -> str:
    """The help text."""
    width = max(map(len, commands()))
    rows = [f"  {name:<{width}}  {what}" for name, (_module, what) in commands().items()]
    head = [_("Värn. Så här:  ./varn <kommando> [val]"), "", _("Kommandon:")]
    return "\n".join([*head, *rows, "", _("Mer om ett kommando:  ./varn <kommando> --help")])


def dispatch(argv: list[str]) -> int:
    """Run one command and return its exit code. Raises Stop for what does not exist."""
    if not argv or argv[0] in ("-h", "--help", "help", "hjälp"):
        print(usage())
        return 0 if argv else 2
    if argv[0] not in commands():
        raise Stop(_("Det finns inget kommando ”{name}”. Kör ./varn --help för att se vilka som finns.").format(name=argv[0]))
    module, _what = commands()[argv[0]]
    try:
        command = import_module(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise Stop(_("Kommandot ”{name}” är inte byggt ännu.").format(name=argv[0])) from None
    return int(command.main(argv[1:]))


def main(argv: list[str]) -> int:
    """Run one command; what can be expected to go wrong ends in one sentence, never in a traceback."""
    try:
        return dispatch(argv)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        print(_("Avbrutet."), file=sys.stderr)
        return 130
    except BrokenPipeError:  # `./varn routes | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if not is_full_disk(error):
            raise
        print(_(FULL_DISK), file=sys.stderr)
        return 2

"""`./varn bench`: how fast, beside the floor of a bare Django. The measures themselves are in bench/, outside the package."""

import sys
from importlib import import_module
from pathlib import Path

from varn.run.arguments import Arguments
from varn.run.language import _
from varn.run.stop import Stop

CHECKOUT = Path(__file__).parents[3]


def main(argv: list[str]) -> int:
    """Print the table; 0 whatever it shows."""
    parser = Arguments("bench", _("Mäter hur snabbt Värn är, jämfört med en tom Django på samma dator. Tar några minuter."))
    parser.add_argument("--json", action="store_true", help=_("svara som JSON"))
    parser.add_argument("--only", default="", metavar="NAMN,…", help=_("bara dessa mått, till exempel page,saving"))
    parser.add_argument("--rounds", type=int, default=5, help=_("omgångar för det som jämförs (5)"))
    parser.add_argument("--data", type=Path, help=_("mapp att spara mätningens demo i till nästa gång"))
    options = parser.parse_args(argv)
    if not (CHECKOUT / "bench" / "benchmark.py").exists():
        raise Stop(_("Mätningarna följer med källkoden. Kör kommandot i en utcheckning av Värn."))
    if options.rounds < 1:
        raise Stop(_("Minst en omgång behövs."))
    sys.path.insert(0, str(CHECKOUT))
    benchmark = import_module("bench.benchmark")
    return int(benchmark.main(as_json_text=options.json, only=options.only, rounds=options.rounds, data=options.data))

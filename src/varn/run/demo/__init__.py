"""`./varn demo`: Värn with made-up municipalities and people, on this machine only."""

import os
from pathlib import Path

from varn.run.arguments import Arguments
from varn.run.language import _
from varn.run.stop import Stop

PORT = 8000
CHECKOUT = Path(__file__).parents[4]


def main(argv: list[str]) -> int:
    """Run the demo until it is told to stop."""
    parser = Arguments("demo", _("Startar Värn med påhittade kommuner och människor, bara på den här datorn."))
    parser.add_argument("--port", type=int, default=PORT, help=_("port på localhost; 0 väljer en ledig (annars 8000)"))
    parser.add_argument("--data", type=Path, default=CHECKOUT / ".varn" / "demo", help=_("mapp för demons data"))
    parser.add_argument("--fresh", action="store_true", help=_("börja om: ta bort demons data först"))
    parser.add_argument("--split", action="store_true", help=_("kör rollerna public, member och staff som skilda processer"))
    parser.add_argument("--no-limits", action="store_true", help=_("lyft gränserna för hur ofta man får försöka"))
    options = parser.parse_args(argv)
    if os.environ.get("DATABASE_URL"):
        raise Stop(_("Demon kör bara mot sin egen databas, men DATABASE_URL är satt. Ta bort den ur miljön och försök igen."))
    if not 0 <= options.port <= 65535 - 2 * options.split:
        raise Stop(_("En port är ett tal mellan 0 och 65535."))
    from varn.run.demo.folder import open_folder
    from varn.run.demo.start import plan_for, run

    folder = open_folder(options.data, fresh=options.fresh)
    return run(plan_for(folder, options.port, split=options.split, no_limits=options.no_limits))

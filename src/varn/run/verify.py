"""`./varn verify`: is every organisation's trail whole, from its first entry and against what was told?"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from varn.run import settings_file
from varn.run.arguments import Arguments
from varn.run.language import _, wants_english
from varn.run.stop import Stop

if TYPE_CHECKING:
    from varn.audit.chain import Broken, Told


class Result(NamedTuple):
    name: str
    n_links: int
    broken: "Broken | None"


def main(argv: list[str]) -> int:
    """0 where all trails are whole, 1 where one is broken, 2 where it could not be seen."""
    parser = Arguments("verify", _("Kontrollerar att ingen har ändrat, tagit bort eller flyttat något i loggen."))
    parser.add_argument("--json", action="store_true", help=_("svara som JSON"))
    parser.add_argument("--env", type=Path, help=_("fil med inställningar"))
    parser.add_argument("--data", type=Path, help=_("en demos datamapp, i stället för inställningar"))
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="SLUG:POST:VÄRDE",
        help=_("ett dagsvärde ur ett brev till revisorerna; får upprepas"),
    )
    options = parser.parse_args(argv)
    told = heads(options.head)
    set_up(options.data, options.env)
    broken = 0
    for result in results(told):
        broken += result.broken is not None
        if not options.json:
            print(sentence(result), flush=True)
    if options.json:
        print(json.dumps({"trail": "broken" if broken else "whole"}))
    return 1 if broken else 0


def heads(texts: list[str]) -> dict[str, list[tuple[int, bytes]]]:
    """By slug. Raises Stop for what is no head."""
    found: dict[str, list[tuple[int, bytes]]] = {}
    for text in texts:
        slug, *rest = text.split(":")
        try:
            position, value = int(rest[0]), bytes.fromhex(rest[1])
            if len(value) != 32 or position < 1 or len(rest) != 2:
                raise ValueError
        except (IndexError, ValueError):
            raise Stop(
                _("”{text}” är inget dagsvärde. Skriv det som i brevet, till exempel granvik:120:9f86….").format(text=text)
            ) from None
        found.setdefault(slug, []).append((position, value))
    return found


def set_up(data: Path | None, env: Path | None) -> None:
    """Django as the application's own role, against a running demo or the installation in the environment."""
    if data:
        settings_file.become_demo(data)
    settings_file.load(env)
    settings_file.require_django()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    import django

    django.setup()


def results(told: Mapping[str, list[tuple[int, bytes]]]) -> Iterator[Result]:
    """One after the other, by name. Raises Stop for a head of an organisation that is not there, or no database."""
    from django.db import OperationalError
    from django.utils import timezone

    from varn.audit.queries import last_link, verify
    from varn.organisations.models import Organisation
    from varn.tenancy.within import within

    try:
        organisations = list(Organisation.objects.order_by("name"))
        if unknown := set(told) - {organisation.slug for organisation in organisations}:
            raise Stop(_("Det finns ingen organisation ”{slug}”.").format(slug=min(unknown)))
        for organisation in organisations:
            with within(organisation.pk):
                broken = verify(now=timezone.now(), told=_told(told.get(organisation.slug, [])))
                last = last_link()
            yield Result(organisation.name, last.position if last else 0, broken)
    except OperationalError:
        raise Stop(_("Databasen svarar inte. Kontrollera att den är igång.")) from None


def _told(heads: list[tuple[int, bytes]]) -> "list[Told]":
    from varn.audit.chain import Told

    return [Told(position, value) for position, value in heads]


def sentence(result: Result) -> str:
    """What was found, in the user's language."""
    if result.broken is None:
        return _("{name}: loggen är hel ({n} poster).").format(name=result.name, n=result.n_links)
    from varn.web.trailwords import BREAKS

    broken = result.broken
    why = BREAKS[broken.kind].in_language("en" if wants_english() else "sv").format(position=broken.position)
    words = _("{name}: loggen är BRUTEN. {why}").format(name=result.name, why=why)
    if broken.told_for:
        words += " " + _("Dagsvärdet är för {day}.").format(day=broken.told_for)
    return words + (" " + _("Tid: {at}.").format(at=broken.at[:16].replace("T", " ") + " UTC") if broken.at else "")

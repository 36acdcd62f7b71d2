"""`./varn verify`: is every organisation's trail whole, from its first entry and against what was told?

A trail outlives its organisation. Which those are only the owner of the database sees (a role of the application sees one
organisation's rows at a time), so they are looked for where VARN_OWNER_URL is set.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

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
    if options.data:
        os.environ.setdefault("VARN_OWNER_URL", settings_file.demo(options.data)["database"]["admin"])
    broken = 0
    for result in results(told):
        broken += result.broken is not None
        if not options.json:
            print(sentence(result), flush=True)
    if not options.json and not os.environ.get("VARN_OWNER_URL"):
        print(
            _(
                "Borttagna organisationers loggar är inte kontrollerade. "
                "De kräver owner.env, som ./varn init skrev: ange den med --env."
            )
        )
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
    """One after the other, by name, those of removed organisations last, by id.

    Raises Stop for a head of an organisation that is not there, or no database.
    """
    import psycopg
    from django.db import OperationalError

    from varn.organisations.models import Organisation

    try:
        trails = [Trail(one.pk, one.slug, one.name) for one in Organisation.objects.order_by("name")]
        trails += removed({trail.organisation for trail in trails})
        if unknown := set(told) - {trail.slug for trail in trails}:
            raise Stop(_("Det finns ingen organisation ”{slug}”.").format(slug=min(unknown)))
        yield from (result_of(trail, told.get(trail.slug, [])) for trail in trails)
    except (OperationalError, psycopg.OperationalError):
        raise Stop(_("Databasen svarar inte. Kontrollera att den är igång.")) from None


class Trail(NamedTuple):
    """Whose trail; `slug` is what a head names it by: the id of an organisation that was removed."""

    organisation: UUID
    slug: str
    name: str


# Steps from one organisation's rows to the next in the index, however many rows each has.
_ORGANISATIONS_WITH_A_TRAIL = """
WITH RECURSIVE found (id) AS (
  (SELECT organisation_id FROM {table} ORDER BY organisation_id LIMIT 1)
  UNION ALL
  SELECT (SELECT organisation_id FROM {table} WHERE organisation_id > found.id ORDER BY organisation_id LIMIT 1)
    FROM found WHERE found.id IS NOT NULL
)
SELECT id FROM found WHERE id IS NOT NULL
"""


def removed(there: Collection[UUID]) -> list[Trail]:
    """Trails of organisations that are no more; none without the owner's address."""
    import psycopg
    from django.db import connection
    from psycopg import sql

    url = os.environ.get("VARN_OWNER_URL")
    if not url:
        return []
    with psycopg.connect(url, dbname=connection.settings_dict["NAME"]) as owner:
        ids: set[UUID] = set()
        for table in ("audit_entry", "audit_link", "audit_head"):
            query = sql.SQL(_ORGANISATIONS_WITH_A_TRAIL).format(table=sql.Identifier(table))
            ids |= {row[0] for row in owner.execute(query)}
    return [Trail(pk, str(pk), _("Borttagen organisation {id}").format(id=pk)) for pk in sorted(ids - set(there))]


def result_of(trail: Trail, told: list[tuple[int, bytes]]) -> Result:
    from django.utils import timezone

    from varn.audit.queries import last_link, verify
    from varn.tenancy.within import within

    with within(trail.organisation):
        broken = verify(now=timezone.now(), told=_told(told))
        last = last_link()
    return Result(trail.name, last.position if last else 0, broken)


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

"""`./varn routes`: every address, for tools that drive Värn without knowing its insides."""

import json
import os
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from varn.run.arguments import Arguments
from varn.run.language import _
from varn.run.secret_files import new_secret

if TYPE_CHECKING:
    from varn.config.routes import Route


def main(argv: list[str]) -> int:
    """Needs no database: addresses stand in the code; examples come from the demo's objects."""
    parser = Arguments("routes", _("Visar alla adresser och vad de kräver."))
    parser.add_argument("--json", action="store_true", help=_("som JSON"))
    parser.add_argument("--data", type=Path, help=_("mapp för demons data: ger exempel på varje adress"))
    options = parser.parse_args(argv)
    found = [replace(route, example=example) for route, example in with_examples(_routes(), demo(options.data))]
    if options.json:
        print(json.dumps([route.as_json() for route in found], ensure_ascii=False, indent=1))
    else:
        for route in found:
            print(f"{route.access:24} {','.join(route.methods):24} {route.path}")
    return 0


def _routes() -> "list[Route]":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varn.config.settings")
    with tempfile.NamedTemporaryFile("w", suffix=".secret") as secret:
        secret.write(new_secret())
        secret.flush()
        nowhere = {
            "DATABASE_URL": "postgresql:///none",
            "VARN_SECRET_FILE": secret.name,
            "VARN_PUBLIC_URL": "http://localhost",
            "VARN_DATA": os.devnull,
            "VARN_MAIL": "maildir:/dev/null",
        }
        os.environ.update({name: value for name, value in nowhere.items() if name not in os.environ})
        import django

        django.setup()
    from varn.config.routes import routes

    return routes()


def demo(data: Path | None) -> list[str]:
    """Paths of the demo's objects and links."""
    if data is None:
        return []
    try:
        found: dict[str, Any] = json.loads((data / "demo.json").read_text("utf-8"))
    except FileNotFoundError:
        return []
    return [re.sub(r"^https?://[^/]+", "", thing["url"]) for thing in found.get("objects", []) + found.get("links", [])]


def with_examples(found: "list[Route]", paths: list[str]) -> "list[tuple[Route, str | None]]":
    """An address without parameters is its own example; the others take the first of the demo's that fits."""
    return [(route, _example(route.path, paths)) for route in found]


def _example(pattern: str, paths: list[str]) -> str | None:
    if not set(pattern) & set("<(^"):
        return pattern
    shape = re.compile("[^/]+".join(re.escape(part) for part in re.split(r"<[^>]+>", pattern)) + "$")
    return next((path for path in paths if shape.match(path)), None)

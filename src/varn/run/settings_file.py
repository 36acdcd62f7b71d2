"""Files of settings (NAME=value lines), as `./varn init` writes them, and where commands find theirs."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from varn.run.language import _
from varn.run.stop import Stop

REQUIRED = ("DATABASE_URL", "VARN_SECRET_FILE", "VARN_DATA", "VARN_PUBLIC_URL")


def read(file: Path) -> dict[str, str]:
    """The file's settings. Raises Stop, naming the line, for what is not KEY=value, and for a missing file."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Stop(_("Filen {file} går inte att läsa.").format(file=file)) from None
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise Stop(_("Rad {number} i {file} är inte skriven NAMN=värde.").format(number=number, file=file))
        found[name.strip()] = value.strip()
    return found


def written(settings: dict[str, str]) -> str:
    """The text of such a file. Raises Stop for a value that would not come back the same."""
    for name, value in settings.items():
        if value != value.strip() or "\n" in value:
            raise Stop(
                _("Värdet för {name} får inte innehålla radbrytning eller börja och sluta med blanksteg.").format(name=name)
            )
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def load(file: Path | None) -> None:
    """Put the file's settings into our environment; what is set there already stays."""
    if file:
        for name, value in read(file).items():
            os.environ.setdefault(name, value)


def demo(data: Path) -> dict[str, Any]:
    """demo.json of a running demo. Raises Stop where none runs."""
    try:
        found: dict[str, Any] = json.loads((data / "demo.json").read_text("utf-8"))
        os.kill(int(str(found["pid"])), 0)
    except (OSError, ValueError, KeyError):
        raise Stop(_("Ingen demo kör i {data}. Starta den med ./varn demo --data {data}").format(data=data)) from None
    return found


def owner_url() -> str:
    """VARN_OWNER_URL. Raises Stop without it."""
    url = os.environ.get("VARN_OWNER_URL")
    if not url:
        raise Stop(
            _(
                "VARN_OWNER_URL saknas: databasens adress för rollen varn_owner. "
                "Den står i owner.env, som ./varn init skrev; ange filen med --env."
            )
        )
    return url


def become_demo(data: Path) -> None:
    """Put into our environment what the running demo's own processes have."""
    found = demo(data)
    os.environ |= {
        "VARN_ROLE": "all",
        "VARN_DEMO": "1",
        "DATABASE_URL": found["database"]["app"],
        "VARN_SECRET_FILE": str(data.absolute() / "secrets" / "process-all"),
        "VARN_DATA": str(data.absolute()),
        "VARN_KEYS_DIR": str(data.absolute() / "keys"),
        **{f"VARN_{role.upper()}_URL": found[f"{role}_url"] for role in ("public", "member", "staff")},
    }


def missing(settings: Mapping[str, str]) -> list[str]:
    """Names without which no process starts."""
    return [name for name in REQUIRED if not settings.get(name)]


def require_django() -> None:
    """Raises Stop, naming them, where settings that every process needs are missing."""
    absent = missing(os.environ)
    if absent:
        raise Stop(
            _("Inställningar saknas: {names}. Ange filen som ./varn init skrev med --env.").format(names=", ".join(absent))
        )

"""`./varn serve`: Värn in production. One process per file of settings, kept alive together."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from varn.run import settings_file
from varn.run.arguments import Arguments
from varn.run.language import _
from varn.run.processes import Part
from varn.run.stop import Stop
from varn.run.supervisor import Supervisor
from varn.run.web_part import answers, clean_environment, is_taken, web_part, worker_part

READY_SECONDS = 60.0
WEB_ROLES = ("public", "member", "staff", "all")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def main(argv: list[str]) -> int:
    """Serve until told to stop."""
    parser = Arguments("serve", _("Kör Värn skarpt. Utan --env används miljöns inställningar."))
    parser.add_argument("--env", type=Path, action="append", help=_("fil med en process inställningar; får ges flera gånger"))
    options = parser.parse_args(argv)
    all_settings = [settings_file.read(file) for file in options.env] if options.env else [_own_settings()]
    parts = [_part(settings) for settings in all_settings]
    ports = {port_of(settings) for settings in all_settings if role_of(settings) != "worker"}
    for port in ports:
        if is_taken(port):
            raise Stop(_("Port {port} är upptagen. Ange en annan med VARN_PORT.").format(port=port))
    with Supervisor() as supervisor:
        for part in parts:
            supervisor.start(part)
        supervisor.wait(lambda: all(answers(port, "/halsa") for port in ports), seconds=READY_SECONDS)
        print(_("Värn kör: {names}").format(names=", ".join(part.name for part in parts)), flush=True)
        supervisor.watch()
    return 0


def _own_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name == "DATABASE_URL" or name.startswith("VARN_")}


def role_of(settings: Mapping[str, str]) -> str:
    return settings.get("VARN_ROLE", "all")


def port_of(settings: Mapping[str, str]) -> int:
    """VARN_PORT, 8000 if it is not set. Raises Stop for what is no port."""
    text = settings.get("VARN_PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(_("VARN_PORT är ett tal mellan 1 och 65535, inte {text}.").format(text=text))
    return int(text)


def own_url(settings: Mapping[str, str]) -> str:
    """The address that this process is reached at, as settings.py reads it."""
    public = settings.get("VARN_PUBLIC_URL", "")
    member = settings.get("VARN_MEMBER_URL", public)
    return {"public": public, "staff": settings.get("VARN_STAFF_URL", member)}.get(role_of(settings), member)


def refuse_plain_http(settings: Mapping[str, str]) -> None:
    """Raises Stop unless everything stays on this machine, or a proxy is said to end TLS."""
    if settings.get("VARN_PROXY_TLS") == "1":
        return
    if settings.get("VARN_HOST", "127.0.0.1") not in LOOPBACK or (urlsplit(own_url(settings)).hostname or "") not in LOOPBACK:
        raise Stop(
            _(
                "Värn talar bara okrypterad http och gör det inte utanför den här datorn. Ställ en proxy framför som sköter "
                "TLS, skicka X-Forwarded-Proto från den och sätt VARN_PROXY_TLS=1."
            )
        )


def _part(settings: Mapping[str, str]) -> Part:
    role = role_of(settings)
    absent = settings_file.missing(settings)
    if absent:
        raise Stop(_("Inställningar saknas: {names}.").format(names=", ".join(absent)))
    if role != "worker" and role not in WEB_ROLES:
        raise Stop(_("VARN_ROLE är public, member, staff, all eller worker, inte {role}.").format(role=role))
    environment = {**clean_environment(), **settings}
    environment.pop("VARN_OWNER_URL", None)  # what serves never holds the owner's password
    if role == "worker":
        return worker_part(environment, None)
    refuse_plain_http(settings)
    return web_part(role, settings.get("VARN_HOST", "127.0.0.1"), port_of(settings), environment, None)

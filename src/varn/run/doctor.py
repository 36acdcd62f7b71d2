"""`./varn doctor`: what is missing, what is insecure, and what a thief of this machine could read as it is set up."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from varn.run import settings_file
from varn.run.arguments import Arguments
from varn.run.finding import Finding, Level
from varn.run.language import _
from varn.run.machine_checks import LOOPBACK, check_machine, keys_apart, role_of
from varn.run.web_part import THREADS

OTHER_CONNECTIONS = 15  # the worker's, a command's, and those that PostgreSQL keeps for its administrator


def main(argv: list[str]) -> int:
    """0 when nothing is missing or insecure, else 1."""
    parser = Arguments("doctor", _("Säger vad som saknas, vad som är osäkert och vad en tjuv kunde läsa."))
    parser.add_argument("--env", type=Path, action="append", help=_("fil med en process inställningar; får ges flera gånger"))
    parser.add_argument("--data", type=Path, help=_("en demos datamapp, i stället för inställningar"))
    parser.add_argument("--json", action="store_true", help=_("svara som JSON"))
    options = parser.parse_args(argv)
    processes, files = _processes(options.env, options.data)
    findings = examine(processes, files, is_demo=bool(options.data))
    thief = what_a_thief_reads(processes)
    if options.json:
        rows = [{"level": it.level, "code": it.code, "text": it.text} for it in findings]
        print(json.dumps({"findings": rows, "thief": thief}, ensure_ascii=False, indent=1))
    else:
        print(report(findings, thief))
    return int(any(it.level in (Level.MISSING, Level.INSECURE) for it in findings))


def _processes(files: list[Path] | None, data: Path | None) -> tuple[list[Mapping[str, str]], list[Path]]:
    if data:
        before = dict(os.environ)
        settings_file.become_demo(data)
        demo = {name: value for name, value in os.environ.items() if name == "DATABASE_URL" or name.startswith("VARN_")}
        os.environ.clear()
        os.environ.update(before)
        return [demo], []
    if files:
        return [settings_file.read(file) for file in files], files
    own = {name: value for name, value in os.environ.items() if name == "DATABASE_URL" or name.startswith("VARN_")}
    return [own], []


def examine(processes: Sequence[Mapping[str, str]], files: Sequence[Path], *, is_demo: bool) -> list[Finding]:
    """All findings, the gravest first, each text once."""
    from varn.run.database_checks import check_database

    found = list(check_machine(processes, is_demo=is_demo))
    if not is_demo:
        found += keys_apart(processes)
    for file in files:
        if file.stat().st_mode & 0o077:
            text = _("Andra användare på datorn når {path}. Kör: chmod {mode} {path}").format(path=file, mode="600")
            found.append(Finding(Level.INSECURE, "mode", text))
    n_web = sum(role_of(settings) != "worker" for settings in processes)
    wanted = n_web * THREADS + OTHER_CONNECTIONS
    for settings in processes:
        if url := settings.get("DATABASE_URL"):
            found += check_database(role_of(settings), url, is_demo=is_demo, n_connections=wanted)
    order = list(Level)
    return sorted(dict.fromkeys(found), key=lambda it: order.index(it.level))


def what_a_thief_reads(processes: Sequence[Mapping[str, str]]) -> str:
    """What whoever takes this machine, switched off, could read. Disk encryption is not seen from here."""
    if not any(it.get("DATABASE_URL") for it in processes):
        return ""
    roles = {role_of(it) for it in processes}
    local = any((urlsplit(it.get("DATABASE_URL", "")).hostname or "localhost") in LOOPBACK for it in processes)
    keys = any(it.get("VARN_KEYS_DIR") for it in processes)
    said = [_("Om någon tar den här datorn avstängd, och disken inte är krypterad:")]
    if local:
        said.append(_("allt i databasen går att läsa: namn, adresser, bedömningar, åtgärder och hela loggen;"))
    else:
        said.append(_("lösenorden i inställningarna öppnar databasen från den här datorns nät, tills de byts;"))
    if keys:
        said.append(_("nycklarna ligger här, så även det som är förseglat går att öppna;"))
    else:
        said.append(_("det som är förseglat går inte att öppna: nycklarna finns inte här;"))
    if roles - {"public"}:
        said.append(_("koder för tvåstegsinloggning går att återskapa med processens hemlighet."))
    else:
        said.append(_("ingen kan logga in som någon annan med det som finns här."))
    return " ".join(said)


def report(findings: Sequence[Finding], thief: str) -> str:
    """The findings by level, and the thief."""
    heads: dict[Any, str] = {Level.MISSING: _("SAKNAS"), Level.INSECURE: _("OSÄKERT"), Level.ADVICE: _("RÅD")}
    lines = [f"{heads[it.level]:<9}{it.text}" for it in findings if it.level in heads]
    return "\n".join([*(lines or [_("Inget saknas och inget osäkert hittades.")]), "", thief])

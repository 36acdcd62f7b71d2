"""What `./varn doctor` sees without the database: settings, secrets, folders, addresses."""

import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from varn.run.finding import Finding, Level
from varn.run.language import _
from varn.run.settings_file import missing

LOOPBACK = ("127.0.0.1", "::1", "localhost")
Settings = Mapping[str, str]


def check_machine(processes: Sequence[Settings], *, is_demo: bool) -> Iterator[Finding]:
    """Findings about each process's settings and about all of them together."""
    for settings in processes:
        yield from _settings(settings, is_demo=is_demo)
        yield from _addresses(settings, is_demo=is_demo)
    yield from _secrets(processes)
    yield from _folders(processes)


def role_of(settings: Settings) -> str:
    return settings.get("VARN_ROLE", "all")


def _settings(settings: Settings, *, is_demo: bool) -> Iterator[Finding]:
    role = role_of(settings)
    for name in missing(settings):
        yield Finding(Level.MISSING, "setting", _("{role}: {name} är inte satt.").format(role=role, name=name))
    if "VARN_OWNER_URL" in settings and role != "worker":
        text = _("{role}: har ägarens lösenord till databasen (VARN_OWNER_URL). Ta bort det; det hör till owner.env.")
        yield Finding(Level.INSECURE, "owner_url", text.format(role=role))
    if "VARN_KEYS_DIR" in settings and role in ("public", "member"):
        text = _("{role}: vet var nycklarna finns. Ta bort VARN_KEYS_DIR ur dess inställningar.")
        yield Finding(Level.INSECURE, "keys_known", text.format(role=role))
    if settings.get("VARN_DEMO") == "1" and not is_demo:
        yield Finding(Level.INSECURE, "demo", _("{role}: VARN_DEMO=1 hör inte hemma i skarp drift.").format(role=role))
    if settings.get("VARN_MAIL", "maildir:").startswith("maildir:") and not is_demo:
        yield Finding(Level.ADVICE, "mail", _("{role}: mejl läggs i en mapp och skickas inte. Sätt VARN_MAIL.").format(role=role))


def _addresses(settings: Settings, *, is_demo: bool) -> Iterator[Finding]:
    for name in ("VARN_PUBLIC_URL", "VARN_MEMBER_URL", "VARN_STAFF_URL"):
        parts = urlsplit(settings.get(name, ""))
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            text = _("{name} är http: allt går att avlyssna. Ställ en proxy med TLS framför och ange https.")
            yield Finding(Level.INSECURE, "plain_http", text.format(name=name))
        if parts.scheme == "https" and settings.get("VARN_PROXY_TLS") != "1" and role_of(settings) != "worker":
            text = _("{name} är https, men VARN_PROXY_TLS=1 saknas: ./varn serve vägrar starta.")
            yield Finding(Level.MISSING, "proxy", text.format(name=name))
    database = urlsplit(settings.get("DATABASE_URL", ""))
    mode = parse_qs(database.query).get("sslmode", ["prefer"])[0]
    if database.hostname and database.hostname not in LOOPBACK and mode not in ("require", "verify-ca", "verify-full"):
        text = _("{role}: databasen står på en annan dator och anslutningen kan vara okrypterad. Lägg till ?sslmode=verify-full.")
        yield Finding(Level.INSECURE, "database_tls", text.format(role=role_of(settings)))


def _secrets(processes: Sequence[Settings]) -> Iterator[Finding]:
    holders: dict[str, str] = {}
    for settings in processes:
        role, name = role_of(settings), settings.get("VARN_SECRET_FILE", "")
        if not name:
            continue
        file = Path(name)
        if not file.is_file():
            yield Finding(Level.MISSING, "secret", _("{role}: filen {file} saknas.").format(role=role, file=file))
            continue
        text = file.read_text("utf-8", "replace").strip()
        if len(text) < 64:
            yield Finding(Level.INSECURE, "weak_secret", _("{role}: hemligheten är för kort. Gör en ny.").format(role=role))
        if text in holders:
            text_ = _("{role} och {other} har samma hemlighet. Ge var och en sin.")
            yield Finding(Level.INSECURE, "shared_secret", text_.format(role=role, other=holders[text]))
        holders[text] = role
        yield from _private(file)


def _folders(processes: Sequence[Settings]) -> Iterator[Finding]:
    data = {Path(it["VARN_DATA"]) for it in processes if it.get("VARN_DATA")}
    keys = {Path(it["VARN_KEYS_DIR"]) for it in processes if it.get("VARN_KEYS_DIR")}
    for folder in sorted(data | keys):
        if not folder.is_dir():
            yield Finding(Level.MISSING, "folder", _("Mappen {folder} saknas.").format(folder=folder))
        else:
            yield from _private(folder)
    for folder in sorted(keys):
        yield from (finding for file in sorted(folder.rglob("*")) for finding in _private(file))


def _private(path: Path) -> Iterator[Finding]:
    if stat.S_IMODE(path.stat().st_mode) & 0o066:  # passing through a folder is harmless
        mode = "700" if path.is_dir() else "600"
        text = _("Andra användare på datorn når {path}. Kör: chmod {mode} {path}").format(path=path, mode=mode)
        yield Finding(Level.INSECURE, "mode", text)


def keys_apart(processes: Sequence[Settings]) -> Iterator[Finding]:
    """Keys inside the folder of files come along in its backup, and then a copy opens itself."""
    for settings in processes:
        keys, data = settings.get("VARN_KEYS_DIR"), settings.get("VARN_DATA")
        if keys and data and Path(keys).is_relative_to(Path(data)):
            text = _("Nycklarna ligger i mappen för filer och följer med när den kopieras. Flytta {keys} ut ur {data}.")
            yield Finding(Level.INSECURE, "keys_with_data", text.format(keys=keys, data=data))
            return

"""`./varn backup`: database and files in one folder, with a proof of what they hold. Keys are never in it."""

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from varn.run import postgres, settings_file
from varn.run.arguments import Arguments
from varn.run.clients import call
from varn.run.language import _
from varn.run.proof import proof
from varn.run.secret_files import write_private
from varn.run.stop import Stop, is_full_disk

FORMAT = 1
DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"


def main(argv: list[str]) -> int:
    """Back up into a new folder."""
    parser = Arguments("backup", _("Säkerhetskopierar databas och filer till en ny mapp. Nycklar och hemligheter är aldrig med."))
    parser.add_argument("folder", nargs="?", type=Path, help=_("ny mapp (annars varn-<tid> här)"))
    parser.add_argument("--env", type=Path, help=_("fil med inställningar (owner.env)"))
    parser.add_argument("--data", type=Path, help=_("en demos datamapp, i stället för inställningar"))
    options = parser.parse_args(argv)
    url, files = source(options.env, options.data)
    folder = options.folder or Path(f"varn-{datetime.now(UTC):%Y-%m-%dT%H%M%S}")
    print(_("Säkerhetskopierar till {folder} …").format(folder=folder), flush=True)
    made = backup(url, files, folder.absolute())
    rows = sum(table["rows"] for table in made["tables"].values())
    print(
        _("Klart: {tables} tabeller med {rows} rader och {files} filer.").format(
            tables=len(made["tables"]), rows=rows, files=len(made["files"])
        )
    )
    print(
        _("Nycklar (VARN_KEYS_DIR) och processernas hemligheter är INTE med. Kopiera dem för sig och förvara dem på annat håll.")
    )
    return 0


def source(env: Path | None, data: Path | None) -> tuple[str, Path]:
    """Owner's URL and the folder of files, from settings or from a running demo."""
    import os

    if data:
        found: Any = settings_file.demo(data)
        return str(found["database"]["admin"]), Path(found["paths"]["files"])
    settings_file.load(env)
    if "VARN_DATA" not in os.environ:
        raise Stop(_("VARN_DATA saknas: mappen med Värns filer."))
    return settings_file.owner_url(), Path(os.environ["VARN_DATA"]) / "files"


def backup(url: str, files: Path, folder: Path) -> dict[str, Any]:
    """Write the folder (mode 0700), whole or not at all, and return its manifest. Dump and proof see the same moment."""
    half = folder.with_name(folder.name + ".half")
    if folder.exists():
        raise Stop(_("{folder} finns redan. Välj ett annat namn.").format(folder=folder))
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700, parents=True)
    try:
        with connected(url) as connection:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            row = connection.execute("SELECT pg_export_snapshot()").fetchone()
            arguments: list[str | Path] = ["-Fc", "--snapshot", str(row[0] if row else ""), "--file", half / DUMP]
            succeeded(call(program("pg_dump", connection.info.server_version), arguments, url))
            tables = proof(connection)
            version = connection.info.server_version
        shutil.copytree(files, half / FILES)
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "server_version": version,
            "keys": "not included",
            "tables": tables,
            "files": file_hashes(half / FILES),
        }
        write_private(half / MANIFEST, json.dumps(manifest, indent=1) + "\n")
        (half / DUMP).chmod(0o600)
        half.rename(folder)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return manifest


def connected(url: str) -> psycopg.Connection[Any]:
    """A connection. Raises Stop where the database does not answer."""
    try:
        return psycopg.connect(url, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise Stop(_("Databasen svarar inte: {reason}").format(reason=str(error).strip().splitlines()[-1]), code=1) from None


def program(name: str, server_version: int) -> Path:
    """The embedded program, or the system's where the server is newer. Raises Stop where that is too old as well."""
    own = postgres.binaries() / name
    if server_version < 190000:
        return own
    found = shutil.which(name)
    if not found:
        raise Stop(_("Databasen är nyare än Värns {name}. Installera postgresql-client i samma version.").format(name=name))
    return Path(found)


def succeeded(done: Any) -> None:
    """Raises Stop with PostgreSQL's own last words if the program failed."""
    if done.returncode == 0:
        return
    if is_full_disk(done.stderr):
        raise Stop(_("Disken är full. Frigör plats och kör kommandot igen; inget är halvsparat."))
    raise Stop("\n".join(done.stderr.strip().splitlines()[-5:]), code=1)


def file_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 (hex) by path within the folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): _sha256(path) for path in found}


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

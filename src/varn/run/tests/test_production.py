"""An installation from nothing: init, doctor, serve, backup, restore, verify, against a real PostgreSQL."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from varn.run import postgres, settings_file
from varn.run.database_checks import check_database
from varn.run.web_part import answers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("production")]


@dataclass
class Installation:
    admin: str
    into: Path
    data: Path

    def varn(self, *words: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("VARN_", "DATABASE_", "DJANGO_"))}
        command = [sys.executable, "-m", "varn", *map(str, words)]
        return subprocess.run(command, env={**kept, **settings}, capture_output=True, text=True, check=False)

    def env(self, name: str) -> Path:
        return self.into / f"{name}.env"

    def findings(self, *names: str) -> dict[str, str]:
        files = [word for name in names for word in ("--env", str(self.env(name)))]
        told = json.loads(self.varn("doctor", "--json", *files).stdout)
        return {it["code"]: it["text"] for it in told["findings"] if it["level"] in ("missing", "insecure")}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    with postgres.fleeting() as admin:
        installation = Installation(admin, folder / "etc", folder / "data")
        answers_file = folder / "answers"
        port = postgres.free_port()
        answers_file.write_text(
            f"admin_url={admin}\ndata={folder / 'data'}\nkeys={folder / 'keys'}\npublic_url=http://localhost:{port}\n"
            "mail_from=varn@granvik.example\norganisation=Granviks kommun\nslug=granvik\ngiven_name=Bo\n"
            "family_name=Exempelsson\nemail=bo@granvik.example\n"
        )
        done = installation.varn("init", "--answers", answers_file, "--into", folder / "etc", "--split")
        assert done.returncode == 0, done.stderr
        assert f"http://localhost:{port}/l/" in done.stdout
        for name in ("public", "member", "staff"):
            file = installation.env(name)
            file.write_text(re.sub(r"VARN_PORT=\d+", f"VARN_PORT={postgres.free_port()}", file.read_text()))
        yield installation


def test_init_writes_settings_and_secrets_for_their_owner_only(installed: Installation) -> None:
    files = [*installed.into.glob("*.env"), *(installed.into / "secrets").iterdir()]
    assert {file.stem for file in installed.into.glob("*.env")} == {"owner", "public", "member", "staff", "worker"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert "varn_public" in settings_file.read(installed.env("public"))["DATABASE_URL"]
    assert not [name for name in ("public", "member", "staff", "worker") if "varn_owner" in installed.env(name).read_text()]


def test_init_again_keeps_secrets_and_makes_no_second_organisation(installed: Installation, tmp_path: Path) -> None:
    before = installed.env("staff").read_text()
    again = tmp_path / "etc"
    shutil.copytree(installed.into, again)
    words = ["init", "--answers", str(installed.into.parent / "answers"), "--into", str(again), "--split"]
    done = installed.varn(*words)
    assert done.returncode == 0, done.stderr
    assert "/l/" not in done.stdout
    password = settings_file.read(again / "staff.env")["DATABASE_URL"]
    assert password in before


def test_the_doctor_finds_a_new_installation_sound(installed: Installation) -> None:
    assert set(installed.findings("public", "member", "staff", "worker")) <= {"database_log"}  # the test server's own settings


def test_the_doctor_names_what_is_wrong(installed: Installation, tmp_path: Path) -> None:
    bad = Installation(installed.admin, tmp_path, installed.data)
    settings = settings_file.read(installed.env("staff"))
    settings |= {"VARN_PUBLIC_URL": "http://varn.granvik.example", "VARN_OWNER_URL": "x", "VARN_DEMO": "1"}
    settings |= {"DATABASE_URL": installed.admin.replace("/postgres", "/varn")}
    bad.env("staff").write_text(settings_file.written(settings))
    public = {**settings, "VARN_ROLE": "public", "VARN_KEYS_DIR": str(installed.data / "files")}
    bad.env("public").write_text(settings_file.written(public))
    os.chmod(bad.env("staff"), 0o644)
    found = bad.findings("staff", "public")
    wanted = {
        "plain_http",
        "owner_url",
        "demo",
        "strong_role",
        "public_role",
        "shared_secret",
        "keys_known",
        "mode",
        "keys_with_data",
    }
    assert wanted <= set(found)


def test_the_doctor_counts_the_connections_that_all_threads_hold(installed: Installation) -> None:
    url = settings_file.read(installed.env("staff"))["DATABASE_URL"]
    assert "connections" not in {it.code for it in check_database("staff", url, is_demo=False, n_connections=50)}
    assert "connections" in {it.code for it in check_database("staff", url, is_demo=False, n_connections=9_999)}


def test_it_serves_and_stops(installed: Installation) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "varn", "serve", "--env", installed.env("public"), "--env", installed.env("worker")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        assert process.stdout.readline().startswith("Värn kör: public, worker")
        assert answers(int(settings_file.read(installed.env("public"))["VARN_PORT"]), "/redo")
        began = time.monotonic()
        process.terminate()
        assert process.wait(10) == 0
        assert time.monotonic() - began < 5
    finally:
        process.kill()
        process.wait()


def test_what_is_backed_up_comes_back_equal_in_every_row_and_file(installed: Installation, tmp_path: Path) -> None:
    (installed.data / "files" / "bilaga").write_bytes(b"\0\1\2")
    backup = tmp_path / "kopia"
    done = installed.varn("backup", backup, "--env", installed.env("owner"))
    assert done.returncode == 0, done.stderr
    assert "INTE med" in done.stdout
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    verified = installed.varn("restore", backup, "--verify")
    assert verified.returncode == 0, verified.stderr
    manifest = json.loads((backup / "manifest.json").read_text())
    assert manifest["tables"]["organisations_organisation"]["rows"] == 1
    assert list(manifest["files"]) == ["bilaga"]
    refused = installed.varn("restore", backup, "--env", installed.env("owner"))
    assert refused.returncode == 2
    assert "inte tom" in refused.stderr


def test_a_backup_that_was_changed_is_found_out(installed: Installation, tmp_path: Path) -> None:
    backup = tmp_path / "kopia"
    assert installed.varn("backup", backup, "--env", installed.env("owner")).returncode == 0
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["tables"]["organisations_person"]["sha256"] = "0" * 64
    (backup / "manifest.json").write_text(json.dumps(manifest))
    verified = installed.varn("restore", backup, "--verify")
    assert verified.returncode == 1
    assert "organisations_person" in verified.stderr


def test_no_key_or_secret_is_in_a_backup(installed: Installation, tmp_path: Path) -> None:
    backup = tmp_path / "kopia"
    assert installed.varn("backup", backup, "--env", installed.env("owner")).returncode == 0
    secrets = [file.read_bytes().strip() for file in (installed.into / "secrets").iterdir()]
    for file in (path for path in backup.rglob("*") if path.is_file()):
        assert not [it for it in secrets if it in file.read_bytes()]


def test_the_trail_of_a_new_installation_is_whole(installed: Installation) -> None:
    done = installed.varn("verify", "--json", "--env", installed.env("staff"))
    assert (done.returncode, json.loads(done.stdout)) == (0, {"trail": "whole"}), done.stderr


def test_migrating_again_changes_nothing(installed: Installation) -> None:
    done = installed.varn("migrate", "--env", installed.env("owner"))
    assert done.returncode == 0, done.stderr
    with psycopg.connect(installed.admin, dbname="varn") as connection:
        row = connection.execute("SELECT count(*) FROM organisations_organisation").fetchone()
    assert row == (1,)

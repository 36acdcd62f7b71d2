"""`./varn`, the launcher, with stand-ins for uv and Python."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).parents[4] / "varn"
TOOLS = ("sh", "cat", "cmp", "dirname", "id", "rm", "cp", "mkdir", "chmod")
UV = """#!/bin/sh
[ "$1" = --version ] && {{ echo "uv {version} (somewhere)"; exit; }}
echo "$*" >> "{calls}"
mkdir -p .venv/bin; printf '#!/bin/sh\\necho "$@"\\n' > .venv/bin/python; chmod +x .venv/bin/python
"""


class Clone:
    """A clone in a folder with a space and an å, and a machine with only the tools named above."""

    def __init__(self, folder: Path) -> None:
        self.path, self.bin, self.calls = folder / "en klon på skrivbordet", folder / "bin", folder / "calls"
        self.path.mkdir()
        self.bin.mkdir()
        shutil.copy(LAUNCHER, self.path)
        (self.path / "uv.lock").write_text("version = 1\n")
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)

    def has_uv(self, version: str, place: Path | None = None) -> None:
        uv = place or self.bin / "uv"
        uv.parent.mkdir(parents=True, exist_ok=True)
        uv.write_text(UV.format(version=version, calls=self.calls))
        uv.chmod(0o755)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.path / "varn"), *words]
        return subprocess.run(command, cwd="/", env={"PATH": str(self.bin)}, capture_output=True, text=True, check=False)

    def uv_calls(self) -> list[str]:
        return self.calls.read_text().splitlines() if self.calls.exists() else []


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_the_first_start_makes_the_environment_and_the_next_does_not(clone: Clone) -> None:
    clone.has_uv("0.9.1")
    first = clone.run("demo", "--data", "en mapp")
    assert first.stdout == "-m varn demo --data en mapp\n"
    assert "första gången" in first.stderr
    second = clone.run("demo")
    assert (second.stdout, second.stderr) == ("-m varn demo\n", "")
    assert clone.uv_calls() == ["sync --frozen --quiet --no-dev --inexact"]


def test_only_those_who_work_on_it_get_the_development_tools_and_they_stay(clone: Clone) -> None:
    clone.has_uv("1.0.0")
    clone.run("test")
    clone.run("demo")
    clone.run("test")
    assert clone.uv_calls() == ["sync --frozen --quiet"]


def test_a_new_lock_file_or_a_moved_folder_makes_the_environment_anew(clone: Clone) -> None:
    clone.has_uv("0.9.1")
    clone.run("demo")
    (clone.path / "uv.lock").write_text("version = 2\n")
    clone.run("demo")
    clone.path = clone.path.rename(clone.path.with_name("flyttad"))
    clone.run("demo")
    assert len(clone.uv_calls()) == 3


def test_a_uv_that_is_too_old_is_passed_by(clone: Clone) -> None:
    clone.has_uv("0.4.30")
    clone.has_uv("0.13.9", clone.path / ".varn" / "uv" / "bin" / "uv")
    (clone.bin / "uv").write_text((clone.bin / "uv").read_text().replace('echo "$*"', "exit 9; echo"))
    assert clone.run("demo").returncode == 0


def test_without_python_one_command_is_named(clone: Clone) -> None:
    done = clone.run("demo")
    assert done.returncode == 2
    assert "apt-get install -y python3 python3-venv" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_failed_set_up_is_not_taken_for_a_finished_one(clone: Clone) -> None:
    clone.has_uv("0.9.1")
    uv = clone.bin / "uv"
    uv.write_text(uv.read_text() + "exit 1\n")
    assert clone.run("demo").returncode == 2
    assert clone.run("demo").returncode == 2
    assert len(clone.uv_calls()) == 2


def test_it_is_plain_posix_shell() -> None:
    assert LAUNCHER.read_text().startswith("#!/bin/sh\n")
    assert os.access(LAUNCHER, os.X_OK)
    assert subprocess.run(["sh", "-n", LAUNCHER], check=False).returncode == 0

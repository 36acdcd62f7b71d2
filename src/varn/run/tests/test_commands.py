"""The command line: help, unknown commands, settings files, answers."""

import subprocess
import sys
from pathlib import Path

import pytest

from varn.run import settings_file
from varn.run.cli import commands, main
from varn.run.init import answered
from varn.run.serve import refuse_plain_http
from varn.run.stop import Stop

ANSWERS = {
    "admin_url": "postgresql://admin:hemligt@localhost/postgres",
    "public_url": "https://varn.granvik.example",
    "mail_from": "varn@granvik.example",
    "organisation": "Granviks kommun",
    "slug": "granvik",
    "given_name": "Bo",
    "family_name": "Exempelsson",
    "email": "bo@granvik.example",
}


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in commands())


def test_without_a_command_help_is_shown_and_the_exit_code_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Kommandon" in capsys.readouterr().out


def test_an_unknown_command_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demmo"]) == 2
    assert "inget kommando ”demmo”" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["demo", "--prot", "1"], ["demo", "--port", "åtta"], ["demo", "--port", "70000"], ["restore"]])
def test_a_mistyped_option_gets_a_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    shown = capsys.readouterr().err
    assert shown
    assert "Traceback" not in shown


def test_every_command_explains_itself_without_settings_or_database() -> None:
    for name in set(commands()) - {"test", "worker"}:
        done = subprocess.run([sys.executable, "-m", "varn", name, "--help"], env={}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (name, done.stderr)


def test_settings_come_back_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "all.env"
    settings = {"VARN_MAIL": "smtp://a:b=c@mail.example:25", "VARN_DATA": "/srv/mapp med blanksteg"}
    file.write_text("# Värn\n\n" + settings_file.written(settings))
    assert settings_file.read(file) == settings


def test_a_line_that_is_no_setting_is_named(tmp_path: Path) -> None:
    file = tmp_path / "all.env"
    file.write_text("VARN_ROLE=all\nexport VARN_DATA\n")
    with pytest.raises(Stop, match="Rad 2"):
        settings_file.read(file)


def test_a_setting_cannot_smuggle_in_another() -> None:
    with pytest.raises(Stop, match="radbrytning"):
        settings_file.written({"VARN_MAIL_FROM": "a@b.example\nVARN_DEMO=1"})


def test_what_is_not_answered_follows_from_what_is() -> None:
    answers = answered(ANSWERS, ask=None)
    assert answers["staff_url"] == answers["member_url"] == "https://varn.granvik.example"
    assert answers["mail"] == "maildir:/var/lib/varn/mail"


def test_all_missing_answers_are_named_at_once() -> None:
    with pytest.raises(Stop) as stopped:
        answered({**ANSWERS, "slug": "Granvik!", "email": "bo", "kind": "stad"}, ask=None)
    assert all(f"--{name}" in str(stopped.value) for name in ("slug", "email", "kind"))
    assert "--given-name" not in str(stopped.value)


@pytest.mark.parametrize(
    "settings",
    [
        {"VARN_PUBLIC_URL": "https://varn.granvik.example"},
        {"VARN_PUBLIC_URL": "http://varn.granvik.example"},
        {"VARN_PUBLIC_URL": "http://localhost:8000", "VARN_HOST": "0.0.0.0"},
    ],
)
def test_plain_http_stays_on_this_machine(settings: dict[str, str]) -> None:
    with pytest.raises(Stop, match="VARN_PROXY_TLS"):
        refuse_plain_http(settings)
    refuse_plain_http({**settings, "VARN_PROXY_TLS": "1"})


def test_on_the_loopback_address_plain_http_is_served() -> None:
    refuse_plain_http({"VARN_PUBLIC_URL": "http://localhost:8000"})

"""One split demo for all tests that ask real processes, and everybody in it logged in."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.visitor import Visitor

START_SECONDS = 150.0  # a busy machine makes and fills the database
PAUSE = threading.Event().wait  # between looks: what is waited for runs in other processes


@dataclass
class Split:
    """A running demo: what its demo.json says, and a visitor for each account, logged in where it belongs."""

    data: Path
    told: dict[str, Any]
    visitors: dict[str, Visitor] = field(default_factory=dict)

    def origin(self, role: str) -> str:
        return str(self.told[f"{role}_url"])

    def account(self, role: str, slug: str) -> dict[str, Any]:
        return next(it for it in self.accounts() if role in it["roles"] and slug == it["organisation"])

    def accounts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.told["accounts"]
        return found

    def link(self, state: str) -> str:
        return next(str(it["url"]) for it in self.told["links"] if it["state"] == state)

    def tokens(self) -> list[str]:
        """Of every link: what opens it."""
        return [str(it["url"]).rpartition("/")[2].removesuffix(".ics") for it in self.told["links"]]

    def pid(self, name: str) -> int:
        return next(int(it["pid"]) for it in self.told["processes"] if it["name"] == name)

    def written(self) -> str:
        """All that stands in logs, temp files and the mail's headers but To."""
        paths = self.told["paths"]
        files = [Path(it) for it in paths["logs"]] + [it for folder in paths["temp"] for it in Path(folder).rglob("*")]
        return "\n".join([*(it.read_text("utf-8", "replace") for it in files if it.is_file()), *self.mail_headers()])

    def mail_headers(self) -> Iterator[str]:
        for mail in Path(self.told["paths"]["mail"]).rglob("*"):
            if mail.is_file():
                head = mail.read_text("utf-8", "replace").partition("\n\n")[0]
                yield "\n".join(line for line in head.splitlines() if not line.startswith("To:"))


@contextmanager
def split_demo(data: Path) -> Iterator[Split]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VARN_", "DATABASE_", "DJANGO_"))}
    command = [sys.executable, "-m", "varn", "demo", "--data", str(data), "--port", "0", "--split"]
    process = subprocess.Popen(command, env=kept, stdout=subprocess.DEVNULL)
    try:
        assert soon(lambda: "worker" in _names(data), START_SECONDS, process), "the demo did not get ready"
        yield Split(data, json.loads((data / "demo.json").read_text()))
    finally:
        process.terminate()
        process.wait(15)


def _names(data: Path) -> list[str]:
    try:
        return [it["name"] for it in json.loads((data / "demo.json").read_text())["processes"]]
    except FileNotFoundError:
        return []


def soon(holds: Callable[[], bool], seconds: float, process: subprocess.Popen[Any] | None = None) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and (process is None or process.poll() is None):
        if holds():
            return True
        PAUSE(0.1)
    return False


def log_everybody_in(demo: Split) -> None:
    """Accounts with cases on staff, all others on member: whichever lets them in."""

    def enter(account: dict[str, Any]) -> tuple[str, Visitor]:
        for role in ("staff", "member") if account["totp_secret"] else ("member", "staff"):
            visitor = Visitor(demo.origin(role))
            visitor.log_in(account["email"], account["password"], account["totp_secret"])
            if visitor.is_somebody():
                return account["email"], visitor
        raise AssertionError(f"{account['email']} is let in nowhere")

    with ThreadPoolExecutor(4) as pool:
        demo.visitors = dict(pool.map(enter, demo.accounts()))

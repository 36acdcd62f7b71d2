"""Secrets of processes and database roles: 32 random bytes as hex text, one file each, mode 0600."""

import os
import secrets
from pathlib import Path


def new_secret() -> str:
    """32 random bytes as 64 hex digits."""
    return secrets.token_hex(32)


def secret(file: Path) -> str:
    """The secret in `file`, made there the first time."""
    try:
        return file.read_text("ascii").strip()
    except FileNotFoundError:
        write_private(file, new_secret() + "\n")
        return file.read_text("ascii").strip()


def write_private(file: Path, text: str) -> None:
    """Write the file whole or not at all, mode 0600 from its first byte."""
    half = file.with_name(f".{file.name}.half")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    half.replace(file)

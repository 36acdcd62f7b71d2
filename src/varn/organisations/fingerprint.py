"""Tells whether what a page showed has changed since. Pure.

The form carries the fingerprint of what it showed (a row's fields, or all that an import would do); the act compares it
with what is there now.
"""

import hashlib
from collections.abc import Iterable, Mapping


def fingerprint(values: Mapping[str, object]) -> str:
    """The same for the same values in any order. Empty and missing (None, "") are alike."""
    return fingerprint_of(f"{name}={'' if values[name] is None else values[name]}" for name in sorted(values))


def fingerprint_of(lines: Iterable[str]) -> str:
    """32 hex digits, of lines in their order."""
    digest = hashlib.blake2b(digest_size=16)
    for line in lines:
        digest.update(line.encode() + b"\x1f")
    return digest.hexdigest()

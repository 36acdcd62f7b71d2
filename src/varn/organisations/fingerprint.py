"""Tells whether a row was changed since a form was opened. Pure.

The form carries the fingerprint of what it showed; the act compares it with the row it has locked.
"""

import hashlib
from collections.abc import Mapping


def fingerprint(values: Mapping[str, object]) -> str:
    """32 hex digits; the same for the same values in any order. Empty and missing (None, "") are alike."""
    lines = (f"{name}={'' if values[name] is None else values[name]}" for name in sorted(values))
    return hashlib.blake2b("\x1f".join(lines).encode(), digest_size=16).hexdigest()

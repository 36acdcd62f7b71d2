"""How many guest assessments may be saved, counted in this process's memory. Pure: `now` is seconds of a steady clock.

The public process's database role counts nothing, and no address is kept: a count stands under an HMAC whose key changes
every day. The narrow limits hold for one network, wide enough for a class-room; the wide ones keep the table small.
"""

from collections.abc import Sequence
from threading import Lock

from varn.accounts.limits import Limit

_NETWORK, _ALL = frozenset({"network"}), frozenset[str]()
SAVED = (
    Limit("guest", _NETWORK, 30, 60),
    Limit("guest", _NETWORK, 300, 86_400),
    Limit("guest", _ALL, 120, 60),
    Limit("guest", _ALL, 3_000, 86_400),
)
_MOST_KEYS = 10_000  # a count under each; at most some megabytes


class Pace:
    """Counts by key in windows that begin with the first try."""

    def __init__(self) -> None:
        self._counts: dict[str, tuple[float, int]] = {}
        self._lock = Lock()

    def spend(self, tries: Sequence[tuple[Limit, str]], now: float) -> float:
        """0 when all limits let one more through, and it is counted; else the seconds until one more is let through."""
        with self._lock:
            if wait := max((self._wait(limit, key, now) for limit, key in tries), default=0.0):
                return wait
            for limit, key in tries:
                ends, n = self._counts.get(key, (0.0, 0))
                self._counts[key] = (ends, n + 1) if ends > now else (now + limit.seconds, 1)
            if len(self._counts) > _MOST_KEYS:
                self._counts = {key: kept for key, kept in self._counts.items() if kept[0] > now}
            return 0.0

    def _wait(self, limit: Limit, key: str, now: float) -> float:
        ends, n = self._counts.get(key, (0.0, 0))
        return ends - now if ends > now and n >= limit.n_most else 0.0

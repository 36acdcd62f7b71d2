"""Titles that may be of one matter: proposed to a person, never decided. Pure.

Compared by beginnings of words, since Swedish inflects at the end ("skolan", "skolans") and writes compounds as one word.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

K = TypeVar("K")
_STEM = 6  # letters: "skolst|rukturen" and "skolst|ruktur"
_WORD = re.compile(r"[a-zåäöéü]{3,}|\d{3,}")
_LIKE = 0.6  # share of the rarer words that both have; tried on real agendas' titles
_STOPS = frozenset(
    word[:_STEM]
    for word in (
        *("samt", "från", "till", "inom", "över", "angående", "gällande", "avseende", "för", "och", "med", "den", "det", "att"),
        *("som", "vid", "svar", "motion", "medborgarförslag", "yttrande", "remiss", "förslag", "ansökan", "beslut"),
        *("information", "revidering", "antagande", "kommun", "region"),
    )
)


def words(title: str) -> frozenset[str]:
    """The beginnings of the words that say what a matter is about."""
    found = _WORD.findall(title.casefold())
    return frozenset(word[:_STEM] for word in found) - _STOPS


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0 (nothing in common) .. 1; at least two words in common, since one word is a subject and not a matter."""
    both = one & other
    if len(both) < min(2, len(one), len(other)) or not both:
        return 0.0
    return len(both) / len(one | other) if len(both) > 1 else float(one == other)


def proposals(titles: Sequence[str], known: Iterable[tuple[K, str]]) -> Mapping[int, K]:
    """By place in `titles`, the known matter that is most like it, if any is like enough. First of equals wins."""
    bags = {key: words(title) for key, title in known}
    holding: dict[str, list[K]] = defaultdict(list)
    for key, bag in bags.items():
        for word in bag:
            holding[word].append(key)
    found: dict[int, K] = {}
    for at, title in enumerate(titles):
        bag = words(title)
        near = dict.fromkeys(key for word in sorted(bag) for key in holding.get(word, ()))
        best = max(near, key=lambda key: likeness(bag, bags[key]), default=None)
        if best is not None and likeness(bag, bags[best]) >= _LIKE:
            found[at] = best
    return found

"""The look itself: contrast in both modes, layers, weight on the wire."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static" / "ui"
CSS = (STATIC / "app.css").read_text("utf-8")
# text on ground, 4.5:1
READ = [
    *[(text, ground) for text in ("ink", "ink-soft", "brand", "danger") for ground in ("paper", "surface", "sunken")],
    *[(tone, f"{tone}-soft") for tone in ("danger", "warn", "ok", "brand")],
    *[("ink", f"{tone}-soft") for tone in ("danger", "warn", "ok", "brand")],
    *[(f"on-{tone}", tone) for tone in ("danger", "warn", "ok", "brand", "strip", "urgent")],
    ("brand-strong", "paper"),
    ("on-brand", "brand-strong"),
    ("ink-soft", "brand-soft"),
]
# edges and marks that tell what is what, 3:1
SEEN = [
    *[("line-strong", ground) for ground in ("paper", "surface", "sunken")],
    *[(tone, ground) for tone in ("brand", "danger", "warn", "ok") for ground in ("paper", "surface")],
    ("focus", "focus-edge"),
]


def tokens(*, dark: bool) -> dict[str, str]:
    """Custom properties as #rrggbb; in dark mode those of light that dark does not set again."""
    light, night = CSS.split("@media (prefers-color-scheme: dark)")[:2]
    found: dict[str, str] = {}
    for block in (light, night.split("@layer base")[0]) if dark else (light,):
        found |= dict(re.findall(r"--([\w-]+): (?:var\(--[\w-]+, )?(#[0-9a-f]{3,6})\b", block))
    return found


def luminance(colour: str) -> float:
    """Relative luminance, 0..1. Source: WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    shares = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1..21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(READ, 4.5), (SEEN, 3.0)], ids=["text", "controls"])
def test_colours_can_be_told_apart(pairs: list[tuple[str, str]], least: float, dark: bool) -> None:
    colours = tokens(dark=dark)
    assert {
        pair: round(contrast(*map(colours.__getitem__, pair)), 2)
        for pair in pairs
        if contrast(*map(colours.__getitem__, pair)) < least
    } == {}


def test_the_styles_weigh_eight_kilobytes_at_most_and_the_scripts_five() -> None:
    assert len(gzip.compress(CSS.encode(), 9)) < 8_000
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in STATIC.glob("*.js")) < 5_000


ASKS = re.compile(r"\bfetch\(|XMLHttpRequest|EventSource|WebSocket")


def test_one_script_alone_asks_for_parts_of_a_page() -> None:
    """docs/adr/0008: a second way would have to be learnt beside the first. A passkey's challenge is no part of a page."""
    scripts = STATIC.parents[2].glob("*/static/**/*.js")
    assert {path.name for path in scripts if ASKS.search(path.read_text("utf-8"))} - {"passkey.js"} == {"part.js"}


def test_colours_stand_only_among_the_tokens() -> None:
    beyond = CSS.split("@layer base {")[1].split("@layer print {")[0]
    assert re.findall(r"(?<![\w&-])#[0-9a-f]{3,8}\b", beyond) == []


def test_styles_and_scripts_ask_nothing_of_another_host() -> None:
    for path in STATIC.iterdir():
        if path.suffix in {".css", ".js"}:
            assert not re.search(r"https?://|@import|url\(|\beval\(|new Function", path.read_text("utf-8")), path.name

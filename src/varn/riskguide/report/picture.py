"""The chart of conflict and complexity as an image of its own: for paper, where no stylesheet reaches. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from varn.riskguide.assessment.chart import Chart

TONES = {"low": "#e4f1e7", "moderate": "#fcefdc", "high": "#fbe9ee"}
INK, LINE, PAPER = "#1b2326", "#857e70", "#ffffff"


def svg_of(chart: Chart, *, up: str, across: str, names: Mapping[str, str]) -> str:
    """`up` and `across`: what the two directions are called; `names`: what each level is, written in its zones."""
    parts = [*_zones(chart, names), *_way(chart), *_points(chart), *_words(chart, up, across)]
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" width="320" height="240">{"".join(parts)}</svg>'


def _zones(chart: Chart, names: Mapping[str, str]) -> Iterator[str]:
    for zone in chart.zones:
        place = f'x="{zone.x}" y="{zone.y}" width="{zone.width}" height="{zone.height}"'
        yield f'<rect {place} fill="{TONES[zone.tone]}" stroke="{LINE}" stroke-width=".5"/>'
        yield _word(zone.x + 4, zone.y + 12, names[zone.tone], "start", size=9)


def _way(chart: Chart) -> Iterator[str]:
    if len(chart.points) > 1:
        yield f'<polyline points="{chart.path}" fill="none" stroke="{INK}" stroke-width="1.5" stroke-dasharray="3 3"/>'


def _points(chart: Chart) -> Iterator[str]:
    for point in chart.points:
        fill, radius = (INK, 7) if point.is_last else (PAPER, 5)
        yield f'<circle cx="{point.x}" cy="{point.y}" r="{radius}" fill="{fill}" stroke="{INK}" stroke-width="2"/>'


def _words(chart: Chart, up: str, across: str) -> Iterable[str]:
    return (
        _word(44, 206, "0", "start"),
        _word(300, 206, str(chart.most), "end"),
        _word(172, 224, across, "middle"),
        _word(36, 192, "0", "end"),
        _word(36, 20, "9", "end"),
        _word(14, 102, up, "middle", ' transform="rotate(-90 14 102)"'),
    )


def _word(x: float, y: float, text: str, anchor: str, turned: str = "", size: int = 11) -> str:
    font = f'font-family="Noto Sans" font-size="{size}" fill="{INK}"'
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {font}{turned}>{escape(text)}</text>'

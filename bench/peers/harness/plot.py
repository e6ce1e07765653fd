"""Line charts as small SVG files that read well on a light and on a dark page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 64, 200, 40, 56
COLOURS = {  # one system, one colour, on every chart
    "interdict": "#d1495b",
    "logic-v2": "#00798c",
    "Watchman": "#edae49",
    "rapidfuzz ratio": "#5f6caf",
    "rapidfuzz token_sort_ratio": "#66a182",
    "rapidfuzz WRatio": "#8d6a9f",
    "Levenshtein": "#7d8491",
}


@dataclass(frozen=True)
class Line:
    label: str
    points: Sequence[tuple[float, float]]
    marks: Sequence[tuple[float, float]] = ()  # points that stand out: the threshold everybody is measured at


@dataclass(frozen=True)
class Axis:
    title: str
    low: float
    high: float
    ticks: Sequence[float]
    logarithmic: bool = False
    percent: bool = False

    def place(self, value: float) -> float:
        if self.logarithmic:
            value = math.log10(max(value, self.low))
            low, high = math.log10(self.low), math.log10(self.high)
        else:
            low, high = self.low, self.high
        return min(1.0, max(0.0, (value - low) / (high - low)))

    def shows(self, value: float) -> bool:
        return self.low <= value <= self.high

    def text(self, value: float) -> str:
        return f"{value * 100:g} %" if self.percent else f"{value:g}"


def chart(title: str, across: Axis, up: Axis, lines: Sequence[Line]) -> str:
    wide, high = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def at(x: float, y: float) -> tuple[float, float]:
        return round(LEFT + across.place(x) * wide, 1), round(TOP + (1 - up.place(y)) * high, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="#808080">',
        f"<title>{escape(title)}</title>",
        f'<text x="{LEFT}" y="22" font-size="14">{escape(title)}</text>',
    ]
    for tick in across.ticks:
        x, _ = at(tick, up.low)
        parts.append(f'<path d="M{x} {TOP}V{TOP + high}" stroke="#808080" stroke-opacity=".25"/>')
        parts.append(f'<text x="{x}" y="{TOP + high + 18}" text-anchor="middle">{across.text(tick)}</text>')
    for tick in up.ticks:
        _, y = at(across.low, tick)
        parts.append(f'<path d="M{LEFT} {y}H{LEFT + wide}" stroke="#808080" stroke-opacity=".25"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{up.text(tick)}</text>')
    parts.append(f'<text x="{LEFT + wide / 2}" y="{HEIGHT - 12}" text-anchor="middle">{escape(across.title)}</text>')
    parts.append(
        f'<text transform="translate(16 {TOP + high / 2}) rotate(-90)" text-anchor="middle">{escape(up.title)}</text>'
    )
    for number, line in enumerate(lines):
        colour = COLOURS[line.label]
        inside = [point for point in line.points if across.shows(point[0]) and up.shows(point[1])]
        path = " ".join(f"{x},{y}" for x, y in (at(*point) for point in inside))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for point in line.marks:
            x, y = at(*point)
            parts.append(f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}"/>')
        y = TOP + 10 + 20 * number
        parts.append(f'<path d="M{WIDTH - RIGHT + 12} {y - 4}h18" stroke="{colour}" stroke-width="3"/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 36}" y="{y}">{escape(line.label)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def write(file: Path, title: str, across: Axis, up: Axis, lines: Sequence[Line]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(chart(title, across, up, lines), encoding="utf-8")

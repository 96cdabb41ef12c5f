"""Cords and loops of bark fibre: plaits along a line and looped netting on a surface."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

from .solid import Point, Stand, Surface, normal_of, smooth, tinted


def _along(points: Sequence[Point], step: float) -> list[tuple[float, float, float]]:
    """Return (x, y, slope) at even steps along a line."""
    placed: list[tuple[float, float, float]] = []
    left = 0.0
    for (ax, ay), (bx, by) in pairwise(points):
        length = math.hypot(bx - ax, by - ay) or 1e-6
        slope = math.atan2(by - ay, bx - ax)
        while left < length:
            share = left / length
            placed.append((ax + (bx - ax) * share, ay + (by - ay) * share, slope))
            left += step
        left -= length
    return placed


def braid(points: Sequence[Point], width: float, tones: Sequence[str], random: Random, *, dim: float = 1.0) -> str:
    """Return a plait along a line: strands lying over each other in turn, lit from the top left."""
    step = width * 0.27
    parts = [
        (
            f'<path d="{smooth(points)}" fill="none" stroke="{tinted("#4A3018", dim)}" '
            f'stroke-width="{width * 0.92:.1f}" stroke-linecap="round"/>'
        )
    ]
    for k, (x, y, slope) in enumerate(_along(points, step)):
        side = 1 if k % 2 else -1
        s, c = math.sin(slope), math.cos(slope)
        off = width * 0.2 * side
        cx, cy = x - s * off, y + c * off
        nx, ny = -s * side, c * side
        glow = dim * (0.98 + 0.3 * max(-0.7, min(0.8, (-nx * 0.55 - ny * 0.75)))) * random.uniform(0.93, 1.06)
        tone = tinted(tones[k // 2 % len(tones)], glow)
        turn = math.degrees(slope) + side * 33
        parts.append(
            f'<g transform="translate({cx:.1f} {cy:.1f}) rotate({turn:.1f})"><ellipse rx="{width * 0.43:.1f}" '
            f'ry="{width * 0.17:.1f}" fill="{tone}" '
            f'stroke="#2A1A0C" stroke-opacity=".55" stroke-width="{width * 0.03:.1f}"/><path d="M{-width * 0.3:.1f} '
            f'{-width * 0.05:.1f}h{width * 0.6:.1f}" '
            f'stroke="{tinted(tone, 1.3)}" stroke-width="{max(0.8, width * 0.035):.1f}" opacity=".8"/></g>'
        )
    return "".join(parts)


def looped(surface: Surface, stand: Stand, size: tuple[int, int], tones: Callable[[int], str], random: Random) -> str:
    """Return looped netting: rows of loops, each hooked through the one above, drawn from the bottom row up."""
    cols, rows = size
    parts = []
    for j in range(rows):
        for i in range(cols):
            u, v = i + 0.5 * (j % 2), j + 0.5
            normal = normal_of(surface, u + 0.5, v)
            if stand.facing(normal) < 0.04:
                continue
            glow = stand.glow(normal) * random.uniform(0.9, 1.06)
            tone = tinted(tones(j), glow)
            sway = random.uniform(-0.06, 0.06)
            left = [stand.at(surface(u + a, v + b)) for a, b in ((0.06 + sway, 0.62), (0.14, 0.05), (0.5, -0.52))]
            right = [stand.at(surface(u + a, v + b)) for a, b in ((0.94 + sway, 0.62), (0.86, 0.05), (0.5, -0.52))]
            (ax, ay), (bx, by) = stand.at(surface(u, v)), stand.at(surface(u + 1, v + 1))
            thick = max(1.2, min(abs(bx - ax), abs(by - ay)) * 0.56)
            for line, part in ((left, 1.06), (right, 0.84)):
                parts.append(
                    f'<path d="{smooth(line)}" fill="none" stroke="#22150A" stroke-width="{thick * 1.22:.1f}" '
                    'stroke-linecap="round"/>'
                )
                parts.append(
                    f'<path d="{smooth(line)}" fill="none" stroke="{tinted(tone, part)}" stroke-width="{thick:.1f}" '
                    'stroke-linecap="round"/>'
                )
                shifted = smooth([(x - thick * 0.2, y - thick * 0.12) for x, y in line])
                parts.append(
                    f'<path d="{shifted}" fill="none" stroke="{tinted(tone, part * 1.26)}" stroke-width="{thick * 0.28:.1f}" '
                    'stroke-linecap="round"/>'
                )
    return "".join(parts)

"""Solid shapes under the one light: where a point falls in the picture and how bright it is."""

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

Vec = tuple[float, float, float]
Point = tuple[float, float]
Surface = Callable[[float, float], Vec]

LIGHT: Vec = (-0.52, 0.66, 0.54)
_AMBIENT = 0.46
_DIFFUSE = 0.66


@dataclass(frozen=True)
class Stand:
    """Where an object stands and how the camera sees it: x right, y up, z towards us; angles in degrees."""

    cx: float
    cy: float
    tilt: float = 20.0
    turn: float = 0.0
    lean: float = 0.0
    roll: float = 0.0

    def _posed(self, p: Vec) -> Vec:
        x, y, z = p
        if self.lean:
            x, y, z = (x, *_spun(y, z, self.lean))
        if self.roll:
            x, y = _spun(x, y, self.roll)
        if self.turn:
            z, x = _spun(z, x, self.turn)
        return x, y, z

    def at(self, p: Vec) -> Point:
        """Return the picture point of a solid point."""
        x, y, z = self._posed(p)
        t = math.radians(self.tilt)
        return self.cx + x, self.cy - y * math.cos(t) + z * math.sin(t)

    def depth(self, p: Vec) -> float:
        """Return how near a point is to the camera; larger is nearer."""
        _, y, z = self._posed(p)
        t = math.radians(self.tilt)
        return y * math.sin(t) + z * math.cos(t)

    def facing(self, normal: Vec) -> float:
        """Return how far a normal turns to the camera, 1 head on, below 0 away."""
        _, y, z = self._posed(normal)
        t = math.radians(self.tilt)
        return y * math.sin(t) + z * math.cos(t)

    def glow(self, normal: Vec) -> float:
        """Return the brightness of a face with this normal; 1 is the material's own colour."""
        n = self._posed(normal)
        return _AMBIENT + _DIFFUSE * max(0.0, sum(a * b for a, b in zip(n, LIGHT, strict=True)))


def _spun(a: float, b: float, degrees: float) -> Point:
    s, c = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return a * c - b * s, a * s + b * c


def unit(v: Vec) -> Vec:
    """Return the vector at length one."""
    length = math.sqrt(sum(a * a for a in v)) or 1.0
    return v[0] / length, v[1] / length, v[2] / length


def cross(a: Vec, b: Vec) -> Vec:
    """Return the cross product."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def normal_of(surface: Surface, u: float, v: float, step: float = 0.02) -> Vec:
    """Return the outward normal of a surface, by small steps; u runs anticlockwise, v upward."""
    p, q, r = surface(u, v), surface(u + step, v), surface(u, v + step)
    along = (q[0] - p[0], q[1] - p[1], q[2] - p[2])
    up = (r[0] - p[0], r[1] - p[1], r[2] - p[2])
    return unit(cross(along, up))


def tinted(colour: str, glow: float) -> str:
    """Return a colour under a brightness: shadows go warm brown, lights go cream."""
    red, green, blue = (int(colour.lstrip("#")[i : i + 2], 16) for i in (0, 2, 4))
    if glow <= 1:
        parts = (red * glow**0.9, green * glow, blue * glow**1.12)
    else:
        lift = min(1.0, glow - 1)
        parts = (red + (255 - red) * lift, green + (248 - green) * lift, blue + (228 - blue) * lift)
    return "#" + "".join(f"{min(255, max(0, round(part))):02X}" for part in parts)


def path(points: Sequence[Point], *, closed: bool = True) -> str:
    """Return SVG path data through the points, straight from one to the next."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if closed else "")


def smooth(points: Sequence[Point]) -> str:
    """Return SVG path data that runs softly through the points, bending at the middles."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(points[1:]):
        parts.append(f"Q{x:.1f} {y:.1f} {(x + to_x) / 2:.1f} {(y + to_y) / 2:.1f}")
    return "".join(parts) + f"L{points[-1][0]:.1f} {points[-1][1]:.1f}"


def tube(points: Sequence[Point], width: float, colour: str) -> str:
    """Return a round rod along picture points: dark edge, body, light along its upper left."""
    line = smooth(points)
    lifted = smooth([(x - width * 0.14, y - width * 0.16) for x, y in points])
    strokes = ((line, width, 0.5), (line, width * 0.84, 0.8), (lifted, width * 0.5, 1.06), (lifted, width * 0.17, 1.42))
    return "".join(
        f'<path d="{d}" fill="none" stroke="{tinted(colour, glow)}" stroke-width="{w:.1f}" stroke-linecap="round" '
        f'stroke-linejoin="round"/>'
        for d, w, glow in strokes
    )


def even_ring(wide: float, deep: float, power: float, cols: int) -> Callable[[float], Point]:
    """Return a rounded box outline (x, z) walked at even steps, `cols` once round; `power` 1 is an oval, less is squarer."""
    steps = 720
    raw = []
    for k in range(steps + 1):
        angle = 2 * math.pi * k / steps
        s, c = math.sin(angle), math.cos(angle)
        raw.append((wide * math.copysign(abs(s) ** power, s), deep * math.copysign(abs(c) ** power, c)))
    walked = [0.0]
    for (ax, az), (bx, bz) in pairwise(raw):
        walked.append(walked[-1] + math.hypot(bx - ax, bz - az))

    def place(u: float) -> Point:
        wanted = (u / cols % 1.0) * walked[-1]
        k = min(steps - 1, max(0, bisect_right(walked, wanted) - 1))
        share = (wanted - walked[k]) / ((walked[k + 1] - walked[k]) or 1.0)
        (ax, az), (bx, bz) = raw[k], raw[k + 1]
        return ax + (bx - ax) * share, az + (bz - az) * share

    return place

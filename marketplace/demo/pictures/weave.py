"""Weaving: flat strips laid over and under each other on any surface, strip by strip."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from .solid import Point, Stand, Surface, Vec, normal_of, path, tinted

Over = Callable[[int, int], bool]


def plain(i: int, j: int) -> bool:
    """One over, one under."""
    return (i + j) % 2 == 0


def twill(i: int, j: int) -> bool:
    """Two over, two under, stepping by one: the common basket weave."""
    return (i + j) % 4 < 2


def chevron(half: int) -> Over:
    """Twill that turns back every `half` strips, so it stands in plain points."""

    def over(i: int, j: int) -> bool:
        step = i % (2 * half)
        return (min(step, 2 * half - step) + j) % 4 < 2

    return over


def diamonds(half: int) -> Over:
    """Twill mirrored both ways: nested plain diamonds."""

    def over(i: int, j: int) -> bool:
        a, b = i % (2 * half), j % (2 * half)
        return (min(a, 2 * half - a) + min(b, 2 * half - b)) % 4 < 2

    return over


@dataclass(frozen=True)
class Strips:
    """How the strips look: tones of those lying across and standing up, ground seen between, gap as a share of a strip."""

    across: Sequence[str]
    upright: Sequence[str]
    ground: str = "#4A3416"
    gap: float = 0.1
    jitter: float = 0.07
    dip: float = 0.34
    fibre: float = 0.22


def woven(surface: Surface, stand: Stand, size: tuple[int, int], over: Over, strips: Strips, rng: Random, *,
          inside: bool = False, dim: float = 1.0, keep: Callable[[float, float], bool] | None = None) -> str:  # fmt: skip
    """Return the visible strips of a woven surface over a grid of `size` (columns, rows); `inside` draws the far, inner side."""
    cols, rows = size
    hidden = _Hidden(surface, stand, inside, keep)
    parts = [_ground(surface, stand, size, hidden, strips.ground, dim)]
    for j in range(rows):
        tone = tinted(strips.across[j % len(strips.across)], 1 + rng.uniform(-strips.jitter, strips.jitter))
        for start, end in _runs([over(i, j) for i in range(cols)]):
            parts.append(_strip(surface, stand, (start, end), j, tone, strips, rng, hidden, flat=True, dim=dim))
    for i in range(cols):
        tone = tinted(strips.upright[i % len(strips.upright)], 1 + rng.uniform(-strips.jitter, strips.jitter))
        for start, end in _runs([not over(i, j) for j in range(rows)]):
            parts.append(_strip(surface, stand, (start, end), i, tone, strips, rng, hidden, flat=False, dim=dim))
    return "".join(parts)


@dataclass(frozen=True)
class _Hidden:
    surface: Surface
    stand: Stand
    inside: bool
    keep: Callable[[float, float], bool] | None

    def __call__(self, u: float, v: float) -> bool:
        if self.keep is not None and not self.keep(u, v):
            return True
        turned = self.stand.facing(normal_of(self.surface, u, v))
        return turned > -0.03 if self.inside else turned < 0.03


def _runs(on_top: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the stretches, start and end, over which a strip lies on top."""
    start: int | None = None
    for index, on in enumerate([*on_top, False]):
        if on and start is None:
            start = index
        elif not on and start is not None:
            yield start, index
            start = None


def _ground(surface: Surface, stand: Stand, size: tuple[int, int], hidden: _Hidden, colour: str, dim: float) -> str:
    quads = []
    for i in range(size[0]):
        for j in range(size[1]):
            if not hidden(i + 0.5, j + 0.5):
                corners = ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1))
                quads.append(path([stand.at(surface(u, v)) for u, v in corners]))
    fill = tinted(colour, dim)
    return f'<path d="{"".join(quads)}" fill="{fill}" stroke="{fill}" stroke-width="1.6"/>'


def _strip(surface: Surface, stand: Stand, run: tuple[int, int], lane: int, tone: str, strips: Strips, rng: Random,
           hidden: _Hidden, *, flat: bool, dim: float) -> str:  # fmt: skip
    start, end = run
    middle = ((start + end) / 2, lane + 0.5) if flat else (lane + 0.5, (start + end) / 2)
    if hidden(*middle):
        return ""
    normal = normal_of(surface, *middle)
    glow = stand.glow(_turned(normal) if hidden.inside else normal) * dim
    shift = rng.uniform(-0.03, 0.03)

    def spot(along: float, across: float) -> Point:
        u, v = (along, lane + across) if flat else (lane + across, along)
        return stand.at(surface(u, v))

    low, high, ends = strips.gap + shift, 1 - strips.gap + shift, 0.06
    steps = max(2, math.ceil((end - start) * 1.5))
    places = [start - ends + (end - start + 2 * ends) * k / steps for k in range(steps + 1)]
    body = path([spot(p, low) for p in places] + [spot(p, high) for p in reversed(places)])
    fill = tinted(tone, glow + rng.uniform(-0.02, 0.02))
    dip = min(0.34, (end - start) * 0.3)
    dark = "".join(path([spot(a, low), spot(b, low), spot(b, high), spot(a, high)])
                   for a, b in ((start - ends, start + dip), (end - dip, end + ends)))  # fmt: skip
    parts = [f'<path d="{body}" fill="{fill}"/>']
    if strips.dip:
        parts.append(f'<path d="{dark}" fill="#2A1A08" opacity="{strips.dip * 0.55:.2f}"/>')
    if strips.fibre:
        bright = smooth_line([spot(p, low + 0.16) for p in places[1:-1] or places])
        parts.append(f'<path d="{bright}" stroke="{tinted(fill, 1 + strips.fibre)}" stroke-width="1.3" fill="none"/>')
        grain = smooth_line([spot(p, rng.uniform(0.4, 0.8)) for p in (start + dip, end - dip)])
        parts.append(f'<path d="{grain}" stroke="{tinted(fill, 0.84)}" stroke-width="1" fill="none"/>')
    return "".join(parts)


def _turned(normal: Vec) -> Vec:
    return -normal[0], -normal[1], -normal[2]


def smooth_line(points: Sequence[Point]) -> str:
    """Return an open path through the points."""
    return path(points, closed=False)


def wrapped_rim(
    edge: Callable[[float], Vec], stand: Stand, colour: str, width: float, turns: int, *, arc: tuple[float, float] = (0, 1)
) -> str:
    """Return a round rim bound with slanting lashings along an edge that takes 0 to 1."""
    first, last = arc
    count = max(16, int(120 * (last - first)))
    points = [stand.at(edge(first + (last - first) * k / count)) for k in range(count + 1)]
    line = path(points, closed=False)
    parts = [
        f'<path d="{line}" fill="none" stroke="{tinted(colour, glow)}" stroke-width="{width * share:.1f}" '
        f'stroke-linejoin="round" transform="translate(0 {-drop:.1f})"/>'
        for glow, share, drop in ((0.5, 1, 0), (0.82, 0.84, 0), (1.05, 0.55, width * 0.12), (1.35, 0.16, width * 0.24))
    ]
    for k in range(turns):
        share = (k + 0.5) / turns
        if first <= share <= last:
            parts.append(_lash(stand.at(edge(share)), stand.at(edge(share + 0.3 / turns)), width, colour))
    return "".join(parts)


def _lash(here: Point, ahead: Point, width: float, colour: str) -> str:
    """One binding across a rim, square to its run and a little slanted."""
    (x, y), (to_x, to_y) = here, ahead
    length = math.hypot(to_x - x, to_y - y) or 1.0
    tx, ty = (to_x - x) / length, (to_y - y) / length
    half, slant = width * 0.5, width * 0.24
    top = (x - ty * half - tx * slant, y + tx * half - ty * slant)
    low = (x + ty * half + tx * slant, y - tx * half + ty * slant)
    light = width * 0.13
    return (
        f'<path d="{path([top, low], closed=False)}" stroke="{tinted(colour, 0.45)}" stroke-width="{width * 0.16:.1f}"/>'
        f'<path d="{path([(top[0] - light, top[1]), (low[0] - light, low[1])], closed=False)}" stroke="{tinted(colour, 1.3)}" '
        f'stroke-width="{width * 0.08:.1f}" opacity=".8"/>'
    )

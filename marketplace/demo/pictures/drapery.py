"""Cloth as it behaves: hung over a rail, folded into a slab, draped, rolled. Colour, weave and folds only, never a motif."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import random
from itertools import pairwise

from .relief import relief, texture
from .scene import BAMBOO, INK, clipped, gradient, shade, shadow

Point = tuple[float, float]


def smooth(points: list[Point], *, move: bool = True) -> str:
    """A soft curve through the points."""
    start = f"M{points[0][0]:.1f} {points[0][1]:.1f}" if move else f"L{points[0][0]:.1f} {points[0][1]:.1f}"
    halves = [(one, ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)) for one, two in pairwise(points)]
    curve = "".join(f"Q{c[0]:.1f} {c[1]:.1f} {m[0]:.1f} {m[1]:.1f}" for c, m in halves)
    return f"{start}{curve}L{points[-1][0]:.1f} {points[-1][1]:.1f}"


def weave(name: str, path_d: str, box: tuple[float, float, float, float], coarse: float = 1) -> str:
    """The threads of the cloth; `coarse` 0 is silk, 1 is fine cotton, 3 is handloom."""
    if not coarse:
        return ""
    fine, long = 0.62 / coarse, 0.035
    warp = texture(
        f"{name}-warp", path_d, box, frequency=f"{fine:.2f} {long}", height=1.4 + coarse * 0.5, strength=0.17 + coarse * 0.015
    )
    weft = texture(
        f"{name}-weft",
        path_d,
        box,
        frequency=f"{long} {fine:.2f}",
        height=1.4 + coarse * 0.6,
        strength=0.17 + coarse * 0.025,
        seed=5,
    )
    return warp + weft


def hung(
    name: str,
    rand: random.Random,
    colour: str,
    *,
    left: float = 214,
    right: float = 596,
    top: float = 168,
    foot: float = 640,
    folds: int = 7,
    coarse: float = 1,
    fill: str = "",
    fringe: str = "",
    strength: float = 0.78,
) -> str:
    """A length of cloth falling from a rail at `top`; `coarse` 0 is silk, `fill` paints over the plain colour, `fringe` is the colour of loose ends."""
    step = (right - left) / folds
    ridges, hem = [], [(left - 8, foot - 6.0)]
    for at in range(folds):
        x = left + step * (at + 0.5) + rand.uniform(-0.16, 0.16) * step
        low = 400 + (x - 400) * 1.05 + rand.uniform(-8, 8)
        wide, depth = step * rand.uniform(0.3, 0.48), rand.uniform(0.5, 0.95)
        sway = rand.uniform(-10, 10)
        ridges.append(
            f'<path fill-opacity="{depth:.2f}" d="M{x - wide * 0.55:.0f} {top - 20}C{x - wide * 0.5 + sway:.0f} {top + 170} {low - wide:.0f} '
            f"{foot - 200} {low - wide:.0f} {foot + 60}H{low + wide:.0f}C{low + wide:.0f} {foot - 200} {x + wide * 0.5 + sway:.0f} "
            f'{top + 170} {x + wide * 0.55:.0f} {top - 20}Z"/>'
        )
        hem += [(low - step * 0.5, foot - rand.uniform(4, 12)), (low, foot + rand.uniform(8, 17))]
    hem = [hem[0], *(spot for spot in hem[1:] if left < spot[0] < right), (right + 8, foot - 5.0)]
    outline = f"M{left} {top}H{right}Q{right + 4} {(top + foot) / 2:.0f} {right + 8} {foot - 5:.0f}" + smooth(
        hem[::-1], move=False
    )
    outline += f"Q{left - 4} {(top + foot) / 2:.0f} {left} {top}Z"
    box = (left - 30, top - 20, right - left + 60, foot - top + 60)
    threads = "".join(
        f"M{x:.1f} {_hem_at(hem, x) - 4:.0f}q{rand.uniform(-3, 3):.1f} 16 {rand.uniform(-4, 4):.1f} {rand.uniform(24, 33):.0f}"
        for x in _steps(left - 2, right + 2, 7)
    )
    loose = f'<path d="{threads}" stroke="{fringe}" stroke-width="3" fill="none" stroke-linecap="round"/>' if fringe else ""
    paint = clipped(f"{name}-paint", outline, fill) if fill else ""
    drop = gradient(f"{name}-drop", (0, INK, 0.55), (0.07, INK, 0.05), (0.6, INK, 0), (1, INK, 0.2), down=True)
    return (
        f'{loose}<g style="isolation:isolate"><defs>{drop}</defs><path d="{outline}" fill="{colour}"/>{paint}'
        + weave(f"{name}-weave", outline, box, coarse)
        + relief(f"{name}-folds", outline, "".join(ridges), box, blur=step * 0.2, height=step * 0.46, strength=strength)
        + f'<path d="{outline}" fill="url(#{name}-drop)"/></g>'
    )


def _steps(start: float, stop: float, step: float) -> list[float]:
    return [start + step * n for n in range(int((stop - start) / step) + 1)]


def _hem_at(hem: list[Point], x: float) -> float:
    for one, two in pairwise(hem):
        if one[0] <= x <= two[0]:
            return one[1] + (two[1] - one[1]) * (x - one[0]) / (two[0] - one[0] or 1)
    return hem[-1][1]


def rail(left: float = 110, right: float = 690, y: float = 150, *, posts: bool = True) -> str:
    """A bamboo rail on two posts; draw it after the cloth's back and before its front."""
    tube = gradient("rail", (0, "#F3DDA6"), (0.28, "#DDBB72"), (0.7, "#B1853C"), (1, "#71521F"), down=True)
    post = gradient("post", (0, "#EBD097"), (0.4, "#CBA35A"), (1, "#7E5C28"))
    knots = [left + (right - left) * share for share in (0.14, 0.38, 0.63, 0.87)]
    legs = "".join(
        f'{shadow(x, 712, 46, 12)}<path d="M{x - 9:.0f} {y + 20}h18V712h-18Z" fill="url(#post)"/>'
        f'<path d="M{x - 9:.0f} 430q9 5 18 0M{x - 9:.0f} 600q9 5 18 0" stroke="#71521F" stroke-width="3" fill="none"/>'
        f'<rect x="{x - 34:.0f}" y="704" width="68" height="17" rx="8" fill="#8A6631"/>'
        for x in (left + 30, right - 30)
    )
    bar = "".join(
        f'<path d="M{x:.0f} {y + 1}q5 16 0 32" stroke="#71521F" stroke-width="3.5" fill="none"/>'
        f'<path d="M{x + 4:.0f} {y + 1}q5 16 0 32" stroke="#F6E6BC" stroke-width="2" fill="none"/>'
        for x in knots
    )
    rod = f'<rect x="{left}" y="{y}" width="{right - left}" height="34" rx="15" fill="url(#rail)"/>'
    ends = f'<ellipse cx="{right - 5}" cy="{y + 17}" rx="6" ry="15" fill="{shade(BAMBOO, 0.7)}"/>'
    return f"<defs>{tube}{post}</defs>{legs if posts else ''}{rod}{bar}{ends}"


def over_rail(left: float, right: float, y: float, colour: str, name: str) -> str:
    """The turn of the cloth over the rail, drawn on top of it."""
    light = gradient(f"{name}-turn", (0, "#fff", 0.35), (0.35, "#fff", 0.06), (1, INK, 0.45), down=True)
    path = f"M{left} {y + 38}V{y + 8}Q{left} {y - 4} {left + 12} {y - 4}H{right - 12}Q{right} {y - 4} {right} {y + 8}V{y + 38}Z"
    return f'<defs>{light}</defs><path d="{path}" fill="{colour}"/><path d="{path}" fill="url(#{name}-turn)"/>'


def folded(
    name: str,
    rand: random.Random,
    colour: str,
    *,
    wide: float = 520,
    deep: float = 120,
    layers: int = 5,
    thick: float = 22,
    coarse: float = 1,
    fringe: str = "",
    selvedge: str = "",
) -> str:
    """A cloth folded into a slab, front edge towards us; centred on x=0, standing on y=0."""
    half = wide / 2
    sheet = gradient(
        f"{name}-layer",
        (0, shade(colour, 0.78)),
        (0.22, shade(colour, 1.12)),
        (0.6, shade(colour, 0.94)),
        (0.86, shade(colour, 0.68)),
        (1, shade(colour, 0.4)),
        down=True,
    )
    parts, y = [f"<defs>{sheet}</defs>"], 0.0
    for at in range(layers):
        tall = thick * rand.uniform(0.9, 1.12)
        bulge, sag = rand.uniform(-5, 7), rand.uniform(-2.5, 2.5)
        right, left = half + bulge, -half - rand.uniform(-6, 6)
        path = (
            f"M{left:.1f} {y - tall:.1f}Q0 {y - tall + sag:.1f} {right - tall * 0.5:.1f} {y - tall:.1f}"
            f"Q{right + tall * 0.3:.1f} {y - tall / 2:.1f} {right - tall * 0.5:.1f} {y:.1f}Q0 {y + sag:.1f} {left:.1f} {y:.1f}"
            f"Q{left - tall * 0.35:.1f} {y - tall / 2:.1f} {left:.1f} {y - tall:.1f}Z"
        )
        parts.append(f'<path d="{path}" fill="url(#{name}-layer)"/>')
        if fringe and at == layers // 2:
            ends = "".join(
                f"M{x:.0f} {y - tall * 0.4:.0f}q{rand.uniform(-3, 3):.0f} 14 {rand.uniform(-5, 5):.0f} {rand.uniform(26, 40):.0f}"
                for x in _steps(-half + 6, half - 8, 6)
            )
            parts.append(f'<path d="{ends}" stroke="{fringe}" stroke-width="2.6" fill="none" stroke-linecap="round"/>')
        y -= tall
    front = f"M{-half - 2:.0f} {y:.0f}H{half - 4:.0f}V0H{-half - 2:.0f}Z"
    parts.append(weave(f"{name}-front", front, (-half - 20, y - 10, wide + 40, 20 - y), coarse))
    inset = deep * 0.3
    top = (
        f"M{-half:.1f} {y + thick * 0.5:.1f}Q{-half - 4:.1f} {y:.1f} {-half + 6:.1f} {y - 8:.1f}L{-half + inset - 3:.1f} {y - deep + 9:.1f}"
        f"Q{-half + inset:.1f} {y - deep:.1f} {-half + inset + 12:.1f} {y - deep:.1f}Q0 {y - deep - 5:.1f} {half - inset - 12:.1f} "
        f"{y - deep:.1f}Q{half - inset:.1f} {y - deep:.1f} {half - inset + 3:.1f} {y - deep + 9:.1f}L{half - 4:.1f} {y - 8:.1f}Q{half + 5:.1f} {y:.1f} {half - 2:.1f} "
        f"{y + thick * 0.5:.1f}Q0 {y + thick * 0.5 + 3:.1f} {-half:.1f} {y + thick * 0.5:.1f}Z"
    )
    face = gradient(
        f"{name}-top",
        (0, shade(colour, 1.06)),
        (0.6, shade(colour, 1.1)),
        (0.86, shade(colour, 1.24)),
        (1, shade(colour, 0.86)),
        down=True,
    )
    box = (-half - 20, y - deep - 20, wide + 40, deep + thick + 40)
    creases = "".join(
        f'<path fill-opacity="{rand.uniform(0.2, 0.5):.2f}" d="M{x:.0f} {y - deep:.0f}q{rand.uniform(-20, 20):.0f} {deep / 2:.0f} '
        f'{rand.uniform(-30, 30):.0f} {deep + 20:.0f}h{rand.uniform(24, 60):.0f}L{x + 30:.0f} {y - deep:.0f}Z"/>'
        for x in (rand.uniform(-half + inset, half - inset) for _ in range(3))
    )
    parts.append(f'<defs>{face}</defs><path d="{top}" fill="url(#{name}-top)"/>')
    parts.append(weave(f"{name}-weave", top, box, coarse))
    parts.append(relief(f"{name}-crease", top, creases, box, blur=12, height=26, strength=0.7, seed=rand.randint(1, 99)))
    if selvedge:
        edge = f"M{-half + 22:.1f} {y - 8:.1f}L{-half + inset + 14:.1f} {y - deep + 2:.1f}"
        parts.append(f'<path d="{edge}" stroke="{selvedge}" stroke-width="4" opacity=".85"/>')
        parts.append(f'<path d="M{-half + 22:.1f} {y - 8:.1f}v{thick:.0f}" stroke="{selvedge}" stroke-width="5" opacity=".85"/>')
    return f'<g style="isolation:isolate">{"".join(parts)}</g>'


def roll(
    name: str, rand: random.Random, colour: str, length: float, radius: float, *, coarse: float = 1.4, fringe: str = ""
) -> str:
    """A cloth rolled up, lying, its spiral end to the right; centred, foot on y=0."""
    half, flat = length / 2, radius * 0.5
    body = f"M{-half:.0f} {-2 * radius:.0f}H{half:.0f}A{flat:.0f} {radius:.0f} 0 0 1 {half:.0f} 0H{-half:.0f}A{flat:.0f} {radius:.0f} 0 0 1 {-half:.0f} {-2 * radius:.0f}Z"
    light = gradient(f"{name}-round", (0, "#fff", 0.06), (0.22, "#fff", 0.3), (0.5, INK, 0.02), (1, INK, 0.62), down=True)
    box = (-half - radius, -2 * radius - 10, length + 2 * radius, 2 * radius + 20)
    rings = "".join(
        f'<ellipse cx="{half + k * 0.6:.0f}" cy="{-radius - k:.0f}" rx="{flat * share:.1f}" ry="{radius * share:.1f}" fill="{shade(colour, 1.25 if k % 2 else 0.62)}"/>'
        for k, share in enumerate(s / 100 for s in range(100, 12, -11))
    )
    threads = "".join(
        f"M{x:.0f} {-radius * 0.5 + rand.uniform(-2, 2):.0f}q{rand.uniform(-3, 3):.0f} 14 {rand.uniform(-5, 5):.0f} {rand.uniform(26, 36):.0f}"
        for x in _steps(-half + 4, half - 4, 6)
    )
    loose = f'<path d="{threads}" stroke="{fringe}" stroke-width="2.6" fill="none" stroke-linecap="round"/>' if fringe else ""
    return (
        f'<g style="isolation:isolate"><defs>{light}</defs><path d="{body}" fill="{colour}"/>{weave(name, body, box, coarse)}'
        f'<path d="{body}" fill="url(#{name}-round)"/><path d="M{-half:.0f} {-radius * 0.56:.0f}H{half:.0f}" stroke="{INK}" stroke-opacity=".4" stroke-width="4"/>'
        f'<path d="M{-half:.0f} {-radius * 0.64:.0f}H{half:.0f}" stroke="#fff" stroke-opacity=".22" stroke-width="3"/>{rings}{loose}</g>'
    )

"""Single crisps and how they heap: each one uneven, lit and shaded by itself."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import math
import random
from collections.abc import Callable

from .scene import INK, put, shade

Crisp = Callable[[random.Random, float], str]


def wobble(rand: random.Random, rx: float, ry: float, points: int = 10, rough: float = 0.12) -> str:
    """An uneven round, as a crisp is: a closed soft curve around the origin."""
    ring = []
    for at in range(points):
        turn = 2 * math.pi * at / points
        reach = 1 + rand.uniform(-rough, rough)
        ring.append((rx * reach * math.cos(turn), ry * reach * math.sin(turn)))
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    curve = "".join(
        f"Q{ring[(n + 1) % points][0]:.1f} {ring[(n + 1) % points][1]:.1f} {middles[(n + 1) % points][0]:.1f} {middles[(n + 1) % points][1]:.1f}"
        for n in range(points)
    )
    return f"M{middles[0][0]:.1f} {middles[0][1]:.1f}{curve}Z"


def emping(rand: random.Random, size: float) -> str:
    """A fried melinjo crisp: thin, gold, blistered, curling at the rim."""
    tone = rand.choice(("#E2B65C", "#D9A546", "#EBC57A", "#CF9838"))
    path = wobble(rand, size, size * rand.uniform(0.6, 0.95), 11, 0.1)
    blisters = "".join(
        f'<circle cx="{rand.uniform(-0.6, 0.6) * size:.0f}" cy="{rand.uniform(-0.45, 0.45) * size:.0f}" r="{rand.uniform(0.06, 0.15) * size:.1f}" fill="{shade(tone, 1.45)}" '
        f'stroke="{shade(tone, 0.72)}" stroke-width="1.2" opacity=".8"/>'
        for _ in range(6)
    )
    return _crisp(path, tone, blisters)


def _crisp(path: str, tone: str, marks: str) -> str:
    return (
        f'<path d="{path}" fill="{INK}" opacity=".34" transform="translate(4 6)"/><path d="{path}" fill="{shade(tone, 0.6)}" transform="translate(1.5 3)"/><path d="{path}" fill="{tone}"/>{marks}'
        f'<path d="{path}" fill="none" stroke="{shade(tone, 1.5)}" stroke-width="2" opacity=".75" transform="translate(-.8 -1.2) scale(.95)"/>'
    )


def raw_emping(rand: random.Random, size: float) -> str:
    """An uncooked melinjo crisp: flat, pale, half clear."""
    tone = rand.choice(("#E9DDB4", "#DFD09E", "#EDE3C2", "#D8C68E"))
    path = wobble(rand, size, size * 0.8, 12, 0.08)
    return (
        f'<path d="{path}" fill="{INK}" opacity=".22" transform="translate(3 4)"/><path d="{path}" fill="{tone}" opacity=".93"/><path d="{path}" fill="none" stroke="{shade(tone, 0.74)}" stroke-width="1.8"/>'
        f'<path d="{wobble(rand, size * 0.5, size * 0.36, 9, 0.2)}" fill="{shade(tone, 1.5)}" opacity=".65"/>'
    )


def jengkol(rand: random.Random, size: float) -> str:
    """A jengkol crisp: thick, brown, with a darker heart."""
    tone = rand.choice(("#A8743A", "#96632E", "#B98548", "#875426"))
    heart = f'<path d="{wobble(rand, size * 0.5, size * 0.4, 8, 0.25)}" fill="{shade(tone, 0.72)}" opacity=".7"/>'
    return _crisp(wobble(rand, size, size * rand.uniform(0.7, 0.95), 9, 0.14), tone, heart)


def keceprek(rand: random.Random, size: float) -> str:
    """A thick melinjo crisp, two or three kernels pressed together."""
    tone = rand.choice(("#D08F35", "#BE7C28", "#DDA24A"))
    lobes = "".join(
        f'<ellipse cx="{dx * size:.0f}" cy="{dy * size:.0f}" rx="{size * 0.36:.0f}" ry="{size * 0.28:.0f}" fill="{shade(tone, 1.22)}" stroke="{shade(tone, 0.66)}" stroke-width="1.6"/>'
        for dx, dy in ((-0.32, 0.08), (0.3, 0.14), (0.02, -0.26))
    )
    return _crisp(wobble(rand, size, size * 0.74, 8, 0.12), tone, lobes)


def banana(rand: random.Random, size: float) -> str:
    """A long slice of fried banana, curled, glazed with sugar."""
    tone = rand.choice(("#E9B949", "#DFA537", "#F0C869", "#D6962B"))
    high = size * rand.uniform(0.3, 0.46)
    bend = rand.uniform(-0.4, 0.4) * size
    path = f"M{-size:.0f} {bend * 0.4:.0f}Q{-size:.0f} {-high:.0f} 0 {-high - bend * 0.4:.0f}T{size:.0f} {bend * 0.4:.0f}Q{size * 0.96:.0f} {high:.0f} 0 {high - bend * 0.4:.0f}T{-size:.0f} {bend * 0.4:.0f}Z"
    seeds = "".join(f"M{x * size:.0f} {-bend * 0.36:.0f}l{size * 0.07:.0f} 3" for x in (-0.5, -0.3, -0.1, 0.12, 0.32, 0.52))
    gloss = f'<path d="M{-size * 0.7:.0f} {-high * 0.3:.0f}Q{-size * 0.2:.0f} {-high - bend * 0.2:.0f} {size * 0.4:.0f} {-high * 0.6 - bend * 0.2:.0f}" stroke="#fff" stroke-opacity=".7" stroke-width="3.4" fill="none" stroke-linecap="round"/>'
    return _crisp(path, tone, f'<path d="{seeds}" stroke="#7A4512" stroke-width="2.6" opacity=".7"/>{gloss}')


def peel(rand: random.Random, size: float) -> str:
    """A banana-peel cracker: a puffed brown curl."""
    tone = rand.choice(("#8A5A2C", "#744619", "#9C6B38", "#643C18"))
    path = f"M{-size:.0f} 4Q{-size * 0.6:.0f} {-size * rand.uniform(0.5, 0.9):.0f} {size * 0.1:.0f} {-size * 0.3:.0f}T{size:.0f} {rand.uniform(-8, 8):.0f}Q{size * 0.6:.0f} {size * 0.34:.0f} {size * 0.1:.0f} {size * 0.12:.0f}T{-size:.0f} 4Z"
    dots = "".join(
        f'<circle cx="{rand.uniform(-0.6, 0.6) * size:.0f}" cy="{rand.uniform(-0.24, 0.1) * size:.0f}" r="{rand.uniform(1.6, 3.6):.1f}" fill="{shade(tone, 1.5)}" opacity=".8"/>'
        for _ in range(6)
    )
    return _crisp(path, tone, dots)


def pile(rand: random.Random, crisp: Crisp, area: tuple[float, float, float, float], count: int, size: float) -> str:
    """Crisps heaped in an area (left, top, right, bottom), the lower ones drawn over the upper."""
    left, top, right, bottom = area
    spots = sorted(rand.uniform(0, 1) for _ in range(count))
    return "".join(
        put(
            crisp(rand, size * rand.uniform(0.82, 1.12)),
            rand.uniform(left, right),
            top + (bottom - top) * deep,
            1,
            rand.uniform(-60, 60),
        )
        for deep in spots
    )


def mound(rand: random.Random, crisp: Crisp, wide: float, tall: float, count: int, size: float) -> str:
    """Crisps in a mound whose foot is the origin: narrow at the top, wide below."""
    out = []
    for deep in sorted(rand.uniform(0, 1) ** 0.7 for _ in range(count)):
        reach = wide / 2 * (0.16 + 0.84 * deep)
        out.append(
            put(
                crisp(rand, size * rand.uniform(0.82, 1.1)),
                rand.uniform(-reach, reach),
                -tall * (1 - deep),
                1,
                rand.uniform(-50, 50),
            )
        )
    return "".join(out)

"""Leaves, fronds and roots that stand beside the goods."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import math
import random

from .relief import relief, round_body, texture
from .scene import BAMBOO, INK, LEAF, mix, shade


def frond(rand: random.Random, length: float = 300, colour: str = LEAF) -> str:
    """A palm frond growing upwards from the origin."""
    leaves = []
    pairs = int(length / 22)
    for at in range(pairs):
        y = -length * (at + 1) / pairs
        reach = length * 0.42 * math.sin(math.pi * (0.18 + 0.76 * at / pairs)) + 20
        for side in (-1, 1):
            tip, drop = reach * rand.uniform(0.88, 1.08), rand.uniform(-34, -14)
            tone = shade(colour, 1.16 if side < 0 else 0.8)
            leaves.append(
                f'<path d="M0 {y:.0f}Q{side * tip * 0.5:.0f} {y + drop - 16:.0f} {side * tip:.0f} {y + drop + 16:.0f}Q{side * tip * 0.5:.0f} {y + drop + 2:.0f} 0 {y + 11:.0f}Z" '
                f'fill="{mix(tone, "#C9B458", rand.uniform(0, 0.16))}"/>'
                f'<path d="M0 {y + 5:.0f}Q{side * tip * 0.5:.0f} {y + drop - 7:.0f} {side * tip * 0.96:.0f} {y + drop + 14:.0f}" stroke="{shade(colour, 0.55)}" stroke-width="1.4" fill="none" opacity=".6"/>'
            )
    return (
        "".join(leaves)
        + f'<path d="M0 20V{-length:.0f}" stroke="{shade(colour, 0.62)}" stroke-width="6" stroke-linecap="round"/>'
    )


def leaf(name: str, length: float, wide: float, colour: str = LEAF, veins: int = 9) -> str:
    """One broad leaf pointing right from the origin, lying on the table."""
    half = wide / 2
    path = f"M0 0C{length * 0.2:.0f} {-half * 1.25:.0f} {length * 0.7:.0f} {-half * 1.1:.0f} {length:.0f} 0C{length * 0.7:.0f} {half * 1.1:.0f} {length * 0.2:.0f} {half * 1.25:.0f} 0 0Z"
    ribs = "".join(
        f"M{length * n / (veins + 1):.0f} 0q{length * 0.06:.0f} {side * half * 0.5:.0f} {length * 0.14:.0f} {side * half * 0.94:.0f}"
        for n in range(1, veins)
        for side in (-1, 1)
    )
    box = (-10.0, -wide, length + 20, wide * 2)
    light = f'<path d="M0 0L{length:.0f} 0L{length * 0.6:.0f} {-half * 1.2:.0f}L0 {-half:.0f}Z" fill-opacity=".5"/>'
    return (
        f'<g style="isolation:isolate"><path d="{path}" fill="{INK}" opacity=".28" transform="translate(6 9)" filter="url(#soft)"/><path d="{path}" fill="{colour}"/>'
        f'<clipPath id="{name}-edge"><path d="{path}"/></clipPath>'
        f'<path clip-path="url(#{name}-edge)" d="{ribs}" stroke="{shade(colour, 1.3)}" stroke-width="1.6" fill="none" opacity=".55"/>'
        f"{relief(name, path, light, box, blur=7, height=16, crumple=('.02 .05', 0.35), strength=0.7)}"
        f'<path d="M0 0H{length:.0f}" stroke="{shade(colour, 1.35)}" stroke-width="3.5"/></g>'
    )


def banana_leaf(name: str, wide: float, deep: float, colour: str = "#7FA35C") -> str:
    """A cut piece of banana leaf lying flat as a mat, centred on the origin."""
    half, back = wide / 2, deep / 2
    path = (
        f"M{-half:.0f} {back * 0.72:.0f}Q{-half + 10:.0f} {-back * 0.2:.0f} {-half + 54:.0f} {-back:.0f}Q0 {-back - 12:.0f} {half - 48:.0f} {-back + 4:.0f}"
        f"Q{half - 10:.0f} {-back * 0.1:.0f} {half:.0f} {back * 0.8:.0f}Q{half * 0.8:.0f} {back * 0.82:.0f} {half * 0.62:.0f} {back * 0.92:.0f}"
        f"L{half * 0.6:.0f} {back * 0.74:.0f}L{half * 0.57:.0f} {back * 0.96:.0f}Q0 {back * 1.1:.0f} {-half * 0.5:.0f} {back * 0.96:.0f}T{-half:.0f} {back * 0.72:.0f}Z"
    )
    ribs = "".join(f"M{-half - 60 + n * 15:.0f} {back + 20:.0f}l84 {-deep - 40:.0f}" for n in range(int(wide / 15) + 6))
    box = (-half - 10, -back - 20, wide + 20, deep + 50)
    return (
        f'<g style="isolation:isolate"><path d="{path}" fill="{INK}" opacity=".35" transform="translate(8 10)" filter="url(#soft)"/><path d="{path}" fill="{colour}"/>'
        f'<clipPath id="{name}-cut"><path d="{path}"/></clipPath><path clip-path="url(#{name}-cut)" d="{ribs}" stroke="{shade(colour, 0.74)}" stroke-width="2" opacity=".45"/>'
        f'<path d="M{-half + 54:.0f} {-back + 3:.0f}Q0 {-back - 8:.0f} {half - 48:.0f} {-back + 7:.0f}" stroke="{shade(colour, 1.5)}" stroke-width="7" fill="none"/>'
        f"{relief(name, path, '', box, blur=2, height=15, crumple=('.03 .005', 0.6), strength=0.55)}</g>"
    )


def rhizome(name: str, colour: str, inner: str, size: float = 1) -> str:
    """A knobbly root of ginger or turmeric with one cut face, centred on the origin."""
    knobs = [(-70, 6, 44, 30), (-20, -4, 46, 36), (34, 8, 44, 30), (-44, -34, 26, 28), (18, -38, 24, 30), (68, -10, 28, 22)]
    path = "".join(
        f"M{(x - rx) * size:.0f} {y * size:.0f}a{rx * size:.0f} {ry * size:.0f} 0 1 0 {2 * rx * size:.0f} 0a{rx * size:.0f} {ry * size:.0f} 0 1 0 {-2 * rx * size:.0f} 0Z"
        for x, y, rx, ry in knobs
    )
    box = (-130 * size, -80 * size, 260 * size, 140 * size)
    rings = "".join(
        f"M{x * size:.0f} {(y - 24) * size:.0f}q{9 * size:.0f} {24 * size:.0f} 0 {50 * size:.0f}"
        for x, y in ((-90, 4), (-58, 4), (-2, 0), (18, 2), (46, 8))
    )
    return (
        f'<g style="isolation:isolate">{round_body(name, path, colour, box, blur=11 * size, height=34 * size)}'
        f"{texture(name + '-skin', path, box, frequency='.06 .2', height=3, strength=0.45)}"
        f'<path d="{rings}" stroke="{shade(colour, 0.55)}" stroke-width="{2.4 * size:.1f}" fill="none" opacity=".7"/>'
        f'<ellipse cx="{88 * size:.0f}" cy="{2 * size:.0f}" rx="{17 * size:.0f}" ry="{21 * size:.0f}" fill="{shade(colour, 0.8)}"/>'
        f'<ellipse cx="{87 * size:.0f}" cy="{1 * size:.0f}" rx="{14 * size:.0f}" ry="{18 * size:.0f}" fill="{inner}"/></g>'
    )


def slice_of(colour: str, inner: str, size: float = 30) -> str:
    """A cut slice of root or fruit lying flat."""
    return (
        f'<ellipse cx="3" cy="6" rx="{size:.0f}" ry="{size * 0.46:.0f}" fill="{INK}" opacity=".3"/><ellipse cx="0" cy="3" rx="{size:.0f}" ry="{size * 0.46:.0f}" fill="{colour}"/>'
        f'<ellipse rx="{size:.0f}" ry="{size * 0.44:.0f}" fill="{inner}"/><ellipse rx="{size * 0.6:.0f}" ry="{size * 0.26:.0f}" fill="none" stroke="{shade(inner, 0.8)}" stroke-width="2"/>'
    )


def bamboo_tie(x: float, top: float, foot: float, wide: float = 11) -> str:
    """A strip of split bamboo bound around something, bulging to the right."""
    bow = (foot - top) * 0.16
    line = f"M{x:.0f} {top:.0f}Q{x + bow:.0f} {(top + foot) / 2:.0f} {x:.0f} {foot:.0f}"
    return (
        f'<path d="{line}" fill="none" stroke="{INK}" stroke-opacity=".35" stroke-width="{wide + 3:.0f}" transform="translate(4 2)"/>'
        f'<path d="{line}" fill="none" stroke="{shade(BAMBOO, 0.85)}" stroke-width="{wide:.0f}"/>'
        f'<path d="{line}" fill="none" stroke="{shade(BAMBOO, 1.4)}" stroke-width="{wide * 0.3:.1f}" transform="translate(-2 0)"/>'
    )

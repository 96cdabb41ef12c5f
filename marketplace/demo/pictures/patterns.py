"""Decoration from public geometry only: kawung, tumpal, plaited weave, a five-petal scatter, dots."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import math

from .scene import CREAM, KUNYIT


def _pattern(name: str, wide: float, tall: float, ground: str, marks: str) -> str:
    return (
        f'<pattern id="{name}" width="{wide:g}" height="{tall:g}" patternUnits="userSpaceOnUse">'
        f'<rect width="{wide:g}" height="{tall:g}" fill="{ground}"/>{marks}</pattern>'
    )


def kawung(name: str, ground: str, petal: str, *, size: float = 96, line: str = CREAM, dot: str = KUNYIT) -> str:
    """Kawung as waxed on cloth: four outlined lenses round a diamond, the ground showing in each heart."""
    quarter = (
        f'<path d="M51 51Q91 47 94 94Q47 91 51 51Z" fill="{petal}" stroke="{line}" stroke-width="2.5"/>'
        f'<path d="M61 61Q80 60 82 82Q60 80 61 61Z" fill="{ground}" stroke="{line}" stroke-width="1.3"/>'
        f'<g fill="{line}"><circle cx="67" cy="67" r="1.3"/><circle cx="71.5" cy="71.5" r="1.3"/><circle cx="76" cy="76" r="1.3"/></g>'
    )
    petals = "".join(f'<g transform="rotate({turn} 48 48)">{quarter}</g>' for turn in (0, 90, 180, 270))
    seeds = "".join(
        f'<circle cx="{x + 7 * math.cos(n * math.pi / 2):.1f}" cy="{y + 7 * math.sin(n * math.pi / 2):.1f}" r="1.6" fill="{dot}"/>'
        for x, y in ((48, 0), (48, 96), (0, 48), (96, 48))
        for n in range(4)
    )
    marks = f'{petals}{seeds}<path d="M48 43l5 5-5 5-5-5z" fill="{dot}"/>'
    return _pattern(name, size, size, ground, f'<g transform="scale({size / 96:g})">{marks}</g>')


def tumpal(name: str, ground: str, tooth: str, *, size: float = 56, line: str = CREAM) -> str:
    """The triangle edge: a row of teeth with a stem in each."""
    half = size / 2
    marks = (
        f'<path d="M1 {size}L{half} {size * 0.12:.1f}L{size - 1} {size}Z" fill="{tooth}" stroke="{line}" stroke-width="2"/>'
        f'<path d="M{half} {size}V{size * 0.44:.1f}M{half} {size * 0.82:.1f}L{size * 0.37:.1f} {size * 0.68:.1f}M{half} {size * 0.82:.1f}'
        f'L{size * 0.63:.1f} {size * 0.68:.1f}" stroke="{ground}" stroke-width="2.4" fill="none"/>'
    )
    return _pattern(name, size, size, ground, marks)


def anyam(name: str, ground: str = "#6F4F22", across: str = "#DDBB77", down: str = "#BE9248", *, size: float = 44) -> str:
    """Plain weave of split bamboo."""
    marks = (
        f'<g transform="scale({size / 24:g})"><path d="M1 2h10v8H1zM13 14h10v8H13z" fill="{across}"/><path d="M14 1h8v10h-8zM2 13h8v10H2z" fill="{down}"/>'
        '<path d="M1.5 3.4h9M13.5 15.4h9" stroke="#fff" stroke-opacity=".35" stroke-width=".9"/></g>'
    )
    return _pattern(name, size, size, ground, marks)


def scatter(name: str, ground: str, petal: str, *, size: float = 112, dot: str = KUNYIT) -> str:
    """Five-petal flowers strewn in a half drop, with dots between."""
    flowers = "".join(
        f'<path transform="translate({x} {y}) rotate({n * 72 + tilt})" d="M0 -3Q10 -13 0 -25Q-10 -13 0 -3Z" fill="{petal}"/>'
        for x, y, tilt in ((28, 28, 0), (84, 84, 36))
        for n in range(5)
    )
    hearts = "".join(f'<circle cx="{x}" cy="{y}" r="4" fill="{dot}"/>' for x, y in ((28, 28), (84, 84)))
    return _pattern(
        name,
        size,
        size,
        ground,
        f'<g transform="scale({size / 112:g})">{flowers}{hearts}{_ring(84, 28, dot)}{_ring(28, 84, dot)}</g>',
    )


def _ring(x: float, y: float, colour: str) -> str:
    return "".join(
        f'<circle cx="{x + 9 * math.cos(n * math.pi / 3):.1f}" cy="{y + 9 * math.sin(n * math.pi / 3):.1f}" r="1.8" fill="{colour}"/>'
        for n in range(6)
    )


def dots(name: str, ground: str, dot: str, *, size: float = 28) -> str:
    """Small dots in a half drop, the filling called isen."""
    q = size / 4
    marks = f'<circle cx="{q}" cy="{q}" r="2" fill="{dot}"/><circle cx="{3 * q}" cy="{3 * q}" r="2" fill="{dot}"/>'
    return _pattern(name, size, size, ground, marks)

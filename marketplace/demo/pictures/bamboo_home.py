"""Bamboo for the house: the pendant lamp and the woven wall panel."""

import math
from collections.abc import Callable

from .bamboo import DARK, PALE, SHADE, TABLE, WARM
from .scene import Drawing, rng, shadow
from .solid import Point, Stand, Vec, normal_of, path, smooth, tinted
from .textures import radial
from .weave import Strips, diamonds, woven, wrapped_rim


def _slat(stand: Stand, line: list[Vec], width: float, colour: str, glow: float) -> str:
    points = [stand.at(p) for p in line]
    d = path(points, closed=False)
    return "".join(
        (
            f'<path d="{d}" transform="translate(0 {lift})" fill="none" stroke="{tinted(colour, glow * part)}" '
            f'stroke-width="{w:.1f}"/>'
        )
        for lift, w, part in ((0.8, width, 0.5), (0, width * 0.82, 0.95), (-width * 0.2, width * 0.22, 1.28))
    )


def _shade_radius(v: float) -> float:
    return 250 * (0.2 + 0.8 * math.pow(math.sin(math.pi * (0.06 + 0.62 * (1 - v))), 0.85))


def _lattice(stand: Stand, *, front: bool) -> str:
    """Slanting slats both ways and hoops: the open weave light falls through."""

    def surface(u: float, v: float) -> Vec:
        r = _shade_radius(v)
        return r * math.sin(u), 400 * v, r * math.cos(u)

    parts = []
    for way in (-1, 1):
        for k in range(34):
            run: list[Vec] = []
            for step in range(27):
                v = step / 26
                u = 2 * math.pi * k / 34 + way * 1.5 * v
                seen = stand.facing(normal_of(surface, u, v * 0.98, 0.01)) > 0
                if seen == front:
                    run.append(surface(u, v))
                elif len(run) > 1:
                    parts.append(_lattice_piece(stand, run, way, front=front))
                    run = []
            if len(run) > 1:
                parts.append(_lattice_piece(stand, run, way, front=front))
    for v in (0.17, 0.2, 0.5, 0.53, 0.8, 0.83):
        arc = [surface(2 * math.pi * k / 72, v) for k in range(73)]
        ahead = [p for p in arc if (p[2] > 0) == front]
        if not front:
            ahead.sort(key=lambda p: p[0])
        else:
            ahead.sort(key=lambda p: p[0])
        parts.append(_slat(stand, ahead, 8, "#C79A4F", 1.0 if front else 0.8))
    return "".join(parts)


def _lattice_piece(stand: Stand, run: list[Vec], way: int, *, front: bool) -> str:
    x, _, z = run[len(run) // 2]
    length = math.hypot(x, z) or 1
    glow = stand.glow((x / length, 0.25, z / length)) if front else 0.82
    return _slat(stand, run, 8.5, PALE[0] if way > 0 else WARM[0], glow)


def lampu() -> Drawing:
    """Draw the pendant lamp, lit, hanging from its cord."""
    stand = Stand(400, 560, 12)
    defs = SHADE + radial("bb-halo", (0.5, 0.5), (0, "#FFE9B0", 0.9), (0.45, "#FFD98A", 0.4), (1, "#FFD98A", 0), reach=0.5)
    defs += radial(
        "bb-core",
        (0.5, 0.58),
        (0, "#FFFDF0", 1),
        (0.25, "#FFE7A2", 0.95),
        (0.7, "#F0B450", 0.8),
        (1, "#C98630", 0.55),
        reach=0.55,
    )
    outline = [stand.at((_shade_radius(v / 30), 400 * v / 30, 0)) for v in range(31)]
    outline += [stand.at((-_shade_radius(v / 30), 400 * v / 30, 0)) for v in range(30, -1, -1)]
    mouth = [stand.at((_shade_radius(0) * math.sin(k / 10), 0, _shade_radius(0) * math.cos(k / 10))) for k in range(63)]
    hull = path(outline)
    low = _shade_radius(0)
    body = '<rect x="-800" y="-800" width="2400" height="2400" fill="#4A3218" opacity=".30"/>'
    body += (
        '<ellipse cx="400" cy="380" rx="470" ry="440" fill="url(#bb-halo)"/><ellipse cx="400" cy="692" rx="330" '
        'ry="76" fill="url(#bb-halo)"/>'
    )
    body += '<path d="M400-20V166" stroke="#2A221B" stroke-width="7"/><path d="M398-20V166" stroke="#6B5C4C" stroke-width="1.6"/>'
    body += f'<path d="{hull}" fill="url(#bb-core)"/><path d="{path(mouth)}" fill="#FFEFC0"/>'
    body += _lattice(stand, front=False)
    body += (
        '<ellipse cx="400" cy="400" rx="54" ry="62" fill="#FFFDF2"/><ellipse cx="400" cy="400" rx="120" ry="130" '
        'fill="url(#bb-halo)"/>'
    )
    body += '<rect x="384" y="222" width="32" height="120" rx="8" fill="#3A2C1C"/>'
    body += _lattice(stand, front=True)

    def edge(share: float) -> Vec:
        return low * math.sin(2 * math.pi * share), 0, low * math.cos(2 * math.pi * share)

    def crown(share: float) -> Vec:
        r = _shade_radius(1)
        return r * math.sin(2 * math.pi * share), 400, r * math.cos(2 * math.pi * share)

    body += wrapped_rim(edge, stand, "#C1924A", 20, 40) + wrapped_rim(crown, stand, "#A87B38", 18, 18)
    cap = stand.at((0, 406, 0))
    body += f'<path d="M{cap[0] - 40} {cap[1] + 6}q2-40 24-48h32q22 8 24 48q-40 16-80 0z" fill="#3A2C1C"/>'
    body += f'<path d="M{cap[0] - 28} {cap[1]}q2-28 16-36" stroke="#8A7660" stroke-width="4" fill="none" stroke-linecap="round"/>'
    return Drawing(defs, body, "#EAE4D2", TABLE)


def _scroll(u: float) -> Point:
    """Return (x, z) along the panel: straight from the left, then rolling up at the right."""
    if u < 430:
        return u - 290, -30 + 26 * math.sin(u / 430 * math.pi)
    turn = (u - 430) / 84
    r = 84 * (1 - 0.05 * turn)
    return 140 + r * math.sin(turn), -30 + 84 - r * math.cos(turn)


def bilik() -> Drawing:
    """Draw the wall panel, stood up, half unrolled: black and pale bamboo in plain diamonds."""
    stand = Stand(410, 650, 19, 6)
    cols, rows = 78, 48

    def surface(u: float, v: float) -> Vec:
        x, z = _scroll(u * 12)
        return x, v * 11.6, z

    black = ("#3B2A1C", "#46331F", "#332417", "#402E1E")
    strips = Strips(("#E6CE98", "#DEC283", "#EBD7A8"), black, gap=0.05, ground="#22170C", fibre=0.2, dip=0.3)
    random = rng("bilik")
    body = (
        '<path d="M150 640L690 650L700 130L640 110L150 150Z" fill="#2A1A08" opacity=".26" filter="url(#bb-far)" '
        'transform="translate(34 14)"/>'
    )
    body += shadow(420, 672, 300, 30) + soft_foot(stand)
    body += woven(surface, stand, (cols, rows), diamonds(8), strips, random)
    body += _edge(stand, 4)
    body += f'<path d="{_roll_shadow(stand)}" fill="#2A1A08" opacity=".45" filter="url(#bb-soft)"/>'
    body += woven(surface, stand, (cols, rows), diamonds(8), strips, random, inside=True, dim=0.98)
    body += _edge(stand, 552)
    return Drawing(SHADE, body, "#F3E9DA", TABLE)


def soft_foot(stand: Stand) -> str:
    """Return the dark line where the panel stands on the table."""
    line = [stand.at(_flat(k * 15)) for k in range(48)]
    return f'<path d="{smooth(line)}" fill="none" stroke="#2A1A08" stroke-width="16" opacity=".5" filter="url(#bb-soft)"/>'


def _flat(u: float) -> Vec:
    x, z = _scroll(u)
    return x, 0, z


def _roll_shadow(stand: Stand) -> str:
    return path([stand.at((x, y, -26)) for x, y in ((44, 0), (150, 0), (150, 557), (64, 557))])


def _edge(stand: Stand, height: float) -> str:
    """One bound edge of the panel; the lower one is seen only as far as the roll."""
    run = [stand.at((_scroll(k * 8)[0], height, _scroll(k * 8)[1])) for k in range(117 if height > 100 else 54)]
    d = path(run, closed=False)
    parts = [
        (
            f'<path d="{d}" transform="translate(0 {lift})" fill="none" stroke="{colour}" stroke-width="{width}" '
            'stroke-linejoin="round"/>'
        )
        for colour, width, lift in ((tinted(DARK[2], 0.6), 15, 1), ("#C39A52", 12, 0), ("#E3C98F", 3, -4))
    ]
    parts += [f'<path d="M{x - 2:.0f} {y - 8:.0f}l5 16" stroke="#5B3B1A" stroke-width="2.6"/>' for x, y in run[::4]]
    return "".join(parts)


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {"bb-lampu": {"front": lampu}, "bb-bilik": {"front": bilik}}

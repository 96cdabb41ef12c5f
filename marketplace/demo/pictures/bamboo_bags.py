"""Bamboo to carry with: the besek box and the handbag."""

import math
from collections.abc import Callable

from .bamboo import (
    PALE,
    SHADE,
    TABLE,
    WALL,
    WARM,
    rim_of,
    soft,
)
from .carton import in_carton
from .scene import NILA, Drawing, beside_rule, rng, shadow, zoom
from .solid import Point, Stand, Surface, Vec, even_ring, path, tinted, tube
from .textures import radial
from .weave import Strips, plain, woven, wrapped_rim


def _box(stand: Stand, half: float, tall: float, lift: float, key: str, tones: Strips, *, lid: bool) -> str:
    random = rng("besek", key)
    n, h = 14, max(3, round(14 * tall / (2 * half)))
    parts = []
    faces: list[Surface] = [
        lambda u, v: (half * (2 * u / n - 1), lift + tall * v / h, half),
        lambda u, v: (half, lift + tall * v / h, half * (1 - 2 * u / n)),
        lambda u, v: (half * (1 - 2 * u / n), lift + tall * v / h, -half),
        lambda u, v: (-half, lift + tall * v / h, half * (2 * u / n - 1)),
    ]
    for side in faces:
        parts.append(woven(side, stand, (n, h), plain, tones, random))
    if lid:

        def top(u: float, v: float) -> Vec:
            bulge = 7 * math.sin(math.pi * u / n) * math.sin(math.pi * v / n)
            return half * (2 * u / n - 1), lift + tall + bulge, half * (1 - 2 * v / n)

        parts.append(woven(top, stand, (n, n), plain, tones, random, dim=1.04))
        edge = [stand.at((half * a, lift + tall, half * b)) for a, b in ((-1, 1), (1, 1), (1, -1), (-1, -1))]
        parts.append(
            f'<path d="{path(edge)}" fill="none" stroke="#F6E6BE" stroke-width="2.5" stroke-opacity=".6" '
            'stroke-linejoin="round"/>'
        )
    return "".join(parts)


def besek_stack(cx: float, foot: float, scale: float, key: str) -> str:
    """Return two lidded boxes, the upper one turned a little and tied with split bamboo."""
    low, high = Stand(cx, foot, 27, 33), Stand(cx + 4 * scale, foot - 214 * scale, 27, 24)
    fresh = Strips(("#EBD7A6", "#E2C98F", "#F0DFB4"), ("#DDBF80", "#D5B470"), gap=0.045, ground="#6B4F22", fibre=0.3)
    older = Strips(("#DDBE7C", "#D3B06A", "#E2C88C"), ("#C99F56", "#BF934A"), gap=0.045, ground="#5B4120", fibre=0.3)
    parts = []
    for stand, tones, size in ((low, older, 196), (high, fresh, 172)):
        if stand is low:
            base = [stand.at((size * scale * a, -8, size * scale * b)) for a, b in ((-1, 1), (1.02, 1.05), (1.08, -1), (-1, -1))]
            parts.append(soft(path(base), 0.75))
        parts.append(_box(stand, (size - 8) * scale, 120 * scale, 0, key, tones, lid=False))
        lip = [stand.at((size * scale * a, 96 * scale, size * scale * b)) for a, b in ((-1, 1), (1, 1), (1, -1))]
        parts.append(
            f'<path d="{path(lip, closed=False)}" fill="none" stroke="#2A1A08" stroke-width="{20 * scale}" '
            'opacity=".5" filter="url(#bb-soft)"/>'
        )
        parts.append(_box(stand, size * scale, 116 * scale, 98 * scale, key + "lid", tones, lid=True))
        if stand is low:
            under = [high.at((172 * scale * a, 0, 172 * scale * b)) for a, b in ((-1, 1), (1.05, 1.05), (1.05, -1), (-1, -1))]
            parts.append(soft(path(under), 0.55))
    parts.append(_tie(high, 176 * scale, 214 * scale))
    return "".join(parts)


def _tie(stand: Stand, half: float, tall: float) -> str:
    lift = 9
    across = [(-half, 4, 0), (-half, tall, 0), (0, tall + lift, 0), (half, tall, 0), (half, 4, 0)]
    along = [(0, 4, half), (0, tall, half), (0, tall + lift, 0), (0, tall, -half)]
    parts = []
    for line in (along, across[1:]):
        points = [stand.at(p) for p in line]
        d = path(points, closed=False)
        for colour, width, drop in (("#2A1A08", 15, 5), ("#7E8B45", 13, 0), ("#A9B062", 7, -2), ("#C9CC86", 2, -4)):
            faded = ' stroke-opacity=".35"' if drop == 5 else ""
            parts.append(
                f'<path d="{d}" transform="translate({max(drop, 0)} {drop})" fill="none" stroke="{colour}"{faded} '
                f'stroke-width="{width}" stroke-linejoin="round"/>'
            )
    x, y = stand.at((0, tall + lift, 0))
    for dx, dy in ((-64, -34), (58, -40)):
        loop = f"M{x} {y}C{x + dx} {y + dy - 26} {x + dx * 1.5} {y + dy * 0.2} {x} {y}"
        parts.append(f'<path d="{loop}" fill="none" stroke="#6C783A" stroke-width="12"/>')
        parts.append(f'<path d="{loop}" fill="none" stroke="#B3BA6C" stroke-width="5" transform="translate(-1 -2)"/>')
    parts.append(
        f'<ellipse cx="{x}" cy="{y - 4}" rx="17" ry="13" fill="#8E994E"/><ellipse cx="{x - 4}" cy="{y - 8}" rx="8" '
        'ry="5" fill="#C9CC86"/>'
    )
    return "".join(parts)


def besek() -> Drawing:
    """Draw two besek boxes, stacked and tied."""
    body = shadow(420, 640, 300, 84) + besek_stack(398, 566, 1.0, "front")
    return Drawing(SHADE, body, WALL, TABLE)


def _arch(stand: Stand, z: float, top: float) -> list[Point]:
    turns = [math.pi * k / 24 for k in range(25)]
    return [stand.at((-132 * math.cos(t), 296 + top * math.sin(t), z)) for t in turns]


def _lashing(x: float, y: float) -> str:
    parts = [tube([(x, y - 6), (x, y + 78)], 27, "#B98A43")]
    for drop in (22, 34, 60, 72):
        parts.append(f'<path d="M{x - 17:.0f} {y + drop:.0f}q17 9 34 0" stroke="#5E3B1D" stroke-width="7" fill="none"/>')
        parts.append(f'<path d="M{x - 15:.0f} {y + drop - 2:.0f}q13 7 22 2" stroke="#A97C46" stroke-width="2.4" fill="none"/>')
    return "".join(parts)


def _nodes(line: list[Point], places: tuple[int, ...]) -> str:
    parts = []
    for k in places:
        (x, y), (to_x, to_y) = line[k], line[k + 1]
        slope = math.degrees(math.atan2(to_y - y, to_x - x))
        parts.append(
            f'<g transform="translate({x:.0f} {y:.0f}) rotate({slope:.0f})"><path d="M0-13.5q5 13 0 27" stroke="#7C5626" '
            'stroke-width="4" fill="none"/><path d="M4-13q5 13 0 26" stroke="#F0D9A0" stroke-width="2" fill="none" '
            'opacity=".8"/></g>'
        )
    return "".join(parts)


def tas_body(stand: Stand) -> str:
    """Return the handbag: box weave with indigo bands, cloth lining, two arched handles."""
    random = rng("tas")
    cols, rows = 62, 17
    ring = even_ring(268, 112, 0.55, cols)

    def surface(u: float, v: float) -> Vec:
        x, z = ring(u)
        grown = 0.9 + 0.13 * math.sin(min(1.0, max(0.0, v / rows)) * math.pi * 0.62)
        return x * grown, 300 * v / rows, z * grown

    across = tuple(tinted(NILA, 1 + 0.1 * (j % 2)) if j in (6, 7, 10, 11) else PALE[j % 4] for j in range(rows))
    strips = Strips(across, WARM, gap=0.05, fibre=0.26)
    front = _arch(stand, 100, 218)
    mouth = path([stand.at(surface(k * cols / 80, rows * 0.93)) for k in range(81)])
    return "".join(
        (
            tube(_arch(stand, -88, 214), 25, "#B98A43"),
            woven(surface, stand, (cols, rows), plain, strips, random, inside=True, dim=0.5),
            f'<path d="{mouth}" fill="url(#bb-lining)"/>',
            woven(surface, stand, (cols, rows), plain, strips, random),
            wrapped_rim(rim_of(surface, cols, rows), stand, "#C39548", 22, 58),
            _lashing(*front[0]),
            _lashing(*front[-1]),
            tube(front, 26, "#BF9049"),
            _nodes(front, (4, 9, 15, 20)),
        )
    )


def tas() -> Drawing:
    """Draw the woven handbag."""
    body = shadow(408, 676, 290, 40) + tas_body(Stand(400, 648, 17, -16))
    defs = SHADE + radial("bb-lining", (0.3, 0.2), (0, "#E9DFC9", 1), (0.6, "#8C7B62", 1), (1, "#3A2D1F", 1), reach=0.9)
    return Drawing(defs, body, WALL, TABLE)


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "bb-besek": {"front": besek},
    "bb-tas": {
        "front": tas,
        "detail": lambda: zoom(tas(), 270, 430),
        "scale": lambda: beside_rule(tas(), 29),
        "packed": lambda: in_carton(tas(), "tas", wide=520, tall=240, scale=0.78, lift=130, accent=NILA),
    },
}

"""Wood of Lebak: the carved tray, the little rice barn, the small angklung."""

import math
from collections.abc import Callable
from random import Random

from .carton import in_carton
from .scene import SOGA, Drawing, beside_rule, put, rng, shadow, zoom
from .solid import Point, Stand, Vec, path, smooth, tinted, tube
from .textures import blur, grain, relief
from .weave import Strips, chevron, twill, woven

WALL, TABLE = "#F5EADB", "#DDC4A0"
TEAK = "#A5683A"
DEFS = (
    grain("wd-grain", (0.004, 0.11), "#5A2E10", seed=12, octaves=4, contrast=2.3, floor=-1.05)
    + grain("wd-fine", (0.012, 0.3), "#3A1C08", seed=4, octaves=2, contrast=1.6, floor=-0.62)
    + relief("wd-gouge", (0.03, 0.05), seed=21, height=7, octaves=2)
    + relief("wd-adze", (0.028, 0.028), seed=33, height=6, octaves=1, soften=1)
    + grain("wd-up", (0.12, 0.01), "#5E3B1D", seed=9, contrast=2.2, floor=-0.95)
    + blur("wd-soft", 8)
    + blur("wd-far", 18)
)


def _rounded(wide: float, tall: float, radius: float, grow: float = 0.0) -> list[Point]:
    w, h, r = wide / 2 + grow, tall / 2 + grow, radius + grow
    points = []
    for cx, cy, start in ((w - r, h - r, 0), (-(w - r), h - r, 90), (-(w - r), -(h - r), 180), (w - r, -(h - r), 270)):
        points += [
            (cx + r * math.cos(math.radians(start + k * 10)), cy + r * math.sin(math.radians(start + k * 10))) for k in range(10)
        ]
    return points


def tray(stand: Stand, wide: float, tall: float) -> str:
    """Return a carved tray seen into its hollow; its face looks along z."""

    def ring(grow: float, z: float) -> str:
        return path([stand.at((x, y, z)) for x, y in _rounded(wide, tall, 74, grow)])

    def grip(side: float, z: float, grow: float = 0.0) -> str:
        return path([stand.at((side * (wide / 2 - 24) + x * 0.3, y, z)) for x, y in _rounded(78 + grow, 148 + grow, 38, 0)])

    grips = grip(-1, 34) + grip(1, 34)
    depth = grip(-1, 12) + grip(1, 12)
    lifted = "".join(f'<path d="{ring(4, z)}" fill="{tinted(TEAK, 0.44 + z / 140)}"/>' for z in (0, 8, 16, 24))
    return (
        lifted
        + f'<g filter="url(#wd-adze)"><g filter="url(#wd-grain)"><path d="{ring(4, 32)}" fill="{tinted(TEAK, 1.12)}"/></g></g>'
        + f'<path d="{ring(2, 32)}" fill="none" stroke="#FFE9C8" stroke-opacity=".5" stroke-width="3"/>'
        + f'<path d="{ring(-50, 33)}" fill="{tinted(TEAK, 0.55)}"/>'
        + f'<clipPath id="wd-well"><path d="{ring(-50, 33)}"/></clipPath><g clip-path="url(#wd-well)">'
        + (
            f'<path d="{ring(-62, 6)}" fill="{tinted(TEAK, 0.94)}" stroke="{tinted(TEAK, 0.94)}" stroke-width="8" '
            'filter="url(#wd-grain)"/>'
        )
        + f'<path d="{ring(-66, 6)}" fill="{tinted(TEAK, 0.98)}" filter="url(#wd-floor)"/>'
        + (
            f'<path d="{ring(-46, 30)}" fill="none" stroke="#2A1204" stroke-width="44" opacity=".6" '
            'filter="url(#wd-soft)" transform="translate(9 12)"/>'
        )
        + (
            f'<path d="{ring(-54, 30)}" fill="none" stroke="#FFE2B4" stroke-width="10" opacity=".34" '
            'filter="url(#wd-soft)" transform="translate(-13 -15)"/></g>'
        )
        + f'<path d="{ring(-50, 33)}" fill="none" stroke="#FFDFB0" stroke-width="2.4" opacity=".55"/>'
        + f'<path d="{grips}" fill="{tinted(TEAK, 0.4)}"/><clipPath id="wd-grip"><path d="{grips}"/></clipPath>'
        + f'<g clip-path="url(#wd-grip)"><path d="{depth}" fill="#CDBB9E" transform="translate(7 4)"/></g>'
        + f'<path d="{grips}" fill="none" stroke="#FFDFB0" stroke-width="2" opacity=".5"/>'
    )


def nampan() -> Drawing:
    """Draw the tray leaning on the wall."""
    floor = (
        '<filter id="wd-floor" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">'
        '<feTurbulence type="fractalNoise" baseFrequency=".003 .1" numOctaves="4" seed="31"/>'
        '<feColorMatrix values="0 0 0 0 .3 0 0 0 0 .14 0 0 0 0 .04 2.2 0 0 0 -1.0"/><feComposite '
        'in2="SourceAlpha" operator="in" result="g"/>'
        '<feMerge result="m"><feMergeNode in="SourceGraphic"/><feMergeNode in="g"/></feMerge>'
        '<feTurbulence type="fractalNoise" baseFrequency=".03 .05" numOctaves="1" seed="5"/>'
        '<feDiffuseLighting surfaceScale="5" diffuseConstant="1.22" lighting-color="#FFF4E0"><feDistantLight '
        'azimuth="225" elevation="55"/></feDiffuseLighting>'
        '<feBlend in2="m" mode="multiply"/><feComposite in2="SourceAlpha" operator="in"/></filter>'
    )
    stand = Stand(400, 440, 8, -7, lean=-13)
    body = '<ellipse cx="450" cy="452" rx="318" ry="216" fill="#2A1204" opacity=".34" filter="url(#wd-far)"/>'
    body += shadow(410, 668, 300, 26) + tray(stand, 620, 430)
    return Drawing(DEFS + floor, body, WALL, TABLE)


def _post(stand: Stand, x: float, z: float, low: float, high: float, width: float) -> str:
    return tube([stand.at((x, low, z)), stand.at((x, (low + high) / 2, z)), stand.at((x, high, z))], width, "#8A5A30")


def _wall(stand: Stand, corners: tuple[Vec, Vec, Vec, Vec], size: tuple[int, int], random: Random, tones: Strips) -> str:
    a, b, c, d = corners
    n, m = size

    def surface(u: float, v: float) -> Vec:
        s, t = u / n, v / m
        low = tuple(p + (q - p) * s for p, q in zip(a, b, strict=True))
        top = tuple(p + (q - p) * s for p, q in zip(d, c, strict=True))
        x, y, z = (p + (q - p) * t for p, q in zip(low, top, strict=True))
        return x, y, z

    return woven(surface, stand, size, chevron(6) if n > 16 else twill, tones, random)


def _thatch(stand: Stand, side: float, random: Random, half: float, reach: float, eave: float, ridge: float) -> str:
    """One slope of palm-fibre thatch, laid in courses from the eave up."""

    def place(s: float, t: float) -> Vec:
        bow = 16 * math.sin(math.pi * t)
        return half * s * (0.86 + 0.14 * t), ridge - (ridge - eave) * t + bow, side * (reach * t + bow * 0.7)

    base = [place(-1, 0), place(1, 0), place(1, 0.5), place(1, 1), place(-1, 1), place(-1, 0.5)]
    normal: Vec = (0, reach, side * (ridge - eave))
    length = math.hypot(reach, ridge - eave)
    glow = stand.glow((0, normal[1] / length, normal[2] / length))
    parts = [f'<path d="{path([stand.at(p) for p in base])}" fill="{tinted("#2E2118", glow)}"/>']
    courses = 7
    for course in range(courses, 0, -1):
        end, start = course / courses, (course - 1) / courses - 0.02
        lip = [stand.at(place(-1 + k / 15, end)) for k in range(31)]
        parts.append(f'<path d="{smooth(lip)}" fill="none" stroke="#120B06" stroke-width="9" opacity=".55"/>')
        for _ in range(210):
            s = random.uniform(-1, 1)
            tip = min(1.03, end + random.uniform(-0.05, 0.02))
            bend = random.uniform(-0.012, 0.012)
            points = [
                stand.at(place(s, max(0, start))),
                stand.at(place(s + bend, (start + end) / 2)),
                stand.at(place(s + bend * 2, tip)),
            ]
            tone = tinted(
                random.choice(("#4A3627", "#3B2A1E", "#5C4432", "#6B523D", "#2C2018")), glow * random.uniform(0.85, 1.25)
            )
            parts.append(
                f'<path d="{smooth(points)}" fill="none" stroke="{tone}" stroke-width="{random.uniform(1.6, 3.4):.1f}"/>'
            )
    return "".join(parts)


def leuit_body(stand: Stand) -> str:
    """Return the rice barn: stones, posts, flaring woven body, palm-fibre roof with crossed ridge ends."""
    random = rng("leuit")
    tones = Strips(("#DDBB77", "#CFA862", "#E3C68A"), ("#B58640", "#A87B38", "#C19350"), gap=0.06, ground="#3E2A12", fibre=0.2)
    low, high, base, top = (112.0, 78.0), (158.0, 112.0), 152.0, 330.0
    corner = {(sx, sz): ((sx * low[0], base, sz * low[1]), (sx * high[0], top, sz * high[1])) for sx in (-1, 1) for sz in (-1, 1)}
    parts = []
    for sx, sz in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        x, y = stand.at((sx * 100, 0, sz * 70))
        parts.append(
            f'<ellipse cx="{x + 6:.0f}" cy="{y + 10:.0f}" rx="46" ry="16" fill="#2A1204" opacity=".4" filter="url(#wd-soft)"/>'
        )
        parts.append(
            f'<g filter="url(#wd-gouge)"><path d="M{x - 34:.0f} {y + 6:.0f}q4-22 32-24q32 0 38 22q-4 14-38 '
            '15q-30-1-32-13z" fill="#9C968A"/></g>'
        )
        parts.append(_post(stand, sx * 100, sz * 70, 10, base, 26))
        x, y = stand.at((sx * 100, 118, sz * 70))
        parts.append(
            f'<ellipse cx="{x:.0f}" cy="{y + 3:.0f}" rx="36" ry="13" fill="#4A2C14"/><ellipse cx="{x:.0f}" '
            f'cy="{y:.0f}" rx="36" ry="12" fill="#A87443"/><ellipse cx="{x - 5:.0f}" cy="{y - 2:.0f}" rx="25" ry="7" '
            'fill="#C08C58"/>'
        )
    deck = [stand.at((sx * 142, base - 8, sz * 104)) for sx, sz in ((-1, 1), (1, 1), (1, -1), (-1, -1))]
    edge = [stand.at((sx * 142, base - 24, sz * 104)) for sx, sz in ((-1, 1), (1, 1), (1, -1))]
    parts.append(
        f'<path d="{path(deck[:3] + edge[::-1])}" fill="#7A4D27" filter="url(#wd-grain)"/><path d="{path(deck)}" '
        'fill="#9A6638" filter="url(#wd-grain)"/>'
    )
    parts.append(f'<path d="{path(deck[:3], closed=False)}" fill="none" stroke="#E0B27C" stroke-width="2.4"/>')
    for (ax, az), (bx, bz), n in (((-1, 1), (1, 1), 24), ((1, 1), (1, -1), 16)):
        a, d = corner[ax, az]
        b, c = corner[bx, bz]
        parts.append(_wall(stand, (a, b, c, d), (n, 18), random, tones))
    for key in ((-1, 1), (1, 1), (1, -1)):
        foot, head = corner[key]
        parts.append(tube([stand.at(foot), stand.at(head)], 17, "#9A6638"))
    door = [stand.at(p) for p in ((-34, 206, 99), (34, 206, 99), (38, 286, 112), (-38, 286, 112))]
    parts.append(
        f'<path d="{path(door)}" fill="#8A5A30" stroke="#4A2C14" stroke-width="9" stroke-linejoin="round" '
        f'filter="url(#wd-up)"/><path d="{path(door)}" fill="none" stroke="#C08C58" stroke-width="2.4"/>'
    )
    parts.append(_roof(stand, random, top))
    return "".join(parts)


def _roof(stand: Stand, random: Random, top: float) -> str:
    half, reach, eave, ridge = 236.0, 186.0, top - 34, top + 262
    under = [stand.at((sx * 204, eave + 6, sz * reach)) for sx, sz in ((-1, 1), (1, 1), (1, -1), (-1, -1))]
    parts = [f'<path d="{path(under)}" fill="#1C120A" opacity=".9"/>']
    gable = [(206.0, eave + 14, reach * 0.9), (206.0, eave + 14, -reach * 0.9), (206.0, ridge - 26, 0.0)]
    parts.append(_thatch(stand, -1, random, half, reach, eave, ridge))

    def face(u: float, v: float) -> Vec:
        t = v / 16
        return 204, eave + 14 + (ridge - eave - 40) * t, reach * 0.88 * (1 - t) * (1 - 2 * u / 18)

    tones = Strips(("#D5B06A", "#C79E58"), ("#A87B38", "#9C7034"), gap=0.08, ground="#3E2A12")
    parts.append(woven(face, stand, (18, 16), twill, tones, random))
    for a, b in ((gable[0], gable[2]), (gable[1], gable[2])):
        parts.append(tube([stand.at(a), stand.at(b)], 15, "#8A5A30"))
    parts.append(_thatch(stand, 1, random, half, reach, eave, ridge))
    line = [stand.at((x, ridge + 6, 0)) for x in (-214, 0, 214)]
    parts.append(tube(line, 26, "#4A382A"))
    for x in (-206, 206):
        for lean in (-1, 1):
            parts.append(
                tube([stand.at((x, ridge - 26, -lean * 22)), stand.at((x * 1.05, ridge + 66, lean * 46))], 12, "#9A6638")
            )
    return "".join(parts)


def leuit() -> Drawing:
    """Draw the little rice barn."""
    body = shadow(420, 652, 240, 52) + leuit_body(Stand(392, 628, 14, -27))
    return Drawing(DEFS, put(put(body, -400, -660), 396, 672, 0.9), "#EAE4D2", TABLE)


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "ky-nampan": {"front": nampan},
    "ky-leuit": {
        "front": leuit,
        "detail": lambda: zoom(leuit(), 330, 330),
        "scale": lambda: beside_rule(leuit(), 28),
        "packed": lambda: in_carton(leuit(), "leuit", wide=470, tall=260, scale=0.8, lift=110, accent=SOGA),
    },
}

"""Bark fibre of the hills: koja bags in three sizes on one measure, bracelets, key rings."""

import math
from collections.abc import Callable
from random import Random

from .braid import braid, looped
from .scene import OBJECT_EXTENT, SOGA, Drawing, beside_rule, gradient, leuit, packed, put, rng, shadow, zoom
from .solid import Point, Stand, Surface, Vec, path, smooth, tinted, tube
from .textures import blur, grain, ragged, relief

WALL, TABLE = "#F3E9DA", "#D9C5A3"
BARK = ("#CDA066", "#C09257", "#D8AF76", "#B4864D")
DEFS = (
    blur("kb-soft", 8)
    + blur("kb-far", 20)
    + grain("kb-grain", (0.008, 0.12), "#4A2409", seed=8, contrast=2.4, floor=-1.05)
    + relief("kb-skin", (0.25, 0.25), seed=3, height=0.7, octaves=2)
    + ragged("kb-hairy", 0.09, 6, seed=4)
)
PER_CM = 12.9


def _bag(half: float, tall: float) -> Surface:
    """Return a soft bag: full below, drawn in at the mouth; grid is 1 by 1 scaled by the caller."""

    def surface(u: float, v: float) -> Vec:
        low = 1 - max(0.0, min(1.0, v / 0.42))
        grown = (0.8 + 0.2 * math.cos(1.5 * max(0.0, v - 0.3))) * math.sqrt(max(0.0, 1 - (low * 0.99) ** 2.4))
        angle = 2 * math.pi * u
        slump = 1 + 0.03 * math.sin(2 * angle + 0.8) * math.sin(math.pi * v)
        dip = tall * 0.075 * (v**3) * (math.cos(angle) ** 2) + tall * 0.02 * v * math.sin(angle)
        return half * grown * slump * math.sin(angle), tall * v - dip, half * 0.4 * grown * math.cos(angle)

    return surface


def bag(stand: Stand, wide: float, tall: float, random: Random) -> str:
    """Return one koja: netting, corded mouth, plaited strap left open above."""
    mesh = 9.4 * 2
    cols, rows = round(math.pi * wide * 0.8 / mesh), round(tall / (mesh * 0.62))
    shape = _bag(wide / 2, tall)

    def surface(u: float, v: float) -> Vec:
        return shape(u / cols, v / rows)

    shades = [random.choice(BARK) for _ in range(rows)]

    def tone(j: int) -> str:
        return shades[j]

    def mouth(share: float) -> Point:
        return stand.at(shape(share, 1.0))

    outline = [stand.at(shape(0.25, k / 24)) for k in range(25)] + [stand.at(shape(0.75, k / 24)) for k in range(24, -1, -1)]
    hole = path([mouth(k / 40) for k in range(41)])
    back = [mouth(0.25 + k / 60) for k in range(31)]
    front = [mouth(-0.25 + k / 60) for k in range(31)]
    parts = [f'<path d="{hole}" fill="#24170B"/>', braid(back, 13, BARK, random, dim=0.7)]
    parts.append(f'<path d="{smooth(outline)}" fill="#4A3218" stroke="#4A3218" stroke-width="6" stroke-linejoin="round"/>')
    parts.append(f'<path d="{hole}" fill="#24170B"/>')
    parts.append(looped(surface, stand, (cols, rows), tone, random))
    parts.append(braid(front, 15, BARK, random))
    return "".join(parts)


def _strap(stand: Stand, wide: float, tall: float, rise: float, lean: float, random: Random) -> str:
    shape = _bag(wide / 2, tall)
    (ax, ay), (bx, by) = stand.at(shape(0.75, 0.98)), stand.at(shape(0.25, 0.98))
    points: list[Point] = []
    for k in range(61):
        t = math.pi * k / 60
        across, up = (1 - math.cos(t)) / 2, math.sin(t) ** 0.8
        points.append((ax + (bx - ax) * across + lean * up, ay + (by - ay) * across - rise * up))
    cast = smooth([(x + 26, y + 20) for x, y in points])
    return f'<path d="{cast}" fill="none" stroke="#2A1608" stroke-width="20" opacity=".22" filter="url(#kb-soft)"/>' + braid(
        points, 25, ("#A9793F", "#B58749", "#7A5228"), random
    )


def cup(x: float, foot: float) -> str:
    """Return the bamboo cup, always 12 cm tall, that gives the three bags one measure."""
    w, h = 7.0 * PER_CM, 12 * PER_CM
    left, top = x - w / 2, foot - h
    side = f"M{left:.0f} {top:.0f}V{foot - 8:.0f}Q{x:.0f} {foot + 16:.0f} {left + w:.0f} {foot - 8:.0f}V{top:.0f}Z"
    return (
        shadow(x, foot + 2, w * 0.75, 16)
        + f'<path d="{side}" fill="url(#kb-cane)"/><path d="{side}" fill="url(#kb-cane)" filter="url(#kb-upright)" opacity=".6"/>'
        + f'<path d="M{left:.0f} {foot - 44:.0f}q{w / 2:.0f} 16 {w:.0f} 0" stroke="#7C5626" stroke-width="5" fill="none"/>'
        + f'<path d="M{left:.0f} {foot - 39:.0f}q{w / 2:.0f} 16 {w:.0f} 0" stroke="#F6E6BA" stroke-width="2.4" fill="none"/>'
        + (
            f'<ellipse cx="{x:.0f}" cy="{top:.0f}" rx="{w / 2:.0f}" ry="14" fill="#E6CF96"/><ellipse cx="{x:.0f}" '
            f'cy="{top + 1:.0f}" rx="{w / 2 - 9:.0f}" ry="9.5" fill="#5E431F"/>'
        )
        + (
            f'<path d="M{left + 14:.0f} {top + 22:.0f}V{foot - 60:.0f}" stroke="#FFF6DA" stroke-opacity=".7" '
            'stroke-width="6" stroke-linecap="round"/>'
        )
    )


def _koja(cm: float, key: str, x: float, rise: float, lean: float, cup_x: float) -> Drawing:
    random = rng("koja", key)
    wide = cm * PER_CM
    tall = wide * 0.95
    stand = Stand(x, 664, 13, -10)
    cane = gradient("kb-cane", (0, "#B98F4A"), (0.22, "#EBD498"), (0.55, "#D3AD62"), (1, "#84602A"))
    cane += grain("kb-upright", (0.14, 0.01), "#5E3B1D", seed=5, contrast=1.8, floor=-0.8)
    back = (
        f'<ellipse cx="{x + 40:.0f}" cy="{664 - tall * 0.45:.0f}" rx="{wide * 0.54:.0f}" ry="{tall * 0.52:.0f}" '
        'fill="#2A1608" opacity=".26" filter="url(#kb-far)"/>'
    )
    body = back + shadow(x + 6, 668, wide * 0.46, 28) + _strap(stand, wide, tall, rise, lean, random)
    body += bag(stand, wide, tall, random) + cup(cup_x, 700)
    return Drawing(DEFS + cane, body, WALL, TABLE)


def koja_small() -> Drawing:
    """Draw the small bag."""
    return _koja(20, "s", 340, 300, 20, 560)


def koja_medium() -> Drawing:
    """Draw the medium bag."""
    return _koja(30, "m", 352, 214, -34, 640)


def koja_large() -> Drawing:
    """Draw the large bag."""
    return _koja(41, "l", 376, 116, 44, 694)


def _ring(cx: float, cy: float, rx: float, ry: float, start: float, end: float, tilt: float = 0.0) -> list[Point]:
    points = []
    for k in range(91):
        t = math.radians(start + (end - start) * k / 90)
        x, y = rx * math.cos(t), ry * math.sin(t)
        a = math.radians(tilt)
        points.append((cx + x * math.cos(a) - y * math.sin(a), cy + x * math.sin(a) + y * math.cos(a)))
    return points


def gelang() -> Drawing:
    """Draw three plaited bracelets: two lying on a river stone, one leaning on them."""
    random = rng("gelang")
    natural, dark, mixed = ("#D3AA69", "#C89C58", "#DDB97C"), ("#6B4526", "#7A5230", "#5E3B1F"), ("#CFA05E", "#6B4526")
    stone = "M66 648C58 574 180 536 400 528C628 522 742 570 738 636C732 716 590 742 400 744C196 746 74 718 66 648Z"
    body = shadow(412, 694, 330, 50) + f'<g filter="url(#kb-skin)"><path d="{stone}" fill="url(#kb-stone)"/></g>'
    body += f'<path d="{stone}" fill="url(#kb-pebble)"/>'

    def lying(cx: float, cy: float, rx: float, ry: float, width: float, tones: tuple[str, ...]) -> tuple[str, str]:
        cast = (
            f'<ellipse cx="{cx + 12}" cy="{cy + 20}" rx="{rx}" ry="{ry}" fill="none" stroke="#1C0F05" '
            f'stroke-width="{width}" opacity=".5" filter="url(#kb-soft)"/>'
        )
        return cast + braid(_ring(cx, cy, rx, ry, 180, 360), width * 0.88, tones, random, dim=0.8), braid(
            _ring(cx, cy, rx, ry, -7, 187), width, tones, random
        )

    for part in lying(350, 610, 216, 74, 56, natural):
        body += part
    upper_back, upper_front = lying(362, 560, 202, 68, 46, dark)
    body += upper_back
    leaning = _ring(520, 372, 178, 226, 0, 360, 12)
    cast = path([(x + 34, y + 26) for x, y in leaning])
    body += f'<path d="{cast}" fill="none" stroke="#2A1608" stroke-width="40" opacity=".24" filter="url(#kb-far)"/>'
    inner = [(x + 9, y - 2) for x, y in _ring(520, 372, 166, 214, 0, 360, 12)]
    body += f'<path d="{path(inner)}" fill="none" stroke="#5A3A1C" stroke-width="30"/>' + braid(leaning, 52, mixed, random)
    body += upper_front
    knot = braid([(198, 624), (160, 668), (148, 716)], 20, natural, random) + braid(
        [(206, 630), (196, 684), (206, 724)], 18, natural, random
    )
    frays = "".join(
        (
            f'<path d="M{x} 716q{random.uniform(-10, 10):.0f} 16 {random.uniform(-16, 16):.0f} '
            f'{random.uniform(22, 34):.0f}" stroke="{random.choice(natural)}" stroke-width="2.6" fill="none"/>'
        )
        for x in range(140, 214, 4)
    )
    defs = DEFS + gradient("kb-stone", (0, "#D3CEC4"), (0.4, "#B5B0A6"), (1, "#827C73"))
    defs += gradient(
        "kb-pebble", (0, "#FFF8EA", 0.5), (0.45, "#FFF8EA", 0.1), (0.7, "#2A1608", 0.05), (1, "#2A1608", 0.7), down=True
    )
    return Drawing(defs, put(body + frays + knot, 0, -8), WALL, TABLE)


def _split_ring(cx: float, cy: float, r: float) -> str:
    parts = []
    for radius, tone, width in ((r, "#4E5358", 15), (r, "#8E959B", 11), (r - 1, "#C9CFD4", 5), (r - 2, "#FFFFFF", 1.6)):
        parts.append(f'<circle cx="{cx}" cy="{cy}" r="{radius}" fill="none" stroke="{tone}" stroke-width="{width}"/>')
    parts.append(
        f'<path d="M{cx + r * 0.6:.0f} {cy - r * 0.8:.0f}A{r} {r} 0 0 1 {cx + r:.0f} {cy:.0f}" fill="none" '
        'stroke="#33373B" stroke-width="2.4"/>'
    )
    parts.append(
        f'<path d="M{cx - r * 0.98:.0f} {cy - r * 0.2:.0f}A{r} {r} 0 0 1 {cx - r * 0.2:.0f} {cy - r * 0.98:.0f}" '
        'fill="none" stroke="#fff" stroke-width="5" opacity=".9"/>'
    )
    return "".join(parts)


def _tassel(x: float, y: float, random: Random) -> str:
    threads = []
    for _ in range(70):
        dx = random.gauss(0, 13)
        end = 130 + random.uniform(-12, 14)
        tone = tinted(random.choice(BARK), random.uniform(0.75, 1.2))
        threads.append(
            f'<path d="M{x + dx * 0.3:.0f} {y}q{dx:.0f} 50 {dx * 1.5:.0f} {end:.0f}" stroke="{tone}" stroke-width="3" '
            'fill="none"/>'
        )
    return (
        "".join(threads)
        + braid([(x - 22, y + 24), (x + 22, y + 24)], 20, ("#5B3A20", "#A9793F"), random)
        + tube([(x, y), (x, y + 1)], 34, "#9A6233")
    )


def gantungan() -> Drawing:
    """Draw two key rings on a bamboo rail: a burnt-mark wooden drop and a tiny koja."""
    random = rng("gantungan")
    parts = []
    shape = "M262 372Q372 372 372 484Q372 590 262 606Q152 590 152 484Q152 372 262 372Z"
    bagged = Stand(556, 648, 8, -8)
    for d in (shape, "M466 430H650V650H466Z"):
        parts.append(f'<path d="{d}" fill="#2A1608" opacity=".3" filter="url(#kb-far)" transform="translate(44 30)"/>')
    for x in (262, 556):
        parts.append(
            f'<circle cx="{x + 22}" cy="214" r="74" fill="none" stroke="#2A1608" stroke-width="14" opacity=".26" '
            'filter="url(#kb-soft)"/>'
        )
    parts.append(tube([(30, 142), (400, 138), (770, 142)], 46, "#C9A057"))
    parts += [
        (
            f'<path d="M{x} 118q10 24 0 48" stroke="#7C5626" stroke-width="5" fill="none"/><path d="M{x + 6} 118q10 24 '
            '0 46" stroke="#F3DFAE" stroke-width="2.6" fill="none"/>'
        )
        for x in (120, 404, 690)
    ]
    for x in (262, 556):
        parts.append(_split_ring(x, 206, 76))
        over = f"M{x - 26} 141q26-32 52 0"
        parts.append(f'<path d="{over}" fill="none" stroke="#B98A43" stroke-width="17"/>')
    parts.append(braid([(262, 276), (250, 322), (262, 388)], 30, ("#A9793F", "#5B3A20"), random))
    parts.append(
        f'<path d="{shape}" fill="#7A4A24" transform="translate(6 7)"/><g filter="url(#kb-grain)"><path '
        f'd="{shape}" fill="url(#kb-drop)"/></g>'
    )
    parts.append(f'<path d="{shape}" fill="none" stroke="#FFE6BF" stroke-width="3" opacity=".55" transform="translate(2 2)"/>')
    parts.append(
        '<circle cx="262" cy="396" r="11" fill="#3A2110"/><circle cx="260" cy="394" r="11" fill="none" '
        'stroke="#E9C58F" stroke-width="2"/>'
    )
    parts.append(put(leuit("#3A1D0A", 6), 184, 424, 1.62) + put(leuit("#F6D7A6", 1.2), 186, 428, 1.62))
    parts.append(_tassel(262, 604, random))
    parts.append(braid([(556, 276), (566, 330), (556, 392)], 30, ("#A9793F", "#B58749"), random))
    parts.append(tube([(556, 396), (556, 397)], 44, SOGA))
    parts.append(_strap(bagged, 170, 176, 62, 0, random) + bag(bagged, 190, 186, random))
    drop = gradient("kb-drop", (0, "#D69C60"), (0.5, "#B97C43"), (1, "#8A5527"))
    return Drawing(DEFS + drop, "".join(parts), "#F5EADB", TABLE)


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "kb-koja-s": {"front": koja_small},
    "kb-koja-m": {
        "front": koja_medium,
        "detail": lambda: zoom(koja_medium(), 300, 470),
        "scale": lambda: beside_rule(koja_medium(), OBJECT_EXTENT / PER_CM),
        "packed": lambda: packed("pouch", wide=420, tall=430, wall=WALL, table=TABLE),
    },
    "kb-koja-l": {"front": koja_large},
    "kb-gelang": {"front": gelang},
    "kb-gantungan": {"front": gantungan},
}

"""Baskets of Lebak: boboko, besek, aseupan, tampah and the handbag, woven strip by strip."""

import math
from collections.abc import Callable
from itertools import pairwise
from random import Random

from .carton import in_carton
from .scene import SOGA, Drawing, beside_rule, rng, shadow, zoom
from .solid import Stand, Surface, Vec, path, tinted
from .textures import blur
from .weave import Strips, chevron, plain, twill, woven, wrapped_rim

WALL, TABLE = "#ECEAE0", "#D8C6A2"
PALE = ("#E6CB8E", "#DFC07C", "#EBD39C", "#D9B872")
WARM = ("#D4AA5F", "#C99C4F", "#DCB56C", "#C4954A")
DARK = ("#6B4423", "#7A5230", "#5E3B1D")
STRAW = Strips(PALE, WARM)
SHADE = blur("bb-soft", 9) + blur("bb-far", 18)


def soft(d: str, opacity: float, colour: str = "#2A1A08") -> str:
    """Return a soft dark patch: where light does not reach."""
    return f'<path d="{d}" fill="{colour}" opacity="{opacity}" filter="url(#bb-soft)"/>'


def rounded(
    wide: float, deep: float, square: float, cols: int, rows: int, profile: Callable[[float], float], tall: float
) -> Surface:
    """Return a wall that runs round a box with rounded corners; `square` 0 is an oval, near 1 a box at the foot."""

    def surface(u: float, v: float) -> Vec:
        angle, share = 2 * math.pi * u / cols, v / rows
        power = 1 - square * (1 - max(0.0, min(1.0, share)) ** 0.8)
        s, c = math.sin(angle), math.cos(angle)
        grown = profile(share)
        return (
            wide * grown * math.copysign(abs(s) ** power, s),
            tall * share,
            deep * grown * math.copysign(abs(c) ** power, c),
        )

    return surface


def rim_of(surface: Surface, cols: int, rows: float) -> Callable[[float], Vec]:
    """Return the upper edge of a wall, taking 0 to 1 once round."""
    return lambda share: surface(share * cols, rows)


def _rice(stand: Stand, r: float, level: float, rise: float, random: Random) -> str:
    parts = []
    grains = []
    for _ in range(2300):
        a, d = random.uniform(0, 2 * math.pi), math.sqrt(random.random())
        point = (r * d * math.sin(a), level + rise * (1 - d * d), r * d * math.cos(a))
        grains.append((stand.depth(point), point, d, a))
    ring = [stand.at((r * math.sin(k / 9), level, r * math.cos(k / 9))) for k in range(57)]
    parts.append(f'<path d="{path(ring)}" fill="#D9CDB4"/>')
    for _, point, d, a in sorted(grains):
        x, y = stand.at(point)
        normal = (math.sin(a) * d * 0.8, 1 - d * 0.4, math.cos(a) * d * 0.8)
        glow = stand.glow(normal) * random.uniform(0.86, 1.08)
        turn = random.uniform(0, 180)
        parts.append(
            f'<ellipse rx="7" ry="3.4" transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})" '
            f'fill="{tinted("#F2EADB", glow)}"/>'
        )
    return "".join(parts)


def boboko_body(stand: Stand, scale: float, key: str, *, rice: bool = True) -> str:
    """Return a rice basket: square foot, twill wall, round bound mouth."""
    random = rng("boboko", key)
    cols, rows = 64, 20
    wide, tall = 262 * scale, 300 * scale

    def profile(v: float) -> float:
        return 0.58 + 0.42 * math.pow(math.sin(min(1.0, max(0.0, v)) * math.pi / 2), 0.9)

    surface = rounded(wide, wide, 0.42, cols, rows, profile, tall)
    foot_surface = rounded(wide * 0.58, wide * 0.58, 0.62, 40, 3, lambda v: 1.06 - 0.08 * v, 52 * scale)
    low = Stand(stand.cx, stand.cy + 34 * scale, stand.tilt, stand.turn)
    parts = [woven(foot_surface, low, (40, 3), plain, Strips(WARM, WARM, gap=0.06), random, dim=0.9)]
    parts.append(wrapped_rim(lambda s: foot_surface(s * 40, -0.1), low, "#B98A43", 15 * scale, 40, arc=(-0.315, 0.182)))
    strips = Strips(PALE, (*WARM, *WARM[:2]))
    parts.append(woven(surface, stand, (cols, rows), twill, strips, random, inside=True, dim=0.66))
    if rice:
        parts.append(_rice(stand, wide * 0.97, tall * 0.86, 66 * scale, random))
    parts.append(woven(surface, stand, (cols, rows), twill, strips, random))
    parts.append(wrapped_rim(rim_of(surface, cols, rows), stand, "#C99C50", 26 * scale, 64))
    return "".join(parts)


def boboko(*, rice: bool = True) -> Drawing:
    """Draw the rice basket, full of rice or empty."""
    body = shadow(410, 680, 240, 50) + boboko_body(Stand(400, 628, 24, 24), 1.0, "front", rice=rice)
    return Drawing(SHADE, body, WALL, TABLE)


def cone(stand: Stand, reach: float, key: str, *, inside: bool = False, dim: float = 1.0) -> str:
    """Return a steamer cone folded from one flat plaiting, so strips climb slantwise to the tip at the origin."""
    n = 42
    half_angle = math.radians(31)

    def surface(u: float, v: float) -> Vec:
        x, y = (u / n - 0.5) * 2 * reach, v / n * 2 * reach - reach * 0.02
        r, theta = math.hypot(x, y), math.atan2(y, x)
        around = 2 * theta + math.pi / 2
        out, up = r * math.sin(half_angle), r * math.cos(half_angle)
        return out * math.sin(around), -up, out * math.cos(around)

    def keep(u: float, v: float) -> bool:
        x, y = (u / n - 0.5) * 2 * reach, v / n * 2 * reach
        return y > 0 and math.hypot(x, y) < reach - reach * 0.8 / n

    strips = Strips(PALE, WARM, gap=0.07, ground="#7A5A2A")
    return woven(surface, stand, (n, n // 2), twill, strips, rng("aseupan", key), inside=inside, dim=dim, keep=keep)


def _cone_backing(stand: Stand, reach: float) -> str:
    """The cone's own shade, seen where the plaiting ends short of the rim."""
    out, up = reach * 0.97 * math.sin(math.radians(31)), reach * 0.97 * math.cos(math.radians(31))
    mouth = [stand.at((out * math.sin(k / 12), -up, out * math.cos(k / 12))) for k in range(76)]
    tip = stand.at((0, 0, 0))
    flanks = "".join(path([tip, a, b]) for a, b in pairwise(mouth))
    return f'<path d="{flanks}" fill="#8A6834" stroke="#8A6834"/>'


def _cone_rim(stand: Stand, reach: float, arc: tuple[float, float]) -> str:
    near = reach * 0.985
    out, up = near * math.sin(math.radians(31)), near * math.cos(math.radians(31))

    def edge(share: float) -> Vec:
        return out * math.sin(2 * math.pi * share), -up, out * math.cos(2 * math.pi * share)

    return wrapped_rim(edge, stand, "#BE8F45", 19, 54, arc=arc)


def aseupan() -> Drawing:
    """Draw two steamer cones: one standing on its mouth, one lying with its mouth to us."""
    standing = Stand(316, 150, 18, 20)
    lying = Stand(722, 492, 20, -58, lean=-82)
    body = shadow(330, 622, 230, 44)
    body += (
        _cone_rim(standing, 500, (0.25, 0.75))
        + _cone_backing(standing, 500)
        + cone(standing, 500, "a")
        + _cone_rim(standing, 500, (-0.26, 0.26))
    )
    body += _steam_mouth(lying)
    return Drawing(SHADE, body, WALL, TABLE)


def _steam_mouth(stand: Stand) -> str:
    reach = 360.0
    out = shadow(590, 672, 170, 30)
    out += (
        _cone_backing(stand, reach)
        + cone(stand, reach, "b", inside=True, dim=0.74)
        + cone(stand, reach, "b")
        + _cone_rim(stand, reach, (0, 1))
    )
    return out


def tampah_body(stand: Stand, radius: float, key: str) -> str:
    """Return a round winnowing tray seen from its open side; its face looks along z."""
    n = 34

    def surface(u: float, v: float) -> Vec:
        x, y = (u / n - 0.5) * 2 * radius, (v / n - 0.5) * 2 * radius
        d = math.hypot(x, y) / radius
        return x, y, 46 * d**4

    strips = Strips(("#E9D199", "#E0C283", "#EDD8A6"), ("#D9B671", "#CFA75E", "#DEBE7C"), gap=0.05, fibre=0.26)

    def keep(u: float, v: float) -> bool:
        return math.hypot(u - n / 2, v - n / 2) < n / 2 - 0.5

    def edge(share: float) -> Vec:
        return radius * math.sin(2 * math.pi * share), radius * math.cos(2 * math.pi * share), 46

    def low(share: float) -> Vec:
        x, y, z = edge(share)
        return x * 0.95, y * 0.95, z * 0.7

    parts = [woven(surface, stand, (n, n), chevron(n // 2), strips, rng("tampah", key), keep=keep)]
    shaded = path([stand.at(low(k / 60)) for k in range(61)])
    parts.append(
        f'<path d="{shaded}" fill="none" stroke="#2A1A08" stroke-width="26" opacity=".34" filter="url(#bb-soft)" '
        'transform="translate(7 9)"/>'
    )
    parts.append(wrapped_rim(edge, stand, "#B98A43", 34, 46))
    return "".join(parts)


def tampah() -> Drawing:
    """Draw the winnowing tray leaning on the wall, rice fresh from the mortar before it."""
    stand = Stand(400, 382, 4, 12, lean=-14)
    random = rng("tampah", "grains")
    body = '<ellipse cx="452" cy="420" rx="290" ry="282" fill="#2A1A08" opacity=".3" filter="url(#bb-far)"/>'
    body += shadow(410, 668, 220, 26) + tampah_body(stand, 282, "front")
    for _ in range(90):
        x, y = 400 + random.gauss(0, 130), 706 + random.gauss(0, 17)
        fill = random.choice(("#F4ECDA", "#E9DDC2", "#D9B872", "#EFE4CC"))
        body += (
            f'<g transform="translate({x:.0f} {y:.0f}) rotate({random.uniform(0, 180):.0f})"><ellipse cx="2" cy="3" '
            f'rx="7" ry="3" fill="#2A1A08" opacity=".3"/><ellipse rx="6.5" ry="2.8" fill="{fill}"/></g>'
        )
    return Drawing(SHADE, body, WALL, TABLE)


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "bb-boboko": {
        "front": boboko,
        "detail": lambda: zoom(boboko(), 300, 470),
        "scale": lambda: beside_rule(boboko(), 27.5),
        "packed": lambda: in_carton(boboko(rice=False), "boboko", wide=500, tall=250, scale=0.78, lift=150, accent=SOGA),
    },
    "bb-aseupan": {"front": aseupan},
    "bb-tampah": {"front": tampah},
}

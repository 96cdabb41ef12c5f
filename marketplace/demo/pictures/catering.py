"""Market cakes: the traditional snack box, and the cakes themselves."""

import math
from collections.abc import Callable

from .scene import Drawing, gradient, leuit, put, rng, shadow
from .servings import DEFS
from .solid import Stand, Vec, path, tinted
from .textures import radial

WALL, TABLE = "#F5EADB", "#DCC6A0"
CAKES = (
    DEFS
    + gradient("ct-leaf", (0, "#8FAE62"), (0.3, "#6F9450"), (0.7, "#4F7A3F"), (1, "#2F5530"))
    + gradient("ct-roll", (0, "#C6DE8C"), (0.35, "#9CC46A"), (1, "#557F38"), down=True)
    + radial("ct-ball", (0.34, 0.28), (0, "#B4D382", 1), (0.55, "#7FAF54", 1), (1, "#44703A", 1), reach=0.75)
    + radial("ct-gold", (0.34, 0.28), (0, "#F2C878", 1), (0.55, "#D9993F", 1), (1, "#8F5518", 1), reach=0.75)
)


def _drop(rx: float, ry: float, y: float) -> str:
    return f'<ellipse cx="8" cy="{y}" rx="{rx}" ry="{ry}" fill="#2A1204" opacity=".5" filter="url(#dr-soft)"/>'


def lemper(x: float, y: float, scale: float, turn: float) -> str:
    """Return sticky rice wrapped in banana leaf and pinned at both ends."""
    d = "M-118 -8Q-104 -44 -74 -42Q0 -54 74 -42Q106 -44 118 -8Q106 32 74 36Q0 48 -74 36Q-106 32 -118 -8Z"
    ribs = "".join(
        f'<path d="M{k * 15 - 70} -42q-7 40 0 80" stroke="#2F5530" stroke-width="2" opacity=".4" fill="none"/>' for k in range(10)
    )
    pins = "".join(
        (
            f'<path d="M{s * 92} -40l{s * 4} 64" stroke="#E9D39A" stroke-width="6" stroke-linecap="round"/><path '
            f'd="M{s * 92 - 1} -40l{s * 4} 64" stroke="#fff" stroke-width="1.6" opacity=".7"/>'
        )
        for s in (-1, 1)
    )
    return put(
        _drop(114, 30, 34)
        + (
            f'<path d="{d}" fill="url(#ct-leafdown)"/>{ribs}<path d="M-70 -30Q0 -42 74 -30" stroke="#E2F0BE" '
            'stroke-width="9" opacity=".6" fill="none" filter="url(#dr-fine)"/>'
        )
        + pins,
        x,
        y,
        scale,
        turn,
    )


def layered(x: float, y: float, scale: float, turn: float) -> str:
    """Return a slice of layer cake, pink, white and green."""
    tones = ("#E58BA0", "#F8EFE6", "#A8CF86", "#F8EFE6", "#E58BA0", "#F8EFE6", "#A8CF86")
    rows = "".join(
        f'<path d="M-70 {-30 + k * 12}L70 {-30 + k * 12}V{-17 + k * 12}H-70Z" fill="{tone}"/>' for k, tone in enumerate(tones)
    )
    side = "".join(
        f'<path d="M70 {-30 + k * 12}L112 {-58 + k * 12}V{-45 + k * 12}L70 {-17 + k * 12}Z" fill="{tinted(tone, 0.72)}"/>'
        for k, tone in enumerate(tones)
    )
    top = (
        '<path d="M-70 -30L-28 -58H112L70 -30Z" fill="#EFA0B2"/><path d="M-60 -33L-26 -55H40L10 -33Z" fill="#fff" opacity=".35"/>'
    )
    return put(
        _drop(112, 24, 54)
        + rows
        + side
        + top
        + '<path d="M-70 -30H70L112 -58" fill="none" stroke="#fff" stroke-width="2.6" opacity=".6"/>',
        x,
        y,
        scale,
        turn,
    )


def klepon(x: float, y: float, scale: float, key: str) -> str:
    """Return a green rice ball rolled in coconut."""
    random = rng("klepon", key)
    flakes = "".join(
        (
            f'<path d="M{random.gauss(0, 22):.0f} {random.gauss(-8, 20):.0f}l{random.uniform(-9, 9):.0f} '
            f'{random.uniform(-5, 5):.0f}" stroke="{random.choice(("#FFFFFF", "#F4EFE0", "#E9E2CC"))}" '
            'stroke-width="3.4" stroke-linecap="round"/>'
        )
        for _ in range(64)
    )
    return put(
        _drop(44, 16, 34)
        + (
            f'<clipPath id="ct-k{key}"><circle r="45"/></clipPath><circle r="43" fill="url(#ct-ball)"/><g '
            f'clip-path="url(#ct-k{key})">{flakes}</g>'
        ),
        x,
        y,
        scale,
    )


def rolled(x: float, y: float, scale: float, turn: float) -> str:
    """Return a rolled green pancake filled with coconut and palm sugar."""
    d = "M-96 -30Q0 -40 92 -30Q108 0 92 32Q0 40 -96 32Q-112 0 -96 -30Z"
    spots = "".join(
        f'<circle cx="{k * 23 - 80}" cy="{(k * 37) % 50 - 24}" r="{2 + k % 3}" fill="#6F9450" opacity=".5"/>' for k in range(8)
    )
    end = (
        '<ellipse cx="92" cy="1" rx="17" ry="31" fill="#7FA750"/><ellipse cx="93" cy="2" rx="11" ry="22" '
        'fill="#5E3416"/><ellipse cx="92" cy="-2" rx="7" ry="14" fill="#8F5628"/><path d="M90 -14q8 8 2 26" '
        'stroke="#C98E52" stroke-width="3" fill="none"/>'
    )
    return put(
        _drop(100, 24, 34)
        + (
            f'<path d="{d}" fill="url(#ct-roll)"/>{spots}<path d="M-90 -2Q0 6 84 -4" stroke="#44703A" stroke-width="3" '
            'opacity=".5" fill="none"/><path d="M-84 -20Q0 -30 80 -20" stroke="#F1FACF" stroke-width="7" opacity=".7" '
            f'fill="none" filter="url(#dr-fine)"/>{end}'
        ),
        x,
        y,
        scale,
        turn,
    )


def fried(x: float, y: float, scale: float, turn: float, key: str) -> str:
    """Return a crumbed golden roll."""
    random = rng("fried", key)
    d = "M-84 -8Q-76 -38 -46 -38H46Q78 -38 84 -6Q78 34 46 36H-46Q-78 34 -84 -8Z"
    crumbs = "".join(
        (
            f'<circle cx="{random.uniform(-74, 74):.0f}" cy="{random.uniform(-34, 32):.0f}" '
            f'r="{random.uniform(1.6, 4.2):.1f}" '
            f'fill="{random.choice(("#F6D795", "#B9762A", "#E9B45E", "#FBE7B8"))}"/>'
        )
        for _ in range(130)
    )
    return put(_drop(86, 22, 34) + f'<path d="{d}" fill="url(#ct-gold)"/>{crumbs}', x, y, scale, turn)


def _quad(stand: Stand, *corners: Vec) -> str:
    return path([stand.at(p) for p in corners])


def snackbox() -> Drawing:
    """Draw the open snack box on its leaf lining, five cakes inside."""
    stand = Stand(398, 548, 42, 14)
    half, tall, thick = 240.0, 112.0, 10.0
    kraft = "#D2A56C"
    lid = _quad(
        stand, (-half, tall, -half), (half, tall, -half), (half, tall + 190, -half - 140), (-half, tall + 190, -half - 140)
    )
    floor = _quad(stand, (-half, 6, half), (half, 6, half), (half, 6, -half), (-half, 6, -half))
    walls = (
        (_quad(stand, (-half, 0, -half), (half, 0, -half), (half, tall, -half), (-half, tall, -half)), 0.78),
        (_quad(stand, (half, 0, half), (half, 0, -half), (half, tall, -half), (half, tall, half)), 0.98),
    )
    outer = (
        (_quad(stand, (-half, 0, half), (half, 0, half), (half, tall, half), (-half, tall, half)), 0.98),
        (_quad(stand, (-half, 0, half), (-half, 0, -half), (-half, tall, -half), (-half, tall, half)), 0.84),
    )
    parts = [
        shadow(412, 660, 330, 76),
        f'<path d="{lid}" fill="#2A1204" opacity=".25" filter="url(#dr-mist)" transform="translate(34 20)"/>',
    ]
    parts.append(
        f'<g filter="url(#dr-kraft)"><path d="{lid}" fill="{tinted(kraft, 1.02)}"/></g><path d="{lid}" fill="none" '
        'stroke="#FFF0D2" stroke-width="3" opacity=".7"/>'
    )
    parts += [f'<path d="{d}" fill="{tinted(kraft, glow)}" stroke="{tinted(kraft, glow)}"/>' for d, glow in walls]
    leaf = _quad(stand, (-half + 8, 8, half - 8), (half - 8, 8, half - 8), (half - 8, 8, -half + 8), (-half + 8, 8, -half + 8))
    parts.append(f'<path d="{floor}" fill="{tinted(kraft, 0.7)}"/><path d="{leaf}" fill="url(#ct-leaf)"/>')
    for k in range(16):
        (ax, ay), (bx, by) = stand.at((-half + 8, 9, half - 20 - k * 29)), stand.at((half - 8, 9, half - 44 - k * 29))
        parts.append(f'<path d="M{ax:.0f} {ay:.0f}L{bx:.0f} {by:.0f}" stroke="#2F5530" stroke-width="2.4" opacity=".35"/>')
    inner_shade = _quad(
        stand,
        (-half, tall, half),
        (-half, tall, -half),
        (half, tall, -half),
        (half, 10, -half + 50),
        (-half + 110, 10, -half + 60),
        (-half + 110, 10, half),
    )
    parts.append(f'<path d="{inner_shade}" fill="#1C0F05" opacity=".42" filter="url(#dr-soft)"/>')

    def spot(x: float, z: float) -> tuple[float, float]:
        return stand.at((x, 44, z))

    parts.append(
        layered(*spot(-128, -128), 1.0, 0)
        + klepon(*spot(44, -150), 1.05, "a")
        + klepon(*spot(142, -156), 1.0, "b")
        + klepon(*spot(108, -80), 1.08, "c")
    )
    parts.append(
        rolled(*spot(-104, 10), 1.08, -4)
        + fried(*spot(124, 26), 1.06, -14, "a")
        + lemper(*spot(-74, 148), 1.16, -2)
        + fried(*spot(146, 142), 1.02, -8, "b")
    )
    parts += [f'<g filter="url(#dr-kraft)"><path d="{d}" fill="{tinted(kraft, glow)}"/></g>' for d, glow in outer]
    edge = path(
        [stand.at(p) for p in ((-half, tall, -half), (-half, tall, half), (half, tall, half), (half, tall, -half))], closed=False
    )
    parts.append(
        f'<path d="{edge}" fill="none" stroke="{tinted(kraft, 1.22)}" stroke-width="{thick * 0.7}" '
        f'stroke-linejoin="round"/><path d="{edge}" fill="none" stroke="#FFF6E0" stroke-width="2" opacity=".8"/>'
    )
    (x, y), (to_x, to_y) = stand.at((0, tall * 0.5, half)), stand.at((100, tall * 0.5, half))
    slope = math.degrees(math.atan2(to_y - y, to_x - x))
    parts.append(put(f'<g transform="skewY({slope:.1f})">{_mark()}</g>', x, y, 0.86))
    leaf_down = gradient("ct-leafdown", (0, "#A3C274"), (0.4, "#6F9450"), (1, "#2F5530"), down=True)
    return Drawing(CAKES + leaf_down, put("".join(parts), 0, 16), WALL, TABLE)


def _mark() -> str:
    return '<rect x="-62" y="-38" width="124" height="76" rx="6" fill="#FFFDF8"/>' + put(leuit("#7A4520", 5.5), -38, -30, 0.78)


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {"ct-snackbox": {"front": snackbox}}

"""Palm sugar moulded in coconut shell: the single block, and five of them tied in leaf."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

from collections.abc import Callable

from .greenery import bamboo_tie, frond
from .relief import relief, texture
from .scene import Drawing, beside_rule, clipped, packed, put, rng, shade, shadow, zoom
from .sugar import BROWNS, TABLE, WALL
from .vessels import bowl, heap

Views = dict[str, Callable[[], Drawing]]


def _half_shell_block(name: str, size: float, colour: str) -> str:
    """A block from a coconut-shell mould, its flat face up; feet at y=0."""
    dome = f"M{-size:.0f} {-size * 0.72:.0f}C{-size * 0.98:.0f} {-size * 0.1:.0f} {-size * 0.5:.0f} 2 0 2S{size * 0.98:.0f} {-size * 0.1:.0f} {size:.0f} {-size * 0.72:.0f}Z"
    face = f"M{-size:.0f} {-size * 0.72:.0f}A{size:.0f} {size * 0.26:.0f} 0 1 0 {size:.0f} {-size * 0.72:.0f}A{size:.0f} {size * 0.26:.0f} 0 1 0 {-size:.0f} {-size * 0.72:.0f}Z"
    box = (-size - 10, -size * 1.1, size * 2 + 20, size * 1.3)
    shape = f'<path d="{dome}" fill-opacity=".9"/>'
    return (
        f'<g style="isolation:isolate"><path d="{dome}" fill="{colour}"/>'
        + texture(f"{name}-a", dome, box, frequency=".05", height=8, strength=0.42, octaves=4, seed=4)
        + relief(f"{name}-b", dome, shape, box, blur=size * 0.22, height=size * 0.6, strength=0.8)
        + f'<path d="{face}" fill="{shade(colour, 1.16)}"/>'
        + texture(f"{name}-c", face, box, frequency=".07", height=4, strength=0.45, octaves=4, seed=8)
        + f'<path d="{face}" fill="none" stroke="{shade(colour, 1.4)}" stroke-width="3" opacity=".6"/></g>'
    )


def _cimenga() -> Drawing:
    rand = rng("ga-cimenga")
    dark = "#7B4A22"
    shell = bowl("shell", 250, 120, "#4A3020")
    broken = "M-96 0C-110 -40 -90 -96 -44 -112L-8 -88L22 -116C78 -104 104 -50 92 -4Q0 22 -96 0Z"
    face = "M-8 -88L22 -116C78 -104 104 -50 92 -4L40 6L28 -40Z"
    piece = (
        f'<g style="isolation:isolate"><path d="{broken}" fill="{shade(dark, 1.05)}"/>'
        + texture("bk", broken, (-120, -130, 240, 160), frequency=".06", height=10, strength=0.6, octaves=4)
        + relief("bl", broken, f'<path d="{broken}" fill-opacity=".9"/>', (-120, -130, 240, 160), blur=20, height=50)
        + f'<path d="{face}" fill="#B98249"/>'
        + texture("bf", face, (-30, -130, 140, 150), frequency=".12", height=9, strength=0.7, octaves=3)
        + "</g>"
    )
    return Drawing(
        "",
        put(frond(rand, 300, "#55784A"), 650, 600, turn=38)
        + shadow(606, 636, 140, 26)
        + put(shell, 606, 634, 1, 6)
        + shadow(326, 672, 240, 40)
        + put(_half_shell_block("m", 218, dark), 326, 668)
        + shadow(590, 716, 110, 20)
        + put(piece, 590, 712)
        + put(heap("crumbs", rand, BROWNS, 90, 14), 480, 734),
        WALL,
        TABLE,
    )


def _kojor() -> Drawing:
    """Five blocks end to end in dry leaf, tied with split bamboo; the near end is open."""
    rand = rng("ga-kojor")
    roll = "M-250 -126C-200 -146 -130 -128 -70 -142S60 -130 120 -142S220 -132 262 -120Q296 -60 262 2C220 16 150 2 110 14S-20 4 -80 14S-200 6 -250 -2Q-276 -64 -250 -126Z"
    dry = "#A98B4E"
    strips = "".join(
        f'<path fill-opacity="{rand.uniform(0.35, 0.9):.2f}" d="M-270 {y:.0f}C-120 {y + rand.uniform(-18, 18):.0f} 120 {y + rand.uniform(-18, 18):.0f} 280 {y + rand.uniform(-8, 8):.0f}v9H-270Z"/>'
        for y in range(-136, 12, 15)
    )
    humps = "".join(f'<ellipse cx="{x}" cy="-62" rx="46" ry="70" fill-opacity=".75"/>' for x in (-196, -98, 2, 102, 200))
    box = (-300, -160, 620, 200)
    streaks = "".join(
        f'<path d="M-270 {y:.0f}Q0 {y + rand.uniform(-12, 12):.0f} 280 {y + rand.uniform(-6, 6):.0f}" stroke="{rand.choice(("#C9B06C", "#7F6A36", "#6E7A44", "#D8C48A"))}" stroke-width="{rand.uniform(2, 7):.1f}" fill="none"/>'
        for y in range(-134, 10, 9)
    )
    tail = "".join(
        f'<path d="M250 {y:.0f}Q{rand.uniform(300, 330):.0f} {y + rand.uniform(-24, 10):.0f} {rand.uniform(330, 372):.0f} {y + rand.uniform(-34, 30):.0f}Q310 {y + 16:.0f} 252 {y + 18:.0f}Z" fill="{shade(dry, rand.uniform(0.7, 1.2))}"/>'
        for y in range(-116, -8, 17)
    )
    end = "M-256 -120C-300 -112 -308 -14 -258 -2C-222 -14 -222 -110 -256 -120Z"
    sugar = f'<path d="{end}" fill="#7B4A22" stroke="{shade(dry, 0.7)}" stroke-width="7"/>' + texture(
        "end", end, (-310, -130, 100, 140), frequency=".08", height=9, strength=0.6, octaves=4
    )
    bundle = (
        f'<g style="isolation:isolate">{tail}<path d="{roll}" fill="{dry}"/>'
        + clipped("roll", roll, streaks)
        + relief("wrap", roll, humps + strips, box, blur=7, height=30, crumple=(".006 .09", 0.3), strength=0.75)
        + relief("roundness", roll, f'<path d="{roll}" fill-opacity=".9"/>', box, blur=30, height=64, strength=0.7)
        + sugar
        + "".join(bamboo_tie(x, -134, 6, 9) + bamboo_tie(x + 13, -134, 6, 7) for x in (-148, -48, 52, 150))
        + "</g>"
    )
    loose = put(_half_shell_block("one", 92, "#7B4A22"), 0, 0)
    return Drawing(
        "",
        put(frond(rng("kojor leaf"), 380, "#5B7F4B"), 130, 560, turn=42)
        + shadow(396, 610, 350, 36)
        + put(bundle, 392, 596, 1.12, -6)
        + shadow(270, 728, 150, 20)
        + put(loose, 264, 732, 1.35)
        + put(heap("crumb", rand, BROWNS, 120, 16), 470, 738),
        WALL,
        TABLE,
    )


PICTURES: dict[str, Views] = {
    "ga-kojor": {
        "front": _kojor,
        "detail": lambda: zoom(_kojor(), 230, 600),
        "scale": lambda: beside_rule(_kojor(), 40),
        "packed": lambda: packed("box", wide=500, tall=210, beside=_kojor()),
    },
    "ga-cimenga": {"front": _cimenga},
}

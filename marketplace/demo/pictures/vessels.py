"""What the goods come in and stand on: kraft pouches, clear bags, jars, bottles, plates, bowls, spoons, trays."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import math
import random

from .relief import relief, round_body, texture
from .scene import BAMBOO, INK, KRAFT, PAPER, WOOD, clipped, gradient, leuit, mark_on_paper, put, rng, shade, shadow

WINDOW = "M-78 -36V-176Q-78 -252 0 -262Q78 -252 78 -176V-36Q0 -24 -78 -36Z"


def pouch(
    name: str,
    inside: str,
    *,
    wide: float = 300,
    tall: float = 440,
    accent: str,
    paper: str = KRAFT,
    window: str = WINDOW,
    round_label: bool = False,
) -> str:
    """A standing kraft pouch, feet at y=0, centred; `inside` shows behind its window; the label band carries the mark."""
    half, waist = wide / 2, wide * 0.42
    seal = tall * 0.12
    body = (
        f"M{-waist:.0f} {-tall:.0f}Q0 {-tall - 9:.0f} {waist:.0f} {-tall:.0f}L{waist + 3:.0f} {-tall + seal:.0f}"
        f"C{waist + 6:.0f} {-tall * 0.6:.0f} {half + 6:.0f} {-tall * 0.4:.0f} {half:.0f} -22Q{half - 4:.0f} 6 {half - 30:.0f} 8Q0 24 {-half + 30:.0f} 8"
        f"Q{-half + 4:.0f} 6 {-half:.0f} -22C{-half - 6:.0f} {-tall * 0.4:.0f} {-waist - 6:.0f} {-tall * 0.6:.0f} {-waist - 3:.0f} {-tall + seal:.0f}Z"
    )
    belly = f'<path d="{body}" fill-opacity=".75"/><path d="M{-half:.0f} -20Q0 -66 {half:.0f} -20V20H{-half:.0f}Z" fill-opacity=".25"/>'
    box = (-half - 20, -tall - 20, wide + 40, tall + 60)
    zip_line = f"M{-waist:.0f} {-tall + seal + 4:.0f}Q0 {-tall + seal - 4:.0f} {waist:.0f} {-tall + seal + 4:.0f}"
    return (
        f'<g style="isolation:isolate"><path d="{body}" fill="{paper}"/>'
        f'<path d="{body}" fill="{shade(paper, 0.5)}" filter="url(#paper)" opacity=".35"/>'
        + clipped(f"{name}-window", window, f'<path d="{window}" fill="{INK}" opacity=".6"/>{inside}')
        + f'<path d="{window}" fill="none" stroke="{shade(paper, 0.55)}" stroke-width="4"/>'
        f'<path d="{window}" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="2" transform="translate(-2 -2) scale(1.02 1.01)"/>'
        + _mark(wide, tall, accent, round_label=round_label)
        + relief(f"{name}-belly", body, belly, box, blur=24, height=52, crumple=(".013 .009", 0.12), strength=0.8)
        + clipped(f"{name}-shine", window, '<path d="M-78 -30V-190Q-60 -250 -8 -262L-40 -20Z" fill="#fff" opacity=".2"/>')
        + f'<path d="M{-waist:.0f} {-tall + 2:.0f}Q0 {-tall - 7:.0f} {waist:.0f} {-tall + 2:.0f}L{waist + 2:.0f} {-tall + seal * 0.45:.0f}Q0 '
        f'{-tall + seal * 0.3:.0f} {-waist - 2:.0f} {-tall + seal * 0.45:.0f}Z" fill="{shade(paper, 0.8)}" opacity=".75"/>'
        f'<path d="{zip_line}" fill="none" stroke="{shade(paper, 0.62)}" stroke-width="3"/>'
        f'<path d="{zip_line}" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="2" transform="translate(0 4)"/></g>'
    )


def _mark(wide: float, tall: float, accent: str, *, round_label: bool) -> str:
    """The paper label with the granary, above the window."""
    y = -tall * 0.735
    if round_label:
        size = wide * 0.17
        return (
            f'<circle cx="0" cy="{y:.0f}" r="{size:.0f}" fill="{PAPER}"/><circle cx="0" cy="{y:.0f}" r="{size - 6:.0f}" fill="none" '
            f'stroke="{accent}" stroke-width="3"/>'
            + put(leuit(mark_on_paper(accent), 6), -size * 0.56, y - size * 0.5, size * 1.12 / 96)
        )
    half = wide * 0.43
    return (
        f'<path d="M{-half:.0f} {y - 44:.0f}Q0 {y - 52:.0f} {half:.0f} {y - 44:.0f}L{half + 3:.0f} {y + 42:.0f}Q0 {y + 34:.0f} {-half - 3:.0f} {y + 42:.0f}Z" '
        f'fill="{PAPER}"/><path d="M{-half - 2:.0f} {y + 30:.0f}Q0 {y + 22:.0f} {half + 2:.0f} {y + 30:.0f}L{half + 3:.0f} {y + 42:.0f}Q0 {y + 34:.0f} '
        f'{-half - 3:.0f} {y + 42:.0f}Z" fill="{accent}"/>' + put(leuit(mark_on_paper(accent), 6), -38, y - 46, 0.8)
    )


def grains(
    rand: random.Random, colours: tuple[str, ...], area: tuple[float, float, float, float], count: int, size: float = 4.6
) -> str:
    """Loose grains over an area (left, top, right, bottom)."""
    left, top, right, bottom = area
    return "".join(
        f'<circle cx="{rand.uniform(left, right):.0f}" cy="{rand.uniform(top, bottom):.0f}" r="{rand.uniform(size * 0.45, size):.1f}" '
        f'fill="{rand.choice(colours)}"/>'
        for _ in range(count)
    )


def heap(
    name: str, rand: random.Random, colours: tuple[str, ...], wide: float, tall: float, size: float = 4.4, strays: int = 26
) -> str:
    """A lit heap of grains, foot on y=0, centred, with strays around it."""
    half = wide / 2
    path = f"M{-half:.0f} 0C{-half * 0.7:.0f} {-tall * 0.25:.0f} {-half * 0.4:.0f} {-tall:.0f} 0 {-tall:.0f}S{half * 0.7:.0f} {-tall * 0.25:.0f} {half:.0f} 0Q0 {tall * 0.3:.0f} {-half:.0f} 0Z"
    box = (-half - 20, -tall - 20, wide + 40, tall * 1.4 + 40)
    stray = "".join(
        f'<circle cx="{rand.gauss(0, half * 0.75):.0f}" cy="{abs(rand.gauss(0, tall * 0.12)) + 2:.0f}" r="{rand.uniform(1.5, size * 0.7):.1f}" '
        f'fill="{rand.choice(colours)}"/>'
        for _ in range(strays)
    )
    return (
        f'<g style="isolation:isolate">{stray}<path d="{path}" fill="{colours[0]}"/>'
        + clipped(f"{name}-heap", path, grains(rand, colours, (-half, -tall, half, tall * 0.3), int(wide * tall / 24), size))
        + texture(f"{name}-crumb", path, box, frequency=".22", height=5, strength=0.5, seed=3)
        + relief(
            f"{name}-hill", path, f'<path d="{path}" fill-opacity=".8"/>', box, blur=tall * 0.22, height=tall * 0.7, strength=0.75
        )
        + "</g>"
    )


def turned(name: str, path_d: str, colour: str, box: tuple[float, float, float, float], grain: str = ".01 .12") -> str:
    """A round body of wood with its `grain`, or of glazed clay with none."""
    lines = texture(name + "-grain", path_d, box, frequency=grain, height=3, strength=0.4) if grain else ""
    return f'<g style="isolation:isolate">{round_body(name, path_d, colour, box, blur=26, height=64)}{lines}</g>'


def bowl(name: str, wide: float, tall: float, colour: str, filling: str = "", grain: str = ".01 .12") -> str:
    """A bowl, foot on y=0, centred; `filling` is drawn around the middle of its mouth."""
    half, lip = wide / 2, wide * 0.13
    body = f"M{-half:.0f} {-tall:.0f}C{-half * 0.96:.0f} {-tall * 0.2:.0f} {-half * 0.5:.0f} 0 0 0S{half * 0.96:.0f} {-tall * 0.2:.0f} {half:.0f} {-tall:.0f}Z"
    mouth = f'cx="0" cy="{-tall:.0f}" rx="{half:.0f}" ry="{lip:.0f}"'
    back = gradient(f"{name}-mouth", (0, shade(colour, 0.42)), (1, shade(colour, 0.85)))
    front = f"M{-half:.0f} {-tall:.0f}A{half:.0f} {lip:.0f} 0 0 0 {half:.0f} {-tall:.0f}L{half - 9:.0f} {-tall:.0f}A{half - 9:.0f} {lip - 6:.0f} 0 0 1 {-half + 9:.0f} {-tall:.0f}Z"
    return (
        f"<defs>{back}</defs>"
        + turned(name, body, colour, (-half - 10, -tall - 10, wide + 20, tall + 20), grain)
        + f'<ellipse {mouth} fill="{shade(colour, 1.2)}"/><ellipse cx="0" cy="{-tall + 1:.0f}" rx="{half - 9:.0f}" ry="{lip - 6:.0f}" fill="url(#{name}-mouth)"/>'
        + put(filling, 0, -tall)
        + f'<path d="{front}" fill="{shade(colour, 1.25)}"/>'
    )


def plate(wide: float, colour: str = "#EFE6D6", filling: str = "") -> str:
    """A stoneware plate seen from a little above, foot on y=0, centred."""
    half, lip = wide / 2, wide * 0.16
    light = gradient("plate", (0, "#fff", 0.55), (0.4, "#fff", 0.05), (1, INK, 0.25))
    return (
        f"<defs>{light}</defs>{shadow(6, -lip * 0.45, half * 1.03, lip * 1.05)}"
        f'<ellipse cx="0" cy="{-lip - 6:.0f}" rx="{half:.0f}" ry="{lip:.0f}" fill="{shade(colour, 0.66)}"/>'
        f'<ellipse cx="0" cy="{-lip - 15:.0f}" rx="{half:.0f}" ry="{lip:.0f}" fill="{colour}"/>'
        f'<ellipse cx="0" cy="{-lip - 15:.0f}" rx="{half:.0f}" ry="{lip:.0f}" fill="url(#plate)"/>'
        f'<ellipse cx="0" cy="{-lip - 11:.0f}" rx="{half * 0.78:.0f}" ry="{lip * 0.72:.0f}" fill="{shade(colour, 0.9)}"/>'
        f'<ellipse cx="0" cy="{-lip - 12:.0f}" rx="{half:.0f}" ry="{lip:.0f}" fill="none" stroke="{shade(colour, 0.6)}" stroke-width="2" opacity=".5"/>'
        + put(filling, 0, -lip - 12)
    )


def jar(name: str, inside: str, *, wide: float = 280, tall: float = 400, lid: str, accent: str) -> str:
    """A clear jar with a screw lid and a label, foot on y=0, centred."""
    half, neck = wide / 2, tall * 0.17
    glass = (
        f"M{-half:.0f} {-tall + neck + 40:.0f}Q{-half:.0f} {-tall + neck:.0f} {-half + 38:.0f} {-tall + neck - 8:.0f}H{half - 38:.0f}"
        f"Q{half:.0f} {-tall + neck:.0f} {half:.0f} {-tall + neck + 40:.0f}V-46Q{half:.0f} 0 {half - 44:.0f} 4Q0 12 {-half + 44:.0f} 4Q{-half:.0f} 0 {-half:.0f} -46Z"
    )
    shine = gradient(
        f"{name}-glass",
        (0, INK, 0.3),
        (0.07, "#fff", 0.2),
        (0.2, "#fff", 0.32),
        (0.34, "#fff", 0),
        (0.8, INK, 0.03),
        (0.95, INK, 0.34),
        (1, "#fff", 0.25),
    )
    metal = gradient(f"{name}-lid", (0, shade(lid, 0.7)), (0.22, shade(lid, 1.35)), (0.45, lid), (1, shade(lid, 0.5)))
    ribs = "".join(f"M{x:.0f} {-tall + 10:.0f}v{neck - 22:.0f}" for x in _spread(-half + 34, half - 34, 26))
    return (
        f'<defs>{shine}{metal}</defs><path d="{glass}" fill="#F4EBDB" opacity=".75"/>'
        + clipped(f"{name}-in", glass, inside)
        + f'<path d="{glass}" fill="url(#{name}-glass)"/><path d="{glass}" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="2.5"/>'
        f'<path d="M{-half + 24:.0f} {-tall + neck + 48:.0f}Q{-half + 16:.0f} {-tall * 0.4:.0f} {-half + 22:.0f} -60" stroke="#fff" stroke-opacity=".75" '
        f'stroke-width="11" stroke-linecap="round" fill="none"/><rect x="{-half + 26:.0f}" y="{-tall:.0f}" width="{wide - 52:.0f}" height="{neck:.0f}" rx="9" '
        f'fill="url(#{name}-lid)"/><path d="{ribs}" stroke="{INK}" stroke-opacity=".2" stroke-width="2.5"/>'
        f'<ellipse cx="0" cy="{-tall + 5:.0f}" rx="{half - 30:.0f}" ry="8" fill="{shade(lid, 1.3)}"/>'
        + _wrap_label(half * 0.62, -tall * 0.3, accent)
    )


def _wrap_label(half: float, y: float, accent: str) -> str:
    light = gradient("wrap", (0, "#fff", 0.1), (0.4, "#fff", 0), (1, INK, 0.2))
    path = (
        f"M{-half:.0f} {y - 62:.0f}Q0 {y - 54:.0f} {half:.0f} {y - 62:.0f}V{y + 58:.0f}Q0 {y + 68:.0f} {-half:.0f} {y + 58:.0f}Z"
    )
    band = (
        f"M{-half:.0f} {y + 44:.0f}Q0 {y + 54:.0f} {half:.0f} {y + 44:.0f}V{y + 58:.0f}Q0 {y + 68:.0f} {-half:.0f} {y + 58:.0f}Z"
    )
    return (
        f'<defs>{light}</defs><path d="{path}" fill="{PAPER}"/><path d="{band}" fill="{accent}"/>'
        + put(leuit(accent, 5.5), -46, y - 48, 0.96)
        + f'<path d="{path}" fill="url(#wrap)"/>'
    )


def clear_bag(name: str, inside: str, *, wide: float = 320, tall: float = 420, accent: str, tie: bool = False) -> str:
    """A clear bag of crisps: stapled under a card header, or tied at the neck."""
    half = wide / 2
    body = (
        f"M{-half + 34:.0f} 2Q{-half - 6:.0f} -6 {-half:.0f} -70C{-half - 10:.0f} {-tall * 0.5:.0f} {-half + (30 if tie else 4):.0f} {-tall * 0.74:.0f} "
        f"{-30 if tie else -half + 16:.0f} {-tall + 70:.0f}H{30 if tie else half - 16:.0f}C{half - (30 if tie else 4):.0f} {-tall * 0.74:.0f} {half + 10:.0f} "
        f"{-tall * 0.5:.0f} {half:.0f} -70Q{half + 6:.0f} -6 {half - 34:.0f} 2Q0 14 {-half + 34:.0f} 2Z"
    )
    rand = rng(name, "film")
    shines = "".join(
        f'<path d="M{x:.0f} {y:.0f}q{rand.uniform(-14, 14):.0f} {rand.uniform(24, 50):.0f} {rand.uniform(-8, 8):.0f} {rand.uniform(60, 110):.0f}" '
        f'stroke="#fff" stroke-opacity="{rand.uniform(0.35, 0.75):.2f}" stroke-width="{rand.uniform(3, 9):.1f}" stroke-linecap="round" fill="none"/>'
        for x, y in [(rand.uniform(-half + 24, half - 24), rand.uniform(-tall * 0.78, -120)) for _ in range(9)]
    )
    box = (-half - 20, -tall - 20, wide + 40, tall + 50)
    film = relief(
        f"{name}-film",
        body,
        f'<path d="{body}" fill-opacity=".7"/>',
        box,
        blur=16,
        height=26,
        crumple=(".02 .014", 0.55),
        strength=0.55,
    )
    top = _tied_neck(tall, accent) if tie else _header(half, tall, accent)
    return (
        f'<g style="isolation:isolate"><path d="{body}" fill="#F7F0E2" opacity=".6"/>{clipped(name + "-in", body, inside)}'
        f'<path d="{body}" fill="#fff" opacity=".1"/>{film}<path d="{body}" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="3"/>{shines}{top}</g>'
    )


def _header(half: float, tall: float, accent: str) -> str:
    card = f"M{-half + 6:.0f} {-tall - 14:.0f}H{half - 6:.0f}V{-tall + 84:.0f}H{-half + 6:.0f}Z"
    light = gradient("card", (0, "#fff", 0.22), (0.3, "#fff", 0.02), (1, INK, 0.2))
    return (
        f'<defs>{light}</defs><path d="{card}" fill="{INK}" opacity=".2" transform="translate(3 6)"/><path d="{card}" fill="{accent}"/>'
        f'<path d="{card}" fill="url(#card)"/><rect x="-46" y="{-tall - 4:.0f}" width="92" height="78" rx="6" fill="{PAPER}"/>'
        + put(leuit(accent, 6), -36, -tall + 4, 0.75)
        + f'<path d="M{-half * 0.66:.0f} {-tall + 62:.0f}h22M{half * 0.54:.0f} {-tall + 62:.0f}h22" stroke="#C9CDD2" stroke-width="5" stroke-linecap="round"/>'
    )


def _tied_neck(tall: float, accent: str) -> str:
    frill = f"M-34 {-tall + 66:.0f}Q-70 {-tall:.0f} -62 {-tall - 24:.0f}Q-30 {-tall - 6:.0f} -14 {-tall - 30:.0f}Q6 {-tall - 8:.0f} 28 {-tall - 28:.0f}Q44 {-tall - 4:.0f} 66 {-tall - 20:.0f}Q66 {-tall + 10:.0f} 34 {-tall + 66:.0f}Z"
    return (
        f'<path d="{frill}" fill="#F7F0E2" opacity=".8"/><path d="M-20 {-tall + 60:.0f}L-36 {-tall:.0f}M4 {-tall + 60:.0f}L2 {-tall - 10:.0f}M20 {-tall + 60:.0f}L40 {-tall:.0f}" '
        f'stroke="#B9AB92" stroke-width="3" fill="none"/><rect x="-38" y="{-tall + 58:.0f}" width="76" height="16" rx="8" fill="{accent}"/>'
        f'<path d="M-34 {-tall + 63:.0f}h50" stroke="#fff" stroke-opacity=".5" stroke-width="3"/>'
        f'<g transform="translate(30 {-tall + 70:.0f}) rotate(14)"><path d="M0 0Q10 14 8 26" stroke="{INK}" stroke-opacity=".5" stroke-width="2" fill="none"/>'
        f'<rect x="-42" y="24" width="100" height="88" rx="6" fill="{PAPER}"/><circle cx="8" cy="33" r="4" fill="{INK}" opacity=".5"/>{put(leuit(accent, 6), -28, 38, 0.75)}</g>'
    )


def spoon(name: str, length: float = 300, colour: str = WOOD) -> str:
    """A wooden spoon lying to the right, its bowl around the origin."""
    path = f"M-66 0C-66 -30 -20 -38 30 -24C60 -14 70 -10 {length:.0f} -14Q{length + 14:.0f} -6 {length:.0f} 4C70 6 60 14 30 24C-20 34 -66 28 -66 0Z"
    return (
        turned(name, path, colour, (-80, -50, length + 110, 100), ".012 .2")
        + f'<ellipse cx="-14" cy="-2" rx="40" ry="18" fill="{shade(colour, 0.5)}"/>'
    )


def tray(name: str, wide: float, filling: str = "") -> str:
    """A round plaited bamboo tray (tampah) seen from above at a slant, its middle on the origin."""
    half, deep = wide / 2, wide * 0.2
    strips = []
    for at in range(-12, 13):
        x = at * half / 12.5
        strips.append(
            f'<path d="M{x - 160:.0f} {-deep - 10:.0f}L{x + 160:.0f} {deep + 10:.0f}" stroke="{shade(BAMBOO, 0.84 if at % 2 else 1.12)}" stroke-width="{half / 19:.0f}"/>'
        )
        strips.append(
            f'<path d="M{x + 160:.0f} {-deep - 10:.0f}L{x - 160:.0f} {deep + 10:.0f}" stroke="{shade(BAMBOO, 1.0 if at % 2 else 1.2)}" '
            f'stroke-width="{half / 19:.0f}" stroke-dasharray="{half / 15:.0f} {half / 15:.0f}"/>'
        )
    disc = f"M{-half:.0f} 0A{half:.0f} {deep:.0f} 0 1 0 {half:.0f} 0A{half:.0f} {deep:.0f} 0 1 0 {-half:.0f} 0Z"
    wraps = "".join(
        f"M{half * math.cos(t) - 4:.0f} {deep * math.sin(t) - 10:.0f}l9 20" for t in (n * math.pi / 26 for n in range(52))
    )
    shade_in = gradient(f"{name}-in", (0, INK, 0.42), (0.3, INK, 0.06), (1, "#fff", 0.12))
    return (
        f'<defs>{shade_in}</defs>{shadow(8, deep * 0.6, half * 1.04, deep * 0.75)}<path d="{disc}" fill="{shade(BAMBOO, 0.6)}" transform="translate(0 12)"/>'
        f'<path d="{disc}" fill="{BAMBOO}"/>{clipped(name + "-weave", disc, "".join(strips))}<path d="{disc}" fill="url(#{name}-in)"/>{filling}'
        f'<path d="{disc}" fill="none" stroke="{shade(BAMBOO, 0.72)}" stroke-width="20"/><path d="{wraps}" stroke="{shade(WOOD, 0.6)}" stroke-width="3.5"/>'
        f'<path d="{disc}" fill="none" stroke="{shade(BAMBOO, 1.45)}" stroke-width="4" stroke-opacity=".8" transform="translate(-2 -6)"/>'
    )


def _spread(start: float, stop: float, count: int) -> list[float]:
    return [start + (stop - start) * n / (count - 1) for n in range(count)]

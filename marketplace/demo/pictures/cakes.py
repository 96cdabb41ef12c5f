"""Snacks that lie open on leaf and tray: rounds of cassava and rice, dried banana, rice cakes."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import math
import random
from collections.abc import Callable

from .crisps import wobble
from .greenery import banana_leaf
from .relief import relief, round_body, texture
from .scene import BAMBOO, INK, Drawing, mix, put, rng, shade, shadow
from .vessels import tray, turned

Views = dict[str, Callable[[], Drawing]]

WALL, TABLE = "#F3E9DA", "#DFC79C"


def _food(body: str) -> Drawing:
    """The leaf and what lies on it, near enough to fill the frame."""
    return Drawing("", put(put(body, -400, -690), 400, 706, 1.1), WALL, TABLE)


def _opak(rand: random.Random, name: str, size: float, tone: str) -> str:
    """One cassava cracker: a wide thin round, toasted in spots, a little warped."""
    path = wobble(rand, size, size, 16, 0.035)
    box = (-size * 1.2, -size * 1.2, size * 2.4, size * 2.4)
    toast = "".join(
        f'<circle cx="{rand.gauss(0, 0.42) * size:.0f}" cy="{rand.gauss(0, 0.42) * size:.0f}" r="{rand.uniform(0.04, 0.16) * size:.0f}" fill="#A8662A" opacity="{rand.uniform(0.1, 0.3):.2f}"/>'
        for _ in range(26)
    )
    herbs = "".join(
        f'<circle cx="{rand.gauss(0, 0.45) * size:.0f}" cy="{rand.gauss(0, 0.45) * size:.0f}" r="2.6" fill="#5E7A3A" opacity=".8"/>'
        for _ in range(18)
    )
    return (
        f'<g style="isolation:isolate"><path d="{path}" fill="{INK}" opacity=".3" transform="translate(7 9)" filter="url(#soft)"/><path d="{path}" fill="{shade(tone, 0.62)}" transform="translate(2 5)"/>'
        f'<path d="{path}" fill="{tone}"/><clipPath id="{name}-round"><path d="{path}"/></clipPath><g clip-path="url(#{name}-round)"><g filter="url(#soft)">{toast}</g>{herbs}</g>'
        + texture(name, path, box, frequency=".045", height=7, strength=0.5, octaves=3, seed=len(name) + int(size))
        + f'<path d="{path}" fill="none" stroke="{shade(tone, 1.5)}" stroke-width="3" opacity=".8" transform="translate(-1 -2)"/></g>'
    )


def _cassava() -> Drawing:
    rand = rng("op-singkong")
    stack = "".join(
        put(
            f'<g transform="scale(1 .3)">{_opak(rand, f"s{n}", 168, shade("#E9D6AC", 1 - 0.02 * (n % 3)))}</g>',
            470 + rand.uniform(-9, 9),
            664 - n * 15,
            1,
            rand.uniform(-3, 3),
        )
        for n in range(7)
    )
    leaning = put(_opak(rand, "big", 196, "#EBD9B0"), 300, 420, 1, -8)
    second = put(_opak(rand, "mid", 150, "#E2C893"), 590, 480, 1, 12)
    mat = put(banana_leaf("l", 640, 190), 410, 668)
    return _food(mat + shadow(300, 612, 130, 20) + leaning + second + stack)


def _ranginang(rand: random.Random, name: str, size: float, tone: str) -> str:
    """A rice cracker: a round built of single puffed grains."""
    out = []
    for _ in range(int(size * 2.3)):
        turn, reach = rand.uniform(0, 6.283), size * rand.uniform(0, 1) ** 0.5
        x, y = reach * math.cos(turn), reach * math.sin(turn)
        grain = mix(tone, rand.choice(("#FFF6DE", "#B9772E", "#F3DCA4")), rand.uniform(0.05, 0.5))
        out.append(
            put(
                f'<ellipse rx="10" ry="5" cy="1.6" fill="{shade(tone, 0.5)}"/><ellipse rx="9.5" ry="4.8" fill="{grain}"/>',
                x,
                y,
                1,
                rand.uniform(0, 180),
            )
        )
    path = wobble(rand, size, size, 14, 0.03)
    box = (-size * 1.2, -size * 1.2, size * 2.4, size * 2.4)
    return (
        f'<g style="isolation:isolate"><path d="{path}" fill="{INK}" opacity=".35" transform="translate(7 9)" filter="url(#soft)"/><path d="{path}" fill="{shade(tone, 0.8)}"/>{"".join(out)}'
        + relief(
            name,
            path,
            f'<path d="{path}" fill-opacity=".8"/>',
            box,
            blur=size * 0.2,
            height=size * 0.4,
            crumple=(".012 .006", 0.05),
            strength=0.42,
        )
        + "</g>"
    )


def _rice_crackers() -> Drawing:
    rand = rng("rg-ketan")
    back = (
        put(_ranginang(rand, "r1", 138, "#E8CD8E"), 250, 470, 1, -10)
        + put(_ranginang(rand, "r2", 128, "#B87A3C"), 520, 448, 1, 12)
        + put(_ranginang(rand, "r3", 140, "#EAD6A2"), 388, 420)
    )
    flat = "".join(
        put(f'<g transform="scale(1 .36)">{_ranginang(rand, f"f{n}", 122, tone)}</g>', x, y)
        for n, (x, y, tone) in enumerate(
            ((300, 628, "#E2BE74"), (500, 622, "#EAD6A2"), (404, 650, "#E8CD8E"), (400, 622, "#B87A3C"))
        )
    )
    return _food(put(tray("t", 660, shadow(0, -20, 260, 40)), 400, 628) + back + flat)


def _sale_strip(rand: random.Random, name: str, length: float) -> str:
    """A strip of sun-dried banana, dark and sticky."""
    tone = rand.choice(("#8A4B1C", "#7A3D14", "#9C5C26"))
    path = f"M{-length:.0f} 6C{-length * 0.9:.0f} -36 {-length * 0.3:.0f} -40 0 -34S{length * 0.94:.0f} -34 {length:.0f} -4C{length * 0.9:.0f} 34 {length * 0.3:.0f} 28 0 32S{-length:.0f} 40 {-length:.0f} 6Z"
    ridges = "".join(
        f'<path fill-opacity=".5" d="M{-length * 0.9:.0f} {y}Q0 {y + rand.uniform(-10, 10):.0f} {length * 0.9:.0f} {y + 4}v6H{-length * 0.9:.0f}Z"/>'
        for y in (-20, -2, 14)
    )
    box = (-length - 10, -50.0, 2 * length + 20, 100.0)
    return (
        f'<g style="isolation:isolate"><path d="{path}" fill="{INK}" opacity=".4" transform="translate(5 9)" filter="url(#soft)"/><path d="{path}" fill="{tone}"/>'
        + relief(
            name,
            path,
            f'<path d="{path}" fill-opacity=".5"/>{ridges}',
            box,
            blur=6,
            height=26,
            crumple=(".02 .07", 0.5),
            strength=0.85,
        )
        + f'<path d="M{-length * 0.76:.0f} -16Q{-length * 0.2:.0f} -30 {length * 0.3:.0f} -22" stroke="#FFE3B0" stroke-opacity=".75" stroke-width="5" stroke-linecap="round" fill="none"/></g>'
    )


def _dried_bananas() -> Drawing:
    rand = rng("sp-sale")
    rows = ((250, 650), (400, 664), (550, 650), (320, 612), (478, 612), (400, 570))
    strips = "".join(
        put(_sale_strip(rand, f"s{n}", 104), x, y, 1, rand.uniform(-12, 12))
        for n, (x, y) in enumerate(sorted(rows, key=lambda r: r[1]))
    )
    fruit = "".join(put(_fresh_banana(f"f{n}"), 690, 500, 1.15, turn) for n, turn in enumerate((66, 84, 102)))
    return _food(
        put(banana_leaf("l", 680, 220), 400, 650) + shadow(560, 590, 180, 26) + fruit + shadow(400, 668, 280, 40) + strips
    )


def _fresh_banana(name: str) -> str:
    """A ripe banana hanging from the origin."""
    path = "M-14 -10C-60 60 -70 170 -10 236Q0 246 12 234C10 170 4 90 18 -6Z"
    box = (-90, -30, 130, 290)
    return (
        f'<g style="isolation:isolate">{round_body(name, path, "#E0B33C", box, blur=12, height=36)}<path d="M-30 60Q-44 150 -6 224" stroke="#A87F1E" stroke-width="2.5" fill="none" opacity=".7"/>'
        '<path d="M-16 -8Q-8 -40 -2 -46L14 -40L18 -6Z" fill="#9AA046"/><path d="M-12 230Q0 250 13 232L8 224Z" fill="#4A331A"/></g>'
    )


def _block(name: str, wide: float, tall: float, deep: float, colour: str, grit: str, rough: float) -> str:
    """A block of pressed rice seen from the front and a little above; centred, foot on y=0."""
    half = wide / 2
    front = f"M{-half:.0f} {-tall:.0f}Q0 {-tall - 5:.0f} {half:.0f} {-tall:.0f}Q{half + 5:.0f} {-tall / 2:.0f} {half:.0f} 0Q0 6 {-half:.0f} 0Q{-half - 5:.0f} {-tall / 2:.0f} {-half:.0f} {-tall:.0f}Z"
    top = f"M{-half:.0f} {-tall + 1:.0f}L{-half + deep:.0f} {-tall - deep * 0.62:.0f}Q{deep:.0f} {-tall - deep * 0.7:.0f} {half + deep * 0.72:.0f} {-tall - deep * 0.6:.0f}L{half:.0f} {-tall + 1:.0f}Q0 {-tall - 4:.0f} {-half:.0f} {-tall + 1:.0f}Z"
    side = f"M{half:.0f} {-tall:.0f}L{half + deep * 0.72:.0f} {-tall - deep * 0.6:.0f}V{-deep * 0.5:.0f}L{half:.0f} 0Z"
    box = (-half - 20, -tall - deep - 10, wide + deep * 2 + 40, tall + deep + 30)
    faces = ((front, 0.93, "f"), (top, 1.12, "t"), (side, 0.7, "s"))
    return (
        '<g style="isolation:isolate">'
        + "".join(
            f'<path d="{path}" fill="{shade(colour, light)}"/>{texture(name + key, path, box, frequency=grit, height=rough, strength=0.4, octaves=3)}'
            for path, light, key in faces
        )
        + f'<path d="M{-half:.0f} {-tall:.0f}Q0 {-tall - 5:.0f} {half:.0f} {-tall:.0f}" stroke="#fff" stroke-opacity=".5" stroke-width="4" fill="none"/></g>'
    )


def _uli() -> Drawing:
    mat = put(banana_leaf("l", 700, 230), 400, 656)
    white = "#F4EAD3"
    log = put(_block("log", 330, 168, 130, white, ".035 .05", 3), 300, 640)
    slices = "".join(
        put(_block(f"s{n}", 52, 150, 118, white, ".035 .05", 3), 528 + n * 66, 660 + n * 8, 1, 7 + n * 5) for n in range(2)
    )
    lying = put(_block("ly", 150, 40, 90, white, ".035 .05", 3), 372, 730)
    flakes = "".join(
        f'<path d="M{rand.uniform(470, 690):.0f} {rand.uniform(700, 748):.0f}q6 -5 13 1" stroke="#FFFDF8" stroke-width="4" fill="none"/>'
        for rand in [rng("ul-ketan")]
        for _ in range(34)
    )
    knife = turned("bam", "M0 0H230Q250 8 230 18H0Z", BAMBOO, (-10, -10, 270, 40), ".01 .2")
    return _food(
        mat + shadow(360, 640, 280, 40) + log + slices + shadow(390, 732, 110, 16) + lying + flakes + put(knife, 110, 716, 1, -6)
    )


def _wajik() -> Drawing:
    rand = rng("wj-baduy")
    brown = "#96592B"
    husk = "#B79A5C"
    parts = [put(banana_leaf("l", 640, 210, "#86A065"), 400, 660)]
    for n, (x, y, turn) in enumerate(((250, 600, -3), (430, 590, 2), (340, 500, 0))):
        parts.append(shadow(x, y + 2, 104, 18) + put(_wrapped(rand, f"w{n}", husk), x, y, 1, turn))
    for n, (x, y) in enumerate(((560, 660), (640, 704), (470, 720))):
        parts.append(shadow(x + 10, y, 84, 18) + put(_block(f"b{n}", 112, 62, 60, brown, ".16", 9), x, y, 1, (-4, 5, 2)[n]))
    return _food("".join(parts))


def _wrapped(rand: random.Random, name: str, husk: str) -> str:
    """A cake rolled in dry husk and tied at both ends, foot on y=0."""
    path = "M-98 -70Q-60 -98 0 -98T98 -70Q108 -48 98 -22Q60 2 0 2T-98 -22Q-108 -48 -98 -70Z"
    tails = "".join(
        f'<path d="M{s * 92} {-64 + k * 12}Q{s * 124} {-78 + k * 16} {s * 146} {-86 + k * 24}Q{s * 130} {-56 + k * 12} {s * 92} {-50 + k * 10}Z" fill="{shade(husk, 0.8 + k * 0.12)}"/>'
        for s in (-1, 1)
        for k in range(4)
    )
    fibres = "".join(
        f'<path fill-opacity="{rand.uniform(0.3, 0.8):.2f}" d="M-110 {y}Q0 {y + rand.uniform(-14, 14):.0f} 110 {y + 2}v6H-110Z"/>'
        for y in range(-92, 4, 11)
    )
    box = (-130.0, -120.0, 260.0, 150.0)
    ties = "".join(
        f'<path d="M{s * 74} -88Q{s * 90} -48 {s * 74} -8" stroke="{shade(BAMBOO, 0.7)}" stroke-width="9" fill="none"/><path d="M{s * 74 - 2} -86Q{s * 90 - 2} -48 {s * 74 - 2} -10" stroke="{shade(BAMBOO, 1.3)}" stroke-width="3" fill="none"/>'
        for s in (-1, 1)
    )
    return (
        f'<g style="isolation:isolate">{tails}<path d="{path}" fill="{husk}"/>'
        + relief(name, path, f'<path d="{path}" fill-opacity=".5"/>{fibres}', box, blur=5, height=24, strength=0.75)
        + relief(name + "r", path, f'<path d="{path}" fill-opacity=".9"/>', box, blur=22, height=50, strength=0.6)
        + f"{ties}</g>"
    )


PICTURES: dict[str, Views] = {
    "op-singkong": {"front": _cassava},
    "rg-ketan": {"front": _rice_crackers},
    "sp-sale": {"front": _dried_bananas},
    "ul-ketan": {"front": _uli},
    "wj-baduy": {"front": _wajik},
}

"""Snacks: crisps in bags, pouches, jars and on plates, rice cakes on leaf."""

import math
import random
from collections.abc import Callable
from functools import partial

from .greenery import banana_leaf
from .relief import relief, round_body, texture
from .scene import (
    BAMBOO,
    DAUN,
    INK,
    KUNYIT,
    MERAH,
    NILA,
    SOGA,
    Drawing,
    beside_rule,
    mix,
    packed,
    put,
    rng,
    shade,
    shadow,
    zoom,
)
from .vessels import bowl, clear_bag, jar, plate, pouch, tray, turned

Views = dict[str, Callable[[], Drawing]]
Crisp = Callable[[random.Random, float], str]

WALL, TABLE = "#F3E9DA", "#DFC79C"


def _food(body: str) -> Drawing:
    return Drawing("", body, WALL, TABLE)


def _wobble(rand: random.Random, rx: float, ry: float, points: int = 10, rough: float = 0.12) -> str:
    """An uneven round, as a crisp is: a closed soft curve around the origin."""
    ring = []
    for at in range(points):
        turn = 2 * math.pi * at / points
        reach = 1 + rand.uniform(-rough, rough)
        ring.append((rx * reach * math.cos(turn), ry * reach * math.sin(turn)))
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    curve = "".join(f"Q{ring[(n + 1) % points][0]:.1f} {ring[(n + 1) % points][1]:.1f} {middles[(n + 1) % points][0]:.1f} {middles[(n + 1) % points][1]:.1f}" for n in range(points))
    return f"M{middles[0][0]:.1f} {middles[0][1]:.1f}{curve}Z"


def emping(rand: random.Random, size: float) -> str:
    """A fried melinjo crisp: thin, gold, blistered, curling at the rim."""
    tone = rand.choice(("#E2B65C", "#D9A546", "#EBC57A", "#CF9838"))
    path = _wobble(rand, size, size * rand.uniform(0.6, 0.95), 11, 0.1)
    blisters = "".join(
        f'<circle cx="{rand.uniform(-0.6, 0.6) * size:.0f}" cy="{rand.uniform(-0.45, 0.45) * size:.0f}" r="{rand.uniform(0.06, 0.15) * size:.1f}" fill="{shade(tone, 1.45)}" '
        f'stroke="{shade(tone, 0.72)}" stroke-width="1.2" opacity=".8"/>'
        for _ in range(6)
    )
    return _crisp(path, tone, blisters)


def _crisp(path: str, tone: str, marks: str) -> str:
    return (
        f'<path d="{path}" fill="{INK}" opacity=".34" transform="translate(4 6)"/><path d="{path}" fill="{shade(tone, 0.6)}" transform="translate(1.5 3)"/><path d="{path}" fill="{tone}"/>{marks}'
        f'<path d="{path}" fill="none" stroke="{shade(tone, 1.5)}" stroke-width="2" opacity=".75" transform="translate(-.8 -1.2) scale(.95)"/>'
    )


def raw_emping(rand: random.Random, size: float) -> str:
    """An uncooked melinjo crisp: flat, pale, half clear."""
    tone = rand.choice(("#E9DDB4", "#DFD09E", "#EDE3C2", "#D8C68E"))
    path = _wobble(rand, size, size * 0.8, 12, 0.08)
    return (
        f'<path d="{path}" fill="{INK}" opacity=".22" transform="translate(3 4)"/><path d="{path}" fill="{tone}" opacity=".93"/><path d="{path}" fill="none" stroke="{shade(tone, 0.74)}" stroke-width="1.8"/>'
        f'<path d="{_wobble(rand, size * 0.5, size * 0.36, 9, 0.2)}" fill="{shade(tone, 1.5)}" opacity=".65"/>'
    )


def jengkol(rand: random.Random, size: float) -> str:
    """A jengkol crisp: thick, brown, with a darker heart."""
    tone = rand.choice(("#A8743A", "#96632E", "#B98548", "#875426"))
    heart = f'<path d="{_wobble(rand, size * 0.5, size * 0.4, 8, 0.25)}" fill="{shade(tone, 0.72)}" opacity=".7"/>'
    return _crisp(_wobble(rand, size, size * rand.uniform(0.7, 0.95), 9, 0.14), tone, heart)


def keceprek(rand: random.Random, size: float) -> str:
    """A thick melinjo crisp, two or three kernels pressed together."""
    tone = rand.choice(("#D08F35", "#BE7C28", "#DDA24A"))
    lobes = "".join(
        f'<ellipse cx="{dx * size:.0f}" cy="{dy * size:.0f}" rx="{size * 0.36:.0f}" ry="{size * 0.28:.0f}" fill="{shade(tone, 1.22)}" stroke="{shade(tone, 0.66)}" stroke-width="1.6"/>'
        for dx, dy in ((-0.32, 0.08), (0.3, 0.14), (0.02, -0.26))
    )
    return _crisp(_wobble(rand, size, size * 0.74, 8, 0.12), tone, lobes)


def banana(rand: random.Random, size: float) -> str:
    """A long slice of fried banana, curled, glazed with sugar."""
    tone = rand.choice(("#E9B949", "#DFA537", "#F0C869", "#D6962B"))
    high = size * rand.uniform(0.3, 0.46)
    bend = rand.uniform(-0.4, 0.4) * size
    path = f"M{-size:.0f} {bend * 0.4:.0f}Q{-size:.0f} {-high:.0f} 0 {-high - bend * 0.4:.0f}T{size:.0f} {bend * 0.4:.0f}Q{size * 0.96:.0f} {high:.0f} 0 {high - bend * 0.4:.0f}T{-size:.0f} {bend * 0.4:.0f}Z"
    seeds = "".join(f"M{x * size:.0f} {-bend * 0.36:.0f}l{size * 0.07:.0f} 3" for x in (-0.5, -0.3, -0.1, 0.12, 0.32, 0.52))
    gloss = f'<path d="M{-size * 0.7:.0f} {-high * 0.3:.0f}Q{-size * 0.2:.0f} {-high - bend * 0.2:.0f} {size * 0.4:.0f} {-high * 0.6 - bend * 0.2:.0f}" stroke="#fff" stroke-opacity=".7" stroke-width="3.4" fill="none" stroke-linecap="round"/>'
    return _crisp(path, tone, f'<path d="{seeds}" stroke="#7A4512" stroke-width="2.6" opacity=".7"/>{gloss}')


def peel(rand: random.Random, size: float) -> str:
    """A banana-peel cracker: a puffed brown curl."""
    tone = rand.choice(("#8A5A2C", "#744619", "#9C6B38", "#643C18"))
    path = f"M{-size:.0f} 4Q{-size * 0.6:.0f} {-size * rand.uniform(0.5, 0.9):.0f} {size * 0.1:.0f} {-size * 0.3:.0f}T{size:.0f} {rand.uniform(-8, 8):.0f}Q{size * 0.6:.0f} {size * 0.34:.0f} {size * 0.1:.0f} {size * 0.12:.0f}T{-size:.0f} 4Z"
    dots = "".join(f'<circle cx="{rand.uniform(-0.6, 0.6) * size:.0f}" cy="{rand.uniform(-0.24, 0.1) * size:.0f}" r="{rand.uniform(1.6, 3.6):.1f}" fill="{shade(tone, 1.5)}" opacity=".8"/>' for _ in range(6))
    return _crisp(path, tone, dots)


def pile(rand: random.Random, crisp: Crisp, area: tuple[float, float, float, float], count: int, size: float) -> str:
    """Crisps heaped in an area (left, top, right, bottom), the lower ones drawn over the upper."""
    left, top, right, bottom = area
    spots = sorted(rand.uniform(0, 1) for _ in range(count))
    return "".join(
        put(crisp(rand, size * rand.uniform(0.82, 1.12)), rand.uniform(left, right), top + (bottom - top) * deep, 1, rand.uniform(-60, 60)) for deep in spots
    )


def mound(rand: random.Random, crisp: Crisp, wide: float, tall: float, count: int, size: float) -> str:
    """Crisps in a mound whose foot is the origin: narrow at the top, wide below."""
    out = []
    for deep in sorted(rand.uniform(0, 1) ** 0.7 for _ in range(count)):
        reach = wide / 2 * (0.16 + 0.84 * deep)
        out.append(put(crisp(rand, size * rand.uniform(0.82, 1.1)), rand.uniform(-reach, reach), -tall * (1 - deep), 1, rand.uniform(-50, 50)))
    return "".join(out)


def _raw_emping() -> Drawing:
    rand = rng("em-mentah-500")
    lying = mound(rand, raw_emping, 400, 96, 90, 36)
    bag = clear_bag("b", pile(rand, raw_emping, (-150, -320, 150, -10), 130, 40), wide=310, tall=440, accent=DAUN)
    return _food(shadow(258, 560, 160, 26) + put(bag, 252, 556) + put(tray("t", 560, put(lying, 0, 50)), 456, 646))


def _cooked_emping() -> Drawing:
    rand = rng("em-matang")
    inside = pile(rand, emping, (-76, -236, 76, -30), 70, 30)
    dish = plate(356, "#EFE6D6", mound(rand, emping, 250, 100, 46, 40))
    return _food(shadow(292, 634, 190, 34) + put(pouch("p", inside, wide=336, tall=500, accent=KUNYIT), 290, 628) + put(dish, 566, 730))


def _jengkol() -> Drawing:
    rand = rng("em-jengkol")
    bag = clear_bag("b", pile(rand, jengkol, (-170, -330, 170, -10), 150, 40), wide=370, tall=470, accent=SOGA, tie=True)
    pods = "".join(
        put(round_body(f"j{n}", _wobble(rand, 40, 36, 9, 0.06), "#5B3A22", (-56, -52, 112, 104), blur=12, height=36), x, y)
        for n, (x, y) in enumerate(((612, 668), (682, 682), (640, 716)))
    )
    few = "".join(put(jengkol(rand, 36), x, y, 1, turn) for x, y, turn in ((170, 712, 10), (232, 734, -30), (560, 742, 20)))
    return _food(shadow(372, 660, 210, 36) + put(bag, 366, 654) + shadow(650, 704, 110, 24) + pods + few)


def _keceprek() -> Drawing:
    rand = rng("kc-keceprek")
    inside = pile(rand, keceprek, (-150, -350, 150, -4), 120, 40)
    loose = mound(rand, keceprek, 190, 56, 16, 38)
    return _food(shadow(330, 664, 190, 34) + put(jar("j", inside, wide=330, tall=500, lid=MERAH, accent=MERAH), 326, 656) + shadow(600, 708, 130, 24) + put(loose, 600, 704))


def _opak(rand: random.Random, name: str, size: float, tone: str) -> str:
    """One cassava cracker: a wide thin round, toasted in spots, a little warped."""
    path = _wobble(rand, size, size, 16, 0.035)
    box = (-size * 1.2, -size * 1.2, size * 2.4, size * 2.4)
    toast = "".join(
        f'<circle cx="{rand.gauss(0, 0.42) * size:.0f}" cy="{rand.gauss(0, 0.42) * size:.0f}" r="{rand.uniform(0.04, 0.16) * size:.0f}" fill="#A8662A" opacity="{rand.uniform(0.1, 0.3):.2f}"/>'
        for _ in range(26)
    )
    herbs = "".join(f'<circle cx="{rand.gauss(0, 0.45) * size:.0f}" cy="{rand.gauss(0, 0.45) * size:.0f}" r="2.6" fill="#5E7A3A" opacity=".8"/>' for _ in range(18))
    return (
        f'<g style="isolation:isolate"><path d="{path}" fill="{INK}" opacity=".3" transform="translate(7 9)" filter="url(#soft)"/><path d="{path}" fill="{shade(tone, 0.62)}" transform="translate(2 5)"/>'
        f'<path d="{path}" fill="{tone}"/><clipPath id="{name}-round"><path d="{path}"/></clipPath><g clip-path="url(#{name}-round)"><g filter="url(#soft)">{toast}</g>{herbs}</g>'
        + texture(name, path, box, frequency=".045", height=7, strength=0.5, octaves=3, seed=len(name) + int(size))
        + f'<path d="{path}" fill="none" stroke="{shade(tone, 1.5)}" stroke-width="3" opacity=".8" transform="translate(-1 -2)"/></g>'
    )


def _cassava() -> Drawing:
    rand = rng("op-singkong")
    stack = "".join(put(f'<g transform="scale(1 .3)">{_opak(rand, f"s{n}", 168, shade("#E9D6AC", 1 - 0.02 * (n % 3)))}</g>', 470 + rand.uniform(-9, 9), 664 - n * 15, 1, rand.uniform(-3, 3)) for n in range(7))
    leaning = put(_opak(rand, "big", 196, "#EBD9B0"), 300, 420, 1, -8)
    second = put(_opak(rand, "mid", 150, "#E2C893"), 590, 480, 1, 12)
    mat = put(banana_leaf("l", 640, 190), 410, 668)
    return _food(mat + shadow(300, 612, 130, 20) + leaning + second + stack)


def _ranginang(rand: random.Random, name: str, size: float, tone: str) -> str:
    """A rice cracker: a round built of single puffed grains."""
    out = []
    for _ in range(int(size * 1.7)):
        turn, reach = rand.uniform(0, 6.283), size * rand.uniform(0, 1) ** 0.5
        x, y = reach * math.cos(turn), reach * math.sin(turn)
        grain = mix(tone, rand.choice(("#FFF6DE", "#B9772E", "#F3DCA4")), rand.uniform(0.05, 0.5))
        out.append(put(f'<ellipse rx="10" ry="5" cy="1.6" fill="{shade(tone, 0.5)}"/><ellipse rx="9.5" ry="4.8" fill="{grain}"/>', x, y, 1, rand.uniform(0, 180)))
    path = _wobble(rand, size, size, 14, 0.03)
    box = (-size * 1.2, -size * 1.2, size * 2.4, size * 2.4)
    return (
        f'<g style="isolation:isolate"><path d="{path}" fill="{INK}" opacity=".35" transform="translate(7 9)" filter="url(#soft)"/><path d="{path}" fill="{shade(tone, 0.62)}"/>{"".join(out)}'
        + relief(name, path, f'<path d="{path}" fill-opacity=".8"/>', box, blur=size * 0.2, height=size * 0.4, strength=0.6)
        + "</g>"
    )


def _rice_crackers() -> Drawing:
    rand = rng("rg-ketan")
    back = put(_ranginang(rand, "r1", 138, "#E8CD8E"), 250, 470, 1, -10) + put(_ranginang(rand, "r2", 128, "#B87A3C"), 520, 448, 1, 12) + put(_ranginang(rand, "r3", 140, "#EAD6A2"), 388, 420)
    flat = "".join(put(f'<g transform="scale(1 .36)">{_ranginang(rand, f"f{n}", 122, tone)}</g>', x, y) for n, (x, y, tone) in enumerate(((300, 628, "#E2BE74"), (500, 622, "#EAD6A2"), (404, 650, "#E8CD8E"), (400, 622, "#B87A3C"))))
    return _food(put(tray("t", 660, shadow(0, -20, 260, 40)), 400, 628) + back + flat)


def _banana_chips() -> Drawing:
    rand = rng("kp-manis")
    inside = pile(rand, banana, (-80, -240, 80, -26), 60, 46)
    dish = bowl("b", 300, 112, "#8E5A30", mound(rand, banana, 230, 74, 44, 50))
    return _food(
        shadow(280, 640, 190, 34)
        + put(pouch("p", inside, wide=340, tall=510, accent=KUNYIT, paper="#E3C48D", round_label=True), 278, 634)
        + shadow(588, 704, 160, 28)
        + put(dish, 588, 704)
        + put(banana(rand, 46), 366, 730, 1, 10)
        + put(banana(rand, 42), 280, 742, 1, -14)
    )


def _peel_crackers() -> Drawing:
    rand = rng("kp-kulit")
    bag = clear_bag("b", pile(rand, peel, (-150, -340, 150, -14), 130, 44), wide=340, tall=480, accent=NILA)
    dish = bowl("d", 268, 96, "#E4DAC6", mound(rand, peel, 200, 60, 34, 46), "")
    return _food(shadow(296, 646, 190, 34) + put(bag, 292, 640) + shadow(590, 706, 150, 26) + put(dish, 590, 706))


def _sale_strip(rand: random.Random, name: str, length: float) -> str:
    """A strip of sun-dried banana, dark and sticky."""
    tone = rand.choice(("#8A4B1C", "#7A3D14", "#9C5C26"))
    path = f"M{-length:.0f} 6C{-length * 0.9:.0f} -36 {-length * 0.3:.0f} -40 0 -34S{length * 0.94:.0f} -34 {length:.0f} -4C{length * 0.9:.0f} 34 {length * 0.3:.0f} 28 0 32S{-length:.0f} 40 {-length:.0f} 6Z"
    ridges = "".join(f'<path fill-opacity=".5" d="M{-length * 0.9:.0f} {y}Q0 {y + rand.uniform(-10, 10):.0f} {length * 0.9:.0f} {y + 4}v6H{-length * 0.9:.0f}Z"/>' for y in (-20, -2, 14))
    box = (-length - 10, -50.0, 2 * length + 20, 100.0)
    return (
        f'<g style="isolation:isolate"><path d="{path}" fill="{INK}" opacity=".4" transform="translate(5 9)" filter="url(#soft)"/><path d="{path}" fill="{tone}"/>'
        + relief(name, path, f'<path d="{path}" fill-opacity=".5"/>{ridges}', box, blur=6, height=26, crumple=(".02 .07", 0.5), strength=0.85)
        + f'<path d="M{-length * 0.76:.0f} -16Q{-length * 0.2:.0f} -30 {length * 0.3:.0f} -22" stroke="#FFE3B0" stroke-opacity=".75" stroke-width="5" stroke-linecap="round" fill="none"/></g>'
    )


def _dried_bananas() -> Drawing:
    rand = rng("sp-sale")
    rows = ((250, 650), (400, 664), (550, 650), (320, 612), (478, 612), (400, 570))
    strips = "".join(put(_sale_strip(rand, f"s{n}", 104), x, y, 1, rand.uniform(-12, 12)) for n, (x, y) in enumerate(sorted(rows, key=lambda r: r[1])))
    fruit = "".join(put(_fresh_banana(f"f{n}"), 560, 330, 1.1, turn) for n, turn in enumerate((34, 14, -6)))
    return _food(put(banana_leaf("l", 680, 220), 400, 650) + shadow(540, 580, 190, 22) + fruit + shadow(400, 668, 280, 40) + strips)


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
    return '<g style="isolation:isolate">' + "".join(
        f'<path d="{path}" fill="{shade(colour, light)}"/>{texture(name + key, path, box, frequency=grit, height=rough, strength=0.5, octaves=3)}' for path, light, key in faces
    ) + f'<path d="M{-half:.0f} {-tall:.0f}Q0 {-tall - 5:.0f} {half:.0f} {-tall:.0f}" stroke="#fff" stroke-opacity=".5" stroke-width="4" fill="none"/></g>'


def _uli() -> Drawing:
    mat = put(banana_leaf("l", 700, 230), 400, 656)
    white = "#EFE6D2"
    log = put(_block("log", 330, 168, 130, white, ".09", 4), 300, 640)
    slices = "".join(put(_block(f"s{n}", 52, 150, 118, white, ".09", 4), 528 + n * 66, 660 + n * 8, 1, 7 + n * 5) for n in range(2))
    lying = put(_block("ly", 150, 40, 90, white, ".09", 4), 372, 730)
    flakes = "".join(f'<path d="M{rand.uniform(470, 690):.0f} {rand.uniform(700, 748):.0f}q6 -5 13 1" stroke="#FFFDF8" stroke-width="4" fill="none"/>' for rand in [rng("ul-ketan")] for _ in range(34))
    knife = turned("bam", "M0 0H230Q250 8 230 18H0Z", BAMBOO, (-10, -10, 270, 40), ".01 .2")
    return _food(mat + shadow(360, 640, 280, 40) + log + slices + shadow(390, 732, 110, 16) + lying + flakes + put(knife, 110, 716, 1, -6))


def _wajik() -> Drawing:
    rand = rng("wj-baduy")
    brown = "#8A5228"
    husk = "#B79A5C"
    parts = [put(banana_leaf("l", 640, 210, "#6B8A4A"), 400, 660)]
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
    fibres = "".join(f'<path fill-opacity="{rand.uniform(0.3, 0.8):.2f}" d="M-110 {y}Q0 {y + rand.uniform(-14, 14):.0f} 110 {y + 2}v6H-110Z"/>' for y in range(-92, 4, 11))
    box = (-130.0, -120.0, 260.0, 150.0)
    ties = "".join(f'<path d="M{s * 74} -88Q{s * 90} -48 {s * 74} -8" stroke="{shade(BAMBOO, 0.7)}" stroke-width="9" fill="none"/><path d="M{s * 74 - 2} -86Q{s * 90 - 2} -48 {s * 74 - 2} -10" stroke="{shade(BAMBOO, 1.3)}" stroke-width="3" fill="none"/>' for s in (-1, 1))
    return (
        f'<g style="isolation:isolate">{tails}<path d="{path}" fill="{husk}"/>'
        + relief(name, path, f'<path d="{path}" fill-opacity=".5"/>{fibres}', box, blur=5, height=24, strength=0.75)
        + relief(name + "r", path, f'<path d="{path}" fill-opacity=".9"/>', box, blur=22, height=50, strength=0.6)
        + f"{ties}</g>"
    )


PICTURES: dict[str, Views] = {
    "em-mentah-500": {"front": _raw_emping},
    "em-matang": {
        "front": _cooked_emping,
        "detail": lambda: zoom(_cooked_emping(), 560, 640),
        "scale": lambda: beside_rule(_cooked_emping(), 30),
        "packed": partial(packed, "box", wide=420, tall=340, accent=KUNYIT, wall=WALL, table=TABLE),
    },
    "em-jengkol": {"front": _jengkol},
    "kc-keceprek": {"front": _keceprek},
    "op-singkong": {"front": _cassava},
    "rg-ketan": {"front": _rice_crackers},
    "kp-manis": {
        "front": _banana_chips,
        "detail": lambda: zoom(_banana_chips(), 586, 570),
        "scale": lambda: beside_rule(_banana_chips(), 30),
        "packed": partial(packed, "box", wide=390, tall=380, accent=KUNYIT, wall=WALL, table=TABLE),
    },
    "kp-kulit": {"front": _peel_crackers},
    "sp-sale": {"front": _dried_bananas},
    "ul-ketan": {"front": _uli},
    "wj-baduy": {"front": _wajik},
}

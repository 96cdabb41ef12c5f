"""Coffee, ginger drink and forest honey."""

import math
from collections.abc import Callable
from random import Random

from .scene import BRASS, INK, NILA, SOGA, Drawing, beside_rule, gradient, packed, put, rng, shadow, zoom
from .servings import DEFS, bean, beans, heap, pouch, powder, spoon, steam
from .textures import radial

WALL, TABLE = "#F5EADB", "#D9C19B"
ROAST = ("#3E2212", "#4A2A16", "#33190B", "#573319")
GREEN = ("#B9B487", "#A8A676", "#C6BF95", "#99996A")


def _mug(x: float, foot: float, scale: float) -> str:
    side = "M-92 -150L-80 -14Q-70 14 0 16Q70 14 80 -14L92 -150Z"
    return put(
        shadow(4, 6, 104, 20)
        + '<path d="M84 -120Q150 -124 144 -70Q136 -24 78 -30" fill="none" stroke="#1A2750" stroke-width="21"/><path '
'd="M84 -122Q148 -126 141 -72Q134 -30 78 -34" fill="none" stroke="#F4EFE4" stroke-width="15"/>'
        f'<path d="{side}" fill="#F4EFE4"/><path d="{side}" fill="url(#dr-side)"/><path d="{side}" '
'fill="url(#dr-side)" opacity=".5"/>'
        '<ellipse cy="-150" rx="92" ry="29" fill="#1A2750"/><ellipse cy="-149" rx="86" ry="25" fill="#E6DFD0"/>'
'<ellipse cy="-143" rx="81" ry="20" fill="url(#dr-coffee)"/>'
        '<path d="M-70 -144Q-50 -160 0 -161" fill="none" stroke="#B97F4A" stroke-width="5" opacity=".8"/>'
        '<path d="M-66 -110Q-66 -60 -58 -24" fill="none" stroke="#fff" stroke-width="11" stroke-linecap="round" '
'opacity=".9" filter="url(#dr-fine)"/>',
        x, foot, scale,
    ) + steam(x, foot - 165 * scale, 150)  # fmt: skip


def robusta() -> Drawing:
    """Draw the ground robusta: folded kraft bag, a mug, a spoonful."""
    random = rng("robusta")
    bag = put(pouch(0, 318, 520, "#C9995F", SOGA, fold=True), 306, 656)
    body = shadow(316, 664, 210, 40) + bag + _mug(574, 652, 1.0)
    body += spoon(452, 716, 0.86, 4) + powder(450, 716, 122, 44, ROAST, random, 700)
    body += "".join(bean(x, y, 13, t, ROAST[1]) for x, y, t in ((300, 726, 20), (250, 712, 100), (346, 744, 60), (706, 744, 140)))
    return Drawing(DEFS, body, WALL, TABLE)


def arabika() -> Drawing:
    """Draw the arabica beans: indigo bag with a valve, a scoop spilling beans."""
    random = rng("arabika")
    bag = pouch(0, 330, 530, "#31406F", BRASS, fold=False, mark=NILA)
    valve = (
        '<circle cx="0" cy="-418" r="20" fill="#1A2750"/><circle cx="-1" cy="-420" r="18" fill="#4A5A8C"/><circle '
        'cx="0" cy="-420" r="6" fill="#1A2750"/><path d="M-14 -428A18 18 0 0 1 4 -437" stroke="#B9C4EA" '
        'stroke-width="3" fill="none"/>'
    )
    body = shadow(430, 656, 220, 42) + put(bag + valve, 430, 648)
    cup = "M96 596Q90 706 176 722Q262 722 284 604Z"
    body += '<ellipse cx="206" cy="716" rx="150" ry="24" fill="#120A04" opacity=".4" filter="url(#dr-soft)"/>'
    body += (
        f'<g filter="url(#dr-wood)"><path d="{cup}" fill="#A8693A"/></g><path d="{cup}" fill="url(#dr-side)"/>'
        '<ellipse cx="190" cy="600" rx="95" ry="34" fill="#7A4A24"/><ellipse cx="190" cy="600" rx="94" ry="33" '
        'fill="none" stroke="#F0C692" stroke-width="3"/>'
    )
    body += beans(heap(190, 606, 164, 56, 74, random), 17, ROAST, random)
    body += beans([(random.gauss(420, 130), random.uniform(690, 756)) for _ in range(46)], 17, ROAST, random)
    return Drawing(DEFS, body, "#F3E9DA", TABLE)


def _sack(random: Random) -> str:
    body = "M176 372Q130 520 166 650Q200 716 400 718Q600 716 634 650Q670 520 624 372Z"
    weave = (
        '<pattern id="dr-sack" width="14" height="14" patternUnits="userSpaceOnUse"><rect width="14" height="14" '
        'fill="#8A6A3C"/><path d="M0 1h6v5H0zM7 8h6v5H7z" fill="#C9A76C"/><path d="M8 0h5v6H8zM1 7h5v6H1z" '
        'fill="#AE8A50"/></pattern>'
    )
    creases = (
        ("M226 400Q196 540 232 690", "#fff", 22, 0.3),
        ("M262 400Q250 540 280 700", INK, 22, 0.36),
        ("M560 400Q590 540 540 700", INK, 30, 0.4),
        ("M520 410Q536 560 500 700", "#fff", 18, 0.25),
        ("M380 430Q366 560 390 706", INK, 16, 0.22),
    )
    folds = "".join(
        f'<path d="{d}" fill="none" stroke="{c}" stroke-width="{w}" opacity="{o}" filter="url(#dr-soft)"/>'
        for d, c, w, o in creases
    )
    rim_back = "M168 366Q180 300 400 296Q620 300 632 366Q600 322 400 318Q200 322 168 366Z"
    roll = "M156 372Q166 330 210 346Q400 404 590 346Q634 330 644 372Q640 424 596 428Q400 470 204 428Q160 424 156 372Z"
    hems = "".join(
        f'<path d="M{200 + k * 24} {422 + 18 * math.sin(math.pi * (k + 0.5) / 17):.0f}l9 -14" stroke="#5E431F" stroke-width="3"/>'
        for k in range(17)
    )
    spots = heap(400, 392, 400, 150, 420, random)
    return (
        f"<defs>{weave}</defs>"
        f'<g filter="url(#dr-jute)"><path d="{body}" fill="url(#dr-sack)"/></g><path d="{body}" '
        f'fill="url(#dr-side)"/><clipPath id="dr-sackclip"><path d="{body}"/></clipPath><g '
        f'clip-path="url(#dr-sackclip)">{folds}</g>'
        f'<path d="{rim_back}" fill="#7A5C30"/><ellipse cx="400" cy="372" rx="226" ry="60" fill="#4A3818"/>'
        + beans(spots, 17, GREEN, random)
        + f'<path d="{roll}" fill="{INK}" opacity=".4" filter="url(#dr-soft)" transform="translate(6 14)"/><g '
        f'filter="url(#dr-jute)"><path d="{roll}" fill="url(#dr-sack)"/></g>'
        f'<path d="{roll}" fill="url(#dr-side)"/><path d="M166 356Q200 352 214 358Q400 414 590 356" fill="none" '
        f'stroke="#fff" stroke-width="8" opacity=".4" filter="url(#dr-fine)"/>{hems}'
    )


def green() -> Drawing:
    """Draw the green beans in an open jute sack."""
    random = rng("green")
    body = shadow(408, 704, 280, 46) + put(_sack(random), 0, -6)
    body += put(spoon(0, 0, 1, 0), 452, 286, 0.8, -38) + beans(heap(444, 302, 96, 30, 26, random), 16, GREEN, random)
    body += beans([(random.gauss(400, 200), random.uniform(722, 760)) for _ in range(30)], 16, GREEN, random)
    return Drawing(DEFS, body, "#EAE4D2", "#D2BE98")


def _ginger(x: float, y: float, scale: float, turn: float) -> str:
    d = (
        "M-128 20C-150 -20 -112 -52 -76 -38C-70 -84 -18 -92 -4 -54C24 -64 44 -40 42 -22C78 -60 136 -44 132 -4C154 "
        "20 128 56 94 44C74 66 44 60 34 46C20 82 -34 82 -40 46C-72 62 -114 56 -128 20Z"
    )
    rings = "".join(
        f'<path d="{line}" fill="none" stroke="#8A6230" stroke-width="2.6" opacity=".6"/>'
        for line in (
            "M-98 -38q-18 34 2 84",
            "M-70 -38q16 36 6 88",
            "M-40 -74q26 16 42 12",
            "M-36 -40q30 20 70 6",
            "M50 -28q22 30 10 80",
            "M84 -46q22 34 14 92",
            "M112 -30q14 24 4 60",
            "M-28 60q24 -12 50 -4",
        )
    )
    return put(
        f'<path d="{d}" fill="#120A04" opacity=".45" filter="url(#dr-soft)" transform="translate(8 18)"/><path '
f'd="{d}" fill="url(#dr-ginger)" filter="url(#dr-crumple)"/>{rings}'
        '<path d="M-116 -8Q-108 -32 -78 -28M-62 -58Q-40 -78 -18 -60M60 -28Q92 -46 114 -26" fill="none" '
'stroke="#FFF3D2" stroke-width="7" stroke-linecap="round" opacity=".75" filter="url(#dr-fine)"/>'
        '<path d="M128 -12q16 4 14 22q-12 10 -20 4z" fill="#F1DB94" stroke="#A8803E" stroke-width="2"/>',
        x, y, scale, turn,
    )  # fmt: skip


GINGER = radial("dr-ginger", (0.35, 0.3), (0, "#E9CB8E", 1), (0.6, "#CFA55E", 1), (1, "#9A7036", 1), reach=0.8)


def glass(x: float, foot: float, scale: float, drink: str) -> str:
    """Return a tumbler of an amber drink: light gathers on the side away from the window."""
    side, fill = "M-92 -240L-74 -8Q-70 12 0 14Q70 12 74 -8L92 -240Z", "M-84 -186L-68 -16Q-64 2 0 4Q64 2 68 -16L84 -186Z"
    return put(
        '<ellipse cx="70" cy="10" rx="110" ry="20" fill="#E59A3A" opacity=".5" filter="url(#dr-soft)"/>'
        + shadow(0, 6, 96, 18)
        + f'<path d="{side}" fill="#fff" opacity=".36"/><path d="{fill}" fill="url(#{drink})"/><ellipse cy="-186" '
'rx="84" ry="22" fill="#F2C983"/><ellipse cx="6" cy="-184" rx="76" ry="17" fill="#D9903A"/>'
        '<path d="M36 -150Q62 -90 44 -20" fill="none" stroke="#FFE3A4" stroke-width="22" opacity=".7" filter="url(#dr-soft)"/>'
        '<ellipse cy="-240" rx="92" ry="25" fill="none" stroke="#fff" stroke-width="5"/><ellipse cy="-240" '
'rx="92" ry="25" fill="none" stroke="#8A7A68" stroke-width="1.6" opacity=".7"/>'
        '<path d="M-72 -214L-58 -30" stroke="#fff" stroke-width="13" stroke-linecap="round" opacity=".85" '
'filter="url(#dr-fine)"/><path d="M76 -212L64 -60" stroke="#fff" stroke-width="5" stroke-linecap="round" '
'opacity=".7"/>'
        f'<path d="{side[:-1]}" fill="none" stroke="#6B4A22" stroke-opacity=".35" stroke-width="2.4"/>',
        x, foot, scale,
    )  # fmt: skip


AMBER = gradient("dr-amber", (0, "#8A4A16"), (0.22, "#B96A20"), (0.62, "#DE9636"), (0.85, "#F2B85A"), (1, "#A85E1C"))


def labeur() -> Drawing:
    """Draw the ginger and palm-sugar powder: cream pouch, a hot glass, a root of ginger."""
    random = rng("labeur")
    bag = put(pouch(0, 336, 480, "#EFE2C6", "#C27B00", fold=False, mark="#B0631A"), 288, 652)
    body = shadow(298, 660, 220, 40) + bag + glass(588, 648, 1.08, "dr-amber") + steam(588, 388, 170)
    body += _ginger(500, 706, 0.84, -6) + powder(262, 728, 220, 40, ("#C58F4A", "#B97F3A", "#D9AA66", "#A86E2E"), random, 900)
    return Drawing(DEFS + GINGER + AMBER, body, "#F3E9DA", TABLE)


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "lj-labeur": {"front": labeur},
    "kf-robusta-200": {
        "front": robusta,
        "detail": lambda: zoom(robusta(), 420, 660),
        "scale": lambda: beside_rule(robusta(), 24.5),
        "packed": lambda: packed("box", wide=420, tall=330, accent=SOGA, wall=WALL, table=TABLE),
    },
    "kf-arabika-200": {"front": arabika},
    "kf-green": {"front": green},
}

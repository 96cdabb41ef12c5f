"""Palm sugar, granulated in pouches, sack and sachets, and as syrup."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import random
from collections.abc import Callable

from .greenery import frond, rhizome, slice_of
from .relief import relief, texture
from .scene import (
    INK,
    KRAFT,
    KUNYIT,
    MERAH,
    NILA,
    PAPER,
    SOGA,
    WOOD,
    Drawing,
    beside_rule,
    clipped,
    gradient,
    leuit,
    packed,
    put,
    rng,
    shade,
    shadow,
    zoom,
)
from .vessels import bowl, grains, heap, pouch, spoon, tray, turned

Views = dict[str, Callable[[], Drawing]]

WALL, TABLE = "#F5EADB", "#DCC6A0"
BROWNS = ("#8D5224", "#A9692F", "#6A3A18", "#B97B3F", "#5A3115")
GOLDS = ("#B9803A", "#C9953F", "#96602A", "#D8AB55", "#7F4C1E")
REDS = ("#8B4A2A", "#A5623A", "#6A3020", "#B77A4E", "#552414")


def _window_fill(name: str, rand: random.Random, colours: tuple[str, ...], level: float = -212) -> str:
    """Granules behind a pouch window, up to a slanting level."""
    top = f"M-90 {level + 18:.0f}Q-30 {level - 14:.0f} 20 {level + 4:.0f}T90 {level - 4:.0f}V0H-90Z"
    inner = f'<path d="{top}" fill="{colours[0]}"/>' + grains(rand, colours, (-84, level, 84, -24), 900)
    return clipped(f"{name}-level", top, inner) + texture(
        f"{name}-grit", top, (-90, level - 30, 180, 290), frequency=".2", height=4, strength=0.5
    )


def _original_250() -> Drawing:
    rand = rng("gs-ori-250")
    scoop = put(spoon("s", 150), -40, 0) + put(heap("h", rand, BROWNS, 116, 44), -44, -4)
    return Drawing(
        "",
        put(frond(rand, 360), 196, 640, turn=-30)
        + put(frond(rand, 300, "#5B7F4B"), 214, 652, turn=-62)
        + shadow(372, 660, 196, 34)
        + put(pouch("p", _window_fill("w", rand, BROWNS), wide=320, tall=480, accent=SOGA), 372, 654)
        + shadow(600, 706, 130, 18)
        + put(scoop, 600, 696, turn=-6),
        WALL,
        TABLE,
    )


def _original_500() -> Drawing:
    rand = rng("gs-ori-500")
    window = "M-96 -40V-150Q-96 -236 0 -244Q96 -236 96 -150V-40Q0 -28 -96 -40Z"
    fill = f'<rect x="-98" y="-206" width="196" height="190" fill="{BROWNS[0]}"/>' + grains(
        rand, BROWNS, (-98, -210, 98, -28), 950
    )
    shell = bowl("b", 230, 104, "#5B3A22", put(heap("h", rand, BROWNS, 200, 62), 0, 14))
    return Drawing(
        "",
        shadow(318, 652, 216, 36)
        + put(pouch("p", fill, wide=356, tall=520, accent=NILA, paper="#E6D6B8", window=window, round_label=True), 318, 646)
        + shadow(606, 690, 124, 24)
        + put(shell, 606, 692),
        WALL,
        TABLE,
    )


def _original_1k() -> Drawing:
    rand = rng("gs-ori-1k")
    fill = _window_fill("w", rand, BROWNS, -236)
    tall = put(pouch("p", fill, wide=344, tall=480, accent=SOGA), 0, 0, 1.18)
    clip = '<rect x="-150" y="-14" width="300" height="26" rx="8" fill="#B88748"/><path d="M-144 -8H144" stroke="#F0DBA6" stroke-width="4" opacity=".8"/>'
    lodong = turned("tube", "M-46 0V-430Q0 -446 46 -430V0Q0 14 -46 0Z", "#B4A063", (-60, -450, 120, 480), ".16 .01")
    ring = "".join(f'<path d="M-46 {y}Q0 {y + 14} 46 {y}" stroke="#6F5A2C" stroke-width="4" fill="none"/>' for y in (-300, -140))
    return Drawing(
        "",
        shadow(636, 634, 66, 18)
        + put(lodong + ring + f'<ellipse cy="-431" rx="46" ry="11" fill="{shade(WOOD, 0.4)}"/>', 640, 634, turn=4)
        + shadow(366, 678, 236, 38)
        + put(tall, 366, 672)
        + put(clip, 366, 118, turn=-1)
        + put(heap("h", rand, BROWNS, 190, 48), 620, 716)
        + put(heap("h2", rand, BROWNS, 70, 16), 508, 728),
        WALL,
        TABLE,
    )


def _sack() -> Drawing:
    rand = rng("gs-ori-25k")
    body = "M-214 -560Q0 -584 214 -560C236 -440 250 -220 236 -30Q222 8 180 6Q0 20 -180 6Q-222 8 -236 -30C-250 -220 -236 -440 -214 -560Z"
    bulge = f'<path d="{body}" fill-opacity=".7"/>'
    dents = "".join(
        f'<path fill-opacity=".3" d="M{rand.uniform(-200, 160):.0f} {rand.uniform(-500, -60):.0f}q40 -20 90 {rand.uniform(-50, 50):.0f}q-50 30 -90 10Z"/>'
        for _ in range(12)
    )
    box = (-270, -620, 540, 660)
    stitches = '<path d="M-214 -542Q0 -566 214 -542" fill="none" stroke="#FFFDF8" stroke-width="5" stroke-dasharray="16 8"/>'
    mark = put(leuit(NILA, 5.5), -110, -420, 2.3) + f'<path d="M-150 -176H150M-150 -160H150" stroke="{NILA}" stroke-width="6"/>'
    sack = (
        f'<g style="isolation:isolate"><path d="{body}" fill="{KRAFT}"/><path d="{body}" fill="{shade(KRAFT, 0.5)}" filter="url(#paper)" opacity=".4"/>{mark}'
        f'<path d="M-214 -560Q0 -584 214 -560L217 -524Q0 -548 -217 -524Z" fill="{shade(KRAFT, 1.35)}" opacity=".8"/>{stitches}'
        + relief("s", body, bulge + dents, box, blur=26, height=58, crumple=(".011 .009", 0.2), strength=0.8)
        + "</g>"
    )
    dish = put(tray("t", 270, put(heap("h", rand, BROWNS, 200, 66), 0, 14)), 600, 694)
    return Drawing("", shadow(352, 670, 290, 44) + put(sack, 352, 664, 1, -1.5) + dish, WALL, TABLE)


def _spiced(item: str, colours: tuple[str, ...], accent: str, paper: str, roots: str) -> Drawing:
    rand = rng(item)
    body = shadow(318, 646, 196, 34) + put(
        pouch("p", _window_fill("w", rand, colours), wide=320, tall=490, accent=accent, paper=paper), 318, 640
    )
    return Drawing("", body + roots + put(heap("h", rand, colours, 130, 30), 330, 722), WALL, TABLE)


def _ginger() -> Drawing:
    red, flesh = "#B0604A", "#EFC98B"
    roots = (
        shadow(592, 660, 150, 26)
        + put(rhizome("r1", red, flesh, 1.15), 590, 630, turn=-8)
        + put(rhizome("r2", shade(red, 0.88), flesh, 0.8), 640, 690, turn=14)
        + "".join(put(slice_of(red, flesh, 32), x, y) for x, y in ((488, 716), (536, 732)))
    )
    return _spiced("gs-jahe-250", REDS, MERAH, "#B98356", roots)


def _turmeric() -> Drawing:
    skin, flesh = "#B9792E", "#F09A1E"
    roots = (
        shadow(600, 650, 150, 26)
        + put(rhizome("r1", "#CDB184", "#EFD9A0", 1.0), 640, 606, turn=-20)
        + put(rhizome("r2", skin, flesh, 0.95), 560, 664, turn=10)
        + "".join(put(slice_of(skin, flesh, 28), x, y) for x, y in ((640, 700), (690, 684), (668, 724)))
        + put(heap("k", rng("kunyit"), ("#E39A1C", "#F0B23A", "#C97F12"), 120, 32, 2.2), 520, 730)
    )
    return _spiced("gs-kunyit-250", GOLDS, KUNYIT, "#DDBB7E", roots)


def _sachets() -> Drawing:
    rand = rng("gs-sachet")
    stick = "M-17 0V-190H17V0Z"
    light = gradient("stick", (0, "#fff", 0.5), (0.4, "#fff", 0), (1, INK, 0.3))
    one = (
        f'<path d="{stick}" fill="#E9D3AE"/><path d="M-17 -190h34v18h-34ZM-17 -16h34v16h-34Z" fill="{SOGA}"/><path d="{stick}" fill="url(#stick)"/>'
        + put(leuit(SOGA, 9), -12, -128, 0.26)
        + '<path d="M-17 -182h34M-17 -178h34" stroke="#fff" stroke-opacity=".4" stroke-width="1.5"/>'
    )
    rows = "".join(
        put(one, -158 + at * 35.5 + row * 8, -150 - row * 26 + rand.uniform(-7, 7), 1, rand.uniform(-2, 2))
        for row in (1, 0)
        for at in range(10)
    )
    front, side = "M-196 -176H196V0H-196Z", "M196 -176L252 -214V-44L196 0Z"
    carton = (
        f'<path d="M-196 -176L-140 -220H252L196 -176Z" fill="{shade(KRAFT, 0.42)}"/>{rows}<path d="{front}" fill="{KRAFT}"/>'
        f'<path d="{front}" fill="{shade(KRAFT, 0.5)}" filter="url(#paper)" opacity=".35"/><path d="{side}" fill="{shade(KRAFT, 0.68)}"/>'
        f'<path d="M-60 -176Q0 -120 60 -176Z" fill="{shade(KRAFT, 0.42)}"/><path d="M-196 -64H196V-30H-196Z" fill="{SOGA}"/><path d="{front}" fill="url(#lit)"/>'
        f'<path d="M-196 -176H196" stroke="#fff" stroke-opacity=".5" stroke-width="3"/><circle cx="-100" cy="-92" r="58" fill="{PAPER}"/>'
        + put(leuit(SOGA, 6), -140, -128, 0.84)
    )
    lying = shadow(250, 716, 110, 12) + put(one, 160, 722, 1, 82) + put(one, 196, 740, 1, 97)
    cup = bowl(
        "cup",
        136,
        92,
        "#E9E0CF",
        grain="",
        filling='<ellipse rx="58" ry="10" fill="#3B2113"/><ellipse cx="-16" cy="-2" rx="22" ry="3" fill="#8A5A34" opacity=".7"/>',
    )
    handle = '<path d="M62 -80Q112 -84 100 -46Q88 -18 44 -26" fill="none" stroke="#D6CBB6" stroke-width="13"/>'
    saucer = '<ellipse cx="2" cy="-2" rx="104" ry="24" fill="#CFC4B0"/><ellipse cx="0" cy="-7" rx="104" ry="23" fill="#EFE7D8"/>'
    return Drawing(
        f"{light}",
        shadow(370, 654, 260, 36)
        + put(carton, 350, 648, 1.12)
        + lying
        + shadow(640, 716, 120, 18)
        + put(saucer + handle + cup, 640, 712, 1.05),
        WALL,
        TABLE,
    )


def _syrup() -> Drawing:
    body = "M-92 -330C-92 -372 -40 -382 -34 -430V-470H34V-430C40 -382 92 -372 92 -330V-30Q92 4 58 6Q0 14 -58 6Q-92 4 -92 -30Z"
    amber = gradient(
        "amber", (0, "#4A1D08"), (0.12, "#8A3F10"), (0.28, "#C97A26"), (0.5, "#8A3F10"), (0.85, "#3E1606"), (1, "#9C5520")
    )
    cap = gradient("cap", (0, shade(SOGA, 0.6)), (0.3, shade(SOGA, 1.4)), (1, shade(SOGA, 0.5)))
    level = "M-100 -322Q0 -312 100 -322V20H-100Z"
    label = f'<path d="M-92 -262Q0 -250 92 -262V-86Q0 -72 -92 -86Z" fill="{PAPER}"/><path d="M-92 -108Q0 -94 92 -108V-86Q0 -72 -92 -86Z" fill="{KUNYIT}"/>'
    bottle = (
        f'<path d="{body}" fill="#EFE2C8" opacity=".7"/>'
        + clipped("liquid", body, f'<path d="{level}" fill="url(#amber)"/><ellipse cy="-320" rx="92" ry="7" fill="#D89548"/>')
        + clipped(
            "label", body, label + put(leuit(SOGA, 5.5), -60, -236, 1.25) + '<path d="M-92 -270H92V-70H-92Z" fill="url(#lit)"/>'
        )
        + f'<path d="{body}" fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="3"/>'
        '<path d="M-70 -326C-66 -350 -30 -372 -22 -420" stroke="#fff" stroke-opacity=".8" stroke-width="9" stroke-linecap="round" fill="none"/>'
        '<path d="M-74 -62V-24" stroke="#fff" stroke-opacity=".7" stroke-width="9" stroke-linecap="round"/>'
        '<rect x="-42" y="-512" width="84" height="50" rx="7" fill="url(#cap)"/>'
        + "".join(f'<path d="M{x} -504v34" stroke="{INK}" stroke-opacity=".3" stroke-width="2"/>' for x in range(-32, 36, 8))
    )
    pool = '<ellipse rx="78" ry="16" fill="#7A3A10"/><ellipse cx="-22" cy="-5" rx="30" ry="5" fill="#E5A85A" opacity=".7"/>'
    thread = '<path d="M-6 -300C-2 -200 -6 -100 0 4" stroke="#A5571A" stroke-width="9" fill="none"/><path d="M-8 -300C-4 -200 -8 -100 -3 0" stroke="#F0B868" stroke-width="2.5" fill="none"/>'
    ladle = (
        put(spoon("ladle", 190, WOOD), 0, 0, 1, -18)
        + '<ellipse cx="-16" cy="2" rx="40" ry="15" fill="#6A2E0C" transform="rotate(-18)"/>'
    )
    return Drawing(
        amber + cap,
        shadow(300, 656, 130, 28)
        + put(bottle, 296, 650, 1.08)
        + shadow(560, 706, 130, 22)
        + put(bowl("dish", 220, 74, "#D9C7A6", pool, grain=""), 556, 706)
        + put(thread, 556, 630)
        + put(ladle, 566, 318),
        "#F3E9DA",
        TABLE,
    )


PICTURES: dict[str, Views] = {
    "gs-ori-250": {
        "front": _original_250,
        "detail": lambda: zoom(_original_250(), 500, 590),
        "scale": lambda: beside_rule(_original_250(), 22),
        "packed": lambda: packed("box", wide=300, tall=300, beside=_original_250()),
    },
    "gs-ori-500": {"front": _original_500},
    "gs-ori-1k": {
        "front": _original_1k,
        "detail": lambda: zoom(_original_1k(), 560, 640),
        "scale": lambda: beside_rule(_original_1k(), 30),
        "packed": lambda: packed("box", wide=400, tall=370, beside=_original_1k()),
    },
    "gs-ori-25k": {"front": _sack},
    "gs-jahe-250": {"front": _ginger},
    "gs-kunyit-250": {"front": _turmeric},
    "gs-sachet": {"front": _sachets},
    "ga-cair-500": {"front": _syrup},
}

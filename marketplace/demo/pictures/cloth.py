"""Batik and handwoven cloth. Registered and Baduy cloth is drawn plain, never with its motif: colour, weave, folds and the maker's tools."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

from collections.abc import Callable

from .drapery import folded, hung, over_rail, rail, roll, weave
from .garments import BLOUSE, KAMPRET, LONG_SLEEVED, SHORT_SLEEVED, Cut, garment, swing_tag
from .relief import relief, round_body
from .scene import CREAM, INK, KRAFT, KUNYIT, NILA, SOGA, Drawing, beside_rule, leuit, lit, packed, put, rng, shade, shadow, zoom
from .vessels import tray, turned
from .workshop import bench, canting, dye_bowl, peg_stand, shuttle, sprig, stamp, wax_pan, yarn_ball

Views = dict[str, Callable[[], Drawing]]

BATIK_WALL, BATIK_TABLE = "#ECEAE0", "#D9CBB0"
TENUN_WALL, TENUN_TABLE = "#E8E6E0", "#D3C7B2"
TAN, GOLD, NAVY, DUSK, BLACK, WHITE = "#A8774A", "#B4762B", "#232E57", "#272B42", "#2C2622", "#E6DDCB"


def _batik(body: str) -> Drawing:
    return Drawing("", body, BATIK_WALL, BATIK_TABLE)


def _tenun(body: str) -> Drawing:
    return Drawing("", body, TENUN_WALL, TENUN_TABLE)


def _stamped() -> Drawing:
    cloth = folded("c", rng("bt-cap-katun"), NILA, wide=500, deep=150, layers=6, thick=26, selvedge=CREAM)
    return _batik(
        put(bench("b", 640, 110), 400, 590)
        + shadow(400, 570, 270, 30)
        + put(cloth, 400, 566)
        + shadow(560, 376, 90, 14)
        + put(stamp("s"), 556, 372, 0.92, -3)
    )


def _natural() -> Drawing:
    cloth = hung("c", rng("bt-alam"), TAN, left=196, right=604, foot=600, folds=8)
    bowls = (
        put(dye_bowl("d1", 190, "#1F2C5E"), 236, 742)
        + put(dye_bowl("d2", 168, "#7A3A1C"), 420, 752)
        + put(dye_bowl("d3", 150, "#D8951F"), 580, 744)
    )
    return _batik(
        rail()
        + cloth
        + over_rail(196, 604, 150, TAN, "c")
        + bowls
        + put(sprig(rng("sprig"), "#567C58", 6, 150), 640, 756, 1, -14)
    )


def _drawn() -> Drawing:
    cloth = folded("c", rng("bt-tulis"), "#6E3A1D", wide=480, deep=190, layers=4, thick=30)
    return _batik(
        shadow(330, 650, 270, 42)
        + put(cloth, 326, 644)
        + shadow(640, 676, 120, 22)
        + put(wax_pan("w"), 640, 676, 1.08)
        + '<ellipse cx="372" cy="452" rx="120" ry="9" fill="#211A14" opacity=".3" filter="url(#soft)"/>'
        + put(canting("k", 270), 246, 452, 1.02, -7)
        + put(sprig(rng("t"), "#6E7C4A", 5, 120), 120, 724, 1, 8)
    )


def _silk() -> Drawing:
    wine = "#93384A"
    back = hung("b", rng("bt-sutra", 2), shade(wine, 0.82), left=420, right=590, top=130, foot=520, folds=4, coarse=0)
    front = hung("f", rng("bt-sutra"), wine, left=226, right=474, top=130, foot=600, folds=6, coarse=0, strength=0.95)
    gleam = "".join(
        f'<path d="M{x} 150C{x - 12} 320 {x + 14} 460 {x + lean} 590" stroke="#FFD9D2" stroke-opacity="{strong}" stroke-width="{wide}" fill="none"/>'
        for x, lean, strong, wide in ((262, -8, 0.34, 14), (318, -4, 0.26, 20), (392, 6, 0.3, 12), (440, 10, 0.18, 16))
    )
    return _batik(
        put(peg_stand(578), 400, 700)
        + shadow(362, 700, 270, 40)
        + back
        + front
        + over_rail(226, 590, 108, wine, "o")
        + f'<g filter="url(#soft)">{gleam}</g>'
        + shadow(300, 728, 190, 24)
        + put(folded("s", rng("bt-sutra", 4), shade(wine, 1.06), wide=330, deep=76, layers=4, thick=15, coarse=0), 300, 726)
        + '<path d="M190 652L330 642M214 690H380" stroke="#FFE0DA" stroke-opacity=".5" stroke-width="7" stroke-linecap="round" filter="url(#soft)"/>'
    )


def _on_handwoven() -> Drawing:
    undyed = "#CDB78F"
    under = folded("u", rng("bt-tenun", 2), NAVY, wide=520, deep=20, layers=3, thick=34, coarse=3)
    upper = folded("c", rng("bt-tenun"), undyed, wide=500, deep=170, layers=4, thick=34, coarse=3, fringe=shade(undyed, 1.2))
    return _batik(
        shadow(390, 650, 300, 42)
        + put(under, 386, 644)
        + put(upper, 386, 546)
        + put(shuttle("sh", NAVY), 560, 720, 0.96, -8)
        + put(yarn_ball("y", rng("yarn"), 44, NAVY), 190, 732)
    )


def _on_rail(
    item: str, colour: str, cut: Cut, accent: str, *, tenun: bool = False, coarse: float = 1, button: str = "#E9DFCB"
) -> Drawing:
    body = (
        rail(90, 710, 92)
        + put(garment("g", rng(item), colour, cut, coarse=coarse, button=button), 400, 186, 0.98)
        + put(swing_tag(accent), 400 + cut.waist * 0.9, 330, 0.9)
    )
    return _tenun(body) if tenun else _batik(body)


def _scarf() -> Drawing:
    back = hung("b", rng("bt-syal", 2), shade(GOLD, 0.8), left=372, right=508, top=150, foot=470, folds=3, fringe=GOLD)
    front = hung("f", rng("bt-syal"), GOLD, left=292, right=452, top=150, foot=606, folds=3, fringe=shade(GOLD, 1.3))
    return _batik(put(peg_stand(556), 400, 700) + back + front + over_rail(292, 508, 128, GOLD, "o"))


def _uniforms() -> Drawing:
    """Three even piles of one cloth, each held by a kraft band with the mark."""
    green, piles = "#31564E", ""
    for x, y, key in ((252, 606, "a"), (552, 606, "b"), (402, 706, "c")):
        cloth = folded(key, rng("bt-seragam", key), green, wide=280, deep=78, layers=12, thick=20)
        high = 240.0
        band = f"M-52 {-high - 70:.0f}L-60 {-high + 4:.0f}V2H60V{-high + 4:.0f}L52 {-high - 70:.0f}Z"
        sleeve = (
            f'<path d="{band}" fill="{KRAFT}"/><path d="M-60 {-high + 4:.0f}H60V2H-60Z" fill="{INK}" opacity=".12"/>{lit(band)}'
            f'<path d="M-60 {-high + 4:.0f}H60" stroke="#fff" stroke-opacity=".5" stroke-width="3"/>'
            + put(leuit(SOGA, 6), -43, -high / 2 - 30, 0.9)
        )
        piles += shadow(x, y + 4, 160, 26) + put(cloth + sleeve, x, y)
    return _batik(piles)


def _suat() -> Drawing:
    cloth = folded("c", rng("tb-suat"), DUSK, wide=430, deep=150, layers=5, thick=32, coarse=2, fringe=shade(DUSK, 1.35))
    return _tenun(put(tray("t", 660), 400, 650) + put(shadow(0, 0, 240, 34), 400, 650) + put(cloth, 400, 648))


def _janggawari() -> Drawing:
    cloth = hung("c", rng("tb-janggawari"), BLACK, left=176, right=624, foot=610, folds=6, coarse=1.7, fringe=shade(BLACK, 1.25))
    return _tenun(
        rail(86, 714)
        + cloth
        + over_rail(176, 624, 150, BLACK, "c")
        + put(yarn_ball("y", rng("jy"), 40, BLACK), 300, 752)
        + put(yarn_ball("z", rng("jz"), 33, WHITE), 382, 762)
    )


def _adu_mancung() -> Drawing:
    white = hung(
        "w", rng("tb-adumancung", 2), WHITE, left=430, right=586, top=168, foot=560, folds=3, coarse=1.3, fringe="#F3EDE0"
    )
    black = hung(
        "k", rng("tb-adumancung"), BLACK, left=220, right=390, top=168, foot=624, folds=3, coarse=1.6, fringe=shade(BLACK, 1.3)
    )
    return _tenun(rail() + black + white + over_rail(220, 390, 150, BLACK, "ok") + over_rail(430, 586, 150, WHITE, "ow"))


def _susuwatan() -> Drawing:
    blue = "#4A5A84"
    cloth = folded("c", rng("tb-susuwatan"), blue, wide=440, deep=130, layers=4, thick=34, coarse=1.7, fringe=shade(blue, 1.4))
    return _tenun(
        put(bench("b", 620, 120), 400, 600)
        + shadow(372, 578, 240, 28)
        + put(cloth, 372, 574)
        + shadow(400, 322, 170, 18)
        + put(roll("r", rng("roll"), shade(blue, 0.62), 300, 44), 376, 342)
    )


def _scarves() -> Drawing:
    rolls = (
        put(roll("r1", rng("s1"), NAVY, 320, 62, fringe=shade(NAVY, 1.35)), 330, 622)
        + put(roll("r2", rng("s2"), WHITE, 320, 60, fringe="#F6F0E4"), 474, 668)
        + put(roll("r3", rng("s3"), BLACK, 310, 58), 404, 546)
    )
    return _tenun(put(put(tray("t", 690), 400, 640) + shadow(400, 660, 270, 34) + rolls, 0, -46))


def _headcloth() -> Drawing:
    """The cloth tied round a wooden hat block, its two ends standing away from the knot."""
    deep = "#26305A"
    block = "M-150 0C-160 -150 -110 -236 0 -240S160 -150 150 0Z"
    band = "M-160 -6C-164 -40 -164 -70 -158 -104Q-90 -150 10 -148T160 -112C166 -70 164 -40 160 -2Q90 34 0 34T-160 -6Z"
    wraps = "".join(
        f'<path fill="none" stroke="#000" stroke-opacity="{strong}" stroke-width="20" d="M-170 {y}Q-60 {y + 34} 60 {y - 8}T180 {y - 40}"/>'
        for y, strong in ((-96, 0.9), (-62, 0.7), (-26, 0.9), (10, 0.7))
    )
    ends = (
        "M120 -66C176 -120 214 -156 262 -170C256 -118 222 -70 150 -34Z",
        "M118 -44C180 -46 236 -30 276 14C224 34 160 16 112 -16Z",
    )
    tails = "".join(
        f'<g style="isolation:isolate"><path d="{path}" fill="{shade(deep, 0.9 + n * 0.2)}"/>'
        + relief(
            f"tail{n}",
            path,
            f'<path d="{path}" fill-opacity=".8"/>',
            (80, -200, 230, 260),
            blur=9,
            height=26,
            crumple=(".03 .02", 0.5),
        )
        + "</g>"
        for n, path in enumerate(ends)
    )
    knot = "M100 -86Q140 -104 160 -74Q166 -30 132 -14Q98 -18 96 -52Z"
    box = (-190.0, -180.0, 400.0, 240.0)
    head = (
        turned("block", block, "#A8703C", (-170, -260, 340, 280), ".01 .09")
        + tails
        + f'<g style="isolation:isolate"><path d="{band}" fill="{deep}"/>{weave("bw", band, box, 1.4)}'
        + relief("wraps", band, wraps, box, blur=12, height=20, strength=0.5)
        + relief("round", band, f'<path d="{band}" fill-opacity=".9"/>', box, blur=34, height=60, strength=0.7)
        + f'</g><g style="isolation:isolate">{round_body("knot", knot, shade(deep, 1.1), (80, -120, 100, 120), blur=10, height=34)}</g>'
    )
    stem = turned(
        "stem", "M-34 0V-110Q0 -120 34 -110V0Q120 6 130 26H-130Q-120 6 -34 0Z", "#8E5A30", (-150, -130, 300, 180), ".01 .09"
    )
    flat = folded("f", rng("tb-lomar", 2), deep, wide=250, deep=70, layers=3, thick=18, coarse=1.4)
    return _tenun(
        shadow(352, 664, 170, 28)
        + put(stem, 346, 640)
        + put(head, 346, 510, 1.2)
        + shadow(610, 716, 150, 22)
        + put(flat, 606, 714)
    )


def _in_folds(colour: str) -> Drawing:
    """A hung cloth as it travels: folded flat."""
    return _batik(
        shadow(400, 660, 280, 40)
        + put(folded("c", rng("fold", colour), colour, wide=500, deep=150, layers=4, thick=26), 400, 654)
    )


def _views(
    front: Callable[[], Drawing], spot: tuple[float, float], cm: float, parcel: tuple[str, float, float, str], fold: str = ""
) -> Views:
    """Four views: the front, near a `spot`, beside a rule (`cm` across), and the parcel (kind, wide, tall, accent) with the cloth in folds of colour `fold`."""
    kind, wide, tall, accent = parcel
    return {
        "front": front,
        "detail": lambda: zoom(front(), *spot),
        "scale": lambda: beside_rule(front(), cm),
        "packed": lambda: packed(kind, wide=wide, tall=tall, accent=accent, beside=_in_folds(fold) if fold else front()),
    }


PICTURES: dict[str, Views] = {
    "bt-cap-katun": _views(_stamped, (480, 400), 36, ("pouch", 460, 400, NILA)),
    "bt-alam": _views(_natural, (330, 620), 170, ("box", 460, 210, SOGA), TAN),
    "bt-tulis": _views(_drawn, (330, 500), 42, ("box", 460, 240, SOGA)),
    "bt-sutra": {"front": _silk},
    "bt-tenun": {"front": _on_handwoven},
    "bt-kemeja-p": {"front": lambda: _on_rail("bt-kemeja-p", NILA, SHORT_SLEEVED, SOGA)},
    "bt-kemeja-pj": {"front": lambda: _on_rail("bt-kemeja-pj", "#6B3D20", LONG_SLEEVED, NILA)},
    "bt-blus": {"front": lambda: _on_rail("bt-blus", "#8C3230", BLOUSE, KUNYIT)},
    "bt-syal": _views(_scarf, (380, 560), 110, ("pouch", 360, 320, KUNYIT), GOLD),
    "bt-seragam": {"front": _uniforms},
    "tb-suat": {"front": _suat},
    "tb-janggawari": {"front": _janggawari},
    "tb-adumancung": {"front": _adu_mancung},
    "tb-susuwatan": {"front": _susuwatan},
    "tb-syal": _views(_scarves, (500, 620), 34, ("pouch", 330, 300, NILA)),
    "tb-lomar": {"front": _headcloth},
    "tb-kampret": {"front": lambda: _on_rail("tb-kampret", BLACK, KAMPRET, SOGA, tenun=True, coarse=2, button="#8C7A62")},
}

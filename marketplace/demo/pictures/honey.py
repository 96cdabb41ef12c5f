"""Forest honey: the tied bottle and the comb."""

import math
from collections.abc import Callable
from random import Random

from .carton import in_carton
from .scene import Drawing, beside_rule, gradient, put, rng, shadow, zoom
from .servings import DEFS, label
from .solid import path, tinted


def _bottle() -> str:
    d = (
        "M-46 -520V-470Q-44 -440 -92 -404Q-118 -384 -118 -344V-30Q-118 6 -84 8Q0 18 84 8Q118 6 118 -30V-344Q118 "
        "-384 92 -404Q44 -440 46 -470V-520Z"
    )
    honey = (
        "M-42 -440Q-56 -418 -86 -396Q-109 -378 -109 -342V-32Q-109 -4 -80 -2Q0 8 80 -2Q109 -4 109 -32V-342Q109 "
        "-378 86 -396Q56 -418 42 -440Q0 -430 -42 -440Z"
    )
    cloth = (
        "M-66 -556Q0 -592 66 -556L74 -508Q92 -470 108 -452Q84 -462 72 -448Q56 -464 40 -446Q22 -462 2 -446Q-20 "
        "-462 -36 -446Q-56 -464 -74 -448Q-86 -462 -108 -452Q-92 -470 -74 -508Z"
    )
    pleats = "".join(
        (
            f'<path d="M{k * 13} -{512 - abs(k) * 1.5:.0f}Q{k * 17} -480 {k * 21} -456" stroke="#5A3A12" '
            'stroke-width="4" opacity=".35" fill="none"/>'
        )
        for k in range(-4, 5)
    )
    return (
        f'<path d="{d}" fill="#fff" opacity=".4"/><path d="{honey}" fill="url(#dr-honey)"/><path d="{honey}" '
        'fill="url(#dr-honeyglow)"/>'
        '<path d="M72 -380Q98 -200 74 -20" fill="none" stroke="#FFD77A" stroke-width="26" opacity=".75" filter="url(#dr-soft)"/>'
        '<path d="M-60 -2Q0 8 60 -2" fill="none" stroke="#FFD27A" stroke-width="8" opacity=".7" filter="url(#dr-fine)"/>'
        f'<path d="{d}" fill="none" stroke="#3A1D06" stroke-opacity=".5" stroke-width="3"/>'
        + label(2, -186, 172, "#8A4A12")
        + '<path d="M-94 -350V-52" stroke="#fff" stroke-width="14" stroke-linecap="round" opacity=".85" '
        'filter="url(#dr-fine)"/><path d="M-72 -392Q-96 -376 -96 -360" stroke="#fff" stroke-width="10" '
        'stroke-linecap="round" opacity=".9" fill="none"/><path d="M102 -330V-80" stroke="#fff" stroke-width="4" '
        'stroke-linecap="round" opacity=".6"/>'
        f'<path d="{cloth}" fill="#120A04" opacity=".4" filter="url(#dr-soft)" transform="translate(4 10)"/><g '
        f'filter="url(#dr-jute)"><path d="{cloth}" fill="#DFC79A"/></g><path d="{cloth}" '
        f'fill="url(#dr-side)"/>{pleats}'
        '<path d="M-70 -508Q0 -490 70 -508" stroke="#6B4423" stroke-width="12" fill="none"/><path d="M-70 -510Q0 '
        '-492 70 -510" stroke="#C79B58" stroke-width="6" stroke-dasharray="5 4" fill="none"/><path d="M14 -500q22 '
        '26 12 54M18 -500q38 14 46 40" stroke="#8A5A30" stroke-width="5" fill="none"/>'
    )


def comb(cx: float, cy: float, cols: int, rows: int, r: float, random: Random, *, slant: float = 0.62) -> str:
    """Return honeycomb: six-sided wells, some full, some capped."""
    parts = []
    for j in range(rows):
        for i in range(cols):
            x = cx + (i - cols / 2 + 0.5 * (j % 2)) * r * 1.76
            y = cy + (j - rows / 2) * r * 1.52 * slant

            def six(scale: float, x: float = x, y: float = y) -> str:
                return path(
                    [
                        (x + r * scale * math.sin(math.pi * k / 3), y - r * scale * slant * math.cos(math.pi * k / 3))
                        for k in range(6)
                    ]
                )

            kind = random.random()
            fill = "#E8B44E" if kind < 0.18 else tinted("#B8691A", random.uniform(0.8, 1.15))
            parts.append(
                f'<path d="{six(1.02)}" fill="#E9B955" stroke="#B97F22" stroke-width="{r * 0.06:.1f}"/><path '
                f'd="{six(0.78)}" fill="{fill}"/>'
            )
            parts.append(
                f'<path d="M{x - r * 0.62:.1f} {y - r * 0.3 * slant:.1f}L{x:.1f} '
                f'{y - r * 0.74 * slant:.1f}L{x + r * 0.6:.1f} {y - r * 0.34 * slant:.1f}" fill="none" stroke="#5A2E08" '
                f'stroke-width="{r * 0.14:.1f}" opacity=".55"/>'
            )
            if kind > 0.4:
                parts.append(
                    f'<ellipse cx="{x - r * 0.2:.1f}" cy="{y - r * 0.02:.1f}" rx="{r * 0.24:.1f}" ry="{r * 0.1:.1f}" '
                    'fill="#FFE9A8" opacity=".85"/>'
                )
    return "".join(parts)


WALL, TABLE = "#EAE4D2", "#D9C19B"
HONEY = (
    DEFS
    + gradient("dr-honey", (0, "#4A1E04"), (0.2, "#7A3608"), (0.6, "#B9651A"), (0.86, "#E39A34"), (1, "#8A430C"))
    + gradient("dr-honeyglow", (0, "#2A0F02", 0.5), (0.5, "#FFB84A", 0.05), (1, "#FFC75E", 0.34), down=True)
)


def bottle() -> Drawing:
    """Draw the honey bottle by itself."""
    return Drawing(HONEY, put(_bottle(), 400, 672), WALL, TABLE)


def honey() -> Drawing:
    """Draw the forest honey: tied bottle, a piece of comb on a leaf, honey running from it."""
    random = rng("honey")
    leaf = "M330 690Q420 600 610 622Q740 640 772 690Q700 740 560 742Q410 744 330 690Z"
    veins = "".join(
        (
            f'<path d="M{360 + k * 44} {694 - k * 0.6:.0f}q30 -34 60 -{40 - abs(k - 4) * 4}M{360 + k * 44} '
            f'{696 - k * 0.6:.0f}q34 22 58 {26 - abs(k - 4) * 3}" stroke="#2B4F33" stroke-width="2.4" opacity=".55" '
            'fill="none"/>'
        )
        for k in range(9)
    )
    body = '<ellipse cx="420" cy="676" rx="180" ry="26" fill="#F2A73A" opacity=".55" filter="url(#dr-soft)"/>' + shadow(
        300, 664, 170, 34
    )
    body += put(_bottle(), 286, 654, 1.02)
    body += (
        f'<path d="{leaf}" fill="#120A04" opacity=".4" filter="url(#dr-soft)" transform="translate(6 12)"/><path '
        f'd="{leaf}" fill="#55804F"/><path d="{leaf}" fill="url(#dr-side)"/>{veins}<path d="M334 690Q560 690 770 '
        '690" stroke="#9CBF86" stroke-width="4" fill="none"/>'
    )
    edge = "M438 596L452 556L520 520L676 524L728 570L724 646L690 676L500 680L446 650Z"
    body += (
        f'<path d="{edge}" fill="#120A04" opacity=".45" filter="url(#dr-soft)" transform="translate(8 14)"/><path '
        f'd="{edge}" fill="#9A5A14" transform="translate(0 22)"/><path d="M446 650L500 680L690 676L724 646V672L690 '
        '702L500 706L446 676Z" fill="#B87420"/>'
    )
    body += (
        f'<clipPath id="dr-combclip"><path d="{edge}"/></clipPath><g '
        f'clip-path="url(#dr-combclip)">{comb(584, 606, 9, 9, 25, random)}</g><path d="{edge}" fill="none" '
        'stroke="#FFE6A0" stroke-width="3.4" opacity=".8"/>'
    )
    for x, y, tall in ((520, 690, 30), (600, 694, 38), (668, 684, 26)):
        body += (
            f'<path d="M{x - 15} {y - 20}q2 {tall} -4 {tall + 8}q18 14 36 0q-8 -10 -4 -{tall + 10}z" fill="#C9751C"/>'
            f'<ellipse cx="{x}" cy="{y + tall - 8}" rx="34" ry="9" fill="#C9751C"/><path d="M{x - 7} '
            f'{y - 14}v{tall - 6}" stroke="#FFE3A0" stroke-width="5" stroke-linecap="round"/>'
        )
    return Drawing(HONEY, body, WALL, TABLE)


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "md-hutan-500": {
        "front": honey,
        "detail": lambda: zoom(honey(), 560, 620),
        "scale": lambda: beside_rule(honey(), 26),
        "packed": lambda: in_carton(bottle(), "honey", wide=340, tall=330, scale=0.94, lift=90, accent="#8A4A12"),
    },
}

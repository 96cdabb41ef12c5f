"""Stones of Lebak: milk opal, black opal with its play of colour, petrified wood."""

import math
from collections.abc import Callable
from random import Random

from .scene import Drawing, gradient, rng, shadow
from .solid import Point, path, tinted
from .textures import blur, grain, radial, ragged, relief

DEFS = (
    blur("st-soft", 7)
    + blur("st-far", 20)
    + blur("st-mist", 9)
    + blur("st-fine", 2)
    + relief("st-rock", (0.02, 0.03), seed=14, height=15, octaves=4)
    + relief("st-linen", (0.35, 0.35), seed=3, height=1.1, octaves=2)
    + relief("st-crust", (0.045, 0.02), seed=9, height=18, octaves=4)
    + ragged("st-wavy", 0.022, 26, seed=6)
    + grain("st-agate", (0.05, 0.05), "#2A1408", seed=11, contrast=2.2, floor=-1.05)
    + grain("st-wood", (0.008, 0.12), "#32160A", seed=5, contrast=2.5, floor=-1.1)
)
MILK_SPARKS = ("#F2A7C3", "#8FDCC4", "#9CC3F7", "#F8D77E", "#B9A2F0", "#8FE0A0")
DEEP = ("#0E6FB8", "#0B8F6E", "#4A2AA8", "#A82A4A", "#0FA0A0")
PIN = ("#7CF7D8", "#8CC4FF", "#FFE77A", "#FF8A5E", "#9CFF9C")


def _blob(cx: float, cy: float, r: float, random: Random, corners: int, squeeze: float = 1.0, turn: float = 0.0) -> list[Point]:
    points = []
    for k in range(corners):
        a = 2 * math.pi * k / corners + random.uniform(-0.25, 0.25)
        d = r * random.uniform(0.65, 1.15)
        x, y = d * math.cos(a), d * math.sin(a) * squeeze
        points.append((cx + x * math.cos(turn) - y * math.sin(turn), cy + x * math.sin(turn) + y * math.cos(turn)))
    return points


def play_of_colour(
    cx: float, cy: float, rx: float, ry: float, count: int, tones: tuple[str, ...], size: tuple[float, float], key: str
) -> str:
    """Return patches of spectral colour scattered inside an oval, each a facet turned its own way."""
    random = rng("opal", key)
    parts = []
    for _ in range(count):
        a, d = random.uniform(0, 2 * math.pi), math.sqrt(random.random())
        x, y = cx + rx * d * math.cos(a), cy + ry * d * math.sin(a)
        angle = 0.6 * math.sin(x / 90) + random.uniform(-0.4, 0.4)
        patch = path(_blob(x, y, random.uniform(*size), random, random.choice((5, 6, 7)), random.uniform(0.35, 0.8), angle))
        tone = tones[int((math.sin(x / 70 + y / 120) + 1) / 2 * (len(tones) - 1) + random.uniform(0, 1.4)) % len(tones)]
        parts.append(f'<path d="{patch}" fill="{tone}" opacity="{random.uniform(0.35, 0.95):.2f}"/>')
    return "".join(parts)


def cabochon(cx: float, cy: float, rx: float, up: float, base: str, play: str, glint: float) -> str:
    """Return a polished dome on its flat back: body colour, colours inside, dark far rim, window light upon it."""
    low = up * 0.68
    dome = (
        f"M{cx - rx:.0f} {cy}C{cx - rx:.0f} {cy - up * 0.78:.0f} {cx - rx * 0.5:.0f} {cy - up:.0f} {cx} "
        f"{cy - up:.0f}S{cx + rx:.0f} {cy - up * 0.78:.0f} {cx + rx:.0f} {cy}C{cx + rx:.0f} {cy + low * 0.6:.0f} "
        f"{cx + rx * 0.55:.0f} {cy + low:.0f} {cx} {cy + low:.0f}S{cx - rx:.0f} {cy + low * 0.6:.0f} {cx - rx:.0f} "
        f"{cy}Z"
    )
    window = (
        f"M{cx - rx * 0.68:.0f} {cy - up * 0.34:.0f}Q{cx - rx * 0.58:.0f} {cy - up * 0.7:.0f} {cx - rx * 0.2:.0f} "
        f"{cy - up * 0.84:.0f}L{cx - rx * 0.1:.0f} {cy - up * 0.64:.0f}Q{cx - rx * 0.4:.0f} {cy - up * 0.54:.0f} "
        f"{cx - rx * 0.5:.0f} {cy - up * 0.26:.0f}Z"
    )
    return (
        f'<path d="{dome}" fill="{base}"/><clipPath id="st-dome"><path d="{dome}"/></clipPath><g clip-path="url(#st-dome)">{play}'
        f'<path d="{dome}" fill="url(#st-depth)"/>'
        f'<ellipse cx="{cx + rx * 0.36:.0f}" cy="{cy + low * 0.5:.0f}" rx="{rx * 0.46:.0f}" ry="{low * 0.36:.0f}" '
        f'fill="#FFF6E0" opacity="{glint}" filter="url(#st-mist)"/>'
        f'<path d="M{cx - rx * 0.94:.0f} {cy + low * 0.3:.0f}Q{cx} {cy + low * 1.34:.0f} {cx + rx * 0.94:.0f} '
        f'{cy + low * 0.3:.0f}" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="6" '
        'filter="url(#st-fine)"/></g>'
        f'<path d="{dome}" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="2.4"/>'
        f'<path d="{window}" fill="#fff" opacity=".8" filter="url(#st-fine)"/>'
        f'<path d="M{cx - rx * 0.42:.0f} {cy - up * 0.74:.0f}L{cx - rx * 0.34:.0f} {cy - up * 0.5:.0f}" '
        'stroke="#C9C3BC" stroke-width="5" opacity=".55"/>'
        f'<ellipse cx="{cx + rx * 0.5:.0f}" cy="{cy - up * 0.5:.0f}" rx="{rx * 0.06:.0f}" ry="{up * 0.04:.0f}" '
        'fill="#fff" opacity=".7" filter="url(#st-fine)"/>'
    )


def susu() -> Drawing:
    """Draw the milk opal on the dark rock it comes from."""
    rock = "M46 630Q40 536 150 506L270 478Q400 456 530 478L660 508Q764 540 756 634Q742 722 570 738Q400 752 230 736Q62 722 46 630Z"
    cx, cy, rx, ry = 400, 486, 282, 196
    pastel = ("#F7C9D8", "#BFE6DA", "#C9DDF8", "#F9E3B4", "#D9CBF4", "#BDEBC4", "#F6D0B8")
    play = f'<g filter="url(#st-mist)">{play_of_colour(cx, cy, rx, ry, 70, pastel, (34, 84), "milk")}</g>'
    play += (
        '<g filter="url(#st-fine)" '
        f'opacity=".6">{play_of_colour(cx, cy + 20, rx * 0.8, ry * 0.8, 90, MILK_SPARKS, (6, 20), "sparks")}</g>'
    )
    defs = DEFS + radial(
        "st-depth",
        (0.36, 0.3),
        (0, "#FFFFFF", 0.5),
        (0.45, "#FFFFFF", 0.04),
        (0.8, "#7C86A8", 0.26),
        (1, "#4A4A62", 0.66),
        reach=0.74,
    )
    defs += radial("st-milk", (0.4, 0.34), (0, "#FFFFFF", 1), (0.6, "#EEF0EE", 1), (1, "#C9CEDA", 1))
    defs += gradient("st-rockside", (0, "#8C7A68"), (0.45, "#66574A"), (1, "#3A3029"))
    body = shadow(410, 704, 340, 44) + f'<g filter="url(#st-rock)"><path d="{rock}" fill="url(#st-rockside)"/></g>'
    body += '<ellipse cx="400" cy="574" rx="330" ry="92" fill="#D9C4AC" opacity=".2" filter="url(#st-mist)"/>'
    body += (
        f'<ellipse cx="{cx + 26}" cy="592" rx="286" ry="46" fill="#120B06" opacity=".75" filter="url(#st-soft)"/>'
        f'<ellipse cx="{cx + 96}" cy="628" rx="130" ry="16" fill="#FFF1DC" opacity=".55" filter="url(#st-mist)"/>'
    )
    body += cabochon(cx, cy, rx, ry, "url(#st-milk)", play, 0.7)
    return Drawing(defs, body, "#E8E6E0", "#CFC0A6")


def black() -> Drawing:
    """Draw the black opal in a carved dish lined with linen."""
    cx, cy, rx, ry = 402, 494, 270, 204
    bright = ("#1FD3C0", "#2A7BF0", "#36E07A", "#8A4CF0", "#F2D13A", "#F2552E", "#27C4F2", "#E83A8C")
    play = (
        '<g filter="url(#st-mist)" opacity=".75" '
        f'style="mix-blend-mode:screen">{play_of_colour(cx, cy, rx, ry, 46, DEEP, (40, 96), "deep")}</g>'
    )
    play += f'<g style="mix-blend-mode:screen">{play_of_colour(cx, cy, rx, ry, 210, bright, (12, 40), "flash")}</g>'
    play += (
        '<g style="mix-blend-mode:screen" '
        f'opacity=".8">{play_of_colour(cx - 20, cy + 20, rx * 0.8, ry * 0.8, 120, PIN, (4, 13), "pin")}</g>'
    )
    defs = DEFS + radial(
        "st-depth",
        (0.4, 0.34),
        (0, "#05060C", 0),
        (0.55, "#05060C", 0.12),
        (0.85, "#05060C", 0.66),
        (1, "#05060C", 0.9),
        reach=0.66,
    )
    defs += gradient("st-side", (0, "#B97C45"), (0.3, "#8A5127"), (1, "#3E1F0C"))
    defs += radial("st-cushion", (0.3, 0.2), (0, "#FFFBF0", 1), (0.55, "#EADFCB", 1), (1, "#B9A685", 1), reach=0.9)
    body = shadow(410, 684, 350, 60)
    body += (
        '<g filter="url(#st-wood)"><path d="M52 566Q60 690 250 716Q400 730 560 716Q742 690 750 566Z" '
        'fill="url(#st-side)"/><ellipse cx="401" cy="566" rx="349" ry="124" fill="#B97C45"/></g>'
    )
    body += (
        '<ellipse cx="401" cy="566" rx="348" ry="123" fill="none" stroke="#F3CE9C" stroke-width="3" opacity=".8"/>'
        '<g filter="url(#st-linen)"><ellipse cx="401" cy="572" rx="314" ry="104" fill="url(#st-cushion)"/></g>'
    )
    body += (
        '<path d="M90 560Q110 480 401 470Q690 480 712 560Q660 500 401 492Q150 500 90 560Z" fill="#2A1204" '
        'opacity=".5" filter="url(#st-fine)"/>'
    )
    body += (
        f'<ellipse cx="{cx + 26}" cy="602" rx="268" ry="44" fill="#2A1A08" opacity=".6" filter="url(#st-soft)"/>'
        f'<ellipse cx="{cx + 150}" cy="636" rx="100" ry="14" fill="#3AC7B0" opacity=".45" filter="url(#st-mist)"/>'
    )
    body += cabochon(cx, cy, rx, ry, "#0B0D18", play, 0.14)
    return Drawing(defs, body, "#F3E9DA", "#DCC6A0")


def fosil() -> Drawing:
    """Draw a polished slice of petrified wood on its wooden foot."""
    random = rng("fosil")
    cx, cy = 396, 360
    wobble = [(random.uniform(0, 6.28), random.uniform(0.2, 1)) for _ in range(4)]

    def ring(share: float) -> str:
        points = []
        for k in range(72):
            a = 2 * math.pi * k / 72
            r = 262 * share * (1 + share * 0.055 * sum(w * math.sin((n + 2) * a + p) for n, (p, w) in enumerate(wobble)))
            points.append((cx + 30 * (1 - share) + r * math.cos(a) * 1.04, cy - 26 * (1 - share) + r * math.sin(a) * 0.97))
        return path(points)

    tones = (
        "#5E3A1F",
        "#9C5A2B",
        "#D9B382",
        "#7A4523",
        "#E9D7B4",
        "#A8432A",
        "#C98E52",
        "#F1E6D0",
        "#4A3022",
        "#B97A3F",
        "#8A8478",
        "#DCC49A",
        "#74301E",
        "#C7A06A",
    )
    parts = [shadow(406, 690, 250, 36)]
    parts.append('<ellipse cx="470" cy="400" rx="280" ry="250" fill="#2A1A08" opacity=".3" filter="url(#st-far)"/>')
    foot = "M188 606Q400 640 612 606L640 676Q400 712 160 676Z"
    thick = "".join(
        (
            f'<g transform="translate({dx} {dx * 0.25:.0f})"><path d="{ring(1.03)}" '
            f'fill="{tinted("#6B4A30", 0.45 + (44 - dx) / 120)}"/></g>'
        )
        for dx in range(44, 0, -4)
    )
    parts.append(f'<g filter="url(#st-crust)">{thick}<path d="{ring(1.035)}" fill="#7A5A3E"/></g>')
    slices = "".join(
        (
            f'<path d="{ring(1 - (k / 46) ** 0.94)}" '
            f'fill="{tinted(tones[(k * 5 + k // 7) % len(tones)], random.uniform(0.88, 1.08))}"/>'
        )
        for k in range(1, 46)
    )
    rays = "".join(
        f'<path d="M{cx + 24 + 22 * math.cos(a):.0f} '
        f"{cy - 20 + 20 * math.sin(a):.0f}Q{cx + 140 * math.cos(a + 0.1):.0f} {cy + 140 * math.sin(a + 0.1):.0f} "
        f'{cx + reach * math.cos(a):.0f} {cy + reach * math.sin(a):.0f}" '
        f'stroke="{random.choice(("#F4EAD4", "#3A2114", "#F4EAD4"))}" stroke-width="{random.uniform(1.2, 5):.1f}" '
        'opacity=".7" fill="none"/>'
        for a, reach in ((random.uniform(0, 6.28), random.uniform(120, 250)) for _ in range(17))
    )
    gems = "".join(
        (
            "<path "
            f'd="{path(_blob(cx + random.gauss(20, 60), cy + random.gauss(-10, 60), random.uniform(6, 22), random, 7, 0.6))}" '
            f'fill="{random.choice(("#EDE6DA", "#C9D2D6", "#F6E7C4"))}" opacity=".8"/>'
        )
        for _ in range(16)
    )
    parts.append(
        f'<clipPath id="st-slice"><path d="{ring(0.985)}"/></clipPath><g clip-path="url(#st-slice)"><g '
        f'filter="url(#st-agate)"><g filter="url(#st-wavy)"><path d="{ring(1.1)}" '
        f'fill="#5E3A1F"/>{slices}{rays}{gems}</g></g>'
    )
    parts.append(
        '<path d="M60 300L330 40L470 40L90 470Z" fill="#fff" opacity=".2"/><path d="M130 520L560 60L600 70L170 '
        '560Z" fill="#fff" opacity=".1"/></g>'
    )
    parts.append(
        f'<path d="{ring(0.985)}" fill="none" stroke="#FFF3DC" stroke-width="3" opacity=".7" transform="translate(-1 -1)"/>'
    )
    parts.append('<ellipse cx="404" cy="618" rx="190" ry="16" fill="#120904" opacity=".7" filter="url(#st-soft)"/>')
    parts.append(
        f'<g filter="url(#st-wood)"><path d="{foot}" fill="url(#st-foot)"/></g><path d="M188 606Q400 640 612 606" '
        'fill="none" stroke="#F0C692" stroke-width="4" opacity=".8"/>'
    )
    return Drawing(
        DEFS + gradient("st-foot", (0, "#A8693A"), (0.3, "#8A5127"), (1, "#3E1F0C")), "".join(parts), "#ECEAE0", "#D2C1A1"
    )


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "kl-susu": {"front": susu},
    "kl-black": {"front": black},
    "kl-fosil": {"front": fosil},
}

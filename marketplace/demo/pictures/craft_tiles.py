"""Category tiles: one bold thing each, framed unlike any product, to be read at 80 pixels."""

import math
from collections.abc import Callable

from .braid import braid, looped
from .metal import DEFS as METAL
from .metal import RATTAN
from .scene import Drawing, gradient, put, rng, shadow
from .solid import Point, Stand, Vec, smooth, tube
from .stone import DEFS as STONE
from .stone import cabochon, play_of_colour
from .textures import radial
from .weave import Strips, twill, woven
from .wood import DEFS as WOOD

FULL = "M-20 -20H820V820H-20Z"


def bambu() -> Drawing:
    """Draw broad strips of split bamboo crossing, seen from close above."""
    random = rng("tile", "bambu")
    stand = Stand(400, 400, 0, 0, roll=-38)
    n = 17

    def surface(u: float, v: float) -> Vec:
        return (u - n / 2) * 82, (v - n / 2) * 82, 10 * math.sin(u * 1.3) * math.sin(v * 1.1)

    strips = Strips(
        ("#F0DBA2", "#E6CB88", "#F4E3B2", "#DFC07A"),
        ("#C4934A", "#B9863E", "#CFA057"),
        gap=0.06,
        ground="#3A2810",
        fibre=0.24,
        dip=0.5,
    )
    fibres = (
        '<filter id="tl-fine" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" '
        'baseFrequency=".4 .02" numOctaves="2" seed="4"/><feColorMatrix values="0 0 0 0 .3 0 0 0 0 .2 0 0 0 0 .06 '
        '1 0 0 0 -.46"/></filter>'
    )
    body = f'<path d="{FULL}" fill="#3A2810"/>' + woven(surface, stand, (n, n), twill, strips, random)
    body += (
        '<g transform="rotate(38 400 400)"><rect x="-200" y="-200" width="1200" height="1200" '
        f'filter="url(#tl-fine)" opacity=".7"/></g><path d="{FULL}" fill="url(#tl-fall)"/>'
    )
    return Drawing(
        fibres + radial("tl-fall", (0.2, 0.12), (0, "#FFF6DC", 0.4), (0.5, "#FFF6DC", 0), (1, "#2A1A08", 0.5), reach=1.1),
        body,
        "#ECEAE0",
        "#D8C6A2",
    )


def kayu() -> Drawing:
    """Draw a turned bowl with two carved ladles standing in it."""
    bowl = "M92 402Q100 676 400 690Q700 676 708 402Z"
    defs = WOOD + radial("tl-bowl", (0.26, 0.2), (0, "#D59A62", 1), (0.45, "#A8693A", 1), (1, "#4A260E", 1), reach=0.95)

    def ladle(x: float, y: float, turn: float) -> str:
        stem = "M-17 -20Q-13 -240 -20 -390H20Q14 -240 17 -20Z"
        cup = "M-74 -440A74 96 0 1 1 74 -440A74 96 0 1 1 -74 -440Z"
        return put(
            f'<g filter="url(#wd-up)"><path d="{stem}" fill="#A8693A"/><path d="{cup}" fill="#C4884F"/></g><ellipse '
'cx="5" cy="-438" rx="56" ry="76" fill="#7A4520"/><ellipse cx="9" cy="-426" rx="44" ry="58" '
'fill="#96592C"/>'
            '<path d="M-50 -448A56 76 0 0 1 36 -498" fill="none" stroke="#2A1204" stroke-width="14" opacity=".5" '
'filter="url(#wd-soft)"/><path d="M-70 -450A74 96 0 0 1 20 -532M-10 -380Q-8 -220 -12 -40" fill="none" '
'stroke="#FFE0B4" stroke-width="6" opacity=".65"/>',
            x, y, 1, turn,
        )  # fmt: skip

    body = shadow(412, 690, 300, 54)
    body += '<ellipse cx="400" cy="402" rx="308" ry="96" fill="#5E3416"/>' + ladle(330, 520, -24) + ladle(470, 520, 20)
    body += (
        '<clipPath id="tl-front"><path d="M92 402A308 96 0 0 0 708 402V800H92Z"/></clipPath><g '
        f'filter="url(#wd-grain)"><path d="{bowl}" fill="url(#tl-bowl)" clip-path="url(#tl-front)"/></g>'
    )
    body += (
        '<path d="M92 402A308 96 0 0 0 708 402" fill="none" stroke="#4A260E" stroke-width="28"/><path d="M92 '
        '398A308 96 0 0 0 708 398" fill="none" stroke="#C4884F" stroke-width="21"/><path d="M94 392A308 96 0 0 0 '
        '706 392" fill="none" stroke="#FFE0B4" stroke-width="5" opacity=".8"/><path d="M92 402A308 96 0 0 1 250 '
        '320M708 402A308 96 0 0 0 560 320" fill="none" stroke="#B4763E" stroke-width="18"/>'
    )
    body += (
        '<path d="M140 480Q160 600 260 650" fill="none" stroke="#FFE9C8" stroke-width="20" opacity=".4" filter="url(#wd-soft)"/>'
    )
    return Drawing(defs, body, "#F5EADB", "#DDC4A0")


def baduy() -> Drawing:
    """Draw a coil of plaited bark-fibre cord on netting."""
    random = rng("tile", "baduy")
    stand = Stand(400, 400, 0)

    def flat(u: float, v: float) -> Vec:
        return (u - 11) * 46, (v - 14) * 34, 0

    body = f'<path d="{FULL}" fill="#4A3218"/>' + looped(
        flat, stand, (22, 28), lambda j: ("#A67C46", "#97703D", "#B0864E")[j % 3], random
    )
    body += f'<path d="{FULL}" fill="#1C0F05" opacity=".42"/>'
    spiral: list[Point] = []
    for k in range(400):
        t = k / 400
        a = 2 * math.pi * 3.35 * t
        r = 40 + 250 * t
        spiral.append((400 + r * math.cos(a), 400 + r * math.sin(a) * 0.98))
    end = [(spiral[-1][0] + 30, spiral[-1][1] + 100), (spiral[-1][0] + 10, spiral[-1][1] + 240)]
    whole = spiral + end
    body += (
        f'<path d="{smooth([(x + 16, y + 22) for x, y in whole])}" fill="none" stroke="#120904" stroke-width="76" '
        'opacity=".6" filter="url(#kb-soft)"/>'
    )
    body += braid(whole, 78, ("#E2BD84", "#D6AC70", "#B98A50", "#E9C893"), random)
    from_fibre = (
        '<filter id="kb-soft" filterUnits="userSpaceOnUse" x="-400" y="-400" width="1600" height="1600">'
        '<feGaussianBlur stdDeviation="12"/></filter>'
    )
    return Drawing(from_fibre, body, "#F3E9DA", "#D9C5A3")


def logam() -> Drawing:
    """Draw the smith's anvil on its stump, the hammer resting across it."""
    stump = "M196 470Q188 600 172 690Q400 736 628 690Q612 600 604 470Z"
    horn = (
        "M70 318Q160 306 236 306H640Q664 306 668 326L660 372Q600 384 560 402Q536 430 560 470H248Q274 432 250 404Q140 392 70 318Z"
    )
    face = "M92 318Q180 286 250 284H622L650 306H236Q150 308 92 318Z"
    defs = gradient("tl-iron", (0, "#8A9096"), (0.25, "#5E6368"), (0.6, "#3C4044"), (1, "#212427"), down=True)
    defs += gradient("tl-steel", (0, "#7E858B"), (0.3, "#F4F7F8"), (0.5, "#B4BBC1"), (1, "#6B7278"))
    defs += gradient("tl-head", (0, "#9BA2A8"), (0.3, "#6B7176"), (1, "#26292C"), down=True) + gradient(
        "mt-barkside", (0, "#A88660"), (0.3, "#7A5A3C"), (1, "#3A2616")
    )
    body = shadow(412, 700, 300, 46) + (
        f'<g filter="url(#mt-bark)"><path d="{stump}" fill="url(#mt-barkside)"/></g><g filter="url(#mt-edge)">'
        '<ellipse cx="400" cy="474" rx="206" ry="46" fill="#C6955B"/><ellipse cx="400" cy="474" rx="120" ry="26" '
        'fill="none" stroke="#8A5A2C" stroke-width="4"/></g>'
    )
    body += (
        f'<path d="{horn}" fill="#120904" opacity=".6" filter="url(#mt-soft)" transform="translate(10 18)"/><g '
        f'filter="url(#mt-scale)"><path d="{horn}" fill="url(#tl-iron)" filter="url(#mt-forged)"/></g><path '
        f'd="{face}" fill="url(#tl-steel)"/><path d="M92 318Q180 309 236 307H650" fill="none" stroke="#fff" '
        'stroke-width="4" opacity=".8"/>'
    )
    body += '<path d="M520 288h26v12h-26z" fill="#1C1F22"/>'
    grip = "M-22 -6Q-170 -20 -330 -12Q-356 2 -330 18Q-170 24 -22 14Z"
    head = "M-40 -92H48L56 -64V70L46 96H-36L-46 70V-64Z"
    hammer = (
        f'<path d="{grip}{head}" fill="#120904" opacity=".5" filter="url(#mt-soft)" transform="translate(14 30)"/>'
        f'<g filter="url(#mt-grain)"><path d="{grip}" fill="url(#mt-haft)"/></g><path d="M-320 -6Q-170 -14 -50 -2" '
        'stroke="#FFE3BE" stroke-width="6" opacity=".6" fill="none"/>'
    )
    hammer += (
        f'<path d="{head}" fill="url(#tl-head)" filter="url(#mt-forged)"/><path d="M-38 -92H48L54 -72H-44Z" '
        'fill="#D7DCE0"/><path d="M-40 74H52L46 94H-36Z" fill="#8A9096"/><path d="M-34 -60V66" stroke="#fff" '
        'stroke-width="9" opacity=".55" stroke-linecap="round" filter="url(#mt-fine)"/>'
    )
    body += put(hammer, 508, 190, 1.12, 14)
    return Drawing(METAL + RATTAN + defs, put(body, 0, -4), "#E8E6E0", "#CDBD9F")


def perhiasan() -> Drawing:
    """Draw a silver ring with an opal on dark cloth."""
    defs = STONE + radial("st-depth", (0.4, 0.34), (0, "#05060C", 0), (0.6, "#05060C", 0.1), (1, "#05060C", 0.85), reach=0.7)
    defs += radial("tl-velvet", (0.25, 0.15), (0, "#46548C", 1), (0.5, "#26376F", 1), (1, "#0E1636", 1), reach=1.1)
    tones = ("#1FD3C0", "#2A7BF0", "#36E07A", "#8A4CF0", "#F2D13A", "#F2552E", "#27C4F2", "#E83A8C")
    play = f'<g style="mix-blend-mode:screen">{play_of_colour(400, 262, 190, 130, 150, tones, (14, 46), "ring")}</g>'
    body = f'<g filter="url(#st-linen)"><path d="{FULL}" fill="url(#tl-velvet)"/></g>'
    body += (
        '<ellipse cx="436" cy="572" rx="212" ry="196" fill="none" stroke="#050818" stroke-width="70" opacity=".6" '
        'filter="url(#st-soft)"/>'
    )
    for radius, width, tone in (
        (0, 74, "#4E5358"),
        (0, 66, "#A9B0B6"),
        (-6, 40, "#DDE2E6"),
        (-14, 12, "#FFFFFF"),
        (20, 10, "#71787E"),
    ):
        body += (
            f'<ellipse cx="400" cy="528" rx="{204 + radius}" ry="{204 + radius}" fill="none" stroke="{tone}" '
            f'stroke-width="{width}"/>'
        )
    body += (
        '<path d="M206 590A204 204 0 0 0 330 718" fill="none" stroke="#3A4046" stroke-width="46" opacity=".5" '
        'filter="url(#st-mist)"/>'
    )
    base = "M176 270Q190 392 400 396Q610 392 624 270Z"
    body += (
        f'<path d="{base}" fill="#050818" opacity=".5" filter="url(#st-soft)" transform="translate(12 22)"/><path '
        f'd="{base}" fill="#C3C9CE"/><path d="{base}" fill="url(#tl-bezel)"/>'
    )
    body += cabochon(400, 262, 214, 152, "#0B0D18", play, 0.12)
    body += "".join(
        tube([stand, (stand[0] + (8 if stand[0] < 400 else -8), stand[1] - 74)], 20, "#C9CFD4")
        for stand in ((206, 306), (318, 372), (482, 372), (594, 306))
    )
    defs += gradient("tl-bezel", (0, "#fff", 0.6), (0.3, "#6B7278", 0.2), (0.6, "#fff", 0.5), (1, "#2A3036", 0.7))
    return Drawing(defs, body, "#E8E6E0", "#CFC0A6")


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "category-bambu": {"front": bambu},
    "category-kayu": {"front": kayu},
    "category-baduy": {"front": baduy},
    "category-logam": {"front": logam},
    "category-perhiasan": {"front": perhiasan},
}

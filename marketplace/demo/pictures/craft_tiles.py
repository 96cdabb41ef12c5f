"""Category tiles: one bold thing each, framed unlike any product, to be read at 80 pixels."""

import math
from collections.abc import Callable

from .braid import braid, looped
from .catering import CAKES
from .drinks import AMBER, GINGER, ROAST, comb, glass
from .metal import DEFS as METAL
from .metal import RATTAN
from .scene import Drawing, gradient, put, rng, shadow
from .servings import DEFS, beans, circle, steam
from .solid import Point, Stand, Vec, path, smooth, tinted, tube
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
    fibres = '<filter id="tl-fine" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".4 .02" numOctaves="2" seed="4"/><feColorMatrix values="0 0 0 0 .3 0 0 0 0 .2 0 0 0 0 .06 1 0 0 0 -.46"/></filter>'
    body = f'<path d="{FULL}" fill="#3A2810"/>' + woven(surface, stand, (n, n), twill, strips, random)
    body += f'<g transform="rotate(38 400 400)"><rect x="-200" y="-200" width="1200" height="1200" filter="url(#tl-fine)" opacity=".7"/></g><path d="{FULL}" fill="url(#tl-fall)"/>'
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
            f'<g filter="url(#wd-up)"><path d="{stem}" fill="#A8693A"/><path d="{cup}" fill="#C4884F"/></g><ellipse cx="5" cy="-438" rx="56" ry="76" fill="#7A4520"/><ellipse cx="9" cy="-426" rx="44" ry="58" fill="#96592C"/>'
            '<path d="M-50 -448A56 76 0 0 1 36 -498" fill="none" stroke="#2A1204" stroke-width="14" opacity=".5" filter="url(#wd-soft)"/><path d="M-70 -450A74 96 0 0 1 20 -532M-10 -380Q-8 -220 -12 -40" fill="none" stroke="#FFE0B4" stroke-width="6" opacity=".65"/>',
            x, y, 1, turn,
        )  # fmt: skip

    body = shadow(412, 690, 300, 54)
    body += '<ellipse cx="400" cy="402" rx="308" ry="96" fill="#5E3416"/>' + ladle(330, 520, -24) + ladle(470, 520, 20)
    body += f'<clipPath id="tl-front"><path d="M92 402A308 96 0 0 0 708 402V800H92Z"/></clipPath><g filter="url(#wd-grain)"><path d="{bowl}" fill="url(#tl-bowl)" clip-path="url(#tl-front)"/></g>'
    body += '<path d="M92 402A308 96 0 0 0 708 402" fill="none" stroke="#4A260E" stroke-width="28"/><path d="M92 398A308 96 0 0 0 708 398" fill="none" stroke="#C4884F" stroke-width="21"/><path d="M94 392A308 96 0 0 0 706 392" fill="none" stroke="#FFE0B4" stroke-width="5" opacity=".8"/><path d="M92 402A308 96 0 0 1 250 320M708 402A308 96 0 0 0 560 320" fill="none" stroke="#B4763E" stroke-width="18"/>'
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
    body += f'<path d="{smooth([(x + 16, y + 22) for x, y in whole])}" fill="none" stroke="#120904" stroke-width="76" opacity=".6" filter="url(#kb-soft)"/>'
    body += braid(whole, 78, ("#E2BD84", "#D6AC70", "#B98A50", "#E9C893"), random)
    from_fibre = '<filter id="kb-soft" filterUnits="userSpaceOnUse" x="-400" y="-400" width="1600" height="1600"><feGaussianBlur stdDeviation="12"/></filter>'
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
    body = (
        shadow(412, 700, 300, 46)
        + f'<g filter="url(#mt-bark)"><path d="{stump}" fill="url(#mt-barkside)"/></g><g filter="url(#mt-edge)"><ellipse cx="400" cy="474" rx="206" ry="46" fill="#C6955B"/><ellipse cx="400" cy="474" rx="120" ry="26" fill="none" stroke="#8A5A2C" stroke-width="4"/></g>'
    )
    body += f'<path d="{horn}" fill="#120904" opacity=".6" filter="url(#mt-soft)" transform="translate(10 18)"/><g filter="url(#mt-scale)"><path d="{horn}" fill="url(#tl-iron)" filter="url(#mt-forged)"/></g><path d="{face}" fill="url(#tl-steel)"/><path d="M92 318Q180 309 236 307H650" fill="none" stroke="#fff" stroke-width="4" opacity=".8"/>'
    body += '<path d="M520 288h26v12h-26z" fill="#1C1F22"/>'
    grip = "M-22 -6Q-170 -20 -330 -12Q-356 2 -330 18Q-170 24 -22 14Z"
    head = "M-40 -92H48L56 -64V70L46 96H-36L-46 70V-64Z"
    hammer = f'<path d="{grip}{head}" fill="#120904" opacity=".5" filter="url(#mt-soft)" transform="translate(14 30)"/><g filter="url(#mt-grain)"><path d="{grip}" fill="url(#mt-haft)"/></g><path d="M-320 -6Q-170 -14 -50 -2" stroke="#FFE3BE" stroke-width="6" opacity=".6" fill="none"/>'
    hammer += f'<path d="{head}" fill="url(#tl-head)" filter="url(#mt-forged)"/><path d="M-38 -92H48L54 -72H-44Z" fill="#D7DCE0"/><path d="M-40 74H52L46 94H-36Z" fill="#8A9096"/><path d="M-34 -60V66" stroke="#fff" stroke-width="9" opacity=".55" stroke-linecap="round" filter="url(#mt-fine)"/>'
    body += put(hammer, 508, 190, 1.12, 14)
    return Drawing(METAL + RATTAN + defs, put(body, 0, -4), "#E8E6E0", "#CDBD9F")


def madu() -> Drawing:
    """Draw honeycomb with honey running down over it."""
    random = rng("tile", "madu")
    run = "M-20 -20H820V150Q800 260 760 250Q716 240 712 320Q706 380 668 376Q634 370 636 300Q634 236 586 244Q540 254 540 380Q544 560 492 566Q440 566 444 420Q446 300 396 296Q344 296 346 400Q346 470 304 470Q262 466 264 380Q264 270 206 262Q150 262 146 330Q136 384 100 376Q68 364 70 300Q66 210 -20 220Z"
    defs = DEFS + gradient("tl-run", (0, "#F6BE52"), (0.4, "#E39A2C"), (1, "#B4620E"), down=True)
    body = f'<path d="{FULL}" fill="#9A5A14"/>' + comb(400, 420, 9, 13, 64, random, slant=1.0)
    body += f'<path d="{run}" fill="#3A1804" opacity=".5" filter="url(#dr-soft)" transform="translate(12 18)"/><path d="{run}" fill="url(#tl-run)" opacity=".93"/>'
    body += '<path d="M472 330V500M284 330V420M88 280V330M690 270V330M380 270Q340 270 330 330" fill="none" stroke="#FFF0BC" stroke-width="15" stroke-linecap="round" opacity=".85" filter="url(#dr-fine)"/><path d="M-20 60Q240 20 560 70T820 40" fill="none" stroke="#FFF3C8" stroke-width="30" opacity=".5" filter="url(#dr-soft)"/>'
    body += f'<path d="{run}" fill="none" stroke="#FFE7A2" stroke-width="4" opacity=".5"/>'
    return Drawing(defs, body, "#EAE4D2", "#DCC6A0")


def kopi() -> Drawing:
    """Draw a cup of black coffee from above on a bed of beans."""
    random = rng("tile", "kopi")
    spots = [(random.uniform(-20, 820), random.uniform(-20, 820)) for _ in range(560)]
    body = f'<path d="{FULL}" fill="#1C0E06"/>' + beans(spots, 31, ROAST, random)
    body += f'<path d="{path(circle(430, 436, 286, 286, 80))}" fill="#0C0502" opacity=".6" filter="url(#dr-soft)"/>'
    body += '<circle cx="400" cy="400" r="288" fill="url(#tl-plate)"/><circle cx="400" cy="400" r="286" fill="none" stroke="#fff" stroke-width="4" opacity=".8"/><circle cx="412" cy="418" r="206" fill="#2A1A08" opacity=".35" filter="url(#dr-soft)"/>'
    body += '<path d="M556 330Q676 262 704 316Q726 372 590 452" fill="none" stroke="#B8AE9C" stroke-width="46" stroke-linecap="round"/><path d="M556 326Q674 260 700 314Q720 366 590 446" fill="none" stroke="#FBF7EE" stroke-width="34" stroke-linecap="round"/>'
    body += '<circle cx="400" cy="400" r="198" fill="url(#tl-plate)"/><circle cx="400" cy="400" r="178" fill="#CFC6B4"/><circle cx="402" cy="404" r="168" fill="url(#tl-brew)"/><circle cx="402" cy="404" r="163" fill="none" stroke="#C98E4E" stroke-width="9" opacity=".75"/><circle cx="402" cy="404" r="153" fill="none" stroke="#E5B87C" stroke-width="2.4" opacity=".6"/>'
    body += (
        '<path d="M296 340Q330 276 404 268" fill="none" stroke="#fff" stroke-width="16" stroke-linecap="round" opacity=".5" filter="url(#dr-fine)"/>'
        + steam(400, 470, 200)
    )
    defs = (
        DEFS
        + radial("tl-plate", (0.3, 0.26), (0, "#FFFFFF", 1), (0.6, "#F2ECDF", 1), (1, "#C7BCA6", 1), reach=0.8)
        + radial("tl-brew", (0.35, 0.3), (0, "#5E3417", 1), (0.7, "#2E170A", 1), (1, "#190B04", 1))
    )
    return Drawing(defs, body, "#F5EADB", "#D9C19B")


def minuman() -> Drawing:
    """Draw a tall amber ginger drink with lemongrass and slices of ginger."""
    stalks = "".join(
        f'<path d="M{x} 640L{x + lean} 90" stroke="{tone}" stroke-width="{w}" stroke-linecap="round"/>'
        for x, lean, tone, w in (
            (414, 96, "#6F9450", 30),
            (412, 98, "#A9C274", 18),
            (408, 100, "#E0EBB4", 5),
            (380, -60, "#5E8444", 24),
            (379, -60, "#94B466", 13),
        )
    )
    slices = "".join(
        put(
            '<ellipse cx="5" cy="14" rx="78" ry="30" fill="#2A1204" opacity=".45" filter="url(#dr-soft)"/><ellipse cy="7" rx="74" ry="30" fill="#A8803E"/><ellipse rx="74" ry="29" fill="#F0D993"/><ellipse rx="56" ry="20" fill="none" stroke="#D2B15E" stroke-width="3"/><ellipse rx="30" ry="10" fill="#E6C977"/>',
            x,
            y,
            s,
            t,
        )
        for x, y, s, t in ((196, 690, 1, -8), (270, 720, 0.9, 10), (626, 704, 1, 4))
    )
    body = (
        '<ellipse cx="520" cy="690" rx="220" ry="40" fill="#F2A73A" opacity=".6" filter="url(#dr-soft)"/>'
        + shadow(400, 684, 210, 44)
        + stalks
    )
    body += glass(400, 668, 2.05, "dr-amber") + slices + steam(400, 180, 170)
    return Drawing(DEFS + GINGER + AMBER, body, "#EAE4D2", "#DCC6A0")


def perhiasan() -> Drawing:
    """Draw a silver ring with an opal on dark cloth."""
    defs = STONE + radial("st-depth", (0.4, 0.34), (0, "#05060C", 0), (0.6, "#05060C", 0.1), (1, "#05060C", 0.85), reach=0.7)
    defs += radial("tl-velvet", (0.25, 0.15), (0, "#46548C", 1), (0.5, "#26376F", 1), (1, "#0E1636", 1), reach=1.1)
    tones = ("#1FD3C0", "#2A7BF0", "#36E07A", "#8A4CF0", "#F2D13A", "#F2552E", "#27C4F2", "#E83A8C")
    play = f'<g style="mix-blend-mode:screen">{play_of_colour(400, 262, 190, 130, 150, tones, (14, 46), "ring")}</g>'
    body = f'<g filter="url(#st-linen)"><path d="{FULL}" fill="url(#tl-velvet)"/></g>'
    body += '<ellipse cx="436" cy="572" rx="212" ry="196" fill="none" stroke="#050818" stroke-width="70" opacity=".6" filter="url(#st-soft)"/>'
    for radius, width, tone in (
        (0, 74, "#4E5358"),
        (0, 66, "#A9B0B6"),
        (-6, 40, "#DDE2E6"),
        (-14, 12, "#FFFFFF"),
        (20, 10, "#71787E"),
    ):
        body += f'<ellipse cx="400" cy="528" rx="{204 + radius}" ry="{204 + radius}" fill="none" stroke="{tone}" stroke-width="{width}"/>'
    body += '<path d="M206 590A204 204 0 0 0 330 718" fill="none" stroke="#3A4046" stroke-width="46" opacity=".5" filter="url(#st-mist)"/>'
    base = "M176 270Q190 392 400 396Q610 392 624 270Z"
    body += f'<path d="{base}" fill="#050818" opacity=".5" filter="url(#st-soft)" transform="translate(12 22)"/><path d="{base}" fill="#C3C9CE"/><path d="{base}" fill="url(#tl-bezel)"/>'
    body += cabochon(400, 262, 214, 152, "#0B0D18", play, 0.12)
    body += "".join(
        tube([stand, (stand[0] + (8 if stand[0] < 400 else -8), stand[1] - 74)], 20, "#C9CFD4")
        for stand in ((206, 306), (318, 372), (482, 372), (594, 306))
    )
    defs += gradient("tl-bezel", (0, "#fff", 0.6), (0.3, "#6B7278", 0.2), (0.6, "#fff", 0.5), (1, "#2A3036", 0.7))
    return Drawing(defs, body, "#E8E6E0", "#CFC0A6")


def katering() -> Drawing:
    """Draw a cone of yellow rice on a leaf-lined tray, dishes around it."""
    random = rng("tile", "katering")
    body = (
        shadow(410, 650, 350, 100)
        + '<ellipse cx="400" cy="610" rx="356" ry="132" fill="#8A6631"/><ellipse cx="400" cy="598" rx="350" ry="126" fill="#D9B36A"/>'
    )
    body += "".join(
        f'<path d="M{400 + 352 * math.cos(a):.0f} {600 + 128 * math.sin(a) - 6:.0f}l8 22" stroke="#7C5626" stroke-width="5"/>'
        for a in (math.pi * k / 30 for k in range(31))
    )
    for k in range(14):
        a = 2 * math.pi * k / 14
        tip, left, right = (
            (400 + r * math.cos(a + d), 592 + r * 0.36 * math.sin(a + d)) for r, d in ((338, 0), (262, -0.27), (262, 0.27))
        )
        body += f'<path d="M400 592L{left[0]:.0f} {left[1]:.0f}L{tip[0]:.0f} {tip[1]:.0f}L{right[0]:.0f} {right[1]:.0f}Z" fill="{("#5E8B4A", "#4A7540", "#719C56")[k % 3]}" stroke="#2F5530" stroke-width="2"/>'
    cone = "M400 92Q430 96 452 150L576 556Q560 616 400 622Q240 616 224 556L348 150Q370 96 400 92Z"
    body += (
        '<ellipse cx="430" cy="606" rx="210" ry="46" fill="#1C0F05" opacity=".5" filter="url(#dr-soft)"/>'
        + f'<path d="{cone}" fill="url(#tl-rice)"/><clipPath id="tl-cone"><path d="{cone}"/></clipPath><g clip-path="url(#tl-cone)">'
    )
    for _ in range(1100):
        y = random.uniform(90, 622)
        x = 400 + random.uniform(-1, 1) * (30 + (y - 90) * 0.32)
        across = (x - 400) / (30 + (y - 90) * 0.32)
        tone = tinted(random.choice(("#F2B92E", "#F7CC57", "#E9A81C")), 1.04 - 0.34 * (across + 0.25))
        body += f'<ellipse rx="8" ry="3.6" transform="translate({x:.0f} {y:.0f}) rotate({random.uniform(0, 180):.0f})" fill="{tone}"/>'
    body += '</g><path d="M340 200L262 520" stroke="#FFF3C0" stroke-width="26" opacity=".4" stroke-linecap="round" filter="url(#dr-mist)"/>'
    body += (
        "".join(
            f'<path d="M400 100Q{400 + d} {70 - abs(d) * 0.2:.0f} {400 + d * 1.9:.0f} {44 + abs(d) * 0.9:.0f}Q{400 + d * 0.9:.0f} {104} 400 116Z" fill="{c}"/>'
            for d, c in ((-46, "#4F7A3F"), (46, "#3E6A36"), (-18, "#6F9450"))
        )
        + '<circle cx="400" cy="98" r="17" fill="#C4281F"/><circle cx="394" cy="92" r="5" fill="#fff" opacity=".7"/>'
    )
    dishes = (
        (150, 596, "#C4281F", 10),
        (226, 660, "#8A5126", 15),
        (330, 690, "#6F9450", 12),
        (452, 694, "#F4EFE4", 20),
        (566, 664, "#B9652A", 15),
        (648, 600, "#E58A2E", 11),
    )
    for x, y, tone, size in dishes:
        for _ in range(34):
            dx, dy = random.gauss(0, 24), random.gauss(0, 9)
            r = size * random.uniform(0.7, 1.1)
            body += f'<ellipse cx="{x + dx:.0f}" cy="{y + dy:.0f}" rx="{r:.0f}" ry="{r * 0.66:.0f}" fill="{tinted(tone, random.uniform(0.7, 1.15))}"/><ellipse cx="{x + dx - r * 0.3:.0f}" cy="{y + dy - r * 0.3:.0f}" rx="{r * 0.3:.1f}" ry="{r * 0.14:.1f}" fill="#fff" opacity=".3"/>'
    rice = radial("tl-rice", (0.3, 0.4), (0, "#F9D368", 1), (0.6, "#EBAE26", 1), (1, "#A86E10", 1), reach=0.8)
    return Drawing(CAKES + rice, body, "#F5EADB", "#DCC6A0")


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    f"category-{name}": {"front": draw}
    for name, draw in (
        ("bambu", bambu),
        ("kayu", kayu),
        ("baduy", baduy),
        ("logam", logam),
        ("madu", madu),
        ("kopi", kopi),
        ("minuman", minuman),
        ("perhiasan", perhiasan),
        ("katering", katering),
    )
}

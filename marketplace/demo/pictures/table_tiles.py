"""Category tiles of what is eaten and drunk: bold, framed unlike any product, to be read at 80 pixels."""

import math
from collections.abc import Callable

from .catering import CAKES
from .drinks import AMBER, GINGER, ROAST, glass
from .honey import comb
from .scene import Drawing, gradient, put, rng, shadow
from .servings import DEFS, beans, circle, steam
from .solid import path, tinted
from .textures import radial

FULL = "M-20 -20H820V820H-20Z"


def madu() -> Drawing:
    """Draw honeycomb with honey running down over it."""
    random = rng("tile", "madu")
    run = (
        "M-20 -20H820V150Q800 260 760 250Q716 240 712 320Q706 380 668 376Q634 370 636 300Q634 236 586 244Q540 254 "
        "540 380Q544 560 492 566Q440 566 444 420Q446 300 396 296Q344 296 346 400Q346 470 304 470Q262 466 264 "
        "380Q264 270 206 262Q150 262 146 330Q136 384 100 376Q68 364 70 300Q66 210 -20 220Z"
    )
    defs = DEFS + gradient("tl-run", (0, "#F6BE52"), (0.4, "#E39A2C"), (1, "#B4620E"), down=True)
    body = f'<path d="{FULL}" fill="#9A5A14"/>' + comb(400, 420, 9, 13, 64, random, slant=1.0)
    body += (
        f'<path d="{run}" fill="#3A1804" opacity=".5" filter="url(#dr-soft)" transform="translate(12 18)"/><path '
        f'd="{run}" fill="url(#tl-run)" opacity=".93"/>'
    )
    body += (
        '<path d="M472 330V500M284 330V420M88 280V330M690 270V330M380 270Q340 270 330 330" fill="none" '
        'stroke="#FFF0BC" stroke-width="15" stroke-linecap="round" opacity=".85" filter="url(#dr-fine)"/><path '
        'd="M-20 60Q240 20 560 70T820 40" fill="none" stroke="#FFF3C8" stroke-width="30" opacity=".5" '
        'filter="url(#dr-soft)"/>'
    )
    body += f'<path d="{run}" fill="none" stroke="#FFE7A2" stroke-width="4" opacity=".5"/>'
    return Drawing(defs, body, "#EAE4D2", "#DCC6A0")


def kopi() -> Drawing:
    """Draw a cup of black coffee from above on a bed of beans."""
    random = rng("tile", "kopi")
    spots = [(i * 50 + random.gauss(0, 9), j * 40 + random.gauss(0, 8)) for i in range(-1, 18) for j in range(-1, 22)]
    body = f'<path d="{FULL}" fill="#1C0E06"/>' + beans(spots, 31, ROAST, random)
    body += f'<path d="{path(circle(430, 436, 286, 286, 80))}" fill="#0C0502" opacity=".6" filter="url(#dr-soft)"/>'
    body += (
        '<circle cx="400" cy="400" r="288" fill="url(#tl-plate)"/><circle cx="400" cy="400" r="286" fill="none" '
        'stroke="#fff" stroke-width="4" opacity=".8"/><circle cx="412" cy="418" r="206" fill="#2A1A08" '
        'opacity=".35" filter="url(#dr-soft)"/>'
    )
    body += (
        '<path d="M556 330Q676 262 704 316Q726 372 590 452" fill="none" stroke="#B8AE9C" stroke-width="46" '
        'stroke-linecap="round"/><path d="M556 326Q674 260 700 314Q720 366 590 446" fill="none" stroke="#FBF7EE" '
        'stroke-width="34" stroke-linecap="round"/>'
    )
    body += (
        '<circle cx="400" cy="400" r="198" fill="url(#tl-plate)"/><circle cx="400" cy="400" r="178" '
        'fill="#CFC6B4"/><circle cx="402" cy="404" r="168" fill="url(#tl-brew)"/><circle cx="402" cy="404" '
        'r="163" fill="none" stroke="#C98E4E" stroke-width="9" opacity=".75"/><circle cx="402" cy="404" r="153" '
        'fill="none" stroke="#E5B87C" stroke-width="2.4" opacity=".6"/>'
    )
    body += (
        '<path d="M296 340Q330 276 404 268" fill="none" stroke="#fff" stroke-width="16" stroke-linecap="round" '
        'opacity=".5" filter="url(#dr-fine)"/>'
    ) + steam(400, 470, 200)
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
            (
                '<ellipse cx="5" cy="14" rx="78" ry="30" fill="#2A1204" opacity=".45" filter="url(#dr-soft)"/><ellipse '
                'cy="7" rx="74" ry="30" fill="#A8803E"/><ellipse rx="74" ry="29" fill="#F0D993"/><ellipse rx="56" ry="20" '
                'fill="none" stroke="#D2B15E" stroke-width="3"/><ellipse rx="30" ry="10" fill="#E6C977"/>'
            ),
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


def katering() -> Drawing:
    """Draw a cone of yellow rice on a leaf-lined tray, dishes around it."""
    random = rng("tile", "katering")
    body = shadow(410, 650, 350, 100) + (
        '<ellipse cx="400" cy="610" rx="356" ry="132" fill="#8A6631"/><ellipse cx="400" cy="598" rx="350" '
        'ry="126" fill="#D9B36A"/>'
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
        body += (
            f'<path d="M400 592L{left[0]:.0f} {left[1]:.0f}L{tip[0]:.0f} {tip[1]:.0f}L{right[0]:.0f} {right[1]:.0f}Z" '
            f'fill="{("#5E8B4A", "#4A7540", "#719C56")[k % 3]}" stroke="#2F5530" stroke-width="2"/>'
        )
    cone = "M400 92Q430 96 452 150L576 556Q560 616 400 622Q240 616 224 556L348 150Q370 96 400 92Z"
    body += '<ellipse cx="430" cy="606" rx="210" ry="46" fill="#1C0F05" opacity=".5" filter="url(#dr-soft)"/>' + (
        f'<path d="{cone}" fill="url(#tl-rice)"/><clipPath id="tl-cone"><path d="{cone}"/></clipPath><g '
        'clip-path="url(#tl-cone)">'
    )
    for _ in range(1100):
        y = random.uniform(90, 622)
        x = 400 + random.uniform(-1, 1) * (30 + (y - 90) * 0.32)
        across = (x - 400) / (30 + (y - 90) * 0.32)
        tone = tinted(random.choice(("#F2B92E", "#F7CC57", "#E9A81C")), 1.04 - 0.34 * (across + 0.25))
        body += (
            f'<ellipse rx="8" ry="3.6" transform="translate({x:.0f} {y:.0f}) rotate({random.uniform(0, 180):.0f})" '
            f'fill="{tone}"/>'
        )
    body += (
        '</g><path d="M340 200L262 520" stroke="#FFF3C0" stroke-width="26" opacity=".4" stroke-linecap="round" '
        'filter="url(#dr-mist)"/>'
    )
    body += (
        "".join(
            (
                f'<path d="M400 100Q{400 + d} {70 - abs(d) * 0.2:.0f} {400 + d * 1.9:.0f} '
                f'{44 + abs(d) * 0.9:.0f}Q{400 + d * 0.9:.0f} {104} 400 116Z" fill="{c}"/>'
            )
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
            body += (
                f'<ellipse cx="{x + dx:.0f}" cy="{y + dy:.0f}" rx="{r:.0f}" ry="{r * 0.66:.0f}" '
                f'fill="{tinted(tone, random.uniform(0.7, 1.15))}"/><ellipse cx="{x + dx - r * 0.3:.0f}" '
                f'cy="{y + dy - r * 0.3:.0f}" rx="{r * 0.3:.1f}" ry="{r * 0.14:.1f}" fill="#fff" opacity=".3"/>'
            )
    rice = radial("tl-rice", (0.3, 0.4), (0, "#F9D368", 1), (0.6, "#EBAE26", 1), (1, "#A86E10", 1), reach=0.8)
    return Drawing(CAKES + rice, body, "#F5EADB", "#DCC6A0")


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "category-madu": {"front": madu},
    "category-kopi": {"front": kopi},
    "category-minuman": {"front": minuman},
    "category-katering": {"front": katering},
}

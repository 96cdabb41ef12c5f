"""Clothes on a wooden hanger: shirt, blouse and the collarless shirt; plain cloth with folds, seams and buttons."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import random
from dataclasses import dataclass

from .drapery import weave
from .relief import relief
from .scene import INK, KRAFT, WOOD, clipped, gradient, shade

BOX = (-330.0, -40.0, 660.0, 620.0)


@dataclass(frozen=True)
class Cut:
    """The cut of a garment, half of it: distances from the middle line and from the neck point, in units."""

    sleeve: tuple[tuple[float, float], tuple[float, float]]  # outer and inner corner of the cuff
    waist: float
    hem: float
    length: float
    collar: str  # "points", "neck" or "band"
    buttons: int
    pocket: int = 0


SHORT_SLEEVED = Cut(((252, 176), (184, 226)), 150, 158, 470, "points", 6, 1)
LONG_SLEEVED = Cut(((248, 424), (184, 438)), 150, 160, 480, "points", 7, 1)
BLOUSE = Cut(((236, 286), (178, 304)), 126, 160, 430, "neck", 5)
KAMPRET = Cut(((268, 366), (190, 394)), 160, 172, 470, "band", 5, 2)


def hanger(name: str) -> str:
    """A wooden hanger, its shoulders at y=20, hanging from a hook at y=-72."""
    bar = "M-150 66Q-120 30 -30 6Q0 -4 30 6Q120 30 150 66L140 78Q110 50 26 30Q0 24 -26 30Q-110 50 -140 78Z"
    return (
        '<path d="M0 0V-30C0 -44 22 -44 22 -62C22 -84 -14 -86 -14 -62" fill="none" stroke="#7C7A76" stroke-width="7" stroke-linecap="round"/>'
        '<path d="M-2 0V-30C-2 -44 19 -46 19 -62" fill="none" stroke="#E2E0DA" stroke-width="2"/>'
        f'<path d="{bar}" fill="{WOOD}"/><path d="{bar}" fill="url(#lit)"/>'
        + clipped(f"{name}-wood", bar, '<path d="M-150 60Q0 -20 150 60" stroke="#C08A52" stroke-width="5" fill="none"/>')
    )


def _sleeve(cut: Cut, side: int) -> str:
    (ox, oy), (ix, iy) = cut.sleeve
    droop = (oy - 48) * 0.5
    return (
        f"M{side * 120} 30Q{side * 158} 44 {side * 176} 84Q{side * (ox - 26):.0f} {48 + droop:.0f} {side * ox:.0f} {oy:.0f}"
        f"Q{side * (ox + ix) / 2:.0f} {(oy + iy) / 2 + 10:.0f} {side * ix:.0f} {iy:.0f}Q{side * 156} {150 + droop * 0.4:.0f} {side * 128} 170Z"
    )


def _body(cut: Cut) -> str:
    w, h, end = cut.waist, cut.hem, cut.length
    dip = 74 if cut.collar == "neck" else 26
    return (
        f"M-48 0Q-104 14 -150 40Q-166 90 {-136} 168Q{-w} 250 {-w} 290Q{-h - 2} 360 {-h} {end}Q{-h * 0.5:.0f} {end + 14} 0 {end + 8}T{h} {end}"
        f"Q{h + 2} 360 {w} 290Q{w} 250 136 168Q166 90 150 40Q104 14 48 0Q30 {dip} 0 {dip + 4}Q-30 {dip} -48 0Z"
    )


def _folds(rand: random.Random, cut: Cut) -> str:
    """Soft vertical drape of the body, deeper towards the hem."""
    marks = []
    for at in range(6):
        x = -cut.hem + (at + 0.5) * cut.hem / 3 + rand.uniform(-12, 12)
        wide = rand.uniform(16, 30)
        marks.append(
            f'<path fill-opacity="{rand.uniform(0.3, 0.7):.2f}" d="M{x * 0.74:.0f} {rand.uniform(70, 200):.0f}C{x * 0.8 - wide:.0f} 280 {x - wide:.0f} 360 '
            f'{x - wide:.0f} {cut.length + 30}H{x + wide:.0f}C{x + wide:.0f} 360 {x * 0.8 + wide:.0f} 280 {x * 0.74:.0f} 100Z"/>'
        )
    for side in (-1, 1):
        marks.append(
            f'<path fill-opacity=".55" d="M{side * 136} 60Q{side * 100} 160 {side * 112} 260Q{side * 128} 180 {side * 146} 150Z"/>'
        )
        marks.append(
            f'<path fill-opacity=".4" d="M{side * 60} 12Q{side * 84} 90 {side * 60} 190Q{side * 40} 90 {side * 60} 12Z"/>'
        )
    return "".join(marks)


def _sleeve_folds(cut: Cut, side: int) -> str:
    (ox, oy), (ix, _) = cut.sleeve
    middle = (ox + ix) / 2
    marks = f'<path fill-opacity=".7" d="M{side * 150} 70Q{side * (middle + 4)} {oy * 0.6:.0f} {side * (middle + 14):.0f} {oy + 20:.0f}H{side * (middle - 20):.0f}Q{side * (middle - 30):.0f} {oy * 0.6:.0f} {side * 150} 70Z"/>'
    if oy > 240:
        marks += "".join(
            f'<path fill-opacity=".5" d="M{side * (ix - 10):.0f} {y:.0f}Q{side * middle:.0f} {y + 22:.0f} {side * (ox + 6):.0f} {y - 6:.0f}q{side * -20} 24 {side * -60} 24Z"/>'
            for y in (oy * 0.56, oy * 0.78)
        )
    return marks


def garment(name: str, rand: random.Random, colour: str, cut: Cut, *, button: str = "#E9DFCB", coarse: float = 1) -> str:
    """A garment on its hanger, neck at the origin, hanging down."""
    lining, dark = shade(colour, 0.5), shade(colour, 0.62)
    parts = [hanger(name)]
    for side in (-1, 1):
        sleeve, key = _sleeve(cut, side), f"{name}-s{'l' if side < 0 else 'r'}"
        (ox, oy), (ix, iy) = cut.sleeve
        cuff = f"M{side * ox:.0f} {oy:.0f}Q{side * (ox + ix) / 2:.0f} {(oy + iy) / 2 + 10:.0f} {side * ix:.0f} {iy:.0f}"
        parts.append(
            f'<g style="isolation:isolate"><path d="{sleeve}" fill="{shade(colour, 0.94)}"/>{weave(key + "w", sleeve, BOX, coarse)}'
            + relief(
                key,
                sleeve,
                f'<path d="{sleeve}" fill-opacity=".5"/>' + _sleeve_folds(cut, side),
                BOX,
                blur=9,
                height=26,
                strength=0.8,
            )
            + f'<path d="{cuff}" stroke="{dark}" stroke-width="3" fill="none" transform="translate(0 -12)" stroke-dasharray="7 3" opacity=".8" clip-path="url(#{key}-clip)"/></g>'
        )
    body = _body(cut)
    back = gradient(f"{name}-back", (0, lining), (1, shade(colour, 0.34)), down=True)
    parts.append(f'<defs>{back}</defs><path d="M-48 0Q0 -16 48 0L34 70Q0 90 -34 70Z" fill="url(#{name}-back)"/>')
    parts.append(
        f'<g style="isolation:isolate"><path d="{body}" fill="{INK}" opacity=".3" transform="translate(4 3)" filter="url(#soft)"/><path d="{body}" fill="{colour}"/>'
        + weave(name + "w", body, BOX, coarse)
        + relief(name, body, f'<path d="{body}" fill-opacity=".35"/>' + _folds(rand, cut), BOX, blur=10, height=30, strength=0.85)
        + "</g>"
    )
    parts.append(_front(cut, colour, button) + _collar(cut, colour))
    return "".join(parts)


def _front(cut: Cut, colour: str, button: str) -> str:
    top = {"points": 40, "neck": 82, "band": 34}[cut.collar]
    dark, light = shade(colour, 0.52), shade(colour, 1.25)
    step = (cut.length - top - 60) / (cut.buttons - 1)
    holes = "".join(
        f'<circle cx="1" cy="{top + 22 + n * step:.0f}" r="6.5" fill="{INK}" opacity=".4"/><circle cy="{top + 20 + n * step:.0f}" r="6" fill="{button}"/>'
        f'<circle cx="-1.5" cy="{top + 19 + n * step:.0f}" r="1.2" fill="{INK}"/><circle cx="1.5" cy="{top + 21 + n * step:.0f}" r="1.2" fill="{INK}"/>'
        for n in range(cut.buttons)
    )
    placket = f"M-14 {top}V{cut.length + 8}M14 {top}V{cut.length + 6}"
    pockets = "".join(
        _pocket(x, y, dark, light)
        for x, y in ((66, 150), (74, 340), (-74, 340))[
            0 if cut.pocket == 1 else 1 : 1 if cut.pocket == 1 else 3 if cut.pocket else 1
        ]
    )
    return (
        f'<path d="{placket}" stroke="{dark}" stroke-width="2.5" opacity=".75" fill="none"/><path d="M16 {top}V{cut.length + 6}" stroke="{light}" stroke-width="1.6" opacity=".5"/>'
        f'<path d="M{-cut.hem + 2} {cut.length - 16}Q0 {cut.length} {cut.hem - 2} {cut.length - 16}" stroke="{dark}" stroke-width="2" stroke-dasharray="7 3" fill="none" opacity=".7"/>'
        f"{pockets}{holes}"
    )


def _pocket(x: float, y: float, dark: str, light: str) -> str:
    path = f"M{x - 36} {y}H{x + 36}V{y + 70}L{x} {y + 84}L{x - 36} {y + 70}Z"
    return (
        f'<path d="{path}" fill="none" stroke="{dark}" stroke-width="2.6" opacity=".8"/><path d="M{x - 36} {y + 14}H{x + 36}" stroke="{dark}" stroke-width="2" stroke-dasharray="6 3" '
        f'opacity=".7"/><path d="M{x - 35} {y + 2}H{x + 35}" stroke="{light}" stroke-width="2" opacity=".6"/>'
    )


def _collar(cut: Cut, colour: str) -> str:
    if cut.collar == "neck":
        line = "M-48 0Q-34 72 0 82Q34 72 48 0"
        return (
            f'<path d="{line}" fill="none" stroke="{shade(colour, 0.7)}" stroke-width="13"/><path d="{line}" fill="none" stroke="{shade(colour, 1.18)}" stroke-width="3" '
            'transform="translate(-3 -3)" opacity=".8"/>'
        )
    if cut.collar == "band":
        line = "M-50 2Q-30 38 0 38Q30 38 50 2"
        return f'<path d="{line}" fill="none" stroke="{shade(colour, 0.72)}" stroke-width="15"/><path d="{line}" fill="none" stroke="{shade(colour, 1.4)}" stroke-width="2" transform="translate(-1 -6)" opacity=".7"/>'
    flaps = "".join(
        f'<path d="M{s * 50} -6Q{s * 30} 22 {s * 3} 40L{s * 34} 88Q{s * 62} 60 {s * 76} 8Z" fill="{INK}" opacity=".35" transform="translate(4 5)"/>'
        f'<path d="M{s * 50} -6Q{s * 30} 22 {s * 3} 40L{s * 34} 88Q{s * 62} 60 {s * 76} 8Z" fill="{shade(colour, 1.1 if s < 0 else 0.92)}"/>'
        f'<path d="M{s * 9} 42L{s * 35} 80Q{s * 57} 56 {s * 69} 14" fill="none" stroke="{shade(colour, 0.6)}" stroke-width="1.8" stroke-dasharray="6 3"/>'
        for s in (-1, 1)
    )
    return f'<path d="M-52 -6Q0 -26 52 -6Q0 12 -52 -6Z" fill="{shade(colour, 0.8)}"/>{flaps}'


def swing_tag(accent: str) -> str:
    """A small blank card on a string; it hangs from the origin."""
    return (
        f'<path d="M0 0Q8 16 6 34" stroke="{INK}" stroke-opacity=".6" stroke-width="2" fill="none"/><path d="M-16 42L6 28L28 42V92H-16Z" fill="{shade(KRAFT, 1.4)}"/>'
        f'<circle cx="6" cy="42" r="4" fill="{INK}" opacity=".6"/><path d="M-16 80H28V92H-16Z" fill="{accent}"/>'
    )

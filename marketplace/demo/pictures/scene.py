"""The photographer's table: one wall, one table, one light from the top left, and the ways to frame an object.

Coordinates are SVG user units in a square of 800. The wall meets the table at y=560. Objects stand with their feet between y=600 and 700.
"""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import random
from dataclasses import dataclass, replace
from functools import cache

INK = "#211A14"
MORI, PAPER, CREAM = "#FBF6EC", "#FFFDF8", "#F3E3D2"
NILA, NILA_DEEP = "#26376F", "#1A2750"
SOGA, KUNYIT, DAUN, MERAH = "#7A4520", "#E5A82E", "#2B6440", "#A12A24"
MENGKUDU, HIDEUNG = "#7A2320", "#2A221B"
KRAFT, BAMBOO, WOOD, LEAF, BRASS, IRON = "#C9995F", "#D9B36A", "#9A6233", "#4E7A4F", "#C9A24A", "#AEB4BA"
KUNYIT_INK = "#7A4F00"
WALLS = ("#F3E9DA", "#ECEAE0", "#EAE4D2", "#F5EADB", "#E8E6E0")
HORIZON = 560
OBJECT_EXTENT = 580  # the longer side of a well framed object, in units

_LEUIT = "M24 74V54M72 74V54M18 54H78M26 54 18 34H78L70 54M8 36 40 8H56L88 36ZM40 54V44H56V54M40 8 36 3M56 8 60 3"


@dataclass(frozen=True)
class Drawing:
    """An object on the table, before light and frame: definitions, body, and the tints of wall and table."""

    defs: str
    body: str
    wall: str = "#F3E9DA"
    table: str = "#DCC6A0"


def shade(colour: str, factor: float) -> str:
    """Darken (`factor` below 1) or lighten towards white (above 1, at most 2) a #RRGGBB colour."""
    channels = [int(colour.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4)]
    shaded = [c * factor if factor <= 1 else c + (255 - c) * (factor - 1) for c in channels]
    return "#" + "".join(f"{min(255, max(0, round(c))):02X}" for c in shaded)


def mix(one: str, other: str, share: float) -> str:
    """Blend two #RRGGBB colours; `share` is the part of `other`."""
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def rng(*seed: object) -> random.Random:
    """A random source that is the same on every machine for the same seed."""
    return random.Random("/".join(map(str, seed)))


def shadow(cx: float, cy: float, rx: float, ry: float) -> str:
    """The shadow of an object that touches the table: a wide soft fall to the right and a dark line of contact."""
    return (
        f'<ellipse cx="{cx + rx * 0.12:.0f}" cy="{cy + ry * 0.15:.0f}" rx="{rx * 1.15:.0f}" ry="{ry:.0f}" fill="url(#contact)"/>'
        f'<ellipse cx="{cx:.0f}" cy="{cy - ry * 0.2:.0f}" rx="{rx * 0.92:.0f}" ry="{ry * 0.5:.0f}" fill="url(#contact)"/>'
    )


def lit(path_d: str) -> str:
    """Light over a body: white from the left, ink towards the right."""
    return f'<path d="{path_d}" fill="url(#lit)"/>'


def leuit(stroke: str, width: float = 6) -> str:
    """The granary mark, in a box 96 wide and 80 high."""
    return f'<path fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round" stroke-linecap="round" d="{_LEUIT}"/>'


def put(body: str, x: float, y: float, scale: float = 1, turn: float = 0) -> str:
    """Place a body drawn around the origin."""
    turned = f" rotate({turn:g})" if turn else ""
    scaled = f" scale({scale:g})" if scale != 1 else ""
    return f'<g transform="translate({x:.1f} {y:.1f}){turned}{scaled}">{body}</g>'


def clipped(name: str, path_d: str, body: str) -> str:
    """Show a body only inside a path; `name` is unique within the picture."""
    return f'<clipPath id="{name}"><path d="{path_d}"/></clipPath><g clip-path="url(#{name})">{body}</g>'


def gradient(name: str, *stops: tuple[float, str] | tuple[float, str, float], down: bool = False) -> str:
    """A linear gradient, left to right or `down`; a stop is offset, colour and, if wanted, opacity."""
    end = 'x2="0" y2="1"' if down else 'x2="1" y2="0"'
    marks = "".join(
        f'<stop offset="{s[0]:g}" stop-color="{s[1]}"' + (f' stop-opacity="{s[2]:g}"' if len(s) > 2 else "") + "/>" for s in stops
    )
    return f'<linearGradient id="{name}" x1="0" y1="0" {end}>{marks}</linearGradient>'


@cache
def _shared_defs() -> str:
    """Light, shadow and the filters every picture may use: rough, soft, haze, linen, fibre, paper."""

    def noise(name: str, frequency: str, seed: int, matrix: str) -> str:
        return (
            f'<filter id="{name}" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="{frequency}" '
            f'numOctaves="2" seed="{seed}"/><feColorMatrix values="0 0 0 0 .2  0 0 0 0 .14  0 0 0 0 .08  {matrix}"/>'
            '<feComposite operator="in" in2="SourceGraphic"/></filter>'
        )

    def blur(name: str, amount: float) -> str:
        return f'<filter id="{name}" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="{amount:g}"/></filter>'

    return (
        gradient("lit", (0, "#fff", 0.3), (0.35, "#fff", 0.05), (1, INK, 0.26))
        + f'<radialGradient id="contact"><stop offset="0" stop-color="{INK}" stop-opacity=".4"/><stop offset=".55" stop-color="{INK}" '
        f'stop-opacity=".15"/><stop offset="1" stop-color="{INK}" stop-opacity="0"/></radialGradient>'
        '<radialGradient id="window" cx=".18" cy=".05" r="1.05"><stop offset="0" stop-color="#FFF6E2" stop-opacity=".6"/><stop offset=".55" '
        f'stop-color="#FFF3DC" stop-opacity="0"/><stop offset="1" stop-color="#6B3A10" stop-opacity=".2"/></radialGradient>'
        + noise("grain", ".9", 7, "0 0 0 .07 0")
        + noise("linen", ".55 .06", 3, "0 0 0 1.1 -.42")
        + noise("fibre", ".02 .5", 5, "0 0 0 1.3 -.5")
        + noise("paper", ".05", 9, "0 0 0 .8 -.28")
        + noise("board", ".004 .09", 4, "0 0 0 .9 -.36")
        + blur("soft", 5)
        + blur("haze", 14)
        + '<filter id="rough" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency=".035" numOctaves="2" '
        'seed="2"/><feDisplacementMap in="SourceGraphic" scale="7"/></filter>'
    )


def _room(wall: str, table: str) -> str:
    reach = 'x="-800" width="2400"'
    return (
        f'<rect {reach} y="-800" height="1400" fill="url(#wall)"/><rect {reach} y="{HORIZON}" height="1040" fill="url(#table)"/>'
        f'<rect x="0" width="800" y="{HORIZON}" height="240" fill="{shade(table, 0.6)}" filter="url(#board)" opacity=".5"/>'
        f'<rect {reach} y="{HORIZON - 3}" height="5" fill="{shade(wall, 0.7)}" opacity=".35" filter="url(#soft)"/>'
    )


def render(drawing: Drawing) -> str:
    """The whole picture as SVG, 800 × 800: wall, table, object, window light, grain."""
    walls = gradient("wall", (0, shade(drawing.wall, 1.45)), (1, shade(drawing.wall, 0.95)))
    tables = gradient(
        "table", (0, shade(drawing.table, 1.1)), (0.24, shade(drawing.table, 0.93)), (1, shade(drawing.table, 0.8)), down=True
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800" viewBox="0 0 800 800">'
        f"<defs>{walls}{tables}{_shared_defs()}{drawing.defs}</defs>{_room(drawing.wall, drawing.table)}{drawing.body}"
        '<rect width="800" height="800" fill="url(#window)" style="mix-blend-mode:soft-light"/>'
        '<rect width="800" height="800" filter="url(#grain)"/></svg>'
    )


def zoom(drawing: Drawing, cx: float, cy: float, factor: float = 2.4) -> Drawing:
    """The same scene, nearer: the point (`cx`, `cy`) comes to the middle."""
    move = f"translate(400 400) scale({factor:g}) translate({-cx:g} {-cy:g})"
    return replace(drawing, body=f'<g transform="{move}">{_room(drawing.wall, drawing.table)}{drawing.body}</g>')


def _rule(unit: float) -> str:
    """A wooden rule of 10 cm lying on the table, `unit` long per centimetre, its left end at the origin."""
    length, height = 10 * unit, 40
    ticks = "".join(
        f"M{unit * half / 2:.1f} 1v{16 if half % 2 == 0 else 9}" for half in range(1, 20) if unit > 14 or half % 2 == 0
    )
    body = f"M0 0H{length:.1f}V{height}H0Z"
    return (
        shadow(length / 2, height, length / 2 + 8, 12)
        + f'<path d="{body}" fill="{shade(BAMBOO, 0.96)}"/><path d="{body}" fill="{shade(WOOD, 0.7)}" filter="url(#fibre)" opacity=".5"/>'
        f'<path d="M0 {height}H{length:.1f}v7H0Z" fill="{shade(WOOD, 0.8)}"/><path d="M0 1H{length:.1f}" stroke="#fff" stroke-opacity=".5" '
        f'stroke-width="2"/><path d="{ticks}" stroke="{INK}" stroke-width="2.2"/>'
    )


_HAND = (
    "M34 180C30 150 8 128 2 104C-2 90 12 84 20 96L34 116C30 80 26 52 26 30C26 16 42 16 43 30L48 84C47 54 48 30 50 14C51 0 67 0 67 14"
    "L66 84C70 56 74 36 78 22C81 10 96 13 94 27L84 90C90 72 96 60 102 52C109 43 121 51 116 62C104 90 102 104 100 124C98 146 94 156 96 180"
)


def beside_rule(drawing: Drawing, cm: float) -> Drawing:
    """The object in scale: its longer side is `cm` centimetres; smaller, behind a 10 cm rule, or beside a hand if large."""
    factor = 0.74
    unit = OBJECT_EXTENT * factor / cm
    shrunk = put(put(drawing.body, -400, -680), 400, 642, factor)
    if cm > 45:
        scale = 18 * unit / 180
        mark = put(
            f'<path d="{_HAND}" fill="#fff" fill-opacity=".35" stroke="{SOGA}" stroke-width="{3.5 / scale:.1f}" stroke-linecap="round"/>',
            664,
            500 - 180 * scale,
            scale,
        )
    else:
        mark = put(_rule(unit), max(60, 400 - 5 * unit), 716)
    return replace(drawing, body=shrunk + mark)


def mark_on_paper(accent: str) -> str:
    """The colour in which the mark can be read on paper; turmeric itself is too pale for that."""
    return KUNYIT_INK if accent == KUNYIT else accent


def _label(width: float, accent: str) -> str:
    """A paper label with the mark, centred on the origin."""
    tall = width * 0.86
    return (
        f'<rect x="{-width / 2:.0f}" y="{-tall / 2 + 3:.0f}" width="{width:g}" height="{tall:.0f}" rx="5" fill="{INK}" opacity=".22"/>'
        f'<rect x="{-width / 2:.0f}" y="{-tall / 2:.0f}" width="{width:g}" height="{tall:.0f}" rx="5" fill="{PAPER}"/>'
        + put(leuit(mark_on_paper(accent), 6), -48 * width / 150, -40 * width / 150, width / 150)
        + f'<rect x="{-width / 2:.0f}" y="{tall / 2 - 11:.0f}" width="{width:g}" height="11" fill="{accent}"/>'
    )


def packed(
    kind: str = "box",
    *,
    wide: float = 440,
    tall: float = 300,
    accent: str = SOGA,
    wall: str = "#F3E9DA",
    table: str = "#DCC6A0",
    beside: Drawing | None = None,
) -> Drawing:
    """The goods ready to travel: a kraft "box", a padded "pouch" or a "tube", tied, with the granary label; `beside` it, small, the object."""
    left, right, foot = 400 - wide / 2, 400 + wide / 2, 660.0
    top, deep = foot - tall, wide * 0.16
    if kind == "tube":
        top, deep = foot - max(96, wide * 0.2), 0
    front = f"M{left:.0f} {top:.0f}H{right:.0f}V{foot:.0f}H{left:.0f}Z"
    if kind == "pouch":
        sag = f"Q{right + 14:.0f} {(top + foot) / 2:.0f} {right:.0f} {foot:.0f}Q400 {foot + 16:.0f} {left:.0f} {foot:.0f}"
        front = f"M{left:.0f} {top:.0f}Q400 {top - 14:.0f} {right:.0f} {top:.0f}{sag}Q{left - 14:.0f} {(top + foot) / 2:.0f} {left:.0f} {top:.0f}Z"
    if kind == "tube":
        mid, half = (top + foot) / 2, (foot - top) / 2
        front = f"M{left:.0f} {top:.0f}H{right:.0f}A{half * 0.45:.0f} {half:.0f} 0 0 1 {right:.0f} {foot:.0f}H{left:.0f}Z"
    parts = [shadow(400, foot + 4, wide * 0.62, 34), f'<path d="{front}" fill="{KRAFT}"/>']
    parts.append(f'<path d="{front}" fill="{shade(KRAFT, 0.5)}" filter="url(#fibre)" opacity=".3"/>')
    if kind == "box":
        lid = f"M{left:.0f} {top:.0f}L{left + deep:.0f} {top - deep:.0f}H{right - deep * 0.6:.0f}L{right:.0f} {top:.0f}Z"
        tape = f"M372 {top + 70:.0f}V{top:.0f}L386 {top - deep:.0f}H428L424 {top:.0f}V{top + 70:.0f}Z"
        parts.append(
            f'<path d="{lid}" fill="{shade(KRAFT, 1.25)}"/><path d="{lid}" fill="{KRAFT}" filter="url(#paper)" opacity=".5"/>'
        )
        parts.append(
            lit(front) + f'<path d="M{left:.0f} {top:.0f}H{right:.0f}" stroke="#fff" stroke-opacity=".45" stroke-width="3"/>'
        )
        parts.append(f'<path d="{tape}" fill="{shade(KRAFT, 0.82)}"/><path d="{tape}" fill="#fff" opacity=".16"/>')
        parts.append(put(_label(min(170, wide * 0.42), accent), right - wide * (0.45 if beside else 0.27), foot - tall * 0.4))
    elif kind == "pouch":
        seam = f"M{left + 8:.0f} {top + 46:.0f}Q400 {top + 34:.0f} {right - 8:.0f} {top + 46:.0f}"
        parts.append(lit(front) + f'<path d="{seam}" fill="none" stroke="{shade(KRAFT, 0.66)}" stroke-width="3"/>')
        parts.append(
            f'<path d="{seam}" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="2" transform="translate(0 3)"/>'
        )
        parts.append(put(_label(min(180, wide * 0.45), accent), 400, (top + foot) / 2 + 22))
    else:
        round_light = gradient("round", (0, "#fff", 0.4), (0.3, "#fff", 0.08), (1, INK, 0.5), down=True)
        parts.append(f'<defs>{round_light}</defs><path d="{front}" fill="url(#round)"/>')
        parts.append(
            f'<ellipse cx="{left:.0f}" cy="{mid:.0f}" rx="{half * 0.45:.0f}" ry="{half:.0f}" fill="{shade(KRAFT, 1.3)}"/>'
        )
        parts.append(
            f'<ellipse cx="{left:.0f}" cy="{mid:.0f}" rx="{half * 0.36:.0f}" ry="{half * 0.8:.0f}" fill="{shade(KRAFT, 0.9)}"/>'
        )
        parts.append(put(_label((foot - top) * 0.78, accent), 420, mid + 2))
    if kind != "tube":
        parts.append(_twine(left, right, top, foot, deep if kind == "box" else 0))
    if beside is None:
        return Drawing("", "".join(parts), wall, table)
    parcel = put("".join(parts), -110, 0)
    return Drawing(beside.defs, parcel + put(put(beside.body, -400, -690), 596, 732, 0.46), beside.wall, beside.table)


def _twine(left: float, right: float, top: float, foot: float, deep: float) -> str:
    at = left + (right - left) * 0.22
    line = f"M{at + deep * 0.8:.0f} {top - deep:.0f}L{at:.0f} {top:.0f}V{foot:.0f}"
    return (
        f'<path d="{line}" fill="none" stroke="{INK}" stroke-opacity=".25" stroke-width="8" transform="translate(4 3)"/>'
        f'<path d="{line}" fill="none" stroke="{CREAM}" stroke-width="6"/>'
        f'<path d="{line}" fill="none" stroke="{shade(KRAFT, 0.7)}" stroke-width="6" stroke-dasharray="3 7"/>'
    )

"""Pouches, beans, cups and steam: what drinks are sold in and served from."""

import math
from random import Random

from .scene import INK, PAPER, gradient, leuit, put, shade
from .solid import Point, tinted
from .textures import blur, grain, radial, relief

DEFS = (
    blur("dr-soft", 8)
    + blur("dr-mist", 14)
    + blur("dr-fine", 2.2)
    + relief("dr-crumple", (0.006, 0.009), seed=22, height=8, octaves=2, soften=4)
    + relief("dr-jute", (0.2, 0.2), seed=3, height=3, octaves=2)
    + grain("dr-kraft", (0.06, 0.5), "#6B4218", seed=8, octaves=2, contrast=0.9, floor=-0.4)
    + grain("dr-matte", (0.7, 0.7), "#3A2A18", seed=4, octaves=1, contrast=0.4, floor=-0.2)
    + grain("dr-wood", (0.008, 0.12), "#4A2409", seed=15, octaves=4, contrast=2.2, floor=-0.98)
    + gradient(
        "dr-side",
        (0, INK, 0.2),
        (0.05, "#fff", 0.3),
        (0.13, "#fff", 0.06),
        (0.32, "#fff", 0.26),
        (0.6, INK, 0.02),
        (0.86, INK, 0.34),
        (0.95, INK, 0.5),
        (1, INK, 0.36),
    )
    + radial("dr-coffee", (0.4, 0.35), (0, "#5A3218", 1), (0.7, "#2E170A", 1), (1, "#1A0C05", 1))
)


def pouch(foot: float, wide: float, tall: float, colour: str, accent: str, *, fold: bool, mark: str | None = None) -> str:
    """Return a filled standing pouch centred on the origin's x: gusset foot, seam or folded top, paper label with the mark."""
    w, top = wide / 2, foot - tall
    body = (
        f"M{-w * 0.86:.0f} {top:.0f}Q0 {top - 8:.0f} {w * 0.86:.0f} {top:.0f}C{w * 0.9:.0f} {top + tall * 0.3:.0f} "
        f"{w * 1.02:.0f} {top + tall * 0.6:.0f} {w:.0f} {foot - 12:.0f}"
        f"Q{w * 0.96:.0f} {foot + 4:.0f} {w * 0.7:.0f} {foot + 8:.0f}Q0 {foot + 26:.0f} {-w * 0.7:.0f} "
        f"{foot + 8:.0f}Q{-w * 0.96:.0f} {foot + 4:.0f} {-w:.0f} {foot - 12:.0f}C{-w * 1.02:.0f} "
        f"{top + tall * 0.6:.0f} {-w * 0.9:.0f} {top + tall * 0.3:.0f} {-w * 0.86:.0f} {top:.0f}Z"
    )
    head = 62.0 if fold else 46.0
    skin = "dr-kraft" if fold else "dr-matte"
    seal = (
        f"M{-w * 0.865:.0f} {top - 2:.0f}Q0 {top - 12:.0f} {w * 0.865:.0f} {top - 2:.0f}L{w * 0.88:.0f} "
        f"{top + head:.0f}Q0 {top + head - 10:.0f} {-w * 0.88:.0f} {top + head:.0f}Z"
    )
    gusset = f"M{-w * 0.99:.0f} {foot - 20:.0f}Q0 {foot - tall * 0.2:.0f} {w * 0.99:.0f} {foot - 20:.0f}"
    parts = [
        (
            f'<g filter="url(#{skin})"><path d="{body}" fill="{colour}" filter="url(#dr-crumple)"/></g><path '
            f'd="{body}" fill="url(#dr-side)"/>'
        )
    ]
    parts.append(
        f'<path d="{gusset}" fill="none" stroke="{INK}" stroke-width="5" opacity=".3"/><path d="{gusset}" '
        'fill="none" stroke="#fff" stroke-width="3" opacity=".3" transform="translate(0 4)"/>'
    )
    if fold:
        parts.append(
            f'<path d="{seal}" fill="{INK}" opacity=".4" filter="url(#dr-soft)" transform="translate(5 12)"/><g '
            f'filter="url(#dr-kraft)"><path d="{seal}" fill="{shade(colour, 0.93)}"/></g><path d="{seal}" '
            'fill="url(#dr-side)"/>'
        )
        tie = f"M{-w * 0.95:.0f} {top + head - 18:.0f}Q0 {top + head - 28:.0f} {w * 0.95:.0f} {top + head - 18:.0f}"
        parts.append(
            f'<path d="{tie}" fill="none" stroke="{shade(accent, 0.6)}" stroke-width="17"/><path d="{tie}" fill="none" '
            f'stroke="{accent}" stroke-width="13"/><path d="{tie}" fill="none" stroke="#fff" stroke-opacity=".35" '
            'stroke-width="3" transform="translate(0 -3)"/>'
        )
    else:
        ribs = "".join(
            (
                f'<path d="M{-w * 0.85:.0f} {top + k:.0f}Q0 {top + k - 9:.0f} {w * 0.85:.0f} {top + k:.0f}" stroke="{INK}" '
                'stroke-opacity=".22" stroke-width="2" fill="none"/>'
            )
            for k in range(6, 34, 5)
        )
        parts.append(
            ribs
            + (
                f'<path d="M{-w * 0.88:.0f} {top + head:.0f}Q0 {top + head - 10:.0f} {w * 0.88:.0f} {top + head:.0f}" '
                'stroke="#fff" stroke-opacity=".5" stroke-width="2.6" fill="none"/>'
            )
        )
    parts.append(label(0, top + tall * 0.44, wide * 0.52, mark or accent))
    creases = ((-0.7, 0.25, -0.5, 0.4), (0.6, 0.22, 0.8, 0.36), (-0.84, 0.7, -0.6, 0.78), (0.66, 0.74, 0.86, 0.66))
    for ax, ay, bx, by in creases:
        line = (
            f"M{w * ax:.0f} {top + tall * ay:.0f}Q{w * (ax + bx) / 2:.0f} {top + tall * (ay + by) / 2 - 14:.0f} "
            f"{w * bx:.0f} {top + tall * by:.0f}"
        )
        parts.append(
            f'<path d="{line}" fill="none" stroke="#fff" stroke-width="6" opacity=".3" filter="url(#dr-fine)"/><path '
            f'd="{line}" fill="none" stroke="{INK}" stroke-width="5" opacity=".2" filter="url(#dr-fine)" '
            'transform="translate(4 6)"/>'
        )
    return "".join(parts)


def label(x: float, y: float, wide: float, accent: str) -> str:
    """Return a paper label with the granary mark and a plain band, centred on a point."""
    tall = wide * 1.02
    left, top = x - wide / 2, y - tall / 2
    scale = wide / 136
    return (
        f'<rect x="{left + 2:.0f}" y="{top + 4:.0f}" width="{wide:.0f}" height="{tall:.0f}" rx="6" fill="{INK}" '
        'opacity=".28" filter="url(#dr-fine)"/>'
        f'<rect x="{left:.0f}" y="{top:.0f}" width="{wide:.0f}" height="{tall:.0f}" rx="6" fill="{PAPER}"/>'
        f'<rect x="{left:.0f}" y="{top + tall * 0.8:.0f}" width="{wide:.0f}" height="{tall * 0.09:.0f}" fill="{accent}"/>'
        f'<rect x="{left:.0f}" y="{top + tall * 0.915:.0f}" width="{wide:.0f}" height="{tall * 0.02:.0f}" fill="{accent}"/>'
        + put(leuit(accent, 5.5), x - 48 * scale, top + tall * 0.12, scale)
        + f'<path d="M{left:.0f} {top:.0f}h{wide:.0f}v{tall:.0f}h{-wide:.0f}z" fill="url(#dr-side)" opacity=".5"/>'
    )


def bean(x: float, y: float, size: float, turn: float, tone: str, *, creased: bool = True) -> str:
    """Return one coffee bean with its own shadow, crease and shine."""
    s = size
    crease = (
        f'<path d="M{-s * 0.86:.1f} 0Q{-s * 0.3:.1f} {-s * 0.26:.1f} 0 0T{s * 0.86:.1f} 0" fill="none" '
        f'stroke="{tinted(tone, 0.36)}" stroke-width="{s * 0.17:.1f}"/><path d="M{-s * 0.8:.1f} '
        f'{s * 0.12:.1f}Q{-s * 0.3:.1f} {-s * 0.12:.1f} 0 {s * 0.13:.1f}T{s * 0.8:.1f} {s * 0.12:.1f}" fill="none" '
        f'stroke="{tinted(tone, 1.26)}" stroke-width="{s * 0.06:.1f}"/>'
    )
    return (
        f'<ellipse cx="{x + s * 0.2:.1f}" cy="{y + s * 0.32:.1f}" rx="{s:.1f}" ry="{s * 0.72:.1f}" fill="#120A04" opacity=".45"/>'
        f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})"><ellipse rx="{s:.1f}" ry="{s * 0.68:.1f}" '
        f'fill="{tone}"/>{crease if creased else ""}</g>'
        f'<ellipse cx="{x - s * 0.28:.1f}" cy="{y - s * 0.32:.1f}" rx="{s * 0.3:.1f}" ry="{s * 0.13:.1f}" '
        f'fill="#fff" opacity=".34" transform="rotate(-24 {x - s * 0.28:.1f} {y - s * 0.32:.1f})"/>'
    )


def beans(spots: list[Point], size: float, tones: tuple[str, ...], random: Random) -> str:
    """Return beans at the spots, the nearer over the farther."""
    return "".join(
        bean(x, y, size * random.uniform(0.88, 1.1), random.uniform(0, 180), random.choice(tones), creased=random.random() < 0.72)
        for x, y in sorted(spots, key=lambda spot: spot[1])
    )


def heap(cx: float, foot: float, wide: float, tall: float, count: int, random: Random) -> list[Point]:
    """Return spots of a heap, thick in the middle."""
    spots = []
    for _ in range(count):
        t = random.uniform(-1, 1)
        spots.append((cx + t * wide / 2, foot - random.random() * tall * (1 - t * t) ** 0.7 + random.uniform(0, 16)))
    return spots


def steam(x: float, y: float, rise: float) -> str:
    """Return two soft curls of steam."""
    parts = []
    for dx, wide, opacity in ((-16, 22, 0.55), (22, 16, 0.45)):
        line = f"M{x + dx} {y}C{x + dx - 44} {y - rise * 0.3:.0f} {x + dx + 46} {y - rise * 0.55:.0f} {x + dx - 6} {y - rise:.0f}"
        parts.append(
            f'<path d="{line}" fill="none" stroke="#fff" stroke-width="{wide}" stroke-linecap="round" '
            f'opacity="{opacity}" filter="url(#dr-mist)"/>'
        )
    return "".join(parts)


def powder(cx: float, foot: float, wide: float, tall: float, tones: tuple[str, ...], random: Random, count: int = 900) -> str:
    """Return a heap of ground stuff: a soft mound under many grains."""
    mound = (
        f"M{cx - wide / 2:.0f} {foot:.0f}Q{cx - wide * 0.2:.0f} {foot - tall * 1.5:.0f} {cx:.0f} "
        f"{foot - tall:.0f}Q{cx + wide * 0.24:.0f} {foot - tall * 1.1:.0f} {cx + wide / 2:.0f} {foot:.0f}Q{cx:.0f} "
        f"{foot + tall * 0.24:.0f} {cx - wide / 2:.0f} {foot:.0f}Z"
    )
    parts = [
        (
            f'<path d="{mound}" fill="#120A04" opacity=".4" filter="url(#dr-soft)" transform="translate(12 10)"/><path '
            f'd="{mound}" fill="{tones[0]}"/>'
        )
    ]
    for _ in range(count):
        t = random.gauss(0, 0.42)
        if abs(t) > 1.1:
            continue
        lift = random.random()
        x = cx + t * wide / 2
        y = foot - lift * tall * max(0.0, 1 - t * t) + random.uniform(-2, 8)
        glow = 0.8 + 0.5 * max(0.0, -t * 0.5 + lift * 0.5)
        parts.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{random.uniform(1.4, 3.6):.1f}" fill="{tinted(random.choice(tones), glow)}"/>'
        )
    return "".join(parts)


def spoon(x: float, y: float, scale: float, turn: float) -> str:
    """Return a carved wooden spoon lying on the table, its bowl at the origin."""
    handle = "M60 -16Q200 -24 330 -14Q352 0 330 14Q200 16 60 18Z"
    return put(
        f'<path d="{handle}M-86 0A86 52 0 1 0 86 0A86 52 0 1 0 -86 0Z" fill="#120A04" opacity=".45" '
'filter="url(#dr-soft)" transform="translate(8 16)"/>'
        f'<g filter="url(#dr-wood)"><path d="{handle}" fill="#A8693A"/><ellipse rx="88" ry="54" fill="#B97C45"/>'
'</g><ellipse cx="-2" cy="3" rx="72" ry="41" fill="#6B3F1E"/>'
        '<path d="M-70 -8A72 42 0 0 1 60 -18" fill="none" stroke="#2A1204" stroke-width="9" opacity=".5" '
'filter="url(#dr-fine)"/><path d="M-84 -8A88 54 0 0 1 50 -42M80 -10Q200 -18 320 -8" fill="none" '
'stroke="#FFE0B4" stroke-width="4" opacity=".7"/>',
        x, y, scale, turn,
    )  # fmt: skip


def circle(cx: float, cy: float, rx: float, ry: float, count: int) -> list[Point]:
    """Return points once round an oval."""
    return [(cx + rx * math.cos(2 * math.pi * k / count), cy + ry * math.sin(2 * math.pi * k / count)) for k in range(count)]

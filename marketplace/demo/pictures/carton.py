"""The opened carton: goods standing in bamboo shavings, the granary label on the front."""

from dataclasses import replace

from .scene import CREAM, INK, KRAFT, Drawing, gradient, lit, put, rng, shade, shadow
from .servings import label
from .textures import blur, grain
from .weave import smooth_line

_DEFS = blur("ca-soft", 8) + grain("ca-kraft", (0.02, 0.5), "#6B4218", seed=18, octaves=2, contrast=0.9, floor=-0.4)
_LABEL = gradient("dr-side", (0, "#fff", 0.2), (1, INK, 0.14)) + blur("dr-fine", 2.2)


def _shavings(left: float, right: float, y: float, rise: float, key: str) -> str:
    random = rng("shavings", key)
    parts = []
    for _ in range(190):
        x, top = random.uniform(left + 14, right - 14), y - random.uniform(-16, rise)
        reach, bend = random.uniform(-46, 46), random.uniform(-30, 30)
        tone = random.choice((CREAM, "#E6D2A4", "#D9BE86", "#F3E6C6", "#C9AC74"))
        line = f"M{x:.0f} {top:.0f}q{bend:.0f} {-abs(bend):.0f} {reach:.0f} {random.uniform(-6, 14):.0f}"
        parts.append(
            f'<path d="{line}" fill="none" stroke="#5E431F" stroke-opacity=".35" stroke-width="6" transform="translate(2 3)"/>'
        )
        parts.append(
            f'<path d="{line}" fill="none" stroke="{tone}" stroke-width="{random.uniform(2.6, 5):.1f}" stroke-linecap="round"/>'
        )
    return "".join(parts)


def in_carton(drawing: Drawing, key: str, *, wide: float, tall: float, scale: float, lift: float, accent: str) -> Drawing:
    """Return the goods of a drawing standing in an open carton; `lift` is how far their foot is above the carton's foot."""
    left, right, foot = 400 - wide / 2, 400 + wide / 2, 668.0
    top, deep = foot - tall, 62.0
    back = top - deep
    hollow = [(left, top), (left + 34, back), (right - 34, back), (right, top)]
    flap = [(left + 34, back), (left + 4, back - 74), (right - 4, back - 74), (right - 34, back)]
    wings = (
        [(left, top), (left + 34, back), (left - 52, back + 4), (left - 96, top + 12)],
        [(right, top), (right - 34, back), (right + 52, back + 4), (right + 96, top + 12)],
    )
    front = f"M{left:.0f} {top:.0f}H{right:.0f}V{foot:.0f}H{left:.0f}Z"
    folded = f"M{left:.0f} {top:.0f}H{right:.0f}L{right + 18:.0f} {top + 84:.0f}H{left - 18:.0f}Z"
    parts = [shadow(404, foot + 4, wide * 0.62, 36)]
    parts.append(f'<path d="{smooth_line(flap)}Z" fill="{shade(KRAFT, 1.08)}" filter="url(#ca-kraft)"/>')
    parts += [
        f'<path d="{smooth_line(w)}Z" fill="{shade(KRAFT, f)}" filter="url(#ca-kraft)"/>'
        for w, f in zip(wings, (1.22, 0.86), strict=True)
    ]
    parts.append(f'<path d="{smooth_line(hollow)}Z" fill="{shade(KRAFT, 0.42)}"/>')
    parts.append(_shavings(left + 24, right - 24, back + 34, 18, key + "back"))
    parts.append(put(put(drawing.body, -400, -680), 400, foot - lift, scale))
    parts.append(_shavings(left, right, top + 2, 26, key))
    parts.append(f'<g filter="url(#ca-kraft)"><path d="{front}" fill="{KRAFT}"/></g>' + lit(front))
    parts.append(f'<path d="{folded}" fill="#2A1204" opacity=".4" filter="url(#ca-soft)" transform="translate(4 10)"/>')
    parts.append(f'<g filter="url(#ca-kraft)"><path d="{folded}" fill="{shade(KRAFT, 1.12)}"/></g>' + lit(folded))
    parts.append(f'<path d="M{left:.0f} {top:.0f}H{right:.0f}" stroke="#fff" stroke-opacity=".6" stroke-width="3"/>')
    size = min(150.0, (tall - 96) * 0.86)
    parts.append(label(400, top + 90 + (tall - 90) / 2, size, accent))
    needed = "" if 'id="dr-side"' in drawing.defs else _LABEL
    return replace(drawing, defs=drawing.defs + needed + _DEFS, body="".join(parts))

"""The small angklung set."""

from collections.abc import Callable
from random import Random

from .scene import BAMBOO, Drawing, gradient, put, rng, shadow
from .solid import tinted, tube
from .wood import DEFS, TABLE, WALL


def _rattle(x: float, foot: float, tall: float, width: float, random: Random) -> str:
    """One angklung tube: closed below, cut to a tongue above."""
    r, body = width / 2, tall * 0.56
    low = foot - body
    tongue = (
        f"M{x - r:.1f} {low:.1f}V{foot - tall:.1f}Q{x - r * 0.4:.1f} {foot - tall - 10:.1f} {x - r * 0.05:.1f} "
        f"{foot - tall + 4:.1f}V{low - 8:.1f}Q{x + r * 0.1:.1f} {low + 22:.1f} {x + r:.1f} "
        f"{low + 30:.1f}V{foot:.1f}H{x - r:.1f}Z"
    )
    inner = (
        f"M{x - r * 0.05:.1f} {foot - tall + 4:.1f}V{low - 8:.1f}Q{x + r * 0.1:.1f} {low + 22:.1f} {x + r:.1f} "
        f"{low + 30:.1f}Q{x + r * 0.7:.1f} {low - 6:.1f} {x + r * 0.28:.1f} {low - 22:.1f}V{foot - tall + 12:.1f}Z"
    )
    spots = "".join(
        (
            f'<ellipse cx="{random.uniform(x - r, x + r):.0f}" cy="{random.uniform(low, foot):.0f}" '
            f'rx="{random.uniform(2, 7):.1f}" ry="{random.uniform(6, 22):.1f}" fill="#7C5626" opacity=".16"/>'
        )
        for _ in range(9)
    )
    name = f"wd-t{x:.0f}"
    return (
        f'<path d="{inner}" fill="#7C5626"/><path d="{tongue}" fill="url(#wd-tube)"/><clipPath id="{name}"><path '
        f'd="{tongue}"/></clipPath>'
        f'<g clip-path="url(#{name})">{spots}<path d="{tongue}" fill="url(#wd-tube)" filter="url(#wd-up)" opacity=".55"/>'
        f'<path d="M{x - r:.1f} {foot - body * 0.42:.1f}q{r:.1f} 9 {2 * r:.1f} 0" stroke="#8A6631" stroke-width="5" fill="none"/>'
        f'<path d="M{x - r:.1f} {foot - body * 0.42 + 5:.1f}q{r:.1f} 9 {2 * r:.1f} 0" stroke="#F5E2B0" '
        'stroke-width="2.4" fill="none"/></g>'
        f'<path d="M{x - r * 0.62:.1f} {foot - 6:.1f}V{foot - tall + 14:.1f}" stroke="#FFF3CF" stroke-opacity=".7" '
        f'stroke-width="{r * 0.2:.1f}" stroke-linecap="round"/>'
        f'<path d="M{x - r:.1f} {foot:.1f}q{r:.1f} 14 {2 * r:.1f} 0l-3-6h{-2 * r + 6:.1f}z" fill="#8A6631"/>'
        + "".join(
            f'<path d="M{x + k * r * 0.6:.1f} {foot + 4:.1f}v22" stroke="#A87B38" stroke-width="{r * 0.34:.1f}"/>'
            for k in (-1, 1)
        )
    )


def angklung() -> Drawing:
    """Draw the small angklung set: three pairs of tubes in a bamboo frame."""
    random = rng("angklung")
    tube_light = gradient("wd-tube", (0, "#C79E58"), (0.2, "#F0DBA4"), (0.5, "#DDBB77"), (0.85, "#A87B38"), (1, "#7C5626"))
    parts = [shadow(408, 668, 330, 30)]
    frame = "#B98A43"
    for x in (116, 330, 514, 676):
        top = {116: 128, 330: 168, 514: 222, 676: 262}[x]
        parts.append(tube([(x, 654), (x, 400), (x, top)], 19, frame))
        parts += [
            f'<path d="M{x - 9} {y}q9 5 18 0" stroke="#7C5626" stroke-width="3" fill="none"/>' for y in range(top + 60, 620, 128)
        ]
    parts.append(tube([(96, 152), (400, 224), (700, 292)], 17, frame))
    pairs = (
        (176, 560, 398, 64),
        (262, 560, 330, 54),
        (384, 560, 312, 52),
        (456, 560, 256, 44),
        (558, 560, 246, 42),
        (620, 560, 204, 36),
    )
    for x, foot, tall, width in pairs:
        rail = 152 + (x - 96) * 0.232
        parts.append(
            f'<path d="M{x - width * 0.3:.0f} {foot - tall + 26}L{x - width * 0.3:.0f} {rail:.0f}" stroke="#6B4423" '
            'stroke-width="5"/>'
        )
        parts.append(
            f'<path d="M{x + 12:.0f} {foot - tall * 0.2:.0f}h24v66h-24z" fill="#2A1204" opacity=".25" filter="url(#wd-soft)"/>'
        )
        parts.append(_rattle(x, foot, tall, width, random))
    parts.append(tube([(84, 604), (400, 608), (712, 604)], 44, "#C79A4F"))
    for x, _, _, width in pairs:
        parts.append(
            f'<path d="M{x - width * 0.55:.0f} 590q{width * 0.55:.0f} 10 {width * 1.1:.0f} 0v7q{-width * 0.55:.0f} 9 '
            f'{-width * 1.1:.0f} 0z" fill="#3E2A12"/>'
        )
    for x in (116, 330, 514, 676):
        parts.append(_binding(x, 606, 52))
        parts.append(_binding(x, 152 + (x - 96) * 0.232, 26))
    return Drawing(DEFS + tube_light, put("".join(parts), 0, 14), WALL, TABLE)


def _binding(x: float, y: float, tall: float) -> str:
    lines = "".join(
        (
            f'<path d="M{x - 15 + k * 6:.0f} {y - tall / 2:.0f}q7 {tall / 2:.0f} 2 {tall:.0f}" stroke="{tone}" '
            'stroke-width="4.4" fill="none"/>'
        )
        for k, tone in enumerate(("#8A5A30", "#B98A55", "#9C6B3A", "#7A4A22", "#5E3B1D"))
    )
    return (
        lines
        + f'<path d="M{x + 8:.0f} {y + tall / 2:.0f}q10 16 4 32" stroke="{tinted(BAMBOO, 0.6)}" stroke-width="3.4" fill="none"/>'
    )


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "ky-angklung": {"front": angklung},
}

"""The forged kitchen knife on its board."""

from collections.abc import Callable

from .metal import DEFS, TABLE, WALL, blade, cast, collar, haft
from .scene import Drawing, gradient, put, shadow
from .solid import tinted
from .textures import radial


def _shallot(x: float, y: float, size: float, turn: float) -> str:
    d = "M0 -62C14 -40 46 -26 46 10C46 38 24 50 0 50C-24 50 -46 38 -46 10C-46 -26 -14 -40 0 -62Z"
    veins = "".join(
        f'<path d="M0 -56Q{k * 26} 0 {k * 6} 50" stroke="#6B1D33" stroke-width="2" fill="none" opacity=".45"/>'
        for k in (-1.6, -0.9, -0.2, 0.6, 1.3)
    )
    return put(
        '<ellipse cx="10" cy="46" rx="50" ry="14" fill="#1C0F05" opacity=".45" filter="url(#mt-soft)"/><path '
f'd="{d}" fill="url(#mt-shallot)"/>{veins}'
        '<path d="M-20 -12Q-30 6 -22 24" stroke="#FFE9EC" stroke-width="8" stroke-linecap="round" fill="none" '
'opacity=".7" filter="url(#mt-fine)"/>'
        '<path d="M0 -60q-4-16 6-28M0 -60q8-12 16-16" stroke="#A98457" stroke-width="4" fill="none"/>',
        x, y, size, turn,
    )  # fmt: skip


def _chilli(x: float, y: float, turn: float, tone: str) -> str:
    d = "M0 -13C50 -20 110 -12 158 20C112 12 60 20 0 13C-10 8 -10 -8 0 -13Z"
    return put(
        f'<path d="{d}" fill="#1C0F05" opacity=".4" filter="url(#mt-soft)" transform="translate(6 14)"/><path '
f'd="{d}" fill="{tone}"/>'
        f'<path d="M6 8Q70 6 150 18Q90 20 4 12Z" fill="{tinted(tone, 0.6)}"/><path d="M12 -7Q60 -13 108 -2" '
'stroke="#fff" stroke-width="4.5" opacity=".7" fill="none" stroke-linecap="round"/>'
        '<path d="M2 -13Q-14 -12 -16 0Q-14 12 2 13Q10 0 2 -13ZM-14 -3Q-34 -10 -42 -24L-36 -28Q-26 -14 -10 -6Z" fill="#5E7A3A"/>',
        x, y, 1, turn,
    )  # fmt: skip


def pisau() -> Drawing:
    """Draw the kitchen knife on its board with shallots and chillies."""
    top, front = "M150 322Q400 300 664 322L744 612Q400 640 64 612Z", "M64 612Q400 640 744 612L742 664Q400 696 68 664Z"
    board = cast("M64 640Q400 680 760 640L770 690Q400 730 70 690Z", 4, 4, 0.35)
    board += (
        f'<g filter="url(#mt-plank)"><path d="{front}" fill="#8A5A30"/><path d="{top}" fill="url(#mt-board)"/></g>'
        '<path d="M64 612Q400 640 744 612" fill="none" stroke="#FFE6BF" stroke-width="3" opacity=".7"/>'
    )
    outline = "M-330 46Q-240 -30 -90 -48L60 -54L64 66Q-60 70 -170 66Q-270 62 -330 46Z"
    forged = "M-360 -90H90V-4Q-60 0 -170 6Q-260 20 -360 40Z"
    edge = "M-330 46Q-270 62 -170 66Q-60 70 64 66"
    spine = "M-328 42Q-240 -30 -90 -48L60 -54"
    grip = "M88 -48Q180 -56 262 -44Q304 -36 300 0Q296 26 262 16Q190 4 88 12Z"
    tool = (
        blade(outline, forged, edge, spine, "mt-b3")
        + haft(grip, "M104 -34Q190 -44 262 -30", ((132, -20), (196, -20)))
        + collar(58, -56, 34, 74)
    )
    face = gradient("mt-board", (0, "#DDB27B"), (0.5, "#C8965C"), (1, "#A87240"))
    shallot = radial("mt-shallot", (0.32, 0.35), (0, "#E58AA0", 1), (0.5, "#B23A5A", 1), (1, "#5E1430", 1), reach=0.8)
    slices = "".join(
        put(
            (
                '<ellipse cx="4" cy="7" rx="27" ry="11" fill="#1C0F05" opacity=".4" filter="url(#mt-fine)"/><ellipse '
                'rx="26" ry="11" fill="#A23354"/><ellipse cy="-3" rx="25" ry="10" fill="#F6E3E6"/><ellipse cy="-3" '
                'rx="17" ry="6.5" fill="none" stroke="#C78296" stroke-width="2.4"/><ellipse cy="-3" rx="8" ry="3" '
                'fill="none" stroke="#C78296" stroke-width="2"/>'
            ),
            x,
            y,
            s,
            t,
        )
        for x, y, s, t in ((196, 566, 1, 8), (238, 590, 1.05, -6), (280, 572, 0.95, 12), (226, 546, 0.9, 0))
    )
    body = (
        shadow(410, 680, 350, 40)
        + board
        + _shallot(248, 372, 1.02, -14)
        + _shallot(336, 356, 0.86, 30)
        + put(tool, 428, 470, 1.02, -10)
    )
    body += slices + _chilli(470, 590, -8, "#C4281F") + _chilli(560, 570, -24, "#B8201A")
    return Drawing(DEFS + face + shallot, put(put(body, -400, -690), 400, 676, 1.04), WALL, TABLE)


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "kb-pisau": {"front": pisau},
}

"""Forged tools of Lebak, drawn as tools: the golok on the chopping block, the work golok on its rail, the kitchen knife."""

from collections.abc import Callable

from .braid import braid
from .scene import BRASS, Drawing, gradient, put, rng, shadow
from .solid import tube
from .textures import blur, grain, radial, ragged, relief

WALL, TABLE = "#E8E6E0", "#CDBD9F"
DEFS = (
    blur("mt-soft", 7)
    + blur("mt-far", 18)
    + blur("mt-fine", 2.2)
    + relief("mt-forged", (0.034, 0.06), seed=17, height=9, octaves=2, soften=1.2)
    + grain("mt-scale", (0.03, 0.05), "#1E1A18", seed=6, contrast=2.6, floor=-1.2)
    + grain("mt-brushed", (0.5, 0.012), "#2A3036", seed=5, octaves=2, contrast=1.5, floor=-0.66)
    + grain("mt-grain", (0.008, 0.13), "#32160A", seed=19, octaves=4, contrast=2.1, floor=-0.95)
    + grain("mt-plank", (0.003, 0.09), "#6B3F1A", seed=27, octaves=4, contrast=1.7, floor=-0.8)
    + grain("mt-up", (0.13, 0.008), "#32160A", seed=23, octaves=4, contrast=2.5, floor=-1.08)
    + ragged("mt-edge", 0.05, 5, seed=8)
    + relief("mt-stone", (0.5, 0.5), seed=2, height=2.2, octaves=2)
    + relief("mt-bark", (0.06, 0.02), seed=13, height=14)
    + gradient("mt-dark", (0, "#59595A"), (0.45, "#454547"), (1, "#2F2F31"), down=True)
    + gradient("mt-bevel", (0, "#7D858C"), (0.3, "#C9CFD4"), (0.55, "#9EA6AD"), (1, "#EEF2F4"), down=True)
    + gradient(
        "mt-sweep",
        (0, "#fff", 0),
        (0.22, "#fff", 0.75),
        (0.34, "#fff", 0.05),
        (0.6, "#fff", 0),
        (0.72, "#fff", 0.4),
        (0.82, "#fff", 0),
    )
    + gradient("mt-haft", (0, "#A8693A"), (0.22, "#C98B56"), (0.5, "#8A5127"), (1, "#3E1F0C"), down=True)
    + gradient("mt-sheath", (0, "#B98550"), (0.2, "#D9AA73"), (0.5, "#A36B39"), (1, "#54300F"), down=True)
    + gradient("mt-brass", (0, "#F3DC92"), (0.3, BRASS), (1, "#6B4E14"), down=True)
)


def cast(d: str, dx: float = 8, dy: float = 14, opacity: float = 0.45) -> str:
    """Return the soft shadow a shape throws on what it lies on."""
    return f'<path d="{d}" fill="#1C0F05" opacity="{opacity}" filter="url(#mt-soft)" transform="translate({dx} {dy})"/>'


def blade(outline: str, forged: str, edge: str, spine: str, name: str) -> str:
    """Return a forged blade: dark hammered cheek, ground bevel, bright edge, a spine one can see the thickness of."""
    return (
        cast(outline)
        + f'<path d="{spine}" fill="none" stroke="#26262A" stroke-width="9" stroke-linejoin="round"/>'
        + f'<g filter="url(#mt-brushed)"><path d="{outline}" fill="url(#mt-bevel)"/></g>'
        + f'<clipPath id="{name}"><path d="{outline}"/></clipPath><g clip-path="url(#{name})">'
        + (
            f'<g filter="url(#mt-edge)"><g filter="url(#mt-scale)"><path d="{forged}" fill="url(#mt-dark)" '
            'filter="url(#mt-forged)"/></g></g>'
        )
        + f'<path d="{outline}" fill="url(#mt-sweep)"/>'
        + f'<path d="{edge}" fill="none" stroke="#5A6269" stroke-width="13" opacity=".5" filter="url(#mt-fine)"/>'
        + f'<path d="{edge}" fill="none" stroke="#FDFEFF" stroke-width="6"/></g>'
        + (
            f'<path d="{spine}" fill="none" stroke="#9A9DA2" stroke-width="2.4" stroke-linejoin="round" '
            'transform="translate(0 -3)"/>'
        )
    )


def haft(d: str, shine: str, rivets: tuple[tuple[float, float], ...] = ()) -> str:
    """Return a wooden handle, round in the hand, with brass rivets."""
    pins = "".join(
        (
            f'<circle cx="{x}" cy="{y}" r="9" fill="#4A3208"/><circle cx="{x - 1}" cy="{y - 1}" r="8" fill="{BRASS}"/>'
            f'<circle cx="{x - 3}" cy="{y - 3}" r="3" fill="#FFF3C4"/>'
        )
        for x, y in rivets
    )
    return (
        cast(d, 7, 16, 0.5)
        + f'<g filter="url(#mt-grain)"><path d="{d}" fill="url(#mt-haft)"/></g>'
        + (
            f'<path d="{shine}" fill="none" stroke="#FFE3BE" stroke-width="9" stroke-linecap="round" opacity=".55" '
            f'filter="url(#mt-fine)"/>{pins}'
        )
    )


def collar(x: float, y: float, wide: float, tall: float) -> str:
    """Return a brass collar of three rings."""
    rings = "".join(f'<path d="M{x + wide * k / 3:.1f} {y:.1f}v{tall:.1f}" stroke="#5A3F0C" stroke-width="2.4"/>' for k in (1, 2))
    return (
        f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" rx="5" fill="url(#mt-brass)"/>{rings}<path '
        f'd="M{x + 3} {y + tall * 0.2:.0f}h{wide - 6}" stroke="#FFF6CF" stroke-width="4" opacity=".8"/>'
    )


def sheath(length: float, tall: float, bands: tuple[float, ...]) -> str:
    """Return a wooden sheath lying from the origin to the left: two halves bound with rattan, a lip, a belt loop."""
    d = (
        f"M0 {-tall * 0.62:.0f}Q{-length * 0.5:.0f} {-tall * 0.52:.0f} {-length:.0f} "
        f"{-tall * 0.18:.0f}Q{-length - 26:.0f} {tall * 0.12:.0f} {-length + 8:.0f} "
        f"{tall * 0.4:.0f}Q{-length * 0.5:.0f} {tall * 0.6:.0f} 0 {tall * 0.6:.0f}Z"
    )
    lip = (
        f"M-46 {-tall * 0.72:.0f}Q-20 {-tall * 0.8:.0f} 6 {-tall * 0.74:.0f}L10 {tall * 0.7:.0f}Q-22 "
        f"{tall * 0.78:.0f} -46 {tall * 0.68:.0f}Z"
    )
    seam = f"M-40 {tall * 0.06:.0f}Q{-length * 0.5:.0f} {tall * 0.12:.0f} {-length:.0f} {tall * 0.12:.0f}"
    parts = [cast(d, 8, 16, 0.5), f'<g filter="url(#mt-grain)"><path d="{d}" fill="url(#mt-sheath)"/></g>']
    parts.append(f'<path d="{seam}" fill="none" stroke="#3A1D0A" stroke-width="2.6" opacity=".7"/>')
    parts.append(
        f'<path d="M-60 {-tall * 0.4:.0f}Q{-length * 0.5:.0f} {-tall * 0.34:.0f} {-length + 20:.0f} '
        f'{-tall * 0.06:.0f}" fill="none" stroke="#FFE9C8" stroke-width="7" opacity=".5" filter="url(#mt-fine)"/>'
    )
    for place in bands:
        x = -length * place
        h = tall * (0.62 - 0.24 * place)
        for k in range(6):
            at = x + k * 6.4
            parts.append(f'<path d="M{at:.1f} {-h:.1f}q5 {h:.1f} 0 {h * 2:.1f}" fill="none" stroke="#3A2410" stroke-width="7"/>')
            parts.append(
                f'<path d="M{at:.1f} {-h:.1f}q5 {h:.1f} 0 {h * 2:.1f}" fill="none" stroke="url(#mt-brassy)" stroke-width="5"/>'
            )
    parts.append(
        f'<g filter="url(#mt-grain)"><path d="{lip}" fill="url(#mt-haft)"/></g><path d="M6 {-tall * 0.74:.0f}L10 '
        f'{tall * 0.7:.0f}" stroke="#FFE3BE" stroke-width="3" opacity=".6"/>'
    )
    return "".join(parts)


RATTAN = (
    '<linearGradient id="mt-brassy" gradientUnits="userSpaceOnUse" x1="0" y1="-50" x2="0" y2="50"><stop '
    'offset="0" stop-color="#E8C88A"/><stop offset=".5" stop-color="#B88A46"/><stop offset="1" '
    'stop-color="#5E3F16"/></linearGradient>'
)


def _block() -> str:
    """A round chopping block: bark side, sawn face with rings and cuts."""
    random = rng("block")
    side = "M84 470Q84 430 100 470L112 632Q240 716 400 716Q566 716 690 632L716 470Z"
    parts = [shadow(410, 690, 330, 48), f'<g filter="url(#mt-bark)"><path d="{side}" fill="url(#mt-barkside)"/></g>']
    parts.append(
        '<g filter="url(#mt-edge)"><ellipse cx="400" cy="470" rx="318" ry="166" fill="#7A5230"/><ellipse cx="400" '
        'cy="466" rx="304" ry="155" fill="url(#mt-face)"/>'
    )
    for k in range(26):
        r = 296 * (1 - (k / 26) ** 0.9)
        parts.append(
            f'<ellipse cx="{384 + r * 0.05:.0f}" cy="{462 + r * 0.014:.0f}" rx="{r:.0f}" ry="{r * 0.51:.0f}" '
            f'fill="none" stroke="#8A5A2C" stroke-opacity="{random.uniform(0.2, 0.6):.2f}" '
            f'stroke-width="{random.uniform(1.4, 4):.1f}"/>'
        )
    parts.append(
        '<path d="M384 462L560 350L388 466L690 500L386 470L300 600L380 466L120 430L382 458Z" fill="#5A3517" opacity=".65"/></g>'
    )
    for _ in range(26):
        x, y = random.uniform(180, 600), random.uniform(390, 550)
        parts.append(
            f'<path d="M{x:.0f} {y:.0f}l{random.uniform(24, 70):.0f} {random.uniform(-18, 4):.0f}" stroke="#5A3517" '
            f'stroke-width="{random.uniform(1.2, 3):.1f}" opacity=".5"/>'
        )
    return "".join(parts)


def golok() -> Drawing:
    """Draw the golok and its sheath across a chopping block."""
    outline = "M-360 6Q-330 -46 -250 -52L86 -44L96 30Q-60 38 -196 62Q-316 78 -360 6Z"
    forged = "M-400 -80H110V-6Q-60 -2 -180 16Q-300 30 -400 -20Z"
    edge = "M-360 6Q-316 78 -196 62Q-60 38 96 30"
    spine = "M-358 2Q-330 -46 -250 -52L86 -44"
    grip = "M104 -34Q190 -46 262 -34Q318 -28 346 -2Q366 34 336 60Q312 66 300 40Q280 24 240 24Q170 30 104 26Z"
    tool = (
        blade(outline, forged, edge, spine, "mt-b1")
        + haft(grip, "M124 -20Q200 -32 280 -18", ((160, -4), (226, -4)))
        + collar(78, -46, 32, 78)
    )
    face = radial("mt-face", (0.3, 0.25), (0, "#E3BC85", 1), (0.6, "#C6955B", 1), (1, "#9A6A38", 1), reach=0.9)
    bark = gradient("mt-barkside", (0, "#8A6A4A"), (0.3, "#6F5036"), (1, "#3A2616"))
    body = _block() + put(sheath(420, 74, (0.22, 0.5, 0.78)), 608, 356, 1.0, -13) + put(tool, 388, 506, 1.0, -17)
    return Drawing(DEFS + RATTAN + face + bark, put(put(body, -400, -700), 404, 680, 0.98), WALL, TABLE)


def golok_rangkas() -> Drawing:
    """Draw the work golok and its sheath hanging from a bamboo rail over a whetstone."""
    random = rng("rangkas")
    outline = "M-352 40Q-352 -20 -316 -46Q-160 -40 60 -40L66 34Q-150 36 -250 70Q-330 92 -352 40Z"
    forged = "M-400 -80H110V-4Q-160 -4 -250 20Q-330 40 -400 20Z"
    edge = "M-352 40Q-330 92 -250 70Q-150 36 66 34"
    spine = "M-350 30Q-350 -20 -316 -46Q-160 -40 60 -40"
    grip = "M74 -30Q120 -40 168 -28Q206 -22 224 -36Q250 -46 256 -20Q262 14 236 34Q214 34 196 26Q140 24 74 26Z"
    carved = "".join(
        (
            f'<path d="M{112 + k * 20} -32q10 28 0 58" stroke="#2A1408" stroke-width="5" fill="none"/><path '
            f'd="M{117 + k * 20} -30q9 26 0 54" stroke="#E6B27E" stroke-width="2" fill="none" opacity=".8"/>'
        )
        for k in range(4)
    )
    tool = blade(outline, forged, edge, spine, "mt-b2") + haft(grip, "M90 -18Q150 -26 200 -16") + carved + collar(50, -42, 30, 78)
    wall = "M212 190L300 176L300 600L196 610ZM470 150H590L560 600L480 600Z"
    body = f'<path d="{wall}" fill="#1C0F05" opacity=".3" filter="url(#mt-far)" transform="translate(48 22)"/>'
    body += tube([(40, 124), (400, 118), (760, 124)], 46, "#C9A057")
    body += "".join(
        (
            f'<path d="M{x} 98q11 24 0 48" stroke="#7C5626" stroke-width="5" fill="none"/><path d="M{x + 6} 98q10 24 0 '
            '46" stroke="#F3DFAE" stroke-width="2.6" fill="none"/>'
        )
        for x in (150, 402, 664)
    )
    body += put(tool, 262, 322, 0.86, -91)
    body += put(sheath(404, 92, (0.16, 0.46, 0.76)), 530, 196, 0.86, -88)
    tones = ("#A9793F", "#B58749", "#6B4526")
    body += braid([(224, 122), (246, 100), (270, 126), (262, 146)], 17, tones, random)
    body += braid([(480, 300), (452, 190), (500, 102), (560, 104), (600, 190), (578, 300)], 19, tones, random)
    body += _whetstone(548, 664, 0.9)
    return Drawing(DEFS + RATTAN, body, "#ECEAE0", TABLE)


def _whetstone(x: float, y: float, scale: float) -> str:
    front, top = "M-196 -6Q-60 -16 196 -4L192 62Q0 74 -190 62Z", "M-196 -6L-150 -58Q10 -72 156 -58L196 -4Q20 16 -196 -6Z"
    return put(
        shadow(4, 64, 230, 26)
        + f'<g filter="url(#mt-stone)"><path d="{front}" fill="#7F796E"/><path d="{top}" fill="#B0AA9D"/></g>'
        '<path d="M-196 -6Q20 16 196 -4" fill="none" stroke="#E4DFD3" stroke-width="3"/>'
        '<path d="M-120 -34Q20 -52 120 -36Q20 -14 -120 -34Z" fill="#6A6459" opacity=".5" filter="url(#mt-fine)"/>'
        '<path d="M-60 -44Q20 -52 80 -42" fill="none" stroke="#fff" stroke-width="5" opacity=".5" filter="url(#mt-fine)"/>',
        x, y, scale,
    )  # fmt: skip


PICTURES: dict[str, dict[str, Callable[[], Drawing]]] = {
    "kb-golok": {"front": golok},
    "kb-golok-rangkas": {"front": golok_rangkas},
}

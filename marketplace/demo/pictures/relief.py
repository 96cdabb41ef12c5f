"""Surfaces with height: a body of soft shapes is read as a height map and lit from the top left."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.

import math

# Shadows keep their colour: the darkest side still lets a third of it through, as in a room with pale walls.
_ROOM = (
    "<feComponentTransfer>"
    + "".join(f'<feFunc{c} type="table" tableValues=".17 .33 .5 .68 .86"/>' for c in "RGB")
    + "</feComponentTransfer>"
)
AZIMUTH, ELEVATION = 225, 46  # the window stands to the left and above, as in `scene`
_FLAT = 0.5 / math.sin(math.radians(ELEVATION))  # a flat surface comes out mid grey, which hard light leaves alone


def _light(height: float) -> str:
    return (
        f'<feDiffuseLighting surfaceScale="{height:g}" diffuseConstant="{_FLAT:.3f}" lighting-color="#fff">'
        f'<feDistantLight azimuth="{AZIMUTH}" elevation="{ELEVATION}"/></feDiffuseLighting>{_ROOM}'
    )


def _filter(name: str, box: tuple[float, float, float, float], steps: str) -> str:
    x, y, wide, tall = box
    region = f'x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{tall:.0f}"'
    return f'<filter id="{name}" filterUnits="userSpaceOnUse" {region} color-interpolation-filters="sRGB">{steps}</filter>'


def _noise(frequency: str, seed: int, octaves: int = 2) -> str:
    return f'<feTurbulence type="fractalNoise" baseFrequency="{frequency}" numOctaves="{octaves}" seed="{seed}" result="noise"/>'


def _lit_inside(name: str, path_d: str, content: str, strength: float) -> str:
    return (
        f'<clipPath id="{name}-clip"><path d="{path_d}"/></clipPath>'
        f'<g clip-path="url(#{name}-clip)" style="mix-blend-mode:hard-light" opacity="{strength:g}">{content}</g>'
    )


def relief(
    name: str,
    path_d: str,
    shapes: str,
    box: tuple[float, float, float, float],
    *,
    blur: float = 9,
    height: float = 42,
    crumple: tuple[str, float] = (".012 .006", 0.22),
    strength: float = 0.85,
    seed: int = 1,
) -> str:
    """Light over `path_d`, as if `shapes` (alpha is height) stood out of it; `crumple` adds slow unevenness."""
    frequency, amount = crumple
    steps = (
        f'<feGaussianBlur in="SourceAlpha" stdDeviation="{blur:g}" result="shape"/>{_noise(frequency, seed)}'
        f'<feComposite in="shape" in2="noise" operator="arithmetic" k2=".8" k3="{amount:g}"/>'
        f'{_light(height)}<feGaussianBlur stdDeviation="{min(5, blur / 5):.1f}"/>'
    )
    region = f'<rect x="{box[0]:.0f}" y="{box[1]:.0f}" width="{box[2]:.0f}" height="{box[3]:.0f}" fill-opacity="0"/>'
    return _filter(name, box, steps) + _lit_inside(name, path_d, f'<g filter="url(#{name})">{region}{shapes}</g>', strength)


def texture(
    name: str,
    path_d: str,
    box: tuple[float, float, float, float],
    *,
    frequency: str,
    height: float = 3,
    strength: float = 0.4,
    octaves: int = 2,
    seed: int = 1,
) -> str:
    """Light over `path_d` as if its surface were of one grain: weave, crumb, crystal or bark, by `frequency`."""
    x, y, wide, tall = box
    steps = _noise(frequency, seed, octaves) + _light(height)
    rect = f'<rect x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{tall:.0f}" filter="url(#{name})"/>'
    return _filter(name, box, steps) + _lit_inside(name, path_d, rect, strength)


def round_body(name: str, path_d: str, colour: str, box: tuple[float, float, float, float], **light: float) -> str:
    """A filled body whose own outline is its height, so that it looks round."""
    blur, height = light.get("blur", 22), light.get("height", 60)
    fill = f'<path d="{path_d}" fill="{colour}"/>'
    shape = f'<path d="{path_d}" fill-opacity=".9"/>'
    return fill + relief(
        name, path_d, shape, box, blur=blur, height=height, crumple=(".012 .006", 0.08), strength=light.get("strength", 0.8)
    )

"""Textures as SVG filters: grain that tints a shape and relief that catches the light from top left."""


def grain(name: str, freq: tuple[float, float], colour: str, *, seed: int, octaves: int = 3, contrast: float = 2.4,
          floor: float = -1.0, kind: str = "fractalNoise") -> str:  # fmt: skip
    """Return a filter that lays streaks of `colour` over a shape; stretch the two frequencies apart for wood or fibre."""
    red, green, blue = (int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4))
    matrix = f"0 0 0 0 {red:.3f} 0 0 0 0 {green:.3f} 0 0 0 0 {blue:.3f} {contrast} 0 0 0 {floor}"
    return (
        f'<filter id="{name}" x="-2%" y="-2%" width="104%" height="104%" color-interpolation-filters="sRGB">'
        f'<feTurbulence type="{kind}" baseFrequency="{freq[0]} {freq[1]}" numOctaves="{octaves}" seed="{seed}"/>'
        f'<feColorMatrix values="{matrix}"/><feComposite in2="SourceAlpha" operator="in" result="g"/>'
        f'<feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="g"/></feMerge></filter>'
    )


def relief(name: str, freq: tuple[float, float], *, seed: int, height: float = 4.0, octaves: int = 3,
           kind: str = "fractalNoise", soften: float = 0.0) -> str:  # fmt: skip
    """Return a filter that gives a shape a rough skin, lit from top left; `height` in picture units."""
    blur = f'<feGaussianBlur stdDeviation="{soften}"/>' if soften else ""
    return (
        f'<filter id="{name}" x="-2%" y="-2%" width="104%" height="104%" color-interpolation-filters="sRGB">'
        f'<feTurbulence type="{kind}" baseFrequency="{freq[0]} {freq[1]}" numOctaves="{octaves}" seed="{seed}"/>{blur}'
        f'<feDiffuseLighting surfaceScale="{height}" diffuseConstant="1.22" lighting-color="#FFF8EC">'
        f'<feDistantLight azimuth="225" elevation="55"/></feDiffuseLighting>'
        f'<feBlend in2="SourceGraphic" mode="multiply"/><feComposite in2="SourceAlpha" operator="in"/></filter>'
    )


def ragged(name: str, freq: float, reach: float, *, seed: int) -> str:
    """Return a filter that roughens a shape's edges by `reach` picture units, as a hand leaves them."""
    return (
        f'<filter id="{name}" x="-5%" y="-5%" width="110%" height="110%">'
        f'<feTurbulence type="fractalNoise" baseFrequency="{freq}" numOctaves="2" seed="{seed}"/>'
        f'<feDisplacementMap in="SourceGraphic" scale="{reach}" xChannelSelector="R" yChannelSelector="G"/></filter>'
    )


def blur(name: str, amount: float) -> str:
    """Return a filter that softens a shape by `amount` picture units."""
    return (
        f'<filter id="{name}" filterUnits="userSpaceOnUse" x="-1000" y="-1000" width="2800" height="2800">'
        f'<feGaussianBlur stdDeviation="{amount}"/></filter>'
    )


def across(name: str, *stops: tuple[float, str], down: bool = False, opacity: tuple[float, ...] = ()) -> str:
    """Return a gradient from left to right (or downwards) through (place, colour) stops."""
    marks = "".join(
        f'<stop offset="{place}" stop-color="{colour}"' + (f' stop-opacity="{opacity[k]}"' if opacity else "") + "/>"
        for k, (place, colour) in enumerate(stops)
    )
    end = 'x2="0" y2="1"' if down else 'x2="1" y2="0"'
    return f'<linearGradient id="{name}" x1="0" y1="0" {end}>{marks}</linearGradient>'


def radial(name: str, centre: tuple[float, float], *stops: tuple[float, str, float], reach: float = 0.6) -> str:
    """Return a round gradient through (place, colour, opacity) stops, centred at shares of the shape's box."""
    marks = "".join(f'<stop offset="{p}" stop-color="{c}" stop-opacity="{o}"/>' for p, c, o in stops)
    return f'<radialGradient id="{name}" cx="{centre[0]}" cy="{centre[1]}" r="{reach}">{marks}</radialGradient>'

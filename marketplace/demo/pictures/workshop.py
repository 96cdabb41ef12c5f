"""Tools of the cloth makers: canting, copper stamp, wax pan, dye bowls, shuttle, yarn, and the bench they stand on."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

import random

from .relief import round_body, texture
from .scene import BAMBOO, INK, SOGA, WOOD, gradient, put, shade, shadow
from .vessels import bowl, turned

COPPER = "#B8693A"


def bench(name: str, wide: float, tall: float = 96) -> str:
    """A low wooden bench; its top edge is on y=0, its feet at y=`tall`."""
    half = wide / 2
    top = f"M{-half:.0f} 0H{half:.0f}V30H{-half:.0f}Z"
    face = f"M{-half + 34:.0f} -56H{half - 34:.0f}L{half:.0f} 0H{-half:.0f}Z"
    legs = "".join(
        f'{shadow(x, tall - 2, 44, 12)}<path d="M{x - 20:.0f} 28h40l8 {tall - 28:.0f}h-40Z" fill="{shade(WOOD, 0.62)}"/>'
        f'<path d="M{x - 20:.0f} 28h14l8 {tall - 28:.0f}h-14Z" fill="#fff" opacity=".14"/>'
        for x in (-half + 60, half - 60)
    )
    box = (-half - 5, -60.0, wide + 10, 100.0)
    return (
        f'{legs}<g style="isolation:isolate"><path d="{face}" fill="{shade(WOOD, 1.14)}"/>{texture(name + "-a", face, box, frequency=".006 .11", height=4, strength=0.5)}'
        f'<path d="{top}" fill="{WOOD}"/>{texture(name + "-b", top, box, frequency=".006 .11", height=4, strength=0.5, seed=6)}'
        f'<path d="M{-half:.0f} 1H{half:.0f}" stroke="#fff" stroke-opacity=".35" stroke-width="3"/>{_under(half)}</g>'
    )


def _under(half: float) -> str:
    fade = gradient("under", (0, INK, 0), (1, INK, 0.4), down=True)
    return f'<defs>{fade}</defs><rect x="{-half:.0f}" y="0" width="{half * 2:.0f}" height="30" fill="url(#under)"/>'


def stamp(name: str) -> str:
    """A copper stamp (cap) standing on its face, seen from the side, foot on y=0."""
    metal = gradient(f"{name}-m", (0, shade(COPPER, 0.8)), (0.2, shade(COPPER, 1.5)), (0.5, COPPER), (1, shade(COPPER, 0.42)))
    fins = "".join(f"M{x} -34V0" for x in range(-92, 96, 8))
    handle = "M-70 -84C-74 -150 -60 -176 0 -178S74 -150 70 -84L50 -84C54 -136 44 -152 0 -152S-54 -136 -50 -84Z"
    return (
        f'<defs>{metal}</defs><path d="M-98 -36H98V0H-98Z" fill="{shade(COPPER, 0.35)}"/><path d="{fins}" stroke="{shade(COPPER, 1.15)}" stroke-width="3"/>'
        f'<path d="M-98 -20H98M-98 -9H98" stroke="{shade(COPPER, 0.8)}" stroke-width="2.5"/><path d="M-104 -62H104V-34H-104Z" fill="url(#{name}-m)"/>'
        f'<path d="M-86 -88H86L104 -62H-104Z" fill="{shade(COPPER, 1.25)}"/><path d="{handle}" fill="url(#{name}-m)"/>'
        f'<path d="M-60 -120C-56 -150 -40 -164 0 -166" stroke="#FBE3CC" stroke-width="4" stroke-linecap="round" fill="none" opacity=".8"/>'
    )


def canting(name: str, length: float = 250) -> str:
    """A canting: copper cup and spout at the left around the origin, a wooden handle to the right."""
    handle = f"M26 -5Q{length * 0.5:.0f} -15 {length - 12:.0f} -9Q{length:.0f} 0 {length - 12:.0f} 8Q{length * 0.5:.0f} 13 26 5Z"
    cup = "M-24 -16H22Q30 10 4 18Q-22 16 -24 -16Z"
    return (
        turned(name, handle, "#A8703C", (10, -30, length + 20, 60), ".01 .2")
        + f'<path d="M-18 6Q-44 8 -54 30" fill="none" stroke="{shade(COPPER, 0.7)}" stroke-width="6" stroke-linecap="round"/>'
        f'<path d="M-19 5Q-44 7 -54 28" fill="none" stroke="{shade(COPPER, 1.4)}" stroke-width="2" stroke-linecap="round"/>'
        + round_body(name + "-cup", cup, COPPER, (-40, -30, 80, 60), blur=6, height=22)
        + f'<ellipse cx="-1" cy="-16" rx="23" ry="7" fill="{shade(COPPER, 1.4)}"/><ellipse cx="-1" cy="-15" rx="19" ry="5" fill="#3A1D0C"/>'
        f'<rect x="20" y="-7" width="14" height="14" rx="3" fill="{shade(COPPER, 0.8)}"/>'
    )


def wax_pan(name: str) -> str:
    """A small iron pan of molten wax on a clay stove, foot on y=0."""
    stove = "M-84 -96H84Q92 -40 70 0H-70Q-92 -40 -84 -96Z"
    return (
        turned(name + "-stove", stove, "#A65F3C", (-110, -120, 220, 140), ".05")
        + '<path d="M-34 0Q-34 -52 0 -54Q34 -52 34 0Z" fill="#2A120A"/><path d="M-20 0Q-18 -26 0 -34Q18 -26 20 0Z" fill="#E07B28" opacity=".8"/>'
        + put(
            bowl(
                name,
                196,
                60,
                "#4A4642",
                '<ellipse rx="84" ry="17" fill="#6E4216"/><ellipse cx="-22" cy="-5" rx="34" ry="5" fill="#D9A35A" opacity=".75"/>',
                "",
            ),
            0,
            -82,
        )
        + '<path d="M-98 -142q-22 -4 -34 6M98 -142q22 -4 34 6" stroke="#38342F" stroke-width="9" fill="none" stroke-linecap="round"/>'
    )


def dye_bowl(name: str, wide: float, dye: str, clay: str = "#B08A66") -> str:
    """A clay bowl of dye, foot on y=0."""
    half = wide * 0.44
    liquid = (
        f'<ellipse rx="{half:.0f}" ry="{wide * 0.088:.0f}" cy="5" fill="{dye}"/><path d="M{-half * 0.7:.0f} 2Q0 {-wide * 0.06:.0f} {half * 0.3:.0f} -1" '
        f'stroke="{shade(dye, 1.6)}" stroke-width="4" fill="none" opacity=".8" stroke-linecap="round"/><ellipse cx="{half * 0.3:.0f}" cy="8" rx="{half * 0.3:.0f}" ry="3" fill="none" stroke="{shade(dye, 1.35)}" stroke-width="2"/>'
    )
    return shadow(4, -2, wide * 0.5, wide * 0.1) + bowl(name, wide, wide * 0.42, clay, liquid, ".02 .05")


def sprig(rand: random.Random, colour: str, pairs: int = 7, length: float = 190) -> str:
    """A twig with paired leaves, as of the indigo plant, growing right from the origin."""
    leaves = []
    for at in range(pairs):
        x = length * (at + 0.6) / pairs
        for side in (-1, 1):
            size, lean = rand.uniform(24, 34) * (1 - at * 0.05), side * rand.uniform(42, 62)
            tone = shade(colour, rand.uniform(0.82, 1.2))
            leaves.append(
                put(
                    f'<path d="M0 0Q{size * 0.5:.0f} {-size * 0.42:.0f} {size:.0f} 0Q{size * 0.5:.0f} {size * 0.42:.0f} 0 0Z" fill="{tone}"/><path d="M0 0H{size * 0.9:.0f}" stroke="{shade(tone, 0.7)}" stroke-width="1.4"/>',
                    x,
                    0,
                    1,
                    lean,
                )
            )
    tip = put(f'<path d="M0 0Q14 -11 28 0Q14 11 0 0Z" fill="{shade(colour, 1.2)}"/>', length, 0)
    return f'<g filter="url(#soft)" opacity=".3" transform="translate(5 9)"><path d="M0 0H{length}" stroke="{INK}" stroke-width="34"/></g><path d="M-10 0H{length:.0f}" stroke="{shade(SOGA, 1.2)}" stroke-width="4"/>{"".join(leaves)}{tip}'


def shuttle(name: str, yarn: str) -> str:
    """A weaver's boat shuttle with its bobbin, lying, centred on the origin."""
    hull = "M-150 4Q-80 -30 0 -30T150 4Q80 30 0 30T-150 4Z"
    wound = "".join(f"M{x} -10v19" for x in range(-58, 62, 5))
    return (
        shadow(4, 24, 150, 16)
        + turned(name, hull, "#A36B38", (-160, -40, 320, 80), ".01 .16")
        + f'<path d="M-84 -2Q0 -18 84 -2Q0 18 -84 -2Z" fill="#3A2110"/><path d="M-62 -11H62V10H-62Z" fill="{yarn}"/><path d="{wound}" stroke="{shade(yarn, 0.6)}" stroke-width="1.6"/>'
        f'<path d="M-62 -8H62" stroke="#fff" stroke-opacity=".4" stroke-width="3"/>'
    )


def yarn_ball(name: str, rand: random.Random, radius: float, colour: str) -> str:
    """A ball of cotton yarn, foot on y=0."""
    path = f"M{-radius:.0f} {-radius:.0f}a{radius:.0f} {radius:.0f} 0 1 0 {2 * radius:.0f} 0a{radius:.0f} {radius:.0f} 0 1 0 {-2 * radius:.0f} 0Z"
    turns = "".join(
        put(
            f'<ellipse rx="{radius:.0f}" ry="{radius * rand.uniform(0.1, 0.9):.0f}" fill="none" stroke="{shade(colour, rand.uniform(0.6, 1.3))}" stroke-width="2.6"/>',
            0,
            -radius,
            1,
            rand.uniform(0, 180),
        )
        for _ in range(26)
    )
    box = (-radius - 10, -radius * 2 - 10, radius * 2 + 20, radius * 2 + 20)
    fill = f'<path d="{path}" fill="{colour}"/><clipPath id="{name}-ball"><path d="{path}"/></clipPath><g clip-path="url(#{name}-ball)">{turns}</g>'
    return (
        shadow(4, -4, radius, radius * 0.24)
        + f'<g style="isolation:isolate">{fill}{round_body(name, path, "none", box, blur=radius * 0.34, height=radius)}</g>'
    )


def peg_stand(tall: float) -> str:
    """A wooden stand with one arm; foot on y=0, the arm at `tall` to both sides."""
    wood = gradient("peg", (0, shade(WOOD, 1.4)), (0.4, WOOD), (1, shade(WOOD, 0.5)))
    arm = gradient("arm", (0, shade(BAMBOO, 1.3)), (0.4, BAMBOO), (1, shade(BAMBOO, 0.5)), down=True)
    return (
        f'<defs>{wood}{arm}</defs>{shadow(0, -4, 120, 22)}<path d="M-110 -22H110Q118 -22 118 -10V0H-118V-10Q-118 -22 -110 -22Z" fill="url(#peg)"/>'
        f'<path d="M-11 -22V{-tall - 40:.0f}Q0 {-tall - 52:.0f} 11 {-tall - 40:.0f}V-22Z" fill="url(#peg)"/><rect x="-210" y="{-tall - 14:.0f}" width="420" height="26" rx="12" fill="url(#arm)"/>'
    )

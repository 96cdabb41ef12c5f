"""The hero picture and the category tiles: bold enough for 80 px, and composed unlike any product."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.

from collections.abc import Callable

from .crisps import banana, emping, mound
from .drapery import hung, over_rail, rail
from .greenery import frond
from .patterns import kawung, scatter, tumpal
from .scene import CREAM, MENGKUDU, NILA, NILA_DEEP, SOGA, Drawing, put, rng, shade, shadow
from .vessels import bowl, heap, spoon
from .workshop import dye_bowl, shuttle, yarn_ball

Views = dict[str, Callable[[], Drawing]]

COPPER_PETAL = "#B9773A"
LIGHT_BROWNS = ("#A0602A", "#B9773A", "#8A4E22", "#C98F52", "#74401C")


def _border(name: str, top: float, foot: float = 720) -> str:
    """A tumpal band at the foot of a hung cloth, with two lines above it."""
    return (
        f'<g transform="translate(0 {top:g})"><rect x="100" width="600" height="{foot - top:g}" fill="url(#{name})"/></g>'
        f'<path d="M100 {top - 5:g}H700M100 {top - 14:g}H700" stroke="{CREAM}" stroke-width="3.5"/>'
    )


def _hero() -> Drawing:
    defs = (
        kawung("k", "#1D2B5C", COPPER_PETAL)
        + tumpal("t", NILA_DEEP, "#C9813E")
        + scatter("s", MENGKUDU, CREAM, size=92)
        + tumpal("u", shade(MENGKUDU, 0.72), CREAM, size=46)
    )
    behind = hung(
        "b", rng("hero", 2), "url(#s)", left=486, right=640, top=168, foot=560, folds=3, coarse=0, fill=_border("u", 506)
    )
    front = hung("f", rng("hero"), "url(#k)", left=160, right=520, top=168, foot=652, folds=7, coarse=0, fill=_border("t", 560))
    return Drawing(
        defs,
        put(frond(rng("hero", 3), 420, "#587A50"), 690, 640, 1, 16)
        + rail(84, 716)
        + behind
        + over_rail(486, 640, 150, "url(#s)", "ob")
        + front
        + over_rail(160, 520, 150, "url(#k)", "of")
        + put(dye_bowl("d", 170, "#1F2C5E"), 590, 752)
        + put(dye_bowl("e", 128, "#A65A1E"), 452, 762),
    )


def _sugar_tile() -> Drawing:
    rand = rng("category-gula")
    dish = bowl("b", 600, 270, "#E6D8BE", put(heap("h", rand, LIGHT_BROWNS, 520, 220, 8, strays=0), 0, 30), "")
    return Drawing(
        "",
        shadow(400, 700, 330, 50) + put(dish, 400, 700) + put(spoon("s", 300, "#C08A4E"), 470, 320, 1.15, -34),
        "#EBD6B4",
        "#C9A472",
    )


def _batik_tile() -> Drawing:
    defs = kawung("k", "#1D2B5C", COPPER_PETAL, size=184) + tumpal("t", NILA_DEEP, "#C9813E", size=100)
    border = (
        '<g transform="translate(0 592)"><rect width="800" height="200" fill="url(#t)"/></g>'
        + f'<path d="M0 584H800M0 568H800" stroke="{CREAM}" stroke-width="6"/>'
    )
    cloth = hung("c", rng("category-batik"), "url(#k)", left=70, right=730, top=90, foot=720, folds=6, coarse=0, fill=border)
    return Drawing(
        defs,
        shadow(400, 764, 360, 24) + rail(-40, 840, 66, posts=False) + cloth + over_rail(70, 730, 66, "url(#k)", "o"),
        "#F1DDBB",
        "#CDB082",
    )


def _handwoven_tile() -> Drawing:
    balls = (
        put(yarn_ball("a", rng("ct1"), 168, NILA), 246, 600)
        + put(yarn_ball("b", rng("ct2"), 150, "#E9DEC8"), 556, 590)
        + put(yarn_ball("c", rng("ct3"), 128, SOGA), 430, 668)
    )
    return Drawing("", shadow(400, 640, 340, 40) + balls + put(shuttle("s", NILA), 330, 730, 1.3, -5), "#D9DCE6", "#B7AF9F")


def _snack_tile() -> Drawing:
    rand = rng("category-camilan")
    heaped = mound(rand, banana, 400, 190, 46, 92) + put(mound(rand, emping, 300, 60, 12, 74), 30, 14)
    return Drawing(
        "", shadow(400, 706, 330, 46) + put(bowl("b", 590, 250, "#2E3F78", heaped, ""), 400, 704), "#F3E0B4", "#D9B36A"
    )


PICTURES: dict[str, Views] = {
    "hero": {"front": _hero},
    "category-gula": {"front": _sugar_tile},
    "category-batik": {"front": _batik_tile},
    "category-tenun": {"front": _handwoven_tile},
    "category-camilan": {"front": _snack_tile},
}

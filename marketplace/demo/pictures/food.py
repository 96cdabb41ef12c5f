"""Snacks sold packed: crisps in bags, pouches and a jar, with a taste of them beside."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.

from collections.abc import Callable

from .crisps import banana, emping, jengkol, keceprek, mound, peel, pile, raw_emping, wobble
from .relief import round_body
from .scene import (
    DAUN,
    KUNYIT,
    MERAH,
    NILA,
    SOGA,
    Drawing,
    beside_rule,
    packed,
    put,
    rng,
    shadow,
    zoom,
)
from .vessels import bowl, clear_bag, jar, plate, pouch, tray

Views = dict[str, Callable[[], Drawing]]

WALL, TABLE = "#F3E9DA", "#DFC79C"


def _food(body: str) -> Drawing:
    return Drawing("", body, WALL, TABLE)


def _raw_emping() -> Drawing:
    rand = rng("em-mentah-500")
    lying = mound(rand, raw_emping, 400, 96, 90, 36)
    bag = clear_bag("b", pile(rand, raw_emping, (-150, -320, 150, -10), 130, 40), wide=310, tall=440, accent=DAUN)
    return _food(shadow(258, 606, 160, 26) + put(bag, 252, 602) + put(tray("t", 560, put(lying, 0, 50)), 456, 676))


def _cooked_emping() -> Drawing:
    rand = rng("em-matang")
    inside = pile(rand, emping, (-76, -236, 76, -30), 70, 30)
    dish = plate(356, "#EFE6D6", mound(rand, emping, 250, 100, 46, 40))
    return _food(
        shadow(292, 634, 190, 34) + put(pouch("p", inside, wide=336, tall=500, accent=KUNYIT), 290, 628) + put(dish, 566, 730)
    )


def _jengkol() -> Drawing:
    rand = rng("em-jengkol")
    bag = clear_bag("b", pile(rand, jengkol, (-170, -330, 170, -10), 150, 40), wide=370, tall=470, accent=SOGA, tie=True)
    pods = "".join(
        put(round_body(f"j{n}", wobble(rand, 40, 36, 9, 0.06), "#5B3A22", (-56, -52, 112, 104), blur=12, height=36), x, y)
        for n, (x, y) in enumerate(((612, 668), (682, 682), (640, 716)))
    )
    few = "".join(put(jengkol(rand, 36), x, y, 1, turn) for x, y, turn in ((170, 712, 10), (232, 734, -30), (560, 742, 20)))
    return _food(shadow(372, 660, 210, 36) + put(bag, 366, 654) + shadow(650, 704, 110, 24) + pods + few)


def _keceprek() -> Drawing:
    rand = rng("kc-keceprek")
    inside = pile(rand, keceprek, (-150, -350, 150, -4), 120, 40)
    loose = mound(rand, keceprek, 190, 56, 16, 38)
    return _food(
        shadow(330, 664, 190, 34)
        + put(jar("j", inside, wide=330, tall=500, lid=MERAH, accent=MERAH), 326, 656)
        + shadow(600, 708, 130, 24)
        + put(loose, 600, 704)
    )


def _banana_chips() -> Drawing:
    rand = rng("kp-manis")
    inside = pile(rand, banana, (-80, -240, 80, -26), 60, 46)
    dish = bowl("b", 300, 112, "#8E5A30", mound(rand, banana, 230, 74, 44, 50))
    return _food(
        shadow(280, 640, 190, 34)
        + put(pouch("p", inside, wide=340, tall=510, accent=KUNYIT, paper="#E3C48D", round_label=True), 278, 634)
        + shadow(588, 704, 160, 28)
        + put(dish, 588, 704)
        + put(banana(rand, 46), 366, 730, 1, 10)
        + put(banana(rand, 42), 280, 742, 1, -14)
    )


def _peel_crackers() -> Drawing:
    rand = rng("kp-kulit")
    bag = clear_bag("b", pile(rand, peel, (-150, -340, 150, -14), 130, 44), wide=340, tall=480, accent=NILA)
    dish = bowl("d", 268, 96, "#E4DAC6", mound(rand, peel, 200, 60, 34, 46), "")
    return _food(shadow(296, 646, 190, 34) + put(bag, 292, 640) + shadow(590, 706, 150, 26) + put(dish, 590, 706))


PICTURES: dict[str, Views] = {
    "em-mentah-500": {"front": _raw_emping},
    "em-matang": {
        "front": _cooked_emping,
        "detail": lambda: zoom(_cooked_emping(), 560, 640),
        "scale": lambda: beside_rule(_cooked_emping(), 30),
        "packed": lambda: packed("box", wide=400, tall=340, accent=KUNYIT, beside=_cooked_emping()),
    },
    "em-jengkol": {"front": _jengkol},
    "kc-keceprek": {"front": _keceprek},
    "kp-manis": {
        "front": _banana_chips,
        "detail": lambda: zoom(_banana_chips(), 586, 570),
        "scale": lambda: beside_rule(_banana_chips(), 30),
        "packed": lambda: packed("box", wide=370, tall=390, accent=KUNYIT, beside=_banana_chips()),
    },
    "kp-kulit": {"front": _peel_crackers},
}

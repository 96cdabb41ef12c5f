"""Every picture there is: item id → view → the function that draws it. A module of drawings is one line here."""

from collections.abc import Callable

from . import (
    angklung,
    bamboo,
    bamboo_bags,
    bamboo_home,
    cakes,
    catering,
    cloth,
    craft_tiles,
    drinks,
    fibre,
    food,
    hands,
    honey,
    kitchen,
    metal,
    moulded,
    stone,
    sugar,
    table_tiles,
    tiles,
    wood,
)
from .scene import Drawing

Views = dict[str, Callable[[], Drawing]]

VIEWS = ("front", "detail", "scale", "packed")

_MODULES: tuple[dict[str, Views], ...] = (
    cloth.PICTURES,
    sugar.PICTURES,
    moulded.PICTURES,
    food.PICTURES,
    cakes.PICTURES,
    tiles.PICTURES,
    hands.PICTURES,
    bamboo.PICTURES,
    bamboo_bags.PICTURES,
    bamboo_home.PICTURES,
    wood.PICTURES,
    angklung.PICTURES,
    fibre.PICTURES,
    metal.PICTURES,
    kitchen.PICTURES,
    stone.PICTURES,
    drinks.PICTURES,
    honey.PICTURES,
    catering.PICTURES,
    craft_tiles.PICTURES,
    table_tiles.PICTURES,
)

DRAWINGS: dict[str, Views] = {item: views for pictures in _MODULES for item, views in pictures.items()}
